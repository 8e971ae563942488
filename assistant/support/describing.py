"""A description in people's own words -> Profile. What is not said stays unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.entities import find_elsewhere
from assistant.lexicon import Places
from assistant.normalizing import spell_out
from assistant.support.figures import read_figures
from assistant.support.needing import NeedFinder
from assistant.support.profile import HOME, Kind, Profile
from assistant.support.receiving import denies_received, read_received
from assistant.support.vocabulary import Named, Vocabulary

_NEGATED = re.compile(
    r"(?:不是|没有|没评上|没评|没上|没被认定|没能评上|未|还没|尚未|并非|不属于|没|无|非|不)[^,。;、,;]{0,6}$"
)
_DENIED = re.compile(
    "(?:不是|并非|不属于|没有?(?:做|搞|上|进行)?|未|还没有?|尚未|不(?:打算|准备|做|搞|需要)?|无需)[^,。;、]{0,4}$"
)
_NOT_YET = re.compile(
    f"{_DENIED.pattern}|(?:计划|准备|打算|预计|预期|想|要|明年|后年|年底|月底|将|争取|等|力争|如果|即将|快)[^,。;、]{{0,8}}$"
)
_TRADE_BEFORE = re.compile("(?:做|从事|生产|主营|经营|开发|研发|行业是|属于)(?:[^,。;、一上]{0,4})$")
_TRADE_AFTER = re.compile("[^,。;、\\d]{0,4}(?:行业|企业|公司|厂|业务|开发商|服务商|领域|产业)")
_BOUGHT = re.compile(
    "(?:买|采购|购置|购入|加上|加|连同|包括|含|用|上|装|配|租|换|引进|另有|还有|以及|和|投)"
    "(?:了|的|一套|一批|套|些|点)?(?:国产|新|进口)?$"
)
_SPENT = re.compile(
    "(?:投了?|投入|花了?|费|花费|采购|预算|用了)?(?:大?约|大概)?[\\d一二两三四五六七八九十百几]+[十百千万亿.\\d]*[万亿元]"
)
_WANTED = re.compile(r"(?:想|要|准备|打算|申报|冲刺|争取|目标|怎么)[^,。;、,;]{0,6}$")
_REGISTERED = re.compile(
    r"(?:注册|总部|公司|企业|厂|我们)[^,。;、,;湖]{0,4}?在(?P<place>[\u4e00-\u9fff]{2,8})"
)
_COMPARED = re.compile(r"比|对照|哪边|哪个高|哪里好|区别|差别|不同")
_AGE = re.compile(r"成立(?:了|有|于)?\s*(?P<years>\d{1,3}|[一二两三四五六七八九十]{1,3})\s*年")
_NUMERALS = {character: value for value, character in enumerate("零一二三四五六七八九十")} | {"两": 2}
_PERSON = re.compile(
    r"我(?!们|司|公司|厂|企业)[^。;,;]{0,12}?(?:找工作|毕业|上班|买房|租房|买车|购车|市民|居民|退休|孩子|研究生|大学生|博士生)"
    r"|(?:个人|市民|老百姓|居民)(?:能|可以|有|买|申请)"
)
_INSTITUTION = re.compile("高校|大学|学院|研究院|研究所|课题组|科研院所")
_SELF = re.compile("我们|我司|本公司|我公司|我厂|我的(?:公司|企业|厂)|个体户|合作社")
_EXCLUDED = re.compile(
    r"(?P<why>[^,。;,;]{0,8}(?:失信|行政处罚|被罚|处罚记录|信用有问题|安全事故|环保处罚)[^,。;,;]{0,8})"
)

_REVENUE = "营业收入"


class ProfileReader:
    """Reads descriptions with the lexicons and the embedding model."""

    def __init__(self, vocabulary: Vocabulary, places: Places, needs: NeedFinder) -> None:
        self._vocabulary = vocabulary
        self.places = places
        self._needs = needs

    def read(self, text: str) -> Profile:
        """Return what a description says; every field that it leaves open is unknown."""
        plain = spell_out(text)
        known = self._vocabulary.enterprises
        held, without = _titles(plain, known.certifications)
        region, compare = self._region(plain)
        district = _first(plain, known.districts)
        figures = read_figures(plain, known.figures, known.items)
        return Profile(
            kind=_kind(plain),
            region=region or (HOME if district else None),
            district=district if region in (None, HOME) else None,
            industry=self._industry(plain),
            size=_first(plain, known.sizes),
            age_years=_age(plain),
            revenue=figures.sure.get(_REVENUE),
            certifications=held or None,
            without=without,
            needs=self._needs.find(plain),
            project=_said_last(plain, known.projects),
            stage=_reached(plain, known.stages),
            figures={kind: value for kind, value in figures.sure.items() if kind != _REVENUE},
            unclear=dict(figures.unclear),
            received=read_received(plain) or (() if denies_received(plain) else None),
            exclusions=_unnegated(_EXCLUDED, plain, "why"),
            compare=compare,
            text=text,
        )

    def wanted(self, text: str) -> tuple[tuple[str, ...], ...]:
        """Return the names of the means of policy that serve each need of a text, need by need."""
        found = self.needs_in(text)
        return tuple(need.instruments for need in self._vocabulary.needs if need.id in found)

    def needs_in(self, text: str) -> tuple[str, ...]:
        """Return the ids of the needs that a text names or means."""
        return self._needs.find(spell_out(text))

    def places_in(self, text: str) -> tuple[str, ...]:
        """Return the places that a text names, the home region first where it is among them."""
        plain = spell_out(text)
        home = any(place in plain for place in self.places.huzhou)
        return (*([HOME.removesuffix("市")] if home else []), *_as_named(self._elsewhere(plain), plain))

    def complete(self, profile: Profile) -> Profile:
        """Return a profile with what its free text says of the fields that it leaves open."""
        if not profile.text:
            return profile
        read = self.read(profile.text)
        updates: dict[str, object] = {}
        for name in Profile.model_fields:
            given = getattr(profile, name)
            if name == "unclear" and (profile.figures or profile.revenue is not None):
                continue
            if name not in profile.model_fields_set and given in (None, (), {}, Kind.ENTERPRISE):
                updates[name] = getattr(read, name)
        return profile.model_copy(update={**updates, "text": profile.text})

    def _region(self, text: str) -> tuple[str | None, tuple[str, ...]]:
        """Return the place of registration where it is said to be elsewhere, and places to compare with."""
        elsewhere = self._elsewhere(text)
        if not elsewhere:
            return (HOME if any(place in text for place in self.places.huzhou) else None), ()
        for match in _REGISTERED.finditer(text):
            for place in elsewhere:
                if match["place"].startswith(place):
                    return self._city(place), ()
        local = any(place in text for place in self.places.huzhou)
        if local or _COMPARED.search(text):
            compare = _as_named(elsewhere, text) if _COMPARED.search(text) else ()
            return HOME if local else None, compare
        return self._city(elsewhere[0]), ()

    def _elsewhere(self, text: str) -> tuple[str, ...]:
        counties = tuple(name for name in self._vocabulary.enterprises.counties if name in text)
        return tuple(dict.fromkeys((*counties, *find_elsewhere(text, self.places))))

    def _city(self, place: str) -> str:
        return self._vocabulary.enterprises.counties.get(place, f"{place.removesuffix('市')}市")

    def _industry(self, text: str) -> tuple[str, ...]:
        low = text.lower()
        found = []
        for entry in self._vocabulary.enterprises.industries:
            words = (entry.name, *entry.words)
            word = next((word for word in words if _is_own_trade(low, word.lower())), None)
            if word is None and any(_is_own_trade(low, mark) for mark in entry.marks):
                word = entry.name
            if word:
                found.append(word)
        return tuple(dict.fromkeys(found))


def _as_named(places: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Return places in the order in which a text names them."""
    return tuple(sorted(places, key=text.find))


