"""A profile in the product's own words (算力 -> compute, 德清 -> 德清县); unknown words are refused."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.errors import ProfileError
from assistant.lexicon import Places
from assistant.normalizing import normalize
from assistant.support.profile import HOME, Profile
from assistant.support.vocabulary import Named, Vocabulary

_AMOUNT = re.compile("(?:总?金?额|总计|合计)$")
_ELSEWHERE = ";不在湖州的,请在 region 写明所在的市"
_ENDING = re.compile("(?<=..)[省市县区州盟]$")
_UNKNOWN_REGION = (
    "{source}:字段 region 有误(“{word}”不是已知的城市)。请写注册地所在的设区市,如 {home}、杭州市;"
    "湖州的区县写在 district。"
)


def canonical(profile: Profile, vocabulary: Vocabulary, places: Places, source: str) -> Profile:
    """Return a profile whose words are those that measures are matched by; `source` stands in messages.

    Raises:
        ProfileError: a place, need, kind of figure, project or stage that the product does not know.
    """
    profile = _placed(profile, vocabulary, places, source)
    known = vocabulary.enterprises
    revenue = profile.revenue
    figures: dict[str, float] = {}
    for kind, value in profile.figures.items():
        name = _figure(kind, known.figures, source)
        if name == "营业收入":
            revenue = value if revenue is None else revenue
        else:
            figures[name] = value
    titles = profile.certifications
    changed: dict[str, object] = {
        "district": _district(profile, known.districts, source),
        "needs": tuple(dict.fromkeys(_need(need, vocabulary, source) for need in profile.needs)),
        "certifications": titles and tuple(_title(one, known.certifications) for one in titles),
        "without": tuple(_title(one, known.certifications) for one in profile.without),
        "project": _optional(profile.project, known.projects, "project", source),
        "stage": _optional(profile.stage, known.stages, "stage", source),
        "size": _optional(profile.size, known.sizes, "size", source),
        "figures": figures,
    }
    said = {name: value for name, value in changed.items() if name in profile.model_fields_set}
    return profile.model_copy(update=said if revenue is None else {**said, "revenue": revenue})


def _need(word: str, vocabulary: Vocabulary, source: str) -> str:
    for need in vocabulary.needs:
        if word in (need.id, need.name) or word in need.words:
            return need.id
    known = "、".join(f"{need.id}({need.name})" for need in vocabulary.needs)
    raise ProfileError(f"{source}:字段 needs 有误(不认识“{word}”,可用的有:{known})。请改正后重试。")


def _named(word: str, entries: Sequence[Named], field: str, source: str) -> str:
    exact = next((entry.name for entry in entries if entry.name == word), None)
    meant = exact or next((one.name for one in entries if any(part in word for part in one.words)), None)
    if meant is None:
        raise _unknown(word, entries, field, source)
    return meant


def _optional(word: str | None, entries: Sequence[Named], field: str, source: str) -> str | None:
    return None if word is None else _named(word, entries, field, source)


def _title(word: str, entries: Sequence[Named]) -> str:
    """Return the known title that a word means; an unknown title stays as it is, it meets no condition."""
    exact = next((entry.name for entry in entries if entry.name == word), None)
    return exact or next((one.name for one in entries if any(part in word for part in one.words)), word)


def _figure(word: str, entries: Sequence[Named], source: str) -> str:
    """Return the kind of figure that a name means: its own, or one of its words, with or without 额."""
    plain = normalize(word)
    bare = _AMOUNT.sub("", plain)
    for one in entries:
        if {plain, bare} & {one.name, _AMOUNT.sub("", one.name), *one.words}:
            return one.name
    raise _unknown(word, entries, "figures", source)


def _district(profile: Profile, entries: Sequence[Named], source: str) -> str | None:
    """Return the known district that is meant; one of another city stays as it is.

    Raises:
        ProfileError: the city has no such district.
    """
    word = profile.district
    if word is None or profile.region not in (None, HOME):
        return word
    meant = next((one.name for one in entries if one.name == word or any(p in word for p in one.words)), None)
    if meant is None:
        raise _unknown(word, entries, "district", source, _ELSEWHERE)
    return meant


def _unknown(word: str, entries: Sequence[Named], field: str, source: str, advice: str = "") -> ProfileError:
    known = "、".join(entry.name for entry in entries)
    return ProfileError(
        f"{source}:字段 {field} 有误(不认识“{word}”,可用的有:{known}{advice})。请改正后重试。"
    )


def _placed(profile: Profile, vocabulary: Vocabulary, places: Places, source: str) -> Profile:
    """Return a profile whose region is a city that is known; a county given as the region is a district.

    Raises:
        ProfileError: no such place is known.
    """
    word = (profile.region or "").strip()
    if not word:
        return profile if profile.region is None else profile.model_copy(update={"region": None})
    bare, known = _ENDING.sub("", word), vocabulary.enterprises
    if any(name in word for name in places.huzhou):
        of_city = next((one.name for one in known.districts if any(part in word for part in one.words)), None)
        changes = {"region": HOME} | ({"district": of_city} if of_city and not profile.district else {})
        return profile.model_copy(update=changes)
    names = (*places.other, *known.counties, *known.province)
    if any(name in word for name in names) or bare in places.ambiguous:
        return profile.model_copy(update={"region": word})
    raise ProfileError(_UNKNOWN_REGION.format(source=source, word=word, home=HOME))
