"""The goals of the documents: all of them, those of a year, and what they are not broken down to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composing.context import Context
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.dates import PERIOD, YEAR
from assistant.ledger import LedgerEntry, sentence_around
from assistant.models import SentenceKind, Status
from assistant.understanding import Route

_LATER = re.compile("以后|之后|往后|后面")
_GOALS = re.compile("目标|指标|任务数|要达到|要做到|计划数|阶段")


def value_of(entry: LedgerEntry) -> str:
    """Return the value with its comparator, as the text puts it."""
    comparator = entry.target.comparator if entry.target else ""
    return entry.value if comparator in entry.value else f"{comparator}{entry.value.lstrip('超')}"


def say_no_year(request: ComposeRequest, context: Context, builder: DraftBuilder) -> None:
    """Say that there are no goals of a year that is asked for and in which none is due."""
    text = request.understanding.text
    dues = "".join(one.due or "" for one in request.ledger.targets)
    of_goals = request.understanding.route is Route.NUMBER or _GOALS.search(text)
    if not dues or not of_goals or PERIOD.search(text):
        return
    for year in dict.fromkeys(YEAR.findall(text)):
        if year not in dues:
            builder.add(SentenceKind.GAP, context.messages("number.no_year", year=year))
            builder.status = Status.UNSPECIFIED


def say_whole_city(
    entries: Sequence[LedgerEntry], request: ComposeRequest, context: Context, builder: DraftBuilder
) -> None:
    """Say that goals of the city are not broken down, where one asks for a county or for each."""
    goals = [entry for entry in entries if entry.target is not None]
    for place in context.counties_in(request.understanding.text):
        if goals and not any(place in sentence_around(one.clause.text, one.quote) for one in goals):
            builder.add(SentenceKind.GAP, context.messages("number.whole_city", place=place), goals)
            builder.status = Status.UNSPECIFIED


def say_all_goals(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """List all goals; of a year in which few are due only those; False where there are none."""
    entries = request.ledger.targets
    if not entries:
        return False
    asked = YEAR.findall(request.understanding.text)
    due = next((one.due for one in entries for year in asked if year in (one.due or "")), None)
    of_year = tuple(entry for entry in entries if entry.due == due)
    is_later = 2 * len(of_year) < len(entries) and not _LATER.search(request.understanding.text)
    if due is not None and len(set(asked)) == 1 and is_later:
        entries = of_year
        text = context.messages("number.all_of_year", count=len(entries), due=due)
    else:
        text = context.messages("number.all", count=len(entries))
    builder.states_number = True
    builder.add(SentenceKind.LEAD, text, entries, [], [len(entries)])
    for entry in entries:
        key = "number.item_due" if entry.due else "number.item"
        builder.add(
            SentenceKind.ITEM,
            context.messages(key, indicator=entry.indicator, value=value_of(entry), due=entry.due or ""),
            [entry],
        )
    return True
