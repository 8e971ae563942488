"""A run folder: the questions asked, the answers given, and all that decided them.

run.json        what was asked of what: versions, settings, digests, day, commit
golden.jsonl    the golden questions with the places of their evidence
answers.jsonl   one answer a line, with every citation's clause and digest, in the order of the questions
run.trec        the ranking of clauses a question, in TREC's format
problems.log    what went wrong, a line each
scores.json     written by `score`; the same answers always give the same file
latency.json    written by `score`; milliseconds differ between machines and runs
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.models import Answer
from eval.errors import RunError
from eval.golden import Golden

RUN, GOLDEN, ANSWERS, TREC, PROBLEMS = "run.json", "golden.jsonl", "answers.jsonl", "run.trec", "problems.log"

Line = TypeVar("Line", bound=BaseModel)


class DocumentInfo(BaseModel):
    """A document that the assistant answered from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document_id: str
    title: str
    status: str
    digest: str


class Manifest(BaseModel):
    """What decided the answers of a run; two runs with the same one give the same answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    golden_digest: str = Field(description="SHA-256 of the golden records")
    corpus_digest: str = Field(description="SHA-256 of ids and digests of all documents of the index")
    n_questions: int = Field(ge=1)
    day: date = Field(description="the day that questions without `as_of` are asked on")
    documents: tuple[DocumentInfo, ...]
    unit_names: tuple[str, ...] = Field(description="units of government that the documents name")
    settings: dict[str, str] = Field(description="key -> value; secrets and paths left out")
    versions: dict[str, str] = Field(description="package -> version")
    prompts: dict[str, str] = Field(description="file of words -> SHA-256")
    model: str = Field(description="chat model; '' where the answers are verbatim")
    embedding: str
    commit: str = Field(description="commit of the program, '+' behind it where files were changed since")
    seed: int = Field(description="seed of every resampling")


class Answered(BaseModel):
    """A question's id and its answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    answer: Answer


class Run(BaseModel):
    """A whole run, as scoring reads it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    manifest: Manifest
    questions: tuple[Golden, ...]
    answers: tuple[Answered, ...] = Field(description="in the order of the questions")


def read_run(folder: Path) -> Run:
    """Return a finished run.

    Raises:
        RunError: The folder holds no run, or it is broken off or damaged.
    """
    manifest = read_manifest(folder)
    if manifest is None:
        raise RunError(f"{folder} 不是一次评测的目录(没有 {RUN})。请先运行 python -m eval generate。")
    questions = read_lines(folder / GOLDEN, Golden)
    answers = {line.id: line for line in read_lines(folder / ANSWERS, Answered)}
    missing = [one.record.id for one in questions if one.record.id not in answers]
    if missing or len(questions) != manifest.n_questions:
        raise RunError(
            f"{folder} 没有做完:还缺 {len(missing)} 题的回答。"
            f"请再次运行 python -m eval generate --out {folder}。"
        )
    ordered = tuple(answers[one.record.id] for one in questions)
    return Run(manifest=manifest, questions=tuple(questions), answers=ordered)


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of a run folder, or None where there is none.

    Raises:
        RunError: It is damaged.
    """
    path = folder / RUN
    if not path.is_file():
        return None
    try:
        return Manifest.model_validate_json(path.read_text("utf-8"))
    except (ValidationError, UnicodeDecodeError) as error:
        raise RunError(f"{path} 读不懂,可能已损坏:{error}") from error


def read_lines(path: Path, kind: type[Line]) -> list[Line]:
    """Return the lines of a file; a last line that was broken off is left out.

    Raises:
        RunError: The file is missing, or a line before the last is damaged.
    """
    try:
        lines = path.read_text("utf-8").splitlines(keepends=True)
    except (OSError, UnicodeDecodeError) as error:
        raise RunError(f"读不到 {path}:{error}") from error
    try:
        return [kind.model_validate_json(line) for line in lines if line.endswith("\n")]
    except ValidationError as error:
        raise RunError(f"{path} 有一行读不懂,可能已损坏:{error}") from error


def write_lines(path: Path, lines: Iterable[BaseModel]) -> None:
    """Write one JSON object a line."""
    path.write_text("".join(line.model_dump_json() + "\n" for line in lines), encoding="utf-8")


def write_ranking(path: Path, answers: Sequence[Answered]) -> None:
    """Write the clauses that each question found, in TREC's format: question Q0 clause rank score name."""
    with path.open("w", encoding="utf-8") as file:
        for line in answers:
            trace = line.answer.trace
            for rank, (clause_id, score) in enumerate(
                zip(trace.retrieved, trace.scores, strict=True), start=1
            ):
                file.write(f"{line.id} Q0 {clause_id} {rank} {score:.6f} huxz\n")
