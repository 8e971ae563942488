"""Answers to questions for responsible units: of one clause, and all clauses of one unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composing.context import Context
from assistant.composing.evidence import Choice, Evidence, body_text, choose, led_by, sentences_of, units_tail
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.ledger import Place
from assistant.models import SentenceKind
from vectorstore.models import Clause

_UNIT_CHOICE = Choice(clauses=4, clause_ratio=0.5, sentences=1)
_SETS_UP = re.compile("(?:成立|组建|设立|建立)[^,。;]{2,24}(?:小组|专班|委员会|领导机构|指挥部)")
_HOW_MANY = re.compile("(?:几|多少)(?:个|家)(?:责任)?(?:单位|部门)")
_TWO = 2
_TELLING = 4
_LEADS = "牵头"
_OVERLAP = re.compile("重合|重叠|重复|共同|共有|都(?:有|列|涉及|出现|包含)|相同|一样的|交叉|同时|既.*又")
_UNITS_ASKED = re.compile("单位|部门|谁|哪[个些几]?家?局")


def compose_unit(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Say who is responsible for what the question is about; False where nothing was found."""
    chosen = choose(request, Choice(clauses=8, clause_ratio=0.0, sentences=1))
    if not chosen:
        return False
    best = [one for one in choose(request, _UNIT_CHOICE) if one.place.clause.units][:2]
    named = with_units(led_by(request) or _of_instruments(request))
    if len(named) > 1:
        best = list(named)
        if _OVERLAP.search(request.understanding.text):
            say_overlap([one.place for one in best], context, builder)
    if not best:
        _say_none(chosen[0].place, request, context, builder)
        return True
    for mention in request.understanding.units:
        if mention.name is None and mention.surface in request.understanding.text:
            say_unlisted(mention.surface, request, context, builder)
    _say_who_in_text(best[0].place, request, context, builder)
    for one in best:
        _say_count(one.place, request, context, builder)
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


def compose_overlap(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Say which units two clauses that a question names share, and each its own; whether that is asked."""
    text = request.understanding.text
    named = with_units(led_by(request))
    if len(named) < _TWO or not (_OVERLAP.search(text) and _UNITS_ASKED.search(text)):
        return False
    if any(mention.name for mention in request.understanding.units):
        return False
    say_overlap([one.place for one in named], context, builder)
    for one in named:
        heading = title_of(one.place.clause)
        builder.add(
            SentenceKind.ITEM, context.messages("compare.item", heading=heading), [one.place], [heading]
        )
        say_unit_line(one.place, context, builder)
    builder.states_units = True
    return True


def _of_instruments(request: ComposeRequest) -> tuple[Evidence, ...]:
    """Return the clauses on the means of policy that a question names, where these are of several clauses."""
    ledger, text = request.ledger, request.understanding.text
    names = [name for name in ledger.instrument_names if name in text]
    places = {place.clause_id: place for name in names for place in ledger.mentioning(name)}
    if len(names) < _TWO or len(places) < _TWO:
        return ()
    return tuple(
        Evidence(place=place, quotes=(body_text(place.clause.text),), score=1.0, rank=rank)
        for rank, place in enumerate(places.values(), start=1)
    )


def _say_who_in_text(place: Place, request: ComposeRequest, context: Context, builder: DraftBuilder) -> None:
    """Quote first what the text itself says of who leads a matter: 支持龙头企业牵头建设可信数据空间."""
    if _LEADS not in request.understanding.text:
        return
    for sentence in sentences_of(place.clause.text):
        if _LEADS in sentence:
            builder.note(context.messages("unit.in_text"))
            builder.quote(place, sentence)


def _say_none(place: Place, request: ComposeRequest, context: Context, builder: DraftBuilder) -> None:
    """Quote which body a clause without units sets up; say that it lists none where it sets up none.

    Or where the question is about another sentence of it: the body is not told to do that.
    """
    sentences = sentences_of(place.clause.text)
    setting_up = [one for one in sentences if _SETS_UP.search(one)]
    things = [term for term in request.understanding.terms if len(term) >= _TELLING]
    about = [one for one in sentences if any(term in one for term in things)]
    if about and not set(about) & set(setting_up):
        setting_up = []
    for sentence in setting_up:
        builder.quote(place, sentence)
    if not setting_up:
        text = context.messages("unit.none", heading=title_of(place.clause))
        builder.add(SentenceKind.LEAD, text, [place])
        builder.quote(place, body_text(place.clause.text))


def _say_count(place: Place, request: ComposeRequest, context: Context, builder: DraftBuilder) -> None:
    """Say how many units a clause lists, where that is asked."""
    if not _HOW_MANY.search(request.understanding.text) or all(one.umbrella for one in place.clause.units):
        return
    builder.states_number = True
    number, heading = len(place.clause.units), title_of(place.clause)
    text = context.messages("unit.count", heading=heading, number=number)
    builder.add(SentenceKind.LEAD, text, [place], [], [number])


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
        others = "、".join(unit.written for unit in units[1:])
        builder.add(SentenceKind.UNITS, context.messages("unit.others", others=others), [place])


def say_unit_line(place: Place, context: Context, builder: DraftBuilder) -> None:
    """Say the units of a clause in one line, nothing where it lists none."""
    if place.clause.units:
        names = "、".join(unit.written for unit in place.clause.units)
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
    if len(places) == _TWO:
        for one, other in ((places[0], places[1]), (places[1], places[0])):
            _say_only_here(one, other, context, builder)


def _say_only_here(one: Place, other: Place, context: Context, builder: DraftBuilder) -> None:
    """Say which units one of two clauses lists and the other does not."""
    theirs = {unit.name for unit in other.clause.units}
    names = [unit.name for unit in one.clause.units if unit.name not in theirs]
    if names:
        text = context.messages("unit.only", heading=title_of(one.clause), units="、".join(names))
        builder.add(SentenceKind.UNITS, text, [one, other])


def say_unlisted(name: str, request: ComposeRequest, context: Context, builder: DraftBuilder) -> None:
    """Say that no clause lists a unit, and what umbrella terms leave open."""
    builder.note(context.messages("listing.absent", unit=name))
    if request.ledger.umbrellas():
        builder.note(context.messages("listing.absent_umbrella", unit=name))
