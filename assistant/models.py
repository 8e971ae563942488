"""What the assistant takes and gives: questions, answers, citations, streaming events."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from vectorstore.models import Record


class Audience(StrEnum):
    """Who is asking."""

    CITIZEN = "citizen"
    ENTERPRISE = "enterprise"
    STAFF = "staff"


class Status(StrEnum):
    """How a question ended. Not knowing is an answer, not an exception."""

    ANSWERED = "answered"
    UNSPECIFIED = "unspecified"
    NO_EVIDENCE = "no_evidence"
    OUT_OF_SCOPE = "out_of_scope"
    BLOCKED = "blocked"
    FAILED = "failed"


class Question(Record):
    """A conversation whose last turn is to be answered."""

    turns: tuple[str, ...] = Field(min_length=1, description="what the person said, oldest first")
    audience: Audience = Audience.CITIZEN
    as_of: date | None = Field(default=None, description="the day it is asked on; None: the clock's day")


class Referred(Record):
    """A clause, or a part of one, that a cited clause refers to in its own document."""

    text: str = Field(description="the reference, verbatim, e.g. 本办法第八条第二款")
    path: str = Field(description="path of the clause meant")
    part: str = Field(default="", description="the 款, 项 or 目 meant, e.g. 第二款; '' for the whole clause")
    words: str | None = Field(description="what stands there, verbatim; None: the clause has no such part")


class Citation(Record):
    """A clause that sentences of the answer rest on; `[n]` in the text is its marker."""

    marker: int = Field(ge=1, description="the n of [n] in the answer's text")
    document_id: str
    title: str
    path: str
    heading_path: str
    text: str = Field(description="the clause, verbatim")
    quotes: tuple[str, ...] = Field(description="verbatim parts of the clause that the answer quotes")
    digest: str
    gloss: str | None = Field(default=None, description="通俗说: explanation, never the policy")
    excerpt: bool = Field(default=False, description="要点摘录: `text` is in our own words, not the policy's")
    url: str | None = Field(default=None, description="of an excerpt: the official page, where one is known")
    references: tuple[Referred, ...] = Field(
        default=(), description="what the clause refers to, with its words"
    )

    @property
    def clause_id(self) -> str:
        """Return <document_id>:<path>."""
        return f"{self.document_id}:{self.path}"


class SentenceKind(StrEnum):
    """What a line of an answer is, which decides what is verified of it."""

    LEAD = "lead"
    QUOTE = "quote"
    UNITS = "units"
    ITEM = "item"
    GAP = "gap"
    ADVICE = "advice"
    NOTE = "note"


class Sentence(Record):
    """A line of an answer with the clauses that it rests on."""

    kind: SentenceKind
    text: str = Field(description="without markers")
    clause_ids: tuple[str, ...] = Field(default=(), description="<document_id>:<path> of what it cites")
    quotes: tuple[str, ...] = Field(default=(), description="verbatim quotes within `text`")
    counted: tuple[int, ...] = Field(
        default=(),
        description="numbers in `text` that are counts of clauses or places, not words of a clause",
    )


class Draft(Record):
    """What a composer proposes, before verification."""

    status: Status
    sentences: tuple[Sentence, ...]
    notices: tuple[str, ...] = ()
    model: str | None = Field(default=None, description="chat model that wrote it; None: no model did")
    prompt_hash: str | None = Field(
        default=None, description="SHA-256 of the prompt files that the model was given"
    )
    fallback: str | None = Field(default=None, description="why the chat model's draft was not taken")
    dropped_sources: int = Field(
        default=0, ge=0, description="source tokens of the model that no evidence bears"
    )


class Trace(Record):
    """How an answer came about; no personal text."""

    route: str = ""
    detail: str = ""
    legs: tuple[str, ...] = ()
    retrieved: tuple[str, ...] = Field(default=(), description="clause ids, best first")
    scores: tuple[float, ...] = ()
    confidence: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="the judge's calibrated probability that the question is in "
        "scope; None: it ended before the judge",
    )
    rejected: tuple[str, ...] = Field(default=(), description="reasons of sentences that did not go out")
    composer: str = ""
    model: str | None = None
    prompt_hash: str | None = None
    fallback: str | None = Field(default=None, description="why another composer stepped in")
    dropped_sources: int = Field(default=0, description="source tokens of a chat model that name no evidence")
    timings_ms: tuple[tuple[str, float], ...] = ()


class Answer(Record):
    """A verified answer."""

    status: Status
    text: str = Field(description="Markdown with [n] markers of `citations`")
    citations: tuple[Citation, ...] = ()
    notices: tuple[str, ...] = ()
    elapsed_ms: float = 0.0
    trace: Trace = Trace()


class AnswerEvent(Record):
    """One step of a streamed answer: pieces of verified text, then the whole answer last."""

    kind: Literal["text", "done"]
    text: str = Field(default="", description="for `text`: the piece to append")
    answer: Answer | None = Field(default=None, description="for `done`")
