"""Answers to enterprises and people who ask what support there is for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composing.context import Context
from assistant.composing.evidence import Choice, choose
from assistant.composing.gaps import holds_support_money
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.composing.units import say_unit_line, show_clause
from assistant.ledger import Place
from assistant.models import SentenceKind
from assistant.understanding import Detail

_FOR_SUPPORT = re.compile(
    "补|奖|钱|贴|资助|扶|支持|撑腰|优惠|便宜|政策|好处|帮|申请|申报|申领|领|券|基金|贷|减|免|福利|机会|条件|享受|拿|待遇|红利|给.{0,4}(?:什么|啥)|有.{0,4}份|沾|受益|利好"
)
_CHOICE = Choice(clauses=4, clause_ratio=0.08, sentences=2, sentence_ratio=0.7)


def compose_support(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """List each fitting measure with what it offers, for whom, its units, and what the text leaves open."""
    chosen = choose(request, _CHOICE)
    if not chosen or not _asks_support(request):
        return False
    places = [one.place for one in chosen]
    key = "support.lead" if len(chosen) > 1 else "support.lead_one"
    builder.add(SentenceKind.LEAD, context.messages(key, count=len(chosen)), places, [], [len(chosen)])
    for one in chosen:
        show_clause(one, "support.item", context, builder)
        say_unit_line(one.place, context, builder)
    if not any(
        holds_support_money(quote, one.place.clause.targets) for one in chosen for quote in one.quotes
    ):
        builder.add(SentenceKind.GAP, context.messages("support.money_gap"))
    if any(place.document.document_id in request.ledger.explained for place in places):
        builder.add(SentenceKind.GAP, context.messages("support.terms_gap"))
    else:
        builder.note(context.messages("support.terms_of_text"))
    if any(place.document.is_draft for place in places):
        builder.note(context.messages("support.draft"))
    say_whom_to_ask(_of_means_first(places, request), context, builder)
    return True


def _of_means_first(places: Sequence[Place], request: ComposeRequest) -> list[Place]:
    """Return the clauses on the means of policy that is asked for before those around it: 12 for 算力券."""
    asked = f"{request.understanding.text} {request.understanding.official or ''}"
    means = [name for name in request.ledger.instrument_names if name in asked]
    return sorted(places, key=lambda place: not any(name in place.clause.text for name in means))


def _asks_support(request: ComposeRequest) -> bool:
    """Whether a question is for support: 老工人下岗咋办 is not, however like one it sounds."""
    asked = f"{request.understanding.told} {request.understanding.text}"
    return bool(_FOR_SUPPORT.search(asked)) or request.understanding.asks(Detail.MONEY)


def say_whom_to_ask(places: Sequence[Place], context: Context, builder: DraftBuilder) -> None:
    """Name the first listed unit of the best clause, where it lists one by name: not that of another."""
    for place in places[:1]:
        if place.clause.units and not place.clause.units[0].umbrella:
            text = context.messages("support.ask", unit=place.clause.units[0].name)
            builder.add(SentenceKind.ADVICE, text, [place])
            return
    key = "support.ask_general" if places and places[0].clause.units else "support.ask_hotline"
    builder.add(SentenceKind.ADVICE, context.messages(key))
