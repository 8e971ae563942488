"""Answers to enterprises and people who ask what support there is for them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.composing.context import Context
from assistant.composing.evidence import Choice, choose
from assistant.composing.gaps import holds_money
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.composing.units import title_of
from assistant.ledger import Place
from assistant.models import SentenceKind

_CHOICE = Choice(clauses=4, clause_ratio=0.08, sentences=2, sentence_ratio=0.7)


def compose_support(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """List each fitting measure with what it offers, for whom, its units, and what the text leaves open."""
    chosen = choose(request, _CHOICE)
    if not chosen:
        return False
    places = [one.place for one in chosen]
    key = "support.lead" if len(chosen) > 1 else "support.lead_one"
    builder.add(SentenceKind.LEAD, context.messages(key, count=len(chosen)), places, [], [len(chosen)])
    for one in chosen:
        heading = title_of(one.place.clause)
        builder.add(
            SentenceKind.ITEM, context.messages("support.item", heading=heading), [one.place], [heading]
        )
        for quote in one.quotes:
            builder.quote(one.place, quote)
        if one.place.clause.units:
            names = "、".join(unit.name for unit in one.place.clause.units)
            builder.add(SentenceKind.UNITS, context.messages("quote.units", units=names), [one.place])
    if not any(holds_money(quote) for one in chosen for quote in one.quotes):
        builder.add(SentenceKind.GAP, context.messages("support.money_gap"))
    builder.add(SentenceKind.GAP, context.messages("support.terms_gap"))
    if any(place.document.is_draft for place in places):
        builder.note(context.messages("support.draft"))
    say_whom_to_ask(places, context, builder)
    return True


def say_whom_to_ask(places: Sequence[Place], context: Context, builder: DraftBuilder) -> None:
    """Name the first listed unit of the best clause that has a named one."""
    for place in places:
        if place.clause.units and not place.clause.units[0].umbrella:
            text = context.messages("support.ask", unit=place.clause.units[0].name)
            builder.add(SentenceKind.ADVICE, text, [place])
            return
    builder.add(SentenceKind.ADVICE, context.messages("support.ask_general"))
