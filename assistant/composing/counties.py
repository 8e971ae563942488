"""Answers about what a county has to do: where it is listed itself, and apart from that 各区县政府."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.composing.context import Context
from assistant.composing.evidence import body_text
from assistant.composing.passages import mentions_of, say_mentions
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.composing.unit_lists import list_entry
from assistant.counties import county_asked
from assistant.ledger import UnitEntry
from assistant.models import SentenceKind

_OF_COUNTIES = "区县"


def compose_counties(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """List the tasks of a county by itself and, apart, those of all; False where none is asked for."""
    asked = request.understanding
    county = county_asked(asked.text, asked.topic, context.counties)
    shared = _umbrella(request)
    if not county or not shared:
        return False
    own = [one for one in request.ledger.units if not one.unit.umbrella and one.unit.name.startswith(county)]
    included = next((one for one in shared if any(county in name for name in one.unit.includes)), None)
    if own and any(mention.name == own[0].unit.name for mention in asked.units):
        return False  # its government by name: one list of a unit, as of any other
    if own:
        _say_own(own, context, builder)
    elif included:
        text = context.messages("listing.includes", includes="含" + "、".join(included.unit.includes))
        builder.add(SentenceKind.UNITS, text, [included])
    else:
        builder.note(context.messages("county.unlisted", place=county))
    mentions = mentions_of(county, request)
    if mentions:
        say_mentions(county, mentions, context, builder)
    _say_shared(shared, context, builder)
    return True


def _umbrella(request: ComposeRequest) -> list[UnitEntry]:
    """Return the entries of the umbrella term for all counties, in document order."""
    return [one for one in request.ledger.units if one.unit.umbrella and _OF_COUNTIES in one.unit.name]


def _say_own(own: Sequence[UnitEntry], context: Context, builder: DraftBuilder) -> None:
    """List where a county is listed by itself."""
    first = sum(entry.rank == 1 for entry in own)
    slots = {"unit": own[0].unit.name, "count": len(own), "leading": first, "taking": len(own) - first}
    text = context.messages("listing.lead", **slots)
    builder.add(SentenceKind.LEAD, text, own, [], [len(own), first, len(own) - first])
    for entry in own:
        list_entry(entry, context, builder)
        builder.quote(entry, body_text(entry.clause.text))


def _say_shared(shared: Sequence[UnitEntry], context: Context, builder: DraftBuilder) -> None:
    """List the clauses of the umbrella term, and say that it shares out nothing."""
    text = context.messages("listing.lead_umbrella", unit=shared[0].unit.name, count=len(shared))
    builder.add(SentenceKind.LEAD, text, shared, [], [len(shared)])
    for entry in shared:
        list_entry(entry, context, builder)
    builder.note(context.messages("county.shared"))
