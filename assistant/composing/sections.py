"""What stands under a heading, complete by construction: 九大场景, 五大行动, 主要措施, 第二部分."""

from __future__ import annotations

import re
from collections.abc import Sequence

import cn2an

from assistant.composing.context import Context
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.composing.units import say_unit_line
from assistant.ledger import LedgerEntry, Place
from assistant.models import SentenceKind
from assistant.references import find_references
from vectorstore.models import Clause, ClauseKind

_COUNTED = re.compile(
    "(?P<number>[两二三四五六七八九十\\d]{1,3})(?:大|个|条|项|类|种)(?P<noun>[\u4e00-\u9fff]{2,6})"
)
_ASKS_ALL = re.compile(
    "哪些|哪几|有啥|都有什么|分别|各是|各自|列全|列出|列个|列一下|列一列|叫什么|都是|是什么|是啥|[讲说写]的?了?些?(?:什么|啥)|讲的|名单|清单|名称|全部|几条|有几|怎么没有|为什么没有"
)
_OF_UNITS = re.compile("责任单位|牵头|负责|部门|哪个局|哪家|归谁|谁管")
_BARE = re.compile(r"^(?:\d+[.、]|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\))\s*")
_SHORTEST_NOUN = 2
_SHORTEST_PART = 5
_FEWEST = 3


def sections_asked(request: ComposeRequest) -> tuple[LedgerEntry, ...]:
    """Return the headings whose whole contents a question asks for; () where it asks for no such list."""
    text = request.understanding.text
    if not _ASKS_ALL.search(text):
        return ()
    named = {place.clause_id for place in find_references(text, request.ledger)}
    found = [entry for entry in request.ledger.counts if entry.clause_id in named]
    found = found or [*_counted(text, request), *_titled(request)]
    distinct = {entry.clause_id: entry for entry in found if not _speaks_of_one(text, entry)}
    return tuple(distinct.values())


def _counted(text: str, request: ComposeRequest) -> list[LedgerEntry]:
    """Return the headings that numbered nouns mean: of nine children that are all 场景, or under 场景."""
    return [entry for match in _COUNTED.finditer(text) if (entry := _meant(match, request)) is not None]


def _meant(match: re.Match[str], request: ComposeRequest) -> LedgerEntry | None:
    for length in range(len(match["noun"]), _SHORTEST_NOUN - 1, -1):
        called = [entry for entry in request.ledger.counts if _is_called(entry, match["noun"][:length])]
        fitting = [entry for entry in called if _number(match["number"]) in _sizes(entry)]
        if fitting:
            return fitting[0]
        several = [entry for entry in called if len(children_of(entry)) >= _FEWEST]
        if len(several) == 1:
            return several[0]
    return None


def _titled(request: ComposeRequest) -> list[LedgerEntry]:
    """Return the headings whose words are what a question names first of all."""
    terms, text = request.understanding.terms[:1], request.understanding.text
    return [
        entry
        for entry in request.ledger.counts
        if any(
            words in text and any(term in words or words in term for term in terms)
            for words in _called(entry.clause)
        )
    ]


def _called(clause: Clause) -> tuple[str, ...]:
    """Return what a heading is called by: its words, or a part of them: 聚焦资源要素,实施产业生态护航行动."""
    whole = title_words(clause)
    parts = [part.removeprefix("实施") for part in whole.split(",")]
    return (whole, *(part for part in parts if part != whole and len(part) >= _SHORTEST_PART))


def _speaks_of_one(text: str, entry: LedgerEntry) -> bool:
    """Whether a question names one of the things under a heading rather than all: 农业 of 人工智能+农业."""
    return any(title_words(child.clause).split("+")[-1] in text for child in children_of(entry))


def title_words(clause: Clause) -> str:
    """Return a heading without its number."""
    return _BARE.sub("", clause.heading).strip()


def _is_called(entry: LedgerEntry, noun: str) -> bool:
    children = children_of(entry)
    return noun in entry.clause.heading or (
        bool(children) and all(noun in child.clause.heading for child in children)
    )


def _sizes(entry: LedgerEntry) -> frozenset[int]:
    return frozenset({len(children_of(entry)), len(entry.members)})


def _number(said: str) -> int:
    """Return the value of a number; 0 of 几."""
    if said == "几":
        return 0
    return int(said) if said.isdecimal() else int(cn2an.cn2an(said.replace("两", "二"), "smart"))


def children_of(entry: LedgerEntry) -> tuple[Place, ...]:
    """Return what stands directly under a heading: its sections, or its clauses where it has none."""
    sections = tuple(
        Place(document=entry.document, clause=clause)
        for clause in entry.document.clauses
        if clause.kind is ClauseKind.HEADING and clause.path.startswith(f"{entry.clause.path}/")
    )
    return sections or entry.members


def compose_sections(
    request: ComposeRequest, entries: Sequence[LedgerEntry], context: Context, builder: DraftBuilder
) -> bool:
    """List everything under the headings, with the units of each clause where units are asked for."""
    for entry in entries:
        _correct_count(request, entry, context, builder)
        say_structure(entry, context, builder, with_units=bool(_OF_UNITS.search(request.understanding.text)))
    return True


def _correct_count(
    request: ComposeRequest, entry: LedgerEntry, context: Context, builder: DraftBuilder
) -> None:
    """Correct a number of things that a heading does not have, with the number that the text itself names."""
    for match in _COUNTED.finditer(request.understanding.text):
        nouns = [one for one in request.ledger.named_counts if match["noun"].startswith(one.indicator[-2:])]
        said = _number(match["number"])
        if nouns and said and said not in _sizes(entry):
            text = context.messages("premise.named", phrase=nouns[0].value)
            builder.add(SentenceKind.LEAD, text, [nouns[0]], [nouns[0].value])
            return


def say_structure(
    entry: LedgerEntry, context: Context, builder: DraftBuilder, with_units: bool = False
) -> None:
    """Say how much stands under a heading, and list it: sections, and the clauses of each."""
    children = children_of(entry)
    total = len(entry.members)
    is_sections = bool(children) and children[0].clause.kind is ClauseKind.HEADING
    if is_sections:
        key, counted = "number.structure_sections", [len(children), total]
        text = context.messages(key, heading=entry.clause.heading, count=len(children), total=total)
    else:
        counted = [total]
        text = context.messages("number.structure", heading=entry.clause.heading, count=total)
    builder.add(SentenceKind.LEAD, text, children, [], counted)
    for child in children:
        _list(child, context, builder, with_units)
        for member in _below(child, entry.members) if is_sections else ():
            _list(member, context, builder, with_units)


def _below(section: Place, members: Sequence[Place]) -> tuple[Place, ...]:
    return tuple(one for one in members if one.clause.path.startswith(f"{section.clause.path}/"))


def _list(place: Place, context: Context, builder: DraftBuilder, with_units: bool) -> None:
    builder.add(SentenceKind.ITEM, place.clause.heading, [place], [place.clause.heading])
    if with_units:
        say_unit_line(place, context, builder)
