"""What the page needs from outside: an assistant that streams, its documents, and what keeps answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from pydantic import Field

from assistant.feedback.records import Reason, Verdict
from assistant.feedback.settings import FeedbackSettings
from assistant.models import Answer, AnswerEvent, Question
from vectorstore.models import Record


class Assistant(Protocol):
    """Answers a question in steps: `text` events with verified pieces, then exactly one `done`."""

    def stream(self, question: Question) -> Iterator[AnswerEvent]:
        """Yield the events of one answer; an exception is a fault, never a refusal."""
        ...


class AnswerKeeper(Protocol):
    """Keeps answers and what visitors think of them; never raises, never makes an answer wait."""

    @property
    def settings(self) -> FeedbackSettings:
        """What is kept, and for how long."""
        ...

    def keep(self, question: Question, answer: Answer) -> str:
        """Return the receipt with which the answer can be rated, '' where it cannot."""
        ...

    def rate(
        self, receipt: str, answer: Answer, verdict: Verdict, reason: Reason | None = None, comment: str = ""
    ) -> bool:
        """Keep a vote in place of an earlier one; False where that was not possible."""
        ...


class DocumentBanner(Record):
    """What people must know of a document before they trust an answer from it."""

    document_id: str
    title: str = Field(description="title without 《》")
    status: str = Field(description="征求意见稿, 现行有效, ...")
    is_draft: bool = Field(description="true: shown as a banner on top of the page")
    comment_deadline: str | None = Field(default=None, description="ISO date up to which comments are taken")
    deadline_passed: bool = Field(
        default=False, description="whether that day is over, by the caller's clock"
    )
