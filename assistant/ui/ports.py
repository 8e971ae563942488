"""What the page needs from outside: an assistant that streams, and the documents it answers from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from pydantic import Field

from assistant.models import AnswerEvent, Question
from vectorstore.models import Record


class Assistant(Protocol):
    """Answers a question in steps: `text` events with verified pieces, then exactly one `done`."""

    def stream(self, question: Question) -> Iterator[AnswerEvent]:
        """Yield the events of one answer; an exception is a fault, never a refusal."""
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
