"""Candidates for golden questions: answers that did not help, waiting for a person's evidence."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.feedback.factory import open_store
from assistant.feedback.records import KeptAnswer, Reason, Verdict, Versions
from assistant.feedback.settings import FeedbackSettings
from assistant.models import Audience, Status
from assistant.settings import load_settings
from eval.errors import DataError

_TODO = (
    "待补:type、answerable、expected_status、evidence、must;"
    "补齐后移进 eval/golden/ 的 .jsonl,再跑 golden check"
)
_REASONS = {
    Reason.WRONG: "错误",
    Reason.OUTDATED: "过时",
    Reason.MISSED: "没答到",
    Reason.SOURCES: "引用不对",
}


class Candidate(BaseModel):
    """A golden question in the making: the fields of one, those that a person decides still empty."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    type: str | None = None
    audience: Audience
    turns: tuple[str, ...] = Field(min_length=1)
    answerable: str | None = None
    expected_status: Status | None = None
    document_id: str | None = Field(default=None, description="of the clause cited or found first")
    evidence: tuple[str, ...] = ()
    optional_evidence: tuple[str, ...] = ()
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    note: str = ""
    from_feedback: int = Field(description="number of the kept question")
    actual_status: Status = Field(description="how our answer ended")
    actual_text: str | None = Field(default=None, description="our answer; None: it was not voted on")
    actual_clauses: tuple[str, ...] = Field(default=(), description="ids of the clauses that it cited")
    asked_at: datetime
    added_at: datetime
    versions: Versions


def add(
    from_feedback: Annotated[
        int, typer.Option("--from-feedback", min=1, max=2**31 - 1, metavar="ID", help="问题编号,见工作人员页")
    ],
) -> None:
    """Make a kept question a candidate for the golden set."""
    settings = load_settings()
    data_dir = settings.vectorstore.data_dir
    store = open_store(settings.feedback, data_dir)
    try:
        candidate = candidate_of(store.answer(from_feedback), datetime.now(UTC))
    finally:
        store.close()
    path = settings.feedback.candidates(data_dir)
    append(path, candidate)
    typer.echo(f"{candidate.id} 已添加到 {path},还不是金标。{_TODO}。")


def candidate_of(kept: KeptAnswer, now: datetime) -> Candidate:
    """Return the candidate that a kept question makes."""
    question, vote = kept.question, kept.vote
    cited = tuple(one.clause_id for one in kept.citations)
    found = next(iter(cited), question.found_first)
    return Candidate(
        id=f"fb{question.number:05d}",
        audience=question.audience,
        turns=kept.turns,
        document_id=found.split(":", 1)[0] if found else None,
        note=f"{_told(kept)};{_TODO}",
        from_feedback=question.number,
        actual_status=question.status,
        actual_text=vote.text if vote else None,
        actual_clauses=cited,
        asked_at=question.asked_at,
        added_at=now.replace(microsecond=0),
        versions=kept.versions,
    )


def append(path: Path, candidate: Candidate) -> None:
    """Add a candidate to its file.

    Raises:
        DataError: It is in there already, or the file cannot be read or written.
    """
    if any(known.from_feedback == candidate.from_feedback for known in read(path)):
        raise DataError(f"问题 {candidate.from_feedback} 已经是候选({candidate.id}),在 {path} 里。")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(candidate.model_dump(mode="json"), ensure_ascii=False) + "\n")
    except OSError as error:
        raise DataError(f"写不进候选文件 {path}:{error.strerror}。请检查目录权限。") from error


def read(path: Path) -> tuple[Candidate, ...]:
    """Return the candidates of a file, none where there is no file.

    Raises:
        DataError: The file cannot be read, or a line of it is no candidate; the message names the line.
    """
    if not path.is_file():
        return ()
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"读不到候选文件 {path}:{error}") from error
    found = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                found.append(Candidate.model_validate_json(line))
            except ValidationError as error:
                first = error.errors(include_url=False, include_input=False)[0]
                field = ".".join(str(part) for part in first["loc"]) or "整行"
                raise DataError(f"{path} 第 {number} 行 {field} 不对:{first['msg']}") from error
    return tuple(found)


def waiting(feedback: FeedbackSettings, data_dir: Path) -> str:
    """Return a line on the candidates that wait, '' where there are none."""
    path = feedback.candidates(data_dir)
    count = len(read(path))
    return f"另有 {count} 个候选在 {path},等人补证据,不算在金标内" if count else ""


def _told(kept: KeptAnswer) -> str:
    vote = kept.vote
    if vote is None:
        return f"来自反馈 {kept.question.number},没有评价"
    opinion = "没帮助" if vote.verdict is Verdict.DOWN else "有帮助"
    reason = f"({_REASONS[vote.reason]})" if vote.reason else ""
    comment = f":{vote.comment}" if vote.comment else ""
    return f"来自反馈 {kept.question.number},{opinion}{reason}{comment}"
