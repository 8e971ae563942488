"""What a changed corpus does to the golden questions: whose gold is to be reviewed, whose answer changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from eval.runs import write_lines
from eval.score import QuestionScore
from vectorstore.models import Document

REVIEW = "to_review.jsonl"


class ToReview(BaseModel):
    """A golden question whose evidence stands in clauses that changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    changed: tuple[str, ...] = Field(description="ids of clauses whose text changed")
    gone: tuple[str, ...] = Field(description="ids of clauses that are no longer there")
    answer_changed: bool | None = Field(description="None where the question was not asked again")


class Impact(BaseModel):
    """What changed since the baseline."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    to_review: tuple[ToReview, ...]
    answers_changed: tuple[str, ...] = Field(description="ids, whether or not their gold is to be reviewed")


def find_impact(
    base: Sequence[QuestionScore], documents: Sequence[Document], answers: Mapping[str, str]
) -> Impact:
    """Return the impact of the documents as they are on the questions of a baseline.

    Args:
        base: the questions of the baseline.
        documents: those of the index now.
        answers: question id -> digest of its answer now; of the questions asked again.
    """
    digests = {
        f"{document.document_id}:{clause.path}": clause.digest
        for document in documents
        for clause in document.clauses
    }
    reviewed = []
    for question in base:
        gone = tuple(one for one in question.evidence if one not in digests)
        changed = tuple(
            one for one, digest in question.evidence.items() if one in digests and digests[one] != digest
        )
        if gone or changed:
            now = answers.get(question.id)
            differs = None if now is None else now != question.answer_digest
            reviewed.append(ToReview(id=question.id, changed=changed, gone=gone, answer_changed=differs))
    different = (one.id for one in base if one.id in answers and answers[one.id] != one.answer_digest)
    return Impact(to_review=tuple(reviewed), answers_changed=tuple(different))


def mark(folder: Path, impact: Impact) -> Path:
    """Write which gold is to be reviewed beside the baseline, and return the file."""
    path = folder / REVIEW
    write_lines(path, impact.to_review)
    return path
