"""What a document says that it does to others, or others to it: 《…》同时废止, 关于修改《…》的决定."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.dates import find_dates
from ingest.numbers import find_number
from ingest.widths import halve
from vectorstore.models import Clause, ClauseKind
from vectorstore.validity import Relation, RelationKind

_SENTENCE = re.compile(r"[^。;;\n]+[。;;]?")
_REPEAL = re.compile(
    r"(?:同时|即行|即|相应|予以|自行|一并|均|也|亦|全部|已|宣布)?(?:废止|失效|停止执行|停止使用|不再执行|不再适用|停止施行)(?!的|后|前|之|期|时|或者)"
)
_BEFORE_REPEAL = re.compile(r"废止(?:下列[^《]{0,20}:?|以下[^《]{0,20}:?|了|:)?\s*$")
_PARTIAL = re.compile(r"\s*(?:\([^()]*\))?\s*(?:中|内|第|有关|的|附件|关于|相关|规定|涉及|部分|及其附件中)")
_NOT_MEANT = re.compile(
    r"\s*(?:\([^()]*\))?\s*(?:第?[一二三四五六七八九十\d]+次)?(?:修正|修订|修改|通过|公布|发布|施行|实施|规定|要求|精神|废止后|等规定)"
)
_BASIS = re.compile(r"(?:根据|依据|依照|按照|参照|为贯彻|贯彻|落实|适用|违反|按|依)\s*(?:[^《》,。]{0,12})$")
_BRACKET = re.compile(r"\s*[(\[](?P<inside>[^()]{3,40})[)\]]")
_NEGATED = re.compile(r"(?:不|未|尚未|并未|不得|不予|没有)(?:同时|即行|予以)?(?:废止|失效)")
_BY_OTHER = re.compile(r"(?:本|该)[\u4e00-\u9fff]{1,8}(?:已)?(?:被|由|经)\s*$")
_BY_VERB = re.compile(r"\s*(?:\([^()]*\))?\s*(?P<verb>废止|代替|取代|替代|修改|修正|修订)")
_REPLACES = re.compile(r"(?:代替|取代|替代)\s*$")
_DECISION = re.compile(
    r"关于(?P<verbs>[^《》]{0,8}?(?:修改|废止|修正)[^《》]{0,8})(?=《|<|〈|部分|若干|等|的)"
)
_VERBS = {
    "废止": RelationKind.REPEALED_BY,
    "代替": RelationKind.SUPERSEDED_BY,
    "取代": RelationKind.SUPERSEDED_BY,
    "替代": RelationKind.SUPERSEDED_BY,
}
_READ = frozenset({ClauseKind.CLAUSE, ClauseKind.PARAGRAPH, ClauseKind.HEADING, ClauseKind.NOTICE})


@dataclass(frozen=True)
class Named:
    """A title in 《》: offsets of the brackets in its sentence, and the title between them."""

    start: int
    end: int
    title: str


def read_relations(clauses: Sequence[Clause], title: str) -> tuple[Relation, ...]:
    """Return the links to other documents that title and text state, each with its words, in order."""
    found = list(_of_title(title))
    for clause in clauses:
        if clause.kind in _READ:
            for sentence in _SENTENCE.finditer(clause.text):
                if "《" in sentence.group(0):
                    found += _of_sentence(sentence.group(0).strip())
    return tuple(dict.fromkeys(found))


def find_named(text: str) -> Iterator[Named]:
    """Yield the outermost titles in 《》; a bracket that never closes is no title."""
    depth, start = 0, 0
    for position, character in enumerate(text):
        if character == "《":
            start = position if depth == 0 else start
            depth += 1
        elif character == "》" and depth:
            depth -= 1
            if depth == 0:
                yield Named(start, position + 1, text[start + 1 : position])


def _of_title(title: str) -> Iterator[Relation]:
    """Yield what a decision's title says: 关于修改《…》的决定, 关于废止《…》的决定."""
    decision = _DECISION.search(title)
    if decision is None:
        return
    verbs = decision.group("verbs")
    if "修" in verbs and "废止" in verbs:
        return
    kind = RelationKind.REPEALS if "废止" in verbs else RelationKind.AMENDS
    for named in find_named(title):
        yield Relation(kind=kind, title=named.title, quote=title)


def _of_sentence(sentence: str) -> Iterator[Relation]:
    half = halve(sentence)
    verbs = [verb for verb in _REPEAL.finditer(half) if not _NEGATED.search(half[: verb.end()][-8:])]
    for named in find_named(sentence):
        before, after = half[: named.start], half[named.end :]
        if _BY_OTHER.search(before):
            verb = _BY_VERB.match(after)
            if verb:
                kind = _VERBS.get(verb.group("verb"), RelationKind.AMENDED_BY)
                yield _relation(kind, named, sentence)
            continue
        if _REPLACES.search(before):
            yield _relation(RelationKind.SUPERSEDES, named, sentence)
            continue
        is_listed = bool(_BEFORE_REPEAL.search(before)) or any(verb.start() >= named.end for verb in verbs)
        if not is_listed or _BASIS.search(before):
            continue
        kind_or_none = _kind(half, named, verbs)
        if kind_or_none is not None:
            yield _relation(kind_or_none, named, sentence)


def _kind(half: str, named: Named, verbs: Sequence[re.Match[str]]) -> RelationKind | None:
    """Return REPEALS for a whole document, AMENDS for a part of one, None where it is only mentioned."""
    after = half[named.end :]
    if _NOT_MEANT.match(after):
        return None
    verb = next((verb for verb in verbs if verb.start() >= named.end), None)
    between = half[named.end : verb.start()] if verb else ""
    if re.search(r"(?:施行|实施|公布|生效)(?:后|之后)", between) and re.search(
        r"本[\u4e00-\u9fff]{1,6}$", between.strip()
    ):
        return None
    return RelationKind.AMENDS if _PARTIAL.match(after) else RelationKind.REPEALS


def _relation(kind: RelationKind, named: Named, sentence: str) -> Relation:
    bracket = _BRACKET.match(halve(sentence), named.end)
    previous = max((one.end for one in find_named(sentence[: named.start])), default=0)
    dates = [found.day for found in find_dates(sentence[previous : named.start]) if found.is_exact]
    cited = dates[-1] if dates and re.search(r"的\s*$", sentence[: named.start]) else None
    number = find_number(bracket.group("inside")) if bracket else None
    return Relation(kind=kind, title=named.title, number=number, version=cited, quote=sentence)
