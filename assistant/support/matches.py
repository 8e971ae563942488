"""What matching hands over: graded matches, a comparison, what to ask next."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from assistant.support.amounts import Sum
from assistant.support.profile import Profile
from assistant.support.ticking import Tick
from vectorstore.models import Record


class Grade(StrEnum):
    """How well a measure fits; no grade promises anything."""

    DIRECT = "可直接对应"
    POSSIBLE = "可能对应"
    DIRECTION = "仅方向无标准"
    NOT = "不适用"


class Source(Record):
    """Where a match stands: an official clause, or facts in our own words with the official address."""

    clause_id: str = Field(description="<document_id>:<path>")
    document_id: str
    path: str
    title: str
    number: str | None
    place: str = Field(description="where it stands in the document, as people say it")
    heading_path: str = Field(default="", description="headings of the clause from the outermost inwards")
    is_excerpt: bool = Field(description="true: 要点摘录,非原文,以官方文件为准; never quoted")
    url: str | None = None
    text: str = Field(description="the clause, or the facts in our own words")


class Match(Record):
    """One measure against one profile."""

    match_id: str
    grade: Grade
    topic: str
    reason: str = Field(description="why this grade: what is missing, or why it does not fit")
    offer: str
    quoted: bool = Field(description="whether `offer` is verbatim text of an official clause")
    amount: str = Field(description="as the facts say, or 文件未载明")
    cap: str = Field(description="as the facts say, or 文件未载明")
    sum: Sum | None = Field(default=None, description="what the tiers give for the figure of the profile")
    ticks: tuple[Tick, ...] = ()
    level: str
    region: str
    standing: str = Field(description="效力状态 on the day")
    ended: bool = Field(default=False, description="lapsed or repealed on the day")
    validity: str = Field(description="效力状态 with its basis")
    agency: str
    next_step: str
    source: Source
    beside: tuple[Source, ...] = Field(default=(), description="other clauses that the conditions quote")


class Row(Record):
    """One line of the like-for-like table; 未检得 where nothing is known."""

    kind: str = Field(default="", description="kind of thing it is compared as: 算力, 人才 ...")
    place: str
    topic: str
    target: str
    base: str
    rate: str
    cap: str
    excludes: str = Field(description="what it cannot be combined with")
    year: str
    standing: str
    clause_id: str | None = None
    url: str | None = None
    source: Source | None = None


class Matching(Record):
    """The whole result."""

    day: str = Field(description="ISO day that validity was judged on")
    profile: Profile = Field(description="the profile as read, free text included")
    matches: tuple[Match, ...]
    rows: tuple[Row, ...] = Field(default=(), description="the comparison, where one was asked for")
    questions: tuple[str, ...] = Field(default=(), description="at most two facts that would change a grade")
    notices: tuple[str, ...] = ()
    closing: str = Field(description="that nothing is promised")
    is_blank: bool = Field(default=False, description="nothing was told that measures could be matched by")
    dropped: tuple[str, ...] = Field(
        default=(), description="matches held back: a number in them is borne out by nothing"
    )

    def graded(self, grade: Grade) -> tuple[Match, ...]:
        """Return the matches of one grade, best first."""
        return tuple(match for match in self.matches if match.grade is grade)
