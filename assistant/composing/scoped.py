"""Answers about the clauses under one heading by their units, and about those of certain units alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composing.context import Context
from assistant.composing.evidence import body_text
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.composing.unit_lists import list_entry
from assistant.composing.unit_sets import Condition, conditions_in, is_asked_of_one, say_item
from assistant.composing.units import say_unit_line
from assistant.ledger import LedgerEntry, Place
from assistant.models import SentenceKind
from assistant.references import find_references
from assistant.scoping import scope_of, wants_exactly
from assistant.understanding import UnitMention

_OF_CLAUSES = re.compile("任务|条|项|哪|事|措施|场景|领域|几")
_TOGETHER = re.compile("同时|共同|一起|都(?:参与|列|负责|有份?|管|在)|两家都")
_FEW = 2
_ONLY_TAKES_PART = re.compile(
    "(?:不|没|不是|非)(?:是)?(?:牵头|第一|列第一|打头|主责)|(?:只|仅|光)(?:是)?参与"
)
_TAKES_PART = re.compile(
    "参与|参加|负责|管|列|有|牵头|承担|归|干|做|在|涉及|份|第一|打头|主责|领头|包括|包含|出现|写|掺和"
)
_NAMES_NONE = re.compile(
    "(?:没有?|未|不)(?:有)?(?:写明|写出|写|点名|点到|点|指定|明确|列出|列|落实|提)?到?(?:具体|明确)?的?(?:责任)?(?:单位|部门|局)"
    "|(?:只|都|光|仅)(?:写|列|有)了?(?:统称|“?市级相关部门)"
)
_BY_NAME = re.compile("点名|具体|统称|写明|明确|名字|市级相关部门")
_COUNTIES = "区县"


def compose_scoped(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """List the clauses of a kind, or of all, that a question on their units means; whether it asks so."""
    asked = request.understanding
    if asked.among or not request.ledger.units or find_references(asked.text, request.ledger):
        return False
    scope = scope_of(asked.text, request.ledger)
    if _NAMES_NONE.search(asked.text) and _BY_NAME.search(asked.text) and _are_umbrellas(request):
        return scope is not None and _say_unnamed(scope, context, builder)
    names = [mention for mention in asked.units if mention.name and mention.surface in asked.text]
    if not names or len(names) < len(asked.units):
        return False
    if wants_exactly(asked.text, [one.surface for one in names]):
        return _say_exactly([one.name or "" for one in names], scope, request, context, builder)
    if not _OF_CLAUSES.search(asked.text):
        return False
    conditions = _conditions(asked.text, names)
    if scope is None or not conditions:
        return False
    return _say_within(conditions, scope, request, context, builder)


def _are_umbrellas(request: ComposeRequest) -> bool:
    """Whether a question names no unit but umbrella terms for departments: 只写市级相关部门的."""
    named = {mention.name for mention in request.understanding.units}
    umbrellas = {entry.unit.name for entry in request.ledger.units if entry.unit.umbrella}
    return named <= {name for name in umbrellas if _COUNTIES not in name}


def _conditions(text: str, names: Sequence[UnitMention]) -> tuple[Condition, ...]:
    """Return what a question asks of the units in a clause; () where it asks nothing of the kind."""
    if not _TAKES_PART.search(text):
        return ()
    said = tuple(conditions_in(text, [(one.surface, one.name or "") for one in names]))
    if len(said) > 1:
        return said if is_asked_of_one(said, text) or _TOGETHER.search(text) else ()
    if _ONLY_TAKES_PART.search(text) and said[0].holds:
        unit = said[0].unit
        return (
            Condition(unit=unit, holds=True, leads=False),
            Condition(unit=unit, holds=False, leads=True),
        )
    return said


def _say_within(
    conditions: Sequence[Condition],
    scope: LedgerEntry,
    request: ComposeRequest,
    context: Context,
    builder: DraftBuilder,
) -> bool:
    """List the clauses under a heading that conditions on units mean."""
    heading, members = scope.clause.heading, scope.members
    if not any(place.clause.units for place in members):
        text = context.messages("sets.no_units", heading=heading, count=len(members))
        builder.add(SentenceKind.LEAD, text, members, [], [len(members)])
        return True
    listing = [place for place in members if place.clause.units]
    found = [
        place
        for place in listing
        if all(one.fits([unit.name for unit in place.clause.units]) for one in conditions)
    ]
    said = "、".join(one.said(context) for one in conditions)
    key = "sets.within" if found else "sets.within_none"
    text = context.messages(key, heading=heading, all=len(members), conditions=said, count=len(found))
    builder.states_number = True
    counted = [len(members), len(found)] if found else [len(members)]
    builder.add(SentenceKind.LEAD, text, found, [], counted)
    for place in found:
        say_item(place, context, builder)
        if len(found) <= _FEW:
            builder.quote(place, body_text(place.clause.text))
    if not found:
        _say_elsewhere(conditions, request, context, builder)
    if any(_is_open(place) for place in members):
        builder.note(context.messages("sets.umbrella_within", heading=heading))
    return True


def _say_elsewhere(
    conditions: Sequence[Condition], request: ComposeRequest, context: Context, builder: DraftBuilder
) -> None:
    """List the clauses of other headings that list the one unit asked for."""
    entries = request.ledger.naming(conditions[0].unit)
    if len(conditions) > 1 or not entries or not conditions[0].holds or conditions[0].leads:
        return
    leading = sum(entry.rank == 1 for entry in entries)
    slots = {"count": len(entries), "leading": leading, "taking": len(entries) - leading}
    text = context.messages("listing.lead", unit=conditions[0].unit, **slots)
    builder.add(SentenceKind.LEAD, text, entries, [], list(slots.values()))
    for entry in entries:
        list_entry(entry, context, builder)


def _is_open(place: Place) -> bool:
    """Whether a clause names its departments by an umbrella term alone."""
    units = place.clause.units
    return bool(units) and all(unit.umbrella for unit in units)


def _say_exactly(
    names: Sequence[str],
    scope: LedgerEntry | None,
    request: ComposeRequest,
    context: Context,
    builder: DraftBuilder,
) -> bool:
    """List the clauses whose units are these and no others, under a heading where one is named."""
    places = scope.members if scope else [one for one in request.ledger.units if one.rank == 1]
    found = [place for place in places if {unit.name for unit in place.clause.units} == set(names)]
    slots = {"units": "、".join(names), "count": len(found)}
    key = "sets.exactly" if found else "sets.exactly_none"
    if scope:
        key, slots = f"{key}_within", {**slots, "heading": scope.clause.heading}
    builder.states_number = True
    counted = [len(found)] if found else []
    builder.add(SentenceKind.LEAD, context.messages(key, **slots), found, [], counted)
    for place in found:
        say_item(place, context, builder)
    return True


def _say_unnamed(scope: LedgerEntry, context: Context, builder: DraftBuilder) -> bool:
    """List the clauses under a heading that name no department, only umbrella terms."""
    heading, members = scope.clause.heading, scope.members
    found = [place for place in members if _is_open(place)]
    if not found:
        return False
    slots = {"heading": heading, "all": len(members), "count": len(found)}
    text = context.messages("tally.unnamed_within", **slots)
    builder.states_number = True
    builder.add(SentenceKind.LEAD, text, found, [], [len(members), len(found)])
    for place in found:
        builder.add(SentenceKind.ITEM, place.clause.heading_path, [place], [place.clause.heading])
        say_unit_line(place, context, builder)
    return True
