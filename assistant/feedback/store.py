"""Keeps questions and votes in SQLite or PostgreSQL, and reads them for staff."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Engine, Select, delete, func, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, joinedload, selectinload

from assistant.feedback.database import first_line
from assistant.feedback.errors import FeedbackStoreError, UnknownQuestionError
from assistant.feedback.models import CitationRow, QuestionRow, VoteRow
from assistant.feedback.records import (
    UNANSWERED,
    Asked,
    Count,
    KeptAnswer,
    Mark,
    NewQuestion,
    NewVote,
    Page,
    Sieve,
    Verdict,
)
from assistant.feedback.rows import asked_of, kept_answer, kept_question, question_row, vote_row
from assistant.models import Status

_FAULT = "反馈数据库出了故障({why})。请检查数据库服务和磁盘。"
_UNKNOWN = "没有编号为 {number} 的问题。编号见工作人员页的“问题”一栏;超过保存期限的问题已删除。"


class FeedbackStore(Protocol):
    """Keeps questions and votes."""

    def keep(self, questions: Sequence[NewQuestion]) -> None:
        """Keep questions; one whose receipt is known already is left as it is."""
        ...

    def vote(self, receipt: str, answer_digest: str, vote: NewVote) -> bool:
        """Keep a vote on an answer, in place of an earlier one; False where no such answer is known.

        The digest must be that of the answer that was kept: what a browser sends is believed no further.
        """
        ...

    def page(self, sieve: Sieve, offset: int, limit: int) -> Page:
        """Return a part of the questions that a sieve lets through, newest first."""
        ...

    def answer(self, number: int) -> KeptAnswer:
        """Return everything known of a question.

        Raises:
            UnknownQuestionError: no kept question has this number.
        """
        ...

    def counts(self, since: datetime | None) -> tuple[Count, ...]:
        """Return how many questions share the clause found first, the status and the verdict."""
        ...

    def asked(self, since: datetime | None, limit: int) -> tuple[Asked, ...]:
        """Return the newest questions for clustering, newest first."""
        ...

    def mark(self) -> Mark:
        """Return what changes whenever something is kept, voted on or deleted."""
        ...

    def forget(self, before: datetime) -> int:
        """Delete the questions asked before a moment with their votes; return how many there were."""
        ...

    def close(self) -> None:
        """Release files and connections."""
        ...


class SqlFeedbackStore:
    """The store over a database whose tables are up to date."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, questions: Sequence[NewQuestion]) -> None:
        """Keep questions; one whose receipt is known already is left as it is."""
        with self._session() as session:
            receipts = [question.receipt for question in questions]
            known = set(session.scalars(select(QuestionRow.receipt).where(QuestionRow.receipt.in_(receipts))))
            for question in {one.receipt: one for one in questions if one.receipt not in known}.values():
                session.add(question_row(question))

    def vote(self, receipt: str, answer_digest: str, vote: NewVote) -> bool:
        """Keep a vote on an answer, in place of an earlier one; False where no such answer is known."""
        with self._session() as session:
            wanted = select(QuestionRow).where(
                QuestionRow.receipt == receipt, QuestionRow.answer_digest == answer_digest
            )
            question = session.scalar(wanted)
            if question is None:
                return False
            session.merge(vote_row(question.id, vote))
            return True

    def page(self, sieve: Sieve, offset: int, limit: int) -> Page:
        """Return a part of the questions that a sieve lets through, newest first."""
        with self._session() as session:
            total = session.scalar(_sifted(select(func.count(QuestionRow.id)), sieve)) or 0
            wanted = _sifted(select(QuestionRow), sieve).options(joinedload(QuestionRow.vote))
            wanted = wanted.order_by(QuestionRow.asked_at.desc(), QuestionRow.id.desc())
            rows = session.scalars(wanted.offset(offset).limit(limit))
            return Page(questions=tuple(kept_question(row) for row in rows), total=total)

    def answer(self, number: int) -> KeptAnswer:
        """Return everything known of a question."""
        with self._session() as session:
            options = (joinedload(QuestionRow.vote), selectinload(QuestionRow.citations))
            row = session.get(QuestionRow, number, options=options)
            if row is None:
                raise UnknownQuestionError(_UNKNOWN.format(number=number))
            return kept_answer(row)

    def counts(self, since: datetime | None) -> tuple[Count, ...]:
        """Return how many questions share the clause found first, the status and the verdict."""
        columns = (QuestionRow.found_first, QuestionRow.status, VoteRow.verdict)
        wanted = select(*columns, func.count()).outerjoin(QuestionRow.vote).group_by(*columns)
        if since is not None:
            wanted = wanted.where(QuestionRow.asked_at >= since)
        with self._session() as session:
            return tuple(
                Count(
                    found_first=found,
                    status=Status(status),
                    verdict=Verdict(verdict) if verdict else None,
                    n=n,
                )
                for found, status, verdict, n in session.execute(wanted)
            )

    def asked(self, since: datetime | None, limit: int) -> tuple[Asked, ...]:
        """Return the newest questions for clustering, newest first."""
        columns = (
            QuestionRow.id, QuestionRow.asked_at, QuestionRow.text, QuestionRow.status, VoteRow.verdict,
        )  # fmt: skip
        wanted = select(*columns).outerjoin(QuestionRow.vote).order_by(QuestionRow.asked_at.desc())
        if since is not None:
            wanted = wanted.where(QuestionRow.asked_at >= since)
        with self._session() as session:
            return tuple(asked_of(*row) for row in session.execute(wanted.limit(limit)))

    def mark(self) -> Mark:
        """Return what changes whenever something is kept, voted on or deleted."""
        with self._session() as session:
            questions, last = session.execute(
                select(func.count(QuestionRow.id), func.max(QuestionRow.id))
            ).one()
            votes, last_vote = session.execute(
                select(func.count(VoteRow.question_id), func.max(VoteRow.voted_at))
            ).one()
            return Mark(questions=questions, last=last or 0, votes=votes, last_vote=last_vote)

    def forget(self, before: datetime) -> int:
        """Delete the questions asked before a moment with their votes; return how many there were."""
        with self._session() as session:
            old = select(QuestionRow.id).where(QuestionRow.asked_at < before)
            count = session.scalar(select(func.count()).select_from(old.subquery())) or 0
            for table in (VoteRow, CitationRow):
                session.execute(delete(table).where(table.question_id.in_(old)))
            session.execute(delete(QuestionRow).where(QuestionRow.asked_at < before))
            return count

    def close(self) -> None:
        """Release files and connections."""
        self._engine.dispose()

    @contextmanager
    def _session(self) -> Iterator[Session]:
        try:
            with Session(self._engine) as session, session.begin():
                yield session
        except SQLAlchemyError as error:
            raise FeedbackStoreError(_FAULT.format(why=first_line(error))) from error


def _sifted(wanted: Select[Any], sieve: Sieve) -> Select[Any]:
    if sieve.verdict is not None or sieve.failing:
        wanted = wanted.outerjoin(QuestionRow.vote)
    if sieve.statuses:
        wanted = wanted.where(QuestionRow.status.in_([status.value for status in sieve.statuses]))
    if sieve.verdict is not None:
        wanted = wanted.where(VoteRow.verdict == sieve.verdict.value)
    if sieve.failing:
        unanswered = [status.value for status in UNANSWERED]
        wanted = wanted.where(or_(QuestionRow.status.in_(unanswered), VoteRow.verdict == Verdict.DOWN.value))
    if sieve.since is not None:
        wanted = wanted.where(QuestionRow.asked_at >= sieve.since)
    if sieve.until is not None:
        wanted = wanted.where(QuestionRow.asked_at < sieve.until)
    if sieve.words:
        wanted = wanted.where(QuestionRow.text.icontains(sieve.words, autoescape=True))
    return wanted
