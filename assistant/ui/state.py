"""The conversation as the visitor's browser keeps it: bounded, validated, with ids for every turn."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from enum import StrEnum
from secrets import token_hex

from pydantic import Field, ValidationError

from assistant.feedback.records import Verdict
from assistant.models import Answer, Audience, Trace
from assistant.ui.settings import UiSettings
from vectorstore.models import Record

logger = logging.getLogger(__name__)

_VERSION = 1


class Outcome(StrEnum):
    """How far a turn has come."""

    PENDING = "pending"
    DONE = "done"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"
    ERROR = "error"


def _new_id() -> str:
    return token_hex(4)


class Turn(Record):
    """A question and what became of it."""

    turn_id: str = Field(
        default_factory=_new_id,
        pattern=r"^[0-9a-f]{8}$",
        description="names the turn's answer and cards in the page; a regenerated answer gets a new one",
    )
    question: str = Field(min_length=1)
    audience: Audience
    outcome: Outcome = Outcome.PENDING
    partial: str = Field(default="", description="what had been streamed when the turn ended without answer")
    answer: Answer | None = None
    receipt: str = Field(
        default="", pattern=r"^[0-9a-f]{0,64}$", description="with it the answer can be rated; '': it cannot"
    )
    rating: Verdict | None = Field(default=None, description="what the visitor thought of the answer")


class Conversation(Record):
    """Turns, oldest first."""

    version: int = Field(default=_VERSION, ge=_VERSION, le=_VERSION)
    turns: tuple[Turn, ...] = ()

    @property
    def last(self) -> Turn | None:
        """Return the latest turn."""
        return self.turns[-1] if self.turns else None

    def add(self, turn: Turn) -> Conversation:
        """Return it with one more turn; a failed attempt at the same question makes way."""
        last = self.last
        repeated = last is not None and last.answer is None and last.question == turn.question
        kept = self.turns[:-1] if repeated else self.turns
        return self.model_copy(update={"turns": (*kept, turn)})

    def without_last(self) -> Conversation:
        """Return it without its latest turn."""
        return self.model_copy(update={"turns": self.turns[:-1]})

    def end_last(
        self, outcome: Outcome, *, answer: Answer | None = None, partial: str = "", receipt: str = ""
    ) -> Conversation:
        """Return it with its latest turn ended; the trace of the answer does not travel to the browser."""
        kept = answer.model_copy(update={"trace": Trace()}) if answer else None
        return self._with_last(outcome=outcome, answer=kept, partial=partial, receipt=receipt)

    def rate_last(self, verdict: Verdict) -> Conversation:
        """Return it with what the visitor thought of its latest answer."""
        return self._with_last(rating=verdict)

    def _with_last(self, **changes: object) -> Conversation:
        return self.model_copy(
            update={"turns": (*self.turns[:-1], self.turns[-1].model_copy(update=changes))}
        )

    def bounded(self, settings: UiSettings) -> Conversation:
        """Return the newest turns that fit into the settings' bounds; the latest always stays."""
        turns = self.turns[-settings.max_turns :]
        sizes = [len(turn.model_dump_json()) for turn in turns]
        while len(turns) > 1 and sum(sizes) > settings.max_stored_chars:
            turns, sizes = turns[1:], sizes[1:]
        return self.model_copy(update={"turns": turns})

    def stored(self) -> str:
        """Return what the browser stores: JSON as text.

        The framework's front end changes an object in place while it streams; a text it can only replace.
        """
        return self.model_dump_json()


def read(stored: object, settings: UiSettings) -> Conversation:
    """Return the conversation that a browser kept; what cannot be read is an empty conversation.

    The value comes from the visitor's machine and is validated and bounded like any input.
    """
    try:
        conversation = Conversation.model_validate_json(stored if isinstance(stored, str) else "")
    except ValidationError as error:
        logger.info("a stored conversation was not readable (%d faults), starting anew", error.error_count())
        return Conversation()
    turns = tuple(turn for turn in conversation.turns if len(turn.question) <= settings.max_question_chars)
    return Conversation(turns=turns).bounded(settings)


def resumed(stored: object, settings: UiSettings) -> Conversation:
    """Return a stored conversation in which nothing is under way: a pending turn was interrupted."""
    conversation = read(stored, settings)
    last = conversation.last
    if last is None or last.outcome is not Outcome.PENDING:
        return conversation
    return conversation.end_last(Outcome.INTERRUPTED, partial=last.partial)


@dataclass
class LiveAnswer:
    """The answer under way in one session; the stop button reads it, as the stream cannot be asked."""

    turn_id: str = ""
    text: str = ""
    answer: Answer | None = None
    receipt: str = ""

    def begin(self, turn_id: str) -> None:
        """Start over for another turn."""
        self.turn_id, self.text, self.answer, self.receipt = turn_id, "", None, ""
