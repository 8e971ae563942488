"""What a document says that it does to others, or others to it: 《…》同时废止, 关于修改《…》的决定."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.acts import Prolonging, Verb, prolonging, repeal_day, repeals
from ingest.identities import identity_of, numbers_alone
from ingest.listed import read_listed
from ingest.named import Named, find_named
from ingest.widths import halve
from vectorstore.models import Clause, ClauseKind
from vectorstore.validity import Relation, RelationKind

_SENTENCE = re.compile(r"[^。;;\n]+[。;;]?")
_BEFORE_REPEAL = re.compile(
    r"(?:废止|停止执行|停止施行|宣布失效)(?:下列[^《]{0,20}:?|以下[^《]{0,20}:?|了|:)?\s*$"
)
_PARTIAL = re.compile(r"\s*(?:\([^()]*\))?\s*(?:中|内|第|有关|的|附件|关于|相关|规定|涉及|部分|及其附件中)")
_NOT_MEANT = re.compile(
    r"\s*(?:\([^()]*\))?\s*(?:第?[一二三四五六七八九十\d]+次)?(?:修正|修订|修改|通过|公布|发布|施行|实施|规定|要求|精神|废止后|等规定)"
)
_BASIS = re.compile(r"(?:根据|依据|依照|按照|参照|为贯彻|贯彻|落实|适用|违反|按|依)\s*(?:[^《》,。]{0,12})$")
_CHANGED = re.compile(r"\s*(?:[(\[][^()]*[)\]]\s*)*(?:作|进行|予以)出?(?:如下|以下)?(?:修改|修订|修正)")
_DAY = len("2020-07-01")
_JOINED = re.compile(r"\s*(?:\([^()]*\))?\s*(?:、|,|和|及|与|以及)\s*$")
"""What stands between the titles of one enumeration."""
_PART_PROLONGED = re.compile(r"\s*(?:\([^()]*\))?\s*(?:中|内|第|附件|关于|有关|相关|涉及|部分)")
_OWN = re.compile(r"本(?![省市区县州级])[\u4e00-\u9fff]")
_AT_ITS_END = re.compile(r"(?:到期|期满|届满|届时)")
_BY_OTHER = re.compile(r"(?:本|该)[\u4e00-\u9fff]{1,8}(?:已)?(?:被|由|经)\s*$")
_BY_VERB = re.compile(r"\s*(?:\([^()]*\))?\s*(?P<verb>废止|代替|取代|替代|修改|修正|修订)")
_REPLACES = re.compile(r"(?:代替|取代|替代)\s*$")
_DECISION = re.compile(
    r"关于(?P<verbs>[^《》]{0,8}?(?:修改|废止|修正|停止执行)[^《》]{0,8})(?=《|<|〈|部分|若干|等|的)|"
    r"关于(?P<ending>宣布[^《》]{0,8}《.*》[^《》]{0,12}(?:废止|失效))的"
)
_PROLONGING_TITLE = re.compile(r"关于[^《》]{0,6}(?:延长|延续|顺延|延期)")
_VERBS = {
    "废止": RelationKind.REPEALED_BY,
    "代替": RelationKind.SUPERSEDED_BY,
    "取代": RelationKind.SUPERSEDED_BY,
    "替代": RelationKind.SUPERSEDED_BY,
}
_DATED = frozenset({RelationKind.REPEALED_BY, RelationKind.SUPERSEDED_BY, RelationKind.AMENDED_BY})
"""Links whose version is the day on which it happened: a year alone is none."""
_READ = frozenset({ClauseKind.CLAUSE, ClauseKind.PARAGRAPH, ClauseKind.HEADING, ClauseKind.NOTICE})


def read_relations(clauses: Sequence[Clause], title: str) -> tuple[Relation, ...]:
    """Return the links to other documents that title and text state, each with its words, in order."""
    told: list[Relation] = []
    for clause in clauses:
        if clause.kind in _READ:
            for sentence in _SENTENCE.finditer(clause.text):
                told += _of_sentence(sentence.group(0).strip(), title)
    for listed in read_listed(clauses):
        if not any((one.kind, one.title) == (listed.kind, listed.title) for one in told):
            told.append(listed)
    return tuple(dict.fromkeys((*_titled(_of_title(title), told), *told)))


def _titled(said: Iterator[Relation], told: Sequence[Relation]) -> Iterator[Relation]:
    """Yield what the title says; where the text says it of the same document, the text does.

    A title gives no day: where all repeals of the text count from one, so does that of the title.
    """
    named = {(one.kind, one.title) for one in told}
    days = {one.since for one in told if one.kind is RelationKind.REPEALS}
    day = days.pop() if len(days) == 1 else None
    for relation in said:
        if (relation.kind, relation.title) not in named:
            is_repeal = relation.kind is RelationKind.REPEALS
            yield relation.model_copy(update={"since": day}) if is_repeal else relation


def _of_title(title: str) -> Iterator[Relation]:
    """Yield what a decision's title says: 关于修改《…》的决定, 关于废止《…》的决定."""
    decision = _DECISION.search(title)
    if decision is None:
        return
    verbs = decision.group("verbs") or decision.group("ending")
    if "修" in verbs and "废止" in verbs:
        return
    kind = RelationKind.AMENDS if "修" in verbs else RelationKind.REPEALS
    for named in find_named(title):
        yield _relation(kind, named, title)


