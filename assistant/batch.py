"""Answers a file of conversations: JSON lines in, JSON lines out, in input order."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from assistant.errors import BatchError
from assistant.models import Answer, Audience, Citation, Question
from vectorstore.models import Record

MAX_LINES = 100_000


class BatchLine(Record):
    """One conversation of a batch; its last turn is answered."""

    id: str
    turns: tuple[str, ...] = Field(min_length=1)
    audience: Audience = Audience.CITIZEN
    as_of: date | None = Field(default=None, description="the day it is asked on; None: today")


def read_batch(path: Path) -> list[BatchLine]:
    """Return the conversations of a batch file; fields of other programs are passed over.

    Raises:
        BatchError: unreadable or malformed; the message names file, line and what is wrong.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BatchError(f"读不到批量文件 {path}:{error}。请给出 UTF-8 的 JSONL 文件。") from error
    if len(lines) > MAX_LINES:
        raise BatchError(f"批量文件 {path} 有 {len(lines)} 行,最多 {MAX_LINES} 行。请分成几个文件。")
    return [_read_line(path, number, line) for number, line in enumerate(lines, start=1) if line.strip()]


def _read_line(path: Path, number: int, line: str) -> BatchLine:
    try:
        fields = json.loads(line)
        kept = {name: fields[name] for name in BatchLine.model_fields if name in fields}
        return BatchLine.model_validate(kept)
    except (json.JSONDecodeError, TypeError) as error:
        raise BatchError(f"批量文件 {path} 第 {number} 行不是 JSON 对象:{error}。") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BatchError(
            f"批量文件 {path} 第 {number} 行的 {place} 不对:{first['msg']}。"
            '应为 {"id", "turns": [...], "audience"?, "as_of"?}。'
        ) from error


def citation_json(citation: Citation) -> dict[str, Any]:
    """Return a citation in the form of the batch contract; an excerpt says that it is one, and where from."""
    own_words = {"excerpt": True, "url": citation.url} if citation.excerpt else {}
    return {
        "document_id": citation.document_id,
        "title": citation.title,
        "path": citation.path,
        "heading_path": citation.heading_path,
        "text": citation.text,
        "quotes": list(citation.quotes),
        "digest": citation.digest,
        **own_words,
    }


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return an answer in the form of the batch contract, without the id."""
    return {
        "status": answer.status.value,
        "text": answer.text,
        "citations": [citation_json(citation) for citation in answer.citations],
        "notices": list(answer.notices),
        "elapsed_ms": answer.elapsed_ms,
    }


def write_batch(
    lines: list[BatchLine],
    answer: Callable[[Question], Answer],
    out: Path,
    track: Callable[[list[BatchLine]], Iterator[BatchLine]],
) -> int:
    """Write the answers beside, then move them into place; return how many failed.

    Raises:
        BatchError: the output cannot be written.
    """
    beside = out.with_name(f".{out.name}.{os.getpid()}.part")
    failed = 0
    try:
        with beside.open("w", encoding="utf-8") as file:
            for line in track(lines):
                result = answer(Question(turns=line.turns, audience=line.audience, as_of=line.as_of))
                failed += result.status.value == "failed"
                file.write(json.dumps({"id": line.id, **answer_json(result)}, ensure_ascii=False) + "\n")
        beside.replace(out)
    except OSError as error:
        raise BatchError(f"写不了结果文件 {out}:{error.strerror}。请检查目录是否存在、可写。") from error
    finally:
        beside.unlink(missing_ok=True)
    return failed
