"""Golden questions with their evidence, as far as retrieval needs them."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from eval.errors import DataError

SHIPPED = Path(__file__).parent / "golden" / "golden_dev.jsonl"


class GoldenEvidence(BaseModel):
    """A question and the verbatim strings that a complete answer rests on."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    type: str = Field(description="kind of question, e.g. vocabulary_gap")
    turns: tuple[str, ...] = Field(min_length=1, description="questions in order; the last is judged")
    evidence: tuple[str, ...] = Field(default=(), description="verbatim substrings of the document")


def read_golden(path: Path) -> tuple[GoldenEvidence, ...]:
    """Return the questions that have evidence; the others cannot judge what retrieval finds.

    Raises:
        DataError: The file cannot be read, or no question in it has evidence.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
        questions = [GoldenEvidence.model_validate_json(line) for line in lines if line.strip()]
    except (OSError, ValidationError) as error:
        raise DataError(f"{path}: cannot be read as golden questions: {error}") from error
    found = tuple(question for question in questions if question.evidence)
    if not found:
        raise DataError(f"{path}: no question has evidence; recall would be undefined")
    return found