def _of_sentence(sentence: str, title: str) -> Iterator[Relation]:
    prolonged = prolonging(sentence) if "延" in sentence or "继续" in sentence else None
    if prolonged is not None:
        yield from _prolonged(sentence, title, prolonged)
    elif "《" in sentence:
        yield from _ended_or_changed(sentence)
    elif verbs := repeals(half := halve(sentence)):
        for number in numbers_alone(half, verbs[0].start):
            since = repeal_day(sentence, verbs)
            yield Relation(
                kind=RelationKind.REPEALS, title=number, number=number, since=since, quote=sentence
            )


def _prolonged(sentence: str, title: str, prolonged: Prolonging) -> Iterator[Relation]:
    """Yield whose term a sentence prolongs; 其有效期延长至… prolongs what the title names."""
    half = halve(sentence)
    found = [named for named in find_named(sentence) if not _BASIS.search(half[: named.start])]
    whole = [
        named
        for named in found
        if not _PART_PROLONGED.match(half[named.end :]) and not _OWN.search(half[named.end : prolonged.start])
    ]
    if not found and _PROLONGING_TITLE.search(title):
        for named in find_named(title):
            yield Relation(
                kind=RelationKind.PROLONGS,
                title=named.title,
                until=prolonged.until,
                extension=prolonged.extension,
                quote=sentence,
            )
    for named in whole:
        relation = _relation(RelationKind.PROLONGS, named, sentence)
        changes = {"until": prolonged.until, "extension": prolonged.extension, "version": None}
        yield relation.model_copy(update=changes)


def _ended_or_changed(sentence: str) -> Iterator[Relation]:
    half = halve(sentence)
    verbs = repeals(half)
    since = repeal_day(sentence, verbs)
    is_listed, behind = False, 0
    for named in find_named(sentence):
        before, after = half[: named.start], half[named.end :]
        is_joined = is_listed and _JOINED.match(half[behind : named.start]) is not None
        is_listed, behind = bool(_BEFORE_REPEAL.search(before)) or is_joined, named.end
        if _BY_OTHER.search(before):
            verb = _BY_VERB.match(after)
            if verb:
                kind = _VERBS.get(verb.group("verb"), RelationKind.AMENDED_BY)
                yield _relation(kind, named, sentence)
        elif before.endswith(("对", "将")) and _CHANGED.match(after):
            yield _relation(RelationKind.AMENDS, named, sentence)
        elif _REPLACES.search(before):
            yield _relation(RelationKind.SUPERSEDES, named, sentence)
        elif (is_listed or any(verb.start >= named.end for verb in verbs)) and not _BASIS.search(before):
            kind_or_none = _kind(half, named, verbs)
            if kind_or_none is not None:
                yield _relation(kind_or_none, named, sentence, since)


def _kind(half: str, named: Named, verbs: Sequence[Verb]) -> RelationKind | None:
    """Return REPEALS for a whole document, AMENDS for a part of one, None where it is only mentioned."""
    after = half[named.end :]
    if _NOT_MEANT.match(after):
        return None
    verb = next((verb for verb in verbs if verb.start >= named.end), None)
    between = half[named.end : verb.start] if verb else ""
    if _AT_ITS_END.search(between):
        return None
    if re.search(r"(?:施行|实施|公布|生效)(?:后|之后)", between) and re.search(
        r"本[\u4e00-\u9fff]{1,6}$", between.strip()
    ):
        return None
    return RelationKind.AMENDS if _PARTIAL.match(after) else RelationKind.REPEALS


def _relation(kind: RelationKind, named: Named, sentence: str, since: str | None = None) -> Relation:
    told = identity_of(sentence, named)
    is_day = told.version is not None and len(told.version) == _DAY
    version = told.version if is_day or kind not in _DATED else None
    return Relation(
        kind=kind, title=named.title, number=told.number, version=version, since=since, quote=sentence
    )