def _first(text: str, entries: Iterable[Named]) -> str | None:
    return next((entry.name for entry in entries if any(word in text for word in entry.words)), None)


def _affirmed(text: str, entries: Iterable[Named], denied: re.Pattern[str] | None = None) -> dict[str, int]:
    """Return the names whose words a text affirms, with the place where each is said last."""
    found: dict[str, int] = {}
    for entry in entries:
        for word in entry.words:
            for match in re.finditer(re.escape(word), text):
                if not (denied or _DENIED).search(text[: match.start()]):
                    found[entry.name] = max(match.start(), found.get(entry.name, -1))
    return found


def _said_last(text: str, entries: Iterable[Named]) -> str | None:
    """Return the name that a text affirms; where it affirms two of them, nothing is certain."""
    found = _affirmed(text, entries)
    return next(iter(found)) if len(found) == 1 else None


def _reached(text: str, entries: Iterable[Named]) -> str | None:
    """Return the furthest stage that a text affirms; the entries stand furthest first."""
    found = _affirmed(text, entries, _NOT_YET)
    return next((entry.name for entry in entries if entry.name in found), None)


def _is_own_trade(text: str, word: str) -> bool:
    """Whether a word stands somewhere as a trade: not as a thing bought or an item of spending."""
    for match in re.finditer(re.escape(word), text):
        before, after = text[: match.start()], text[match.end() :]
        if _TRADE_AFTER.match(after) or _TRADE_BEFORE.search(before):
            return True
        if not (_BOUGHT.search(before) or _SPENT.match(after)):
            return True
    return False


def _titles(text: str, entries: Iterable[Named]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the titles that a text says are held and those that it denies; wanted ones are neither."""
    held, without, left = [], [], text
    for entry in entries:
        for word in sorted(entry.words, key=len, reverse=True):
            start = left.find(word)
            if start < 0:
                continue
            before = left[:start]
            if _NEGATED.search(before):
                without.append(entry.name)
            elif not _WANTED.search(before):
                held.append(entry.name)
            left = left.replace(word, "\0" * len(word))
            break
    return tuple(held), tuple(without)


def _unnegated(pattern: re.Pattern[str], text: str, group: str) -> tuple[str, ...]:
    return tuple(
        match[group]
        for match in pattern.finditer(text)
        if not re.search("没有|没|无|从未|不存在", match[group])
    )


def _kind(text: str) -> Kind:
    if _PERSON.search(text) and not _SELF.search(text):
        return Kind.PERSON
    if _INSTITUTION.search(text) and not re.search("公司|企业|厂", text):
        return Kind.INSTITUTION
    return Kind.ENTERPRISE


def _age(text: str) -> float | None:
    match = _AGE.search(text)
    if match is None:
        return None
    years = match["years"]
    if years.isdigit():
        return float(years)
    return float(_NUMERALS[years]) if years in _NUMERALS else None
