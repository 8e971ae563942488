"""Answers about several units at once: what lists one and not another, and who shares clauses with a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.composing.context import Context
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.composing.units import say_unit_line, title_of
from assistant.ledger import Place, UnitEntry
from assistant.models import SentenceKind
from assistant.references import find_references
from assistant.scoping import LEADS

_FEWEST = 2
_LACKED_BEFORE = re.compile(
    "(?:没有?|[未无缺少]|不|除了?|除开|除去|去掉|排除)(?:[列写是归由含到有带让叫]|包括|包含|出现|涉及|点名|名到)?(?:市级?)?[^,但却而和与跟]{0,1}$"
)
_LACKED_BEHIND = re.compile(
    "^(?:[也都则就并却又]|没在?|根本)?(?:没有?|未|不)(?:被)?(?:参与|在|管|列|负责|沾|参加|份|有份|含|入|涉|掺和|出现|写|牵头|干)"
)
_LEAD_IS = re.compile(
    "(?:牵头|列第一|排第一|打头|主责|领头|首位)的?(?:责任)?(?:单位|部门)?(?:都|也)?(?:不|没)?(?:是|为|归|由|有)?(?:市级?)?的?$"
)
_LEAD_IS_NEXT = re.compile(
    "(?:牵头|列第一|主责|领头)的?(?:责任)?(?:单位|部门)(?:都|也)?(?:不|没)?(?:是|为)(?:市级?)?$"
)
"""牵头单位不是X: of the unit that follows, and not of the one before."""
_TURNS = re.compile("[,但却而]|不过|可是|可(?!以)|以及|并且")
_ALL_OF_THEM = re.compile(
    "既|又有|同时|共同|一起|都(?:参与|列|负责|有|管|在|写|点)(?!了?(?:啥|什么|些|哪))|两家都|都在|一并|也(?:参与|列|有|管|在|负责)"
)
_BOTH = re.compile("既[^,。]*,?也?又|又有|又列|同时列")
_OF_CLAUSES = re.compile("任务|条|项|哪|事|活|措施|场景|领域|什么|啥|几")
_WITH = re.compile(
    "(?:跟|和|与|同)[^,。]{0,10}?(?:一起|共同|搭班子|搭档|搭伙|合作|配合|协作|联手|同列|并列|打交道)"
    "|(?:一起|共同|搭班子|搭档|搭伙|合作|配合|协作|联手|同列)[^,。]{0,6}(?:单位|部门|局|谁|哪)"
)
_WHO = re.compile("谁|哪[些个几家]|单位|部门|什么局")


@dataclass(frozen=True)
class Condition:
    """What is asked of a unit in a clause: that it is listed, or first, or not."""

    unit: str
    holds: bool
    leads: bool

    def fits(self, names: Sequence[str]) -> bool:
        """Whether the units of a clause, in order, are so."""
        found = names[0] == self.unit if self.leads else self.unit in names
        return found == self.holds

    def said(self, context: Context) -> str:
        """Return it in words."""
        key = ("sets.leads" if self.leads else "sets.holds") if self.holds else (
            "sets.leads_not" if self.leads else "sets.lacks"
        )  # fmt: skip
        return context.messages(key, unit=self.unit)


def compose_unit_sets(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """List the clauses that conditions on units mean, or who shares clauses with one; whether asked."""
    asked = request.understanding
    if asked.among or find_references(asked.text, request.ledger):
        return False
    names = [mention for mention in asked.units if mention.name and mention.surface in asked.text]
    if len(names) == 1 and _WITH.search(asked.text) and _WHO.search(asked.text):
        return _say_partners(names[0].name or "", request, context, builder)
    if len(names) < _FEWEST or not _OF_CLAUSES.search(asked.text):
        return False
    conditions = tuple(conditions_in(asked.text, [(one.surface, one.name or "") for one in names]))
    if not is_asked_of_one(conditions, asked.text):
        return False
    return _say_set(conditions, request, context, builder)


def is_asked_of_one(conditions: Sequence[Condition], text: str) -> bool:
    """Whether the conditions are meant of one clause: one is lacking or first, or all are said to hold."""
    if not all(one.holds and not one.leads for one in conditions):
        return any(one.holds for one in conditions)
    joint = len(conditions) > _FEWEST and _ALL_OF_THEM.search(text)
    return bool(joint or _BOTH.search(text))


def conditions_in(text: str, units: Sequence[tuple[str, str]]) -> Iterator[Condition]:
    """Yield what a question says of each unit: of 列了A却没列B that A is listed and B is not.

    Args:
        text: the question.
        units: the units as written and by name, in the order of the text.
    """
    start = 0
    places = []
    for surface, name in units:
        at = text.find(surface, start)
        at = text.find(surface) if at < 0 else at
        places.append((at, at + len(surface), name))
        start = at + len(surface)
    for number, (at, end, name) in enumerate(places):
        before = text[places[number - 1][1] if number else 0 : at]
        behind = text[end : places[number + 1][0] if number + 1 < len(places) else len(text)]
        behind = _LEAD_IS_NEXT.sub("", _TURNS.split(behind)[0])
        before = _TURNS.split(before)[-1]
        lacks = bool(_LACKED_BEFORE.search(before) or _LACKED_BEHIND.search(behind))
        leads = LEADS.search(behind) or _LEAD_IS.search(before)
        yield Condition(unit=name, holds=not lacks, leads=bool(leads))


def _say_set(
    conditions: Sequence[Condition], request: ComposeRequest, context: Context, builder: DraftBuilder
) -> bool:
    listing = [entry for entry in request.ledger.units if entry.rank == 1]
    found = [
        entry
        for entry in listing
        if all(one.fits([unit.name for unit in entry.clause.units]) for one in conditions)
    ]
    said = "、".join(one.said(context) for one in conditions)
    key = "sets.lead" if found else "sets.none"
    text = context.messages(key, conditions=said, count=len(found))
    builder.add(SentenceKind.LEAD, text, found, [], [len(found)] if found else [])
    for entry in found:
        say_item(entry, context, builder)
    if any(not one.holds for one in conditions) and any(entry.clause.units[0].umbrella for entry in found):
        builder.note(context.messages("sets.umbrella"))
    return True


def _say_partners(name: str, request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Say which units are listed together with one, and which of them stands first how often."""
    entries: Sequence[UnitEntry] = request.ledger.naming(name)
    if not entries:
        return False
    others = dict.fromkeys(unit.name for entry in entries for unit in entry.clause.units if unit.name != name)
    text = context.messages("sets.partners", unit=name, count=len(entries), others="、".join(others))
    builder.add(SentenceKind.LEAD, text, entries, [], [len(entries)])
    firsts = [entry.clause.units[0].name for entry in entries]
    leads = "、".join(f"{first}({firsts.count(first)}项)" for first in dict.fromkeys(firsts))
    text = context.messages("sets.first", leads=leads)
    builder.add(
        SentenceKind.LEAD, text, entries, [], [firsts.count(first) for first in dict.fromkeys(firsts)]
    )
    for entry in entries:
        say_item(entry, context, builder)
    builder.note(context.messages("unit.convention"))
    return True


def say_item(place: Place, context: Context, builder: DraftBuilder) -> None:
    """List a clause with all its units."""
    builder.add(SentenceKind.ITEM, place.clause.heading_path, [place], [title_of(place.clause)])
    say_unit_line(place, context, builder)
