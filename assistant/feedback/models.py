"""The tables of kept questions and votes; migrations/ makes them, nothing else does."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Float, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored in UTC and given back with its time zone; SQLite knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment as the database takes it."""
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy fixes the signature
    ) -> datetime | None:
        """Return the moment with its time zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The tables of the feedback database."""


class QuestionRow(Base):
    """An answered question."""

    __tablename__ = "questions"
    __table_args__ = (
        Index("ix_questions_asked_at", "asked_at"),
        Index("ix_questions_status_asked_at", "status", "asked_at"),
        Index("ix_questions_found_first", "found_first"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    receipt: Mapped[str] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    text: Mapped[str] = mapped_column(Text)
    turns: Mapped[list[str]] = mapped_column(JSON)
    audience: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    elapsed_ms: Mapped[float] = mapped_column(Float)
    found_first: Mapped[str | None] = mapped_column(String(500))
    app_version: Mapped[str] = mapped_column(String(100))
    corpus_digest: Mapped[str] = mapped_column(String(64))
    embedding: Mapped[str] = mapped_column(String(200))
    model: Mapped[str | None] = mapped_column(String(200))
    answer_digest: Mapped[str] = mapped_column(String(64))
    citations: Mapped[list[CitationRow]] = relationship(
        back_populates="question", order_by="CitationRow.place", passive_deletes=True
    )
    vote: Mapped[VoteRow | None] = relationship(back_populates="question", passive_deletes=True)


class CitationRow(Base):
    """A clause that an answer cited."""

    __tablename__ = "citations"
    __table_args__ = (Index("ix_citations_clause", "document_id", "path"),)

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(Integer, primary_key=True)
    document_id: Mapped[str] = mapped_column(String(300))
    path: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    question: Mapped[QuestionRow] = relationship(back_populates="citations")


class VoteRow(Base):
    """What a visitor thought of an answer, with the answer."""

    __tablename__ = "votes"
    __table_args__ = (Index("ix_votes_verdict", "verdict"), Index("ix_votes_voted_at", "voted_at"))

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    verdict: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(String(20))
    comment: Mapped[str] = mapped_column(Text)
    voted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer_text: Mapped[str] = mapped_column(Text)
    sources: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    notices: Mapped[list[str]] = mapped_column(JSON)
    question: Mapped[QuestionRow] = relationship(back_populates="vote")
