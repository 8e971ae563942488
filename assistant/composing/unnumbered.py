"""Corrects a number that a question says of what the text gives no number: 若干省级人工智能先导区."""

from __future__ import annotations

import re

from assistant.composing.context import Context
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.composing.subjects import is_of, numbered_things, telling_words
from assistant.models import SentenceKind

_SOME = "(?:若干|一批)"
_DIGITS = re.compile("[0-9二两三四五六七八九十百]")
_GAP = 12
_COUNTED_IN = frozenset({"家", "个", "座", "所"})


def correct_unnumbered(request: ComposeRequest, context: Context, builder: DraftBuilder) -> None:
    """Say that the text writes 若干 of what a question says a number of, where no goal is of that."""
    asked, ledger = request.understanding, request.ledger
    for number, thing in numbered_things(asked.text):
        words = telling_words(thing) if number[-1] in _COUNTED_IN and _DIGITS.match(number) else []
        goals = [*ledger.targets, *ledger.named_counts, *ledger.counts]
        if not words or any(is_of("".join(words), entry, context) for entry in goals):
            continue
        pattern = re.compile(f"{_SOME}[^,。;、]{{0,{_GAP}}}?{re.escape(words[-1])}[^,。;、]{{0,4}}")
        for place in ledger.places:
            match = pattern.search(place.clause.text) if place.clause.numbered else None
            if match:
                text = context.messages("premise.written", phrase=match.group())
                builder.add(SentenceKind.LEAD, text, [place], [match.group()])
                break
