"""Sets in BEIR's layout: corpus.jsonl, queries.jsonl, qrels.tsv; `doc`, where given, groups passages."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from eval.errors import DataError
from vectorstore.models import Chunk, ChunkKind, Clause, ClauseKind, Document, IndexedDocument, text_digest


class BeirSet(BaseModel):
    """Passages, judged questions and judgements; a clause's path is its passage's id."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    documents: tuple[IndexedDocument, ...] = Field(description="passages of one `doc` are its clauses")
    queries: dict[str, str] = Field(description="judged questions by id")
    qrels: dict[str, dict[str, int]] = Field(description="grade above 0 by question and passage")


@dataclass(frozen=True)
class PassageText:
    """A passage as a corpus holds it."""

    document_id: str
    """the document that it is a part of; the passage's own id where the corpus names none"""
    passage_id: str
    text: str


def read_beir(corpus: Path, queries: Path, qrels: Path) -> BeirSet:
    """Return a set, with the questions that have at least one relevant passage.

    Raises:
        DataError: A file is not in BEIR's layout, or a judgement names what is not there.
    """
    rows = list(_rows(corpus))
    documents = as_documents(
        PassageText(str(row.get("doc") or row["_id"]), row["_id"], _text(row)) for row in rows
    )
    texts = {str(row["_id"]): str(row["text"]) for row in _rows(queries)}
    judged = _qrels(qrels)
    known = {row["_id"] for row in rows}
    for query_id, graded in judged.items():
        missing = [query_id] if query_id not in texts else sorted(graded.keys() - known)
        if missing:
            raise DataError(f"{qrels}: {missing[0]} is judged, but is neither question nor passage")
    if not judged:
        raise DataError(f"{qrels}: no relevant passage; every figure would be undefined")
    return BeirSet(documents=documents, queries={key: texts[key] for key in judged}, qrels=judged)


def as_documents(passages: Iterable[PassageText]) -> tuple[IndexedDocument, ...]:
    """Return the passages as clauses of their documents, documents in the order of their first passage."""
    grouped: dict[str, list[PassageText]] = {}
    for passage in passages:
        grouped.setdefault(passage.document_id, []).append(passage)
    return tuple(_document(document_id, found) for document_id, found in grouped.items())


def _document(document_id: str, passages: Sequence[PassageText]) -> IndexedDocument:
    clauses: list[Clause] = []
    for passage in passages:
        start = clauses[-1].end if clauses else 0
        clauses.append(_clause(passage, start))
    document = Document(
        document_id=document_id,
        title=document_id,
        status="未标注",
        source_name=document_id,
        digest=text_digest("".join(clause.text for clause in clauses)),
        clauses=tuple(clauses),
    )
    chunks = tuple(_chunk(document_id, clause) for clause in clauses)
    return IndexedDocument(document=document, chunks=chunks)


def _clause(passage: PassageText, start: int) -> Clause:
    return Clause(
        path=passage.passage_id,
        kind=ClauseKind.PARAGRAPH,
        number=None,
        heading="",
        heading_path="",
        text=passage.text,
        start=start,
        end=start + len(passage.text),
        digest=text_digest(passage.text),
    )


def _chunk(document_id: str, clause: Clause) -> Chunk:
    clause_id = f"{document_id}:{clause.path}"
    return Chunk(
        chunk_id=f"{clause_id}#clause",
        clause_id=clause_id,
        document_id=document_id,
        path=clause.path,
        kind=ChunkKind.CLAUSE,
        text=clause.text,
        start=clause.start,
        end=clause.end,
        digest=clause.digest,
    )


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
