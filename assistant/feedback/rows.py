"""Rows of the feedback database <-> records."""

from __future__ import annotations

from datetime import datetime

from assistant.feedback.models import CitationRow, QuestionRow, VoteRow
from assistant.feedback.records import (
    Asked,
    CitedClause,
    KeptAnswer,
    KeptQuestion,
    NewQuestion,
    NewVote,
    Reason,
    Source,
    Verdict,
    Versions,
)
from assistant.models import Audience, Status


def question_row(question: NewQuestion) -> QuestionRow:
    """Return the row of a question with its citations."""
    return QuestionRow(
        receipt=question.receipt,
        asked_at=question.asked_at,
        text=question.turns[-1],
        turns=list(question.turns),
        audience=question.audience.value,
        status=question.status.value,
        elapsed_ms=question.elapsed_ms,
        found_first=question.found_first,
        app_version=question.versions.app,
        corpus_digest=question.versions.corpus,
        embedding=question.versions.embedding,
        model=question.versions.model,
        answer_digest=question.answer_digest,
        citations=[
            CitationRow(place=place, document_id=one.document_id, path=one.path, digest=one.digest)
            for place, one in enumerate(question.citations, start=1)
        ],
    )


def vote_row(number: int, vote: NewVote) -> VoteRow:
    """Return the row of a vote on a question."""
    return VoteRow(
        question_id=number,
        verdict=vote.verdict.value,
        reason=vote.reason.value if vote.reason else None,
        comment=vote.comment,
        voted_at=vote.voted_at,
        answer_text=vote.text,
        sources=[source.model_dump(mode="json") for source in vote.sources],
        notices=list(vote.notices),
    )


def kept_question(row: QuestionRow) -> KeptQuestion:
    """Return a question as a list shows it."""
    vote = row.vote
    return KeptQuestion(
        number=row.id,
        asked_at=row.asked_at,
        text=row.text,
        audience=Audience(row.audience),
        status=Status(row.status),
        elapsed_ms=row.elapsed_ms,
        found_first=row.found_first,
        verdict=Verdict(vote.verdict) if vote else None,
        reason=Reason(vote.reason) if vote and vote.reason else None,
        comment=vote.comment if vote else "",
    )


def kept_answer(row: QuestionRow) -> KeptAnswer:
    """Return everything known of a question."""
    return KeptAnswer(
        question=kept_question(row),
        turns=tuple(row.turns),
        citations=tuple(
            CitedClause(document_id=one.document_id, path=one.path, digest=one.digest)
            for one in row.citations
        ),
        versions=Versions(
            app=row.app_version, corpus=row.corpus_digest, embedding=row.embedding, model=row.model
        ),
        vote=_vote(row.vote) if row.vote else None,
    )


def asked_of(number: int, asked_at: datetime, text: str, status: str, verdict: str | None) -> Asked:
    """Return a question as the clustering reads it."""
    return Asked(
        number=number,
        asked_at=asked_at,
        text=text,
        status=Status(status),
        verdict=Verdict(verdict) if verdict else None,
    )


def _vote(row: VoteRow) -> NewVote:
    return NewVote(
        verdict=Verdict(row.verdict),
        reason=Reason(row.reason) if row.reason else None,
        comment=row.comment,
        voted_at=row.voted_at,
        text=row.answer_text,
        sources=tuple(Source.model_validate(source) for source in row.sources),
        notices=tuple(row.notices),
    )
