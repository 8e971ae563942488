"""Answers to questions for responsible units: of one clause, and all clauses of one unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composing.context import Context
from assistant.composing.evidence import Choice, Evidence, choose, units_tail
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.ledger import Place, UnitEntry
from assistant.models import SentenceKind, Status
from assistant.understanding import Understanding
from vectorstore.models import Clause

_UNIT_CHOICE = Choice(clauses=4, clause_ratio=0.5, sentences=1)
_DISTRICT = re.compile("(?:区|县)(?:政府|县)?$|管委会$")
_DEPARTMENTS = ("局", "委", "办", "办公室", "委员会")
_ASKS_TASKS = re.compile(
    "(?:负责|承担|管|干|做|参与)(?:些|了)?(?:什么|哪些|啥|哪块|哪几)|(?:哪些|什么|啥)(?:任务|活|事)"
)
_FRAME = re.compile(
    "责任单位|单位|部门|名单|任务|工作|职责|文件|计划|方案|政策|负责|承担|参与|牵头|列|管|干|做|什么|哪些|哪块|哪几"
    "|有没有|没有|是不是|是否|算不算|包括|包含|出现|提到|请问|我想|知道|请|问|想|湖州市?|市里|全市|那么|这份|这个|该"
    "|[\\s,。!?、“”「」《》那呢吗吧啊呀呐嘛么的了过里中内面上在有没是不算也还都要会到出名些几条项啥活事和与跟或及各被把给市]"
)
_OVERLAP = re.compile("重合|共同|都有|相同|一样的|交叉|同时")


def compose_unit(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Say who is responsible for what the question is about; False where nothing was found."""
    chosen = choose(request, Choice(clauses=8, clause_ratio=0.0, sentences=1))
    if not chosen:
        return False
    best = [one for one in choose(request, _UNIT_CHOICE) if one.place.clause.units][:2]
    if _OVERLAP.search(request.understanding.text) and len(with_units(chosen)) > 1:
        best = list(with_units(chosen)[:2])
        say_overlap([one.place for one in best], context, builder)
    if not best:
        builder.add(
            SentenceKind.LEAD,
            context.messages("unit.none", heading=title_of(chosen[0].place.clause)),
            [chosen[0].place],
        )
        builder.quote(chosen[0].place, chosen[0].quotes[0])
        return True
    for mention in request.understanding.units:
        if mention.name is None and mention.surface in request.understanding.text:
            _absent(mention.surface, request, context, builder)
    for one in best:
        say_units(one.place, context, builder)
        _say_positions(one.place, request, context, builder)
    for one in best:
        for quote in one.quotes:
            builder.quote(one.place, quote)
        tail = units_tail(one.place.clause.text)
        if tail:
            builder.quote(one.place, tail)
    if any(not one.place.clause.units[0].umbrella for one in best):
        builder.note(context.messages("unit.convention"))
    return True


