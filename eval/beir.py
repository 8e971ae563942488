"""Sets in BEIR's layout: corpus.jsonl, queries.jsonl, qrels.tsv."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from eval.errors import DataError
from vectorstore.models import Chunk, ChunkKind, Clause, ClauseKind, Document, IndexedDocument, text_digest

PATH = "1"
"""The path of a passage's only clause."""


class BeirSet(BaseModel):
    """Passages, judged questions and judgements."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    passages: tuple[IndexedDocument, ...] = Field(description="one document with one clause a passage")
    queries: dict[str, str] = Field(description="judged questions by id")
    qrels: dict[str, dict[str, int]] = Field(description="grade above 0 by question and passage")


def read_beir(corpus: Path, queries: Path, qrels: Path) -> BeirSet:
    """Return a set, with the questions that have at least one relevant passage.

    Raises:
        DataError: A file is not in BEIR's layout, or a judgement names what is not there.
    """
    passages = tuple(as_document(row["_id"], _text(row)) for row in _rows(corpus))
    texts = {str(row["_id"]): str(row["text"]) for row in _rows(queries)}
    judged = _qrels(qrels)
    known = {item.document.document_id for item in passages}
    for query_id, graded in judged.items():
        missing = [query_id] if query_id not in texts else sorted(graded.keys() - known)
        if missing:
            raise DataError(f"{qrels}: {missing[0]} is judged, but is neither question nor passage")
    if not judged:
        raise DataError(f"{qrels}: no relevant passage; every figure would be undefined")
    return BeirSet(passages=passages, queries={key: texts[key] for key in judged}, qrels=judged)


def as_document(passage_id: str, text: str) -> IndexedDocument:
    """Return a passage as a document with one clause."""
    digest = text_digest(text)
    clause = Clause(
        path=PATH,
        kind=ClauseKind.PARAGRAPH,
        number=None,
        heading="",
        heading_path="",
        text=text,
        start=0,
        end=len(text),
        digest=digest,
    )
    document = Document(
        document_id=passage_id,
        title=passage_id,
        status="未标注",
        source_name=passage_id,
        digest=digest,
        clauses=(clause,),
    )
    clause_id = f"{passage_id}:{PATH}"
    chunk = Chunk(
        chunk_id=f"{clause_id}#clause",
        clause_id=clause_id,
        document_id=passage_id,
        path=PATH,
        kind=ChunkKind.CLAUSE,
        text=text,
        start=0,
        end=len(text),
        digest=digest,
    )
    return IndexedDocument(document=document, chunks=(chunk,))


def _text(row: dict[str, Any]) -> str:
    return f"{row['title']}\n{row['text']}" if row.get("title") else str(row["text"])


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                row = json.loads(line)
                if "_id" not in row or "text" not in row:
                    raise DataError(f"{path}:{number}: a line needs _id and text")
                yield {**row, "_id": str(row["_id"])}
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: cannot be read as JSON lines: {error}") from error


def _qrels(path: Path) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                if (grade := int(row["score"])) > 0:
                    judged.setdefault(row["query-id"], {})[row["corpus-id"]] = grade
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise DataError(f"{path}: needs the columns query-id, corpus-id, score: {error}") from error
    return judged
