"""What crosses the edge of the feedback store: questions as they are kept, votes, filters, counts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from assistant.models import Audience, Status
from vectorstore.models import Record


class Verdict(StrEnum):
    """What a visitor thought of an answer."""

    UP = "up"
    DOWN = "down"


class Reason(StrEnum):
    """Why an answer did not help."""

    WRONG = "wrong"
    OUTDATED = "outdated"
    MISSED = "missed"
    SOURCES = "sources"


class Versions(Record):
    """What answered: the program, the documents, the models."""

    app: str = Field(description="version of the program")
    corpus: str = Field(description="SHA-256 of the serving documents' ids and digests")
    embedding: str = Field(description="name of the embedding model")
    model: str | None = Field(default=None, description="chat model that wrote the answer; None: no model")


class CitedClause(Record):
    """A clause that an answer cited: which one, in which wording."""

    document_id: str
    path: str
    digest: str = Field(description="SHA-256 of the clause's text when it was cited")

    @property
    def clause_id(self) -> str:
        """Return <document_id>:<path>."""
        return f"{self.document_id}:{self.path}"


class NewQuestion(Record):
    """An answered question that is to be kept; texts are masked already."""

    receipt: str = Field(min_length=8, max_length=64, description="secret name of the answer in its browser")
    asked_at: datetime = Field(description="with time zone")
    turns: tuple[str, ...] = Field(min_length=1, description="what the person said, oldest first, masked")
    audience: Audience
    status: Status
    elapsed_ms: float = Field(ge=0)
    found_first: str | None = Field(default=None, description="clause id that the search ranked first")
    citations: tuple[CitedClause, ...] = ()
    versions: Versions
    answer_digest: str = Field(description="SHA-256 of the answer as the page showed it, unmasked")


class Source(Record):
    """A citation of an answer that was voted on, whole."""

    marker: int = Field(ge=1)
    document_id: str
    title: str
    path: str
    heading_path: str
    text: str = Field(description="the clause, verbatim")
    quotes: tuple[str, ...] = ()
    digest: str


class NewVote(Record):
    """A visitor's vote with the whole answer that it is about; texts are masked already."""

    verdict: Verdict
    reason: Reason | None = None
    comment: str = ""
    voted_at: datetime = Field(description="with time zone")
    text: str = Field(description="the answer, masked")
    sources: tuple[Source, ...] = ()
    notices: tuple[str, ...] = ()


class KeptQuestion(Record):
    """A kept question in a list."""

    number: int = Field(ge=1, description="the id that people name it by")
    asked_at: datetime
    text: str = Field(description="the last turn, masked")
    audience: Audience
    status: Status
    elapsed_ms: float
    found_first: str | None = None
    verdict: Verdict | None = None
    reason: Reason | None = None
    comment: str = ""


class KeptAnswer(Record):
    """A kept question with everything that is known of it."""

    question: KeptQuestion
    turns: tuple[str, ...]
    citations: tuple[CitedClause, ...]
    versions: Versions
    vote: NewVote | None = None


class Sieve(Record):
    """Which kept questions are wanted; what is not set restricts nothing."""

    statuses: tuple[Status, ...] = ()
    verdict: Verdict | None = None
    since: datetime | None = Field(default=None, description="asked at or after")
    until: datetime | None = Field(default=None, description="asked before")
    words: str = Field(default="", max_length=100, description="occurs in the question")
    failing: bool = Field(default=False, description="only unanswered or voted down")


class Page(Record):
    """A part of a list of questions, newest first."""

    questions: tuple[KeptQuestion, ...]
    total: int = Field(ge=0, description="questions that the sieve lets through")


class Count(Record):
    """How many questions share a clause found first, a status and a verdict."""

    found_first: str | None
    status: Status
    verdict: Verdict | None
    n: int = Field(ge=1)


class Asked(Record):
    """A kept question as the clustering reads it."""

    number: int
    asked_at: datetime
    text: str
    status: Status
    verdict: Verdict | None = None


class Mark(Record):
    """What changes whenever something is kept, voted on or deleted: the key of caches."""

    questions: int = Field(ge=0)
    last: int = Field(ge=0, description="highest number, 0 where nothing is kept")
    last_vote: datetime | None = None
    votes: int = Field(default=0, ge=0)


UNANSWERED = (Status.UNSPECIFIED, Status.NO_EVIDENCE, Status.FAILED)
"""Statuses of questions within the documents' field that people got no full answer to."""
