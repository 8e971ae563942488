"""The clauses that can be found, as rows: what the legs score and a search returns."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from sys import intern

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from vectorstore.lines import Lines, LineWriter
from vectorstore.models import Chunk, ChunkKind, Clause, ClauseKind, Filters, IndexedDocument, Record

LEXICAL_KINDS = frozenset({ChunkKind.CLAUSE, ChunkKind.GLOSS})
"""Chunks whose texts are a passage for BM25: clause and gloss; a sentence would only repeat its clause."""

_OF_CHUNKS = "of_chunks.npy"
_KEPT = 4096
_FILTERS_KEPT = 32
_BARE = frozenset({ClauseKind.HEADING, ClauseKind.TITLE})
_Row = tuple[str, str, str, str, tuple[str, ...], bool]
"""Of one passage, in the order of `PassageAttributes`."""


class Part(Record):
    """A chunk of a passage without its text."""

    chunk_id: str
    kind: ChunkKind
    start: int = Field(description="offset in the document")
    end: int
    row: int = Field(ge=0, description="number of its vector in the generation")


class Passage(Record):
    """A clause with the chunks that index it."""

    document_id: str
    clause: Clause
    parts: tuple[Part, ...]

    @property
    def clause_id(self) -> str:
        """Return <document_id>:<path>."""
        return f"{self.document_id}:{self.clause.path}"

    @property
    def explained(self) -> bool:
        """Whether the clause has a gloss or everyday wordings beside its text."""
        return any(part.kind in (ChunkKind.GLOSS, ChunkKind.WORDING) for part in self.parts)

    def verbatim(self, part: Part) -> str:
        """Return the text of the clause that a part covers."""
        return self.clause.text[part.start - self.clause.start : part.end - self.clause.start]

    def sentences(self) -> tuple[Part, ...]:
        """Return the parts that are sentences, in order; the whole clause where it was not cut."""
        found = tuple(part for part in self.parts if part.kind is ChunkKind.SENTENCE)
        return found or tuple(part for part in self.parts if part.kind is ChunkKind.CLAUSE)

    def asking(self, sentence: Part) -> tuple[Part, ...]:
        """Return a sentence's part and those of the everyday wordings that it answers."""
        wordings = (
            part
            for part in self.parts
            if part.kind is ChunkKind.WORDING and (part.start, part.end) == (sentence.start, sentence.end)
        )
        return (sentence, *wordings)


class PassageAttributes(Record):
    """What passages can be filtered by, as columns of equal length."""

    clause_ids: tuple[str, ...]
    document_ids: tuple[str, ...]
    statuses: tuple[str, ...]
    regions: tuple[str, ...]
    units: tuple[tuple[str, ...], ...]
    bare: tuple[bool, ...] = Field(description="headings and titles, which answer little by themselves")


class PassageTable:
    """Rows of passages: which row a clause is, which rows a filter leaves, and single passages."""

    def __init__(self, folder: Path) -> None:
        self._attributes = PassageAttributes.model_validate_json((folder / "attributes.json").read_bytes())
        self._lines = Lines(folder / "passages.jsonl")
        self.bare: NDArray[np.bool_] = np.asarray(self._attributes.bare, dtype=np.bool_)
        self.passage = lru_cache(maxsize=_KEPT)(self._read)
        self.allowed = lru_cache(maxsize=_FILTERS_KEPT)(self._allowed)
        """Which rows a filter leaves: (n_passages,) read-only, or None where it restricts nothing."""
        self.of_chunks: NDArray[np.int32] = np.load(folder / _OF_CHUNKS)
        """(n_chunks,) which row each chunk of the generation is a part of"""

    def __len__(self) -> int:
        """Return the number of passages."""
        return len(self._lines)

    def _read(self, row: int) -> Passage:
        """Return one passage."""
        return Passage.model_validate_json(self._lines[row])

    def _allowed(self, filters: Filters) -> NDArray[np.bool_] | None:
        if filters == Filters():
            return None
        mask = np.ones(len(self), dtype=np.bool_)
        for wanted, values in (
            (filters.document_ids, self._attributes.document_ids),
            (filters.statuses, self._attributes.statuses),
            (filters.regions, self._attributes.regions),
        ):
            if wanted:
                mask &= np.fromiter((value in wanted for value in values), np.bool_, len(self))
        if filters.without_documents:
            without = filters.without_documents
            column_ids = self._attributes.document_ids
            mask &= np.fromiter((value not in without for value in column_ids), np.bool_, len(self))
        if filters.units:
            units = frozenset(filters.units)
            column = self._attributes.units
            mask &= np.fromiter((not units.isdisjoint(row) for row in column), np.bool_, len(self))
        mask.flags.writeable = False
        return mask


