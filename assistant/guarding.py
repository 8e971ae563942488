"""Bounds what is taken in: an empty or overlong question ends here."""

from __future__ import annotations

from assistant.composing.context import Context
from assistant.composing.refusals import refuse
from assistant.ledger import Ledger
from assistant.models import Draft, Question, Status
from assistant.normalizing import compact, normalize


class Guard:
    """Refuses questions that are empty or too long, before anything is computed from them."""

    def __init__(self, context: Context, ledger: Ledger, max_length: int) -> None:
        self._context = context
        self._ledger = ledger
        self._max_length = max_length

    def check(self, question: Question) -> Draft | None:
        """Return the refusal of a question, or None where it may go on."""
        last = question.turns[-1]
        if len(last) > self._max_length:
            return refuse(
                Status.BLOCKED, "refusal.too_long", self._context, self._ledger, limit=self._max_length
            )
        if not compact(normalize(last)):
            return refuse(Status.BLOCKED, "refusal.empty", self._context, self._ledger)
        return None
