"""Asks every golden question and keeps the answers in a run folder; takes up where it was interrupted."""

from __future__ import annotations

import platform
import subprocess
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from importlib import metadata
from pathlib import Path

from assistant.ledger import Ledger
from assistant.models import Status
from assistant.settings import RootSettings
from eval.asking import Asker
from eval.errors import RunError
from eval.golden import Golden, golden_digest
from eval.retrieval import Progress
from eval.runs import (
    ANSWERS,
    GOLDEN,
    PROBLEMS,
    RUN,
    TREC,
    Answered,
    DocumentInfo,
    Manifest,
    read_lines,
    read_manifest,
    write_lines,
    write_ranking,
)
from eval.statistics import SEED
from vectorstore.corpus import corpus_digest
from vectorstore.models import Document

GOLDEN_DAY = date(2025, 7, 15)
"""The day that questions without `as_of` are asked on: the one that golden question g207 names."""

_PACKAGES = ("chromadb", "langchain", "sentence-transformers", "torch", "bm25s", "numpy", "pydantic")
_PROMPTS = Path(__file__).parent.parent / "prompts"
_WORDS = frozenset({".md", ".yaml"})
_UNTOLD = frozenset({"data_dir", "lexicons"})
"""Settings that name places of this machine and do not change an answer."""


def describe(
    questions: Sequence[Golden], documents: Sequence[Document], settings: RootSettings, day: date
) -> Manifest:
    """Return the manifest of a run that is about to be made."""
    return Manifest(
        golden_digest=golden_digest(questions),
        corpus_digest=corpus_digest(documents),
        n_questions=len(questions),
        day=day,
        documents=tuple(
            DocumentInfo(document_id=one.document_id, title=one.title, status=one.status, digest=one.digest)
            for one in documents
        ),
        unit_names=Ledger(documents).unit_names,
        settings=_told(settings),
        versions={"python": platform.python_version(), **{name: _version(name) for name in _PACKAGES}},
        prompts={path.name: _digest(path) for path in sorted(_PROMPTS.glob("*")) if path.suffix in _WORDS},
        model=settings.assistant.llm or "",
        embedding=settings.vectorstore.embedding_model,
        commit=current_commit(),
        seed=SEED,
    )


def generate(
    folder: Path, questions: Sequence[Golden], manifest: Manifest, ask: Asker, progress: Progress
) -> None:
    """Write a run folder; answers that it holds already, of the same manifest, are kept.

    Raises:
        RunError: The folder holds a run of other questions, settings or versions.
    """
    answered = _begin(folder, questions, manifest)
    done = {line.id for line in answered}
    waiting = [one.record for one in questions if one.record.id not in done]
    with (folder / ANSWERS).open("a", encoding="utf-8") as file:
        for count, (record, answer) in enumerate(
            zip(waiting, ask(waiting), strict=True), start=len(done) + 1
        ):
            line = Answered(id=record.id, answer=answer)
            file.write(line.model_dump_json() + "\n")
            file.flush()
            answered.append(line)
            progress("作答", count, len(questions))
    by_id = {line.id: line for line in answered}
    ordered = [by_id[one.record.id] for one in questions]
    write_lines(folder / ANSWERS, ordered)
    write_ranking(folder / TREC, ordered)
    _write_problems(folder / PROBLEMS, ordered)


def _begin(folder: Path, questions: Sequence[Golden], manifest: Manifest) -> list[Answered]:
    folder.mkdir(parents=True, exist_ok=True)
    before = read_manifest(folder)
    if before is not None and before != manifest:
        changed = [name for name in Manifest.model_fields if getattr(before, name) != getattr(manifest, name)]
        raise RunError(f"{folder} 里是另一次评测({'、'.join(changed)} 不同),不能接着做。请换一个目录。")
    (folder / RUN).write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")
    write_lines(folder / GOLDEN, questions)
    path = folder / ANSWERS
    answered = read_lines(path, Answered) if path.is_file() else []
    write_lines(path, answered)  # without a line that was broken off
    return answered


def _write_problems(path: Path, answers: Sequence[Answered]) -> None:
    lines = []
    for line in answers:
        trace = line.answer.trace
        if line.answer.status is Status.FAILED:
            lines.append(f"{line.id} failed: 作答出了故障")
        if trace.rejected:
            lines.append(f"{line.id} rejected: {' '.join(trace.rejected)}")
        if trace.fallback:
            lines.append(f"{line.id} fallback: {trace.fallback}")
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _told(settings: RootSettings) -> dict[str, str]:
    told: dict[str, str] = {}
    for section in ("assistant", "vectorstore"):
        values = getattr(settings, section).model_dump(mode="json")
        kept = {name: value for name, value in values.items() if name not in _UNTOLD and "key" not in name}
        told.update({f"{section}.{name}": str(value) for name, value in sorted(kept.items())})
    return told


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "未安装"


def current_commit() -> str:
    """Return the commit of the program, with '+' behind it where files were changed since."""

    def git(*words: str) -> str:
        return subprocess.run(
            ["git", *words], cwd=Path(__file__).parent, capture_output=True, text=True, check=True
        ).stdout.strip()

    try:
        changed = git("status", "--porcelain", "--untracked-files=no", "--", ":/")
        return git("rev-parse", "--short=12", "HEAD") + ("+" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return "未知"