def with_units(chosen: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return the evidence whose clauses list units."""
    return tuple(one for one in chosen if one.place.clause.units)


def title_of(clause: Clause) -> str:
    """Return the heading of a clause, or its last heading for a paragraph."""
    return clause.heading or clause.heading_path.split(" > ")[-1] or clause.path


def say_units(place: Place, context: Context, builder: DraftBuilder) -> None:
    """Say the units of a clause in order, the first listed first."""
    units = place.clause.units
    heading = title_of(place.clause)
    if all(unit.umbrella for unit in units):
        names = "、".join(unit.name for unit in units)
        builder.add(
            SentenceKind.LEAD, context.messages("unit.umbrella", heading=heading, units=names), [place]
        )
        return
    key = "unit.lead" if len(units) > 1 else "unit.lead_only"
    builder.add(SentenceKind.LEAD, context.messages(key, heading=heading, lead=units[0].name), [place])
    if len(units) > 1:
        others = "、".join(unit.name for unit in units[1:])
        builder.add(SentenceKind.UNITS, context.messages("unit.others", others=others), [place])


def say_unit_line(place: Place, context: Context, builder: DraftBuilder) -> None:
    """Say the units of a clause in one line, nothing where it lists none."""
    if place.clause.units:
        names = "、".join(unit.name for unit in place.clause.units)
        builder.add(SentenceKind.UNITS, context.messages("quote.units", units=names), [place])


def show_clause(one: Evidence, key: str, context: Context, builder: DraftBuilder) -> None:
    """Show a clause as an item with its heading, in the words of a message, and its quotes."""
    heading = title_of(one.place.clause)
    builder.add(SentenceKind.ITEM, context.messages(key, heading=heading), [one.place], [heading])
    for quote in one.quotes:
        builder.quote(one.place, quote)


def _say_positions(place: Place, request: ComposeRequest, context: Context, builder: DraftBuilder) -> None:
    names = [unit.name for unit in place.clause.units]
    for mention in request.understanding.units:
        if mention.name is None:
            continue
        if mention.name in names:
            rank = names.index(mention.name) + 1
            text = context.messages("unit.position", unit=mention.name, rank=rank)
            builder.add(SentenceKind.UNITS, text, [place], [], [rank])
        elif not _is_included(mention.name, place, request):
            builder.add(SentenceKind.NOTE, context.messages("unit.absent", unit=mention.name))


def _is_included(name: str, place: Place, request: ComposeRequest) -> bool:
    """Whether a unit of the clause expressly includes another, here or where it is first named (下同)."""
    umbrellas = {entry.unit.name for entry in request.ledger.including(name)}
    return any(unit.name in umbrellas for unit in place.clause.units)


def say_overlap(places: Sequence[Place], context: Context, builder: DraftBuilder) -> None:
    """Say which units several clauses share."""
    first, *rest = places
    shared = [
        unit.name
        for unit in first.clause.units
        if all(unit.name in [other.name for other in place.clause.units] for place in rest)
    ]
    key = "unit.overlap" if shared else "unit.overlap_none"
    builder.add(SentenceKind.LEAD, context.messages(key, units="、".join(shared)), places)


def asks_for_tasks(understanding: Understanding) -> bool:
    """Whether a question asks what a unit has to do; of an unlisted one, any question about it alone."""
    text = understanding.text
    if any(mention.name for mention in understanding.units):
        return bool(_ASKS_TASKS.search(text))
    named_here = any(mention.surface in text for mention in understanding.units)
    return named_here and (bool(_ASKS_TASKS.search(text)) or _about_units_alone(understanding))


def _about_units_alone(understanding: Understanding) -> bool:
    """Whether nothing is left of a question without its units and the words that frame it."""
    text = understanding.text
    for mention in understanding.units:
        text = text.replace(mention.surface, "")
    return not _FRAME.sub("", text)


def compose_unit_list(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """List every clause that names a unit, complete by construction; False where no unit is mentioned."""
    mentions = request.understanding.units
    unlisted = all(mention.name is None for mention in mentions)
    if not mentions or (unlisted and not request.ledger.units):
        return False
    for mention in mentions:
        if mention.name is None:
            _absent(mention.surface, request, context, builder)
            if unlisted:
                builder.status = Status.NO_EVIDENCE
        else:
            _list_unit(mention.name, request, context, builder)
    return True


def _list_unit(name: str, request: ComposeRequest, context: Context, builder: DraftBuilder) -> None:
    entries = request.ledger.naming(name) or request.ledger.including(name)
    if not entries:
        _absent(name, request, context, builder)
        return
    umbrella = entries[0].unit.umbrella
    leading = sum(1 for entry in entries if entry.rank == 1)
    if umbrella:
        lead = context.messages("listing.lead_umbrella", unit=name, count=len(entries))
        counted = [len(entries)]
    else:
        taking = len(entries) - leading
        lead = context.messages("listing.lead", unit=name, count=len(entries), leading=leading, taking=taking)
        counted = [len(entries), leading, taking]
    builder.add(SentenceKind.LEAD, lead, entries, [], counted)
    for entry in entries:
        _list_entry(entry, context, builder)
    if not umbrella:
        _also_umbrella(name, request, context, builder)
    source = next((entry for entry in entries if entry.unit.includes), None)
    if source is not None:
        text = context.messages("listing.includes", includes="含" + "、".join(source.unit.includes))
        builder.add(SentenceKind.UNITS, text, [source])


def _list_entry(entry: UnitEntry, context: Context, builder: DraftBuilder) -> None:
    heading = title_of(entry.clause)
    if entry.unit.umbrella:
        text = context.messages("listing.item_umbrella", heading=entry.clause.heading_path)
        builder.add(SentenceKind.ITEM, text, [entry], [heading])
    elif entry.rank == 1:
        text = context.messages("listing.item_first", heading=entry.clause.heading_path)
        builder.add(SentenceKind.ITEM, text, [entry], [heading])
    else:
        text = context.messages("listing.item_named", heading=entry.clause.heading_path, rank=entry.rank)
        builder.add(SentenceKind.ITEM, text, [entry], [heading], [entry.rank])


def _also_umbrella(name: str, request: ComposeRequest, context: Context, builder: DraftBuilder) -> None:
    """Tell umbrella clauses apart: a district under 各区县政府, a department under 市级相关部门."""
    district = bool(_DISTRICT.search(name.removesuffix("政府"))) or name.endswith(("县政府", "区政府"))
    counts: dict[str, int] = {}
    for entry in request.ledger.units:
        if entry.unit.umbrella and ("区县" in entry.unit.name) == district:
            counts[entry.unit.name] = counts.get(entry.unit.name, 0) + 1
    if not district and not name.endswith(_DEPARTMENTS):
        return
    for umbrella, count in counts.items():
        text = context.messages("listing.also_umbrella", count=count, umbrella=umbrella, unit=name)
        builder.add(SentenceKind.NOTE, text, [], [], [count])


def _absent(name: str, request: ComposeRequest, context: Context, builder: DraftBuilder) -> None:
    builder.note(context.messages("listing.absent", unit=name))
    if request.ledger.umbrellas():
        builder.note(context.messages("listing.absent_umbrella", unit=name))
