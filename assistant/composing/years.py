"""Corrects sums that a question puts into each other's years: 2027年超500亿,2030年超200亿."""

from __future__ import annotations

import re

from assistant.composing.context import Context
from assistant.composing.goals import value_of
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.entities import find_quantities
from assistant.models import SentenceKind

_PAUSE = re.compile("[,。;、!?]")
_YEAR = re.compile("(?P<year>20[0-9]{2})年?")


def correct_years(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Say the goal of each year that a question gives the sum of another year's goal; whether it did."""
    said = False
    for piece in _PAUSE.split(request.understanding.text):
        years = [match["year"] for match in _YEAR.finditer(piece)]
        sums = [one for one in find_quantities(piece) if one.unit.endswith("元")]
        if len(years) != 1 or len(sums) != 1:
            continue
        same = [one for one in request.ledger.targets if one.unit == sums[0].unit]
        meant = [one for one in same if one.number == sums[0].number and years[0] not in (one.due or "")]
        for entry in same:
            of_year = years[0] in (entry.due or "") and entry.number != sums[0].number
            if of_year and any(one.indicator == entry.indicator for one in meant):
                slots = {"indicator": entry.indicator, "value": value_of(entry), "due": entry.due or ""}
                text = context.messages("premise.target_due", **slots)
                builder.add(SentenceKind.LEAD, text, [entry])
                said = True
    return said
