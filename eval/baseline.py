"""The stored baseline: scores question by question, never answers, and who accepted what and why.

questions.jsonl   one question a line: metrics, status, digests of its evidence clauses and of its answer
accepted.jsonl    one acceptance a line, the last is in force
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from eval.errors import RunError
from eval.runs import Manifest, read_lines, write_lines
from eval.score import SCORES, Group, QuestionScore, Scores, read_scores

FOLDER = Path(__file__).parent / "baseline"
QUESTIONS, ACCEPTED = "questions.jsonl", "accepted.jsonl"


class Acceptance(BaseModel):
    """That somebody made a run the baseline."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: str
    when: datetime
    why: str = Field(min_length=1)
    commit: str
    golden_digest: str
    corpus_digest: str
    failed: int
    length_median: float
    overall: Group


def accept(
    folder: Path, scores: Scores, manifest: Manifest, who: str, when: datetime, why: str
) -> Acceptance:
    """Make a run the baseline in a folder, and return the record of it.

    Raises:
        RunError: No reason is given.
    """
    if not why.strip():
        raise RunError("请用 --why 写明为什么接受这次评测作为新基线。")
    made = Acceptance(
        who=who,
        when=when,
        why=why.strip(),
        commit=manifest.commit,
        golden_digest=scores.golden_digest,
        corpus_digest=scores.corpus_digest,
        failed=scores.failed,
        length_median=scores.length_median,
        overall=scores.overall,
    )
    before = history(folder)
    folder.mkdir(parents=True, exist_ok=True)
    write_lines(folder / QUESTIONS, [_lean(one) for one in scores.questions])
    write_lines(folder / ACCEPTED, [*before, made])
    return made


def history(folder: Path) -> list[Acceptance]:
    """Return all acceptances, oldest first; none where there is no baseline yet."""
    path = folder / ACCEPTED
    return read_lines(path, Acceptance) if path.is_file() else []


def load_scores(folder: Path) -> Scores:
    """Return the scores of a run folder or of a baseline.

    Raises:
        RunError: The folder holds neither.
    """
    if (folder / SCORES).is_file():
        return read_scores(folder / SCORES)
    accepted = history(folder)
    if not accepted:
        raise RunError(f"{folder} 里没有评分,也没有基线。请先运行 python -m eval score,或 eval accept。")
    last = accepted[-1]
    return Scores(
        golden_digest=last.golden_digest,
        corpus_digest=last.corpus_digest,
        failed=last.failed,
        length_median=last.length_median,
        overall=last.overall,
        by_type={},
        by_audience={},
        questions=tuple(read_lines(folder / QUESTIONS, QuestionScore)),
    )


def _lean(question: QuestionScore) -> QuestionScore:
    values = {name: value for name, value in question.values.items() if value is not None}
    return question.model_copy(update={"values": values})
