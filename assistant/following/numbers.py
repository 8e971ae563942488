"""What the numbers of the answers before come to: added up, compared, which is due first."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.composing.context import Context
from assistant.composing.goals import value_of
from assistant.composing.request import DraftBuilder
from assistant.composing.units import say_overlap, say_unit_line, title_of
from assistant.following.acts import Act
from assistant.ledger import LedgerEntry, Place
from assistant.models import SentenceKind

_AT_LEAST = ("以上", "超")
_TWO = 2


def say_numbers(act: Act, entries: Sequence[LedgerEntry], context: Context, builder: DraftBuilder) -> bool:
    """Say each of several goals and what was asked of them together; whether there are several."""
    entries = entries[-_TWO:] if act is not Act.SUM else entries
    if len(entries) < _TWO:
        return False
    say = context.messages
    for entry in entries:
        key = "number.lead_due" if entry.due else "number.lead"
        text = say(key, indicator=entry.indicator, value=value_of(entry), due=entry.due or "")
        builder.add(SentenceKind.LEAD, text, [entry])
    if act is Act.EARLIER:
        _say_earlier(entries, context, builder)
    elif len({entry.unit for entry in entries}) > 1:
        units = "、".join(dict.fromkeys(entry.unit for entry in entries))
        builder.add(SentenceKind.GAP, say("together.units", units=units), entries)
    elif act is Act.SUM:
        _say_sum(entries, context, builder)
    else:
        _say_difference(entries, context, builder)
    for entry in entries:
        builder.quote(entry, entry.quote)
    return True


def _say_sum(entries: Sequence[LedgerEntry], context: Context, builder: DraftBuilder) -> None:
    if len({entry.indicator for entry in entries}) < len(entries):
        builder.add(SentenceKind.GAP, context.messages("together.same"), entries)
        return
    total = sum(entry.number for entry in entries)
    least = any(word in value_of(entry) for entry in entries for word in _AT_LEAST)
    key = "together.sum_least" if least else "together.sum"
    text = context.messages(key, total=f"{total:g}", unit=entries[0].unit)
    builder.add(SentenceKind.LEAD, text, entries, [], [int(total)])


def _say_difference(entries: Sequence[LedgerEntry], context: Context, builder: DraftBuilder) -> None:
    first, second = entries
    if first.number == second.number:
        builder.add(SentenceKind.LEAD, context.messages("together.equal"), entries)
        return
    difference = abs(first.number - second.number)
    text = context.messages("number.difference", difference=f"{difference:g}", unit=first.unit)
    builder.add(SentenceKind.LEAD, text, entries, [], [int(difference)])
    more = max(entries, key=lambda entry: entry.number)
    key = "together.more" if first.indicator != second.indicator else "together.more_due"
    text = context.messages(key, indicator=more.indicator, due=more.due or "")
    builder.add(SentenceKind.LEAD, text, entries)


def _say_earlier(entries: Sequence[LedgerEntry], context: Context, builder: DraftBuilder) -> None:
    dues = [entry.due or "" for entry in entries]
    if not all(dues):
        builder.add(SentenceKind.GAP, context.messages("gap.date"))
    elif len(set(dues)) == 1:
        builder.add(SentenceKind.LEAD, context.messages("together.same_due", due=dues[0]), entries)
    else:
        builder.add(SentenceKind.LEAD, context.messages("together.earlier", due=min(dues)), entries)


def say_units_together(act: Act, places: Sequence[Place], context: Context, builder: DraftBuilder) -> bool:
    """Say of several clauses what was asked of their units together; whether there are several."""
    if len(places) < _TWO or not all(place.clause.units for place in places):
        return False
    say = context.messages
    if act is Act.SHARED:
        say_overlap(places, context, builder)
    else:
        for place in places:
            number = len(place.clause.units)
            text = say("unit.count", heading=title_of(place.clause), number=number)
            builder.add(SentenceKind.LEAD, text, [place], [], [number])
    if act is Act.SUM:
        names = list(dict.fromkeys(unit.name for place in places for unit in place.clause.units))
        text = say("together.listed", count=len(places), total=len(names))
        builder.add(SentenceKind.LEAD, text, places, [], [len(places), len(names)])
    elif act is Act.MORE:
        _say_more_units(places[-_TWO:], context, builder)
    for place in places:
        text = say("compare.item", heading=title_of(place.clause))
        builder.add(SentenceKind.ITEM, text, [place], [title_of(place.clause)])
        say_unit_line(place, context, builder)
    return True


def _say_more_units(places: Sequence[Place], context: Context, builder: DraftBuilder) -> None:
    counts = [len(place.clause.units) for place in places]
    if counts[0] == counts[1]:
        builder.add(SentenceKind.LEAD, context.messages("together.equal_units"), places)
        return
    more = max(places, key=lambda place: len(place.clause.units))
    difference = abs(counts[0] - counts[1])
    text = context.messages("together.more_units", heading=title_of(more.clause), difference=difference)
    builder.add(SentenceKind.LEAD, text, places, [], [difference])