def lexical_texts(clause_ids: Sequence[str], chunks: Iterable[Chunk]) -> list[str]:
    """Return the text of each passage for BM25, in the order of the ids; chunks of others are passed over."""
    grouped: dict[str, list[Chunk]] = {clause_id: [] for clause_id in clause_ids}
    for chunk in chunks:
        if chunk.clause_id in grouped:
            grouped[chunk.clause_id].append(chunk)
    return [_lexical_text(of_clause) for of_clause in grouped.values()]


def _lexical_text(chunks: Sequence[Chunk]) -> str:
    return "\n".join(chunk.text for chunk in chunks if chunk.kind in LEXICAL_KINDS)


class PassageWriter:
    """Writes one passage a clause that has chunks, in document order, for `PassageTable` to read."""

    def __init__(self, folder: Path) -> None:
        """Make the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._lines = LineWriter(folder / "passages.jsonl")
        self._rows: list[_Row] = []
        self._of_chunks = array("i")

    def write(self, item: IndexedDocument) -> list[str]:
        """Write the passages of one document and return the text of each for BM25."""
        grouped: dict[str, list[Chunk]] = {}
        parts: dict[str, list[Part]] = {}
        for row, chunk in enumerate(item.chunks, start=len(self._of_chunks)):
            grouped.setdefault(chunk.path, []).append(chunk)
            parts.setdefault(chunk.path, []).append(_part(chunk, row))
        document_id, texts = item.document.document_id, []
        rows: dict[str, int] = {}
        for clause in item.document.clauses:
            if chunks := grouped.get(clause.path):
                passage = Passage(document_id=document_id, clause=clause, parts=tuple(parts[clause.path]))
                rows[clause.path] = len(self._rows)
                self._lines.write(passage.model_dump_json().encode())
                self._rows.append(_attributes(chunks[0], clause))
                texts.append(_lexical_text(chunks))
        self._of_chunks.extend(rows[chunk.path] for chunk in item.chunks)
        return texts

    def close(self) -> None:
        """Close the file and write the attributes of all passages."""
        self._lines.close()
        columns = zip(*self._rows, strict=True) if self._rows else [()] * len(PassageAttributes.model_fields)
        attributes = dict(zip(PassageAttributes.model_fields, columns, strict=True))
        np.save(self._folder / _OF_CHUNKS, np.asarray(self._of_chunks, dtype=np.int32))
        (self._folder / "attributes.json").write_text(json.dumps(attributes, ensure_ascii=False), "utf-8")


def _attributes(first: Chunk, clause: Clause) -> _Row:
    """Return the columns of a passage in the order of `PassageAttributes`; strings that recur are shared."""
    return (
        first.clause_id,
        intern(first.document_id),
        intern(first.status),
        intern(first.region),
        tuple(map(intern, first.units)),
        clause.kind in _BARE,
    )


def _part(chunk: Chunk, row: int) -> Part:
    return Part(chunk_id=chunk.chunk_id, kind=chunk.kind, start=chunk.start, end=chunk.end, row=row)
