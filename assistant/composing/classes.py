"""Answers about units called by their kind: 运营商 are 湖州电信, 湖州移动 and 湖州联通; 银行 are none."""

from __future__ import annotations

import re

from assistant.composing.context import Context
from assistant.composing.evidence import Choice, body_text, choose
from assistant.composing.passages import mentions_of, say_mentions
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.composing.unit_lists import asks_tasks
from assistant.composing.unit_sets import say_item
from assistant.composing.units import say_unlisted
from assistant.ledger import UnitEntry
from assistant.lexicon import UnitClass
from assistant.models import SentenceKind, Status
from assistant.phrases import clauses_called
from assistant.understanding import Route

_OF_UNITS = re.compile(
    "责任单位|(?:参与|参加|负责|承担|管|列名|列入|列)(?:了|到|着)?(?:的)?(?:哪|几|什么|啥|多少)"
)
_HOLDERS = frozenset({Route.UNIT, Route.UNIT_LIST})
_NEAREST = Choice(clauses=1, sentences=2)
_FEW = 2
_MOST = 6


def compose_classes(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """List the clauses that list units of a kind, or say that none is listed; whether a kind is asked for."""
    asked = request.understanding
    ours = asks_tasks(asked.text) or (asked.route in _HOLDERS and _OF_UNITS.search(asked.text))
    if not ours or asked.route is Route.SUPPORT or not request.ledger.units:
        return False
    if asked.sought or asked.context or clauses_called(asked.text):
        return False
    found = ((one, name) for one in context.classes for name in one.called if name in asked.text)
    kind, called = next(found, (None, ""))
    if kind is None or any(one.name and one.name not in kind.members for one in asked.units):
        return False
    if any(called in one.surface and called != one.surface for one in asked.units):
        return False  # a unit by its name, which holds the kind: 在湖高职院校
    entries = _entries(kind, request)
    if entries:
        _say_listed(called, entries, context, builder)
    else:
        say_unlisted(called, request, context, builder)
    mentions = mentions_of(called, request)
    if 0 < len(mentions) <= _MOST:
        say_mentions(called, mentions, context, builder)
    elif not entries:
        _say_nearest(request, context, builder)
    return True


def _say_nearest(request: ComposeRequest, context: Context, builder: DraftBuilder) -> None:
    """Quote the clause that is nearest, where tasks are asked for; there is nothing else to say."""
    nearest = choose(request, _NEAREST) if asks_tasks(request.understanding.text) else ()
    builder.status = Status.UNSPECIFIED if nearest else Status.NO_EVIDENCE
    for one in nearest:
        builder.note(context.messages("content.nearest"))
        for quote in one.quotes:
            builder.quote(one.place, quote)


def _entries(kind: UnitClass, request: ComposeRequest) -> list[UnitEntry]:
    """Return the clauses that list one of the units of a kind, in document order."""
    entries: dict[str, UnitEntry] = {}
    for entry in request.ledger.units:
        if entry.unit.name in kind.members:
            entries.setdefault(entry.clause_id, entry)
    return list(entries.values())


def _say_listed(called: str, entries: list[UnitEntry], context: Context, builder: DraftBuilder) -> None:
    members = next(one.members for one in context.classes if called in one.called)
    names = [unit.name for entry in entries for unit in entry.clause.units if unit.name in members]
    units = "、".join(dict.fromkeys(names))
    text = context.messages("sets.kind", kind=called, units=units, count=len(entries))
    builder.add(SentenceKind.LEAD, text, entries, [], [len(entries)])
    for entry in entries:
        say_item(entry, context, builder)
        if len(entries) <= _FEW:
            builder.quote(entry, body_text(entry.clause.text))
