"""Stands in for ingest and the embedding model in tests of the index."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from vectorstore.embeddings import joined
from vectorstore.models import (
    Chunk,
    ChunkKind,
    Clause,
    ClauseKind,
    Document,
    IndexedDocument,
    ResponsibleUnit,
    text_digest,
)
from vectorstore.protocols import Run, Vectors


class HashingEmbedder:
    """An Embedder without a model: every character and pair of characters has a direction of its own."""

    def __init__(self, name: str = "hashing-1", dimension: int = 64) -> None:
        self._name = name
        self._dimension = dimension
        self.embedded: list[str] = []

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimension(self) -> int:
        return self._dimension

    @property
    def coarse(self) -> int:
        return self._dimension

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded.extend(texts)
        return self.embed_queries(texts)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        rows = np.stack([self._row(text) for text in texts]) if texts else np.zeros((0, self._dimension))
        return rows.astype(np.float32)

    def embed_runs(self, texts: Sequence[Sequence[str]], runs: Sequence[Sequence[Run]]) -> Vectors:
        return self.embed_passages(joined(texts, runs))

    def _row(self, text: str) -> np.ndarray:
        row = np.full(self._dimension, 1e-3)
        for feature in [*text, *(text[i : i + 2] for i in range(len(text) - 1))]:
            digest = blake2b(feature.encode(), digest_size=8).digest()
            position = int.from_bytes(digest[:4], "big") % self._dimension
            row[position] += 1.0 if digest[4] & 1 else -1.0
        return row / np.linalg.norm(row)


def make_document(
    document_id: str,
    texts: Sequence[str],
    *,
    status: str = "征求意见稿",
    region: str = "湖州市",
    units: Sequence[Sequence[str]] = (),
    glosses: Sequence[str | None] = (),
) -> IndexedDocument:
    """Return a document with one clause a text, cut into sentences at 。 and ;."""
    clauses: list[Clause] = []
    chunks: list[Chunk] = []
    start = 0
    for number, text in enumerate(texts, start=1):
        named = units[number - 1] if number <= len(units) else ()
        gloss = glosses[number - 1] if number <= len(glosses) else None
        clause = Clause(
            path=f"一/{number}",
            kind=ClauseKind.CLAUSE,
            number=str(number),
            heading="",
            heading_path="一、总则",
            text=text,
            start=start,
            end=start + len(text),
            units=tuple(
                ResponsibleUnit(start=start, end=start + 1, name=name, lead=i == 0, umbrella=False)
                for i, name in enumerate(named)
            ),
            digest=text_digest(text),
            gloss=gloss,
        )
        clauses.append(clause)
        chunks.extend(_chunks(document_id, clause, status, region, tuple(named)))
        start += len(text)
    document = Document(
        document_id=document_id,
        title=document_id,
        status=status,
        region=region,
        source_name=f"{document_id}.txt",
        digest=text_digest("".join(texts)),
        clauses=tuple(clauses),
    )
    return IndexedDocument(document=document, chunks=tuple(chunks))


def _chunks(
    document_id: str, clause: Clause, status: str, region: str, units: tuple[str, ...]
) -> list[Chunk]:
    clause_id = f"{document_id}:{clause.path}"

    def chunk(kind: ChunkKind, number: int, text: str, start: int, end: int) -> Chunk:
        return Chunk(
            chunk_id=f"{clause_id}#{kind.value}{number}",
            clause_id=clause_id,
            document_id=document_id,
            path=clause.path,
            kind=kind,
            text=text,
            start=start,
            end=end,
            digest=text_digest(text),
            status=status,
            region=region,
            units=units,
        )

    found = [chunk(ChunkKind.CLAUSE, 1, f"{clause.heading_path} {clause.text}", clause.start, clause.end)]
    for number, match in enumerate(re.finditer(r"[^。;]+[。;]?", clause.text), start=1):
        start = clause.start + match.start()
        found.append(chunk(ChunkKind.SENTENCE, number, match.group(), start, start + len(match.group())))
    if clause.gloss:
        found.append(chunk(ChunkKind.GLOSS, 1, clause.gloss, clause.start, clause.end))
    return found


TWO_DOCUMENTS = (
    make_document(
        "甲", ["发放算力券。支持企业。", "建设园区。"], units=[["市经信局", "市科技局"], ["市数据局"]]
    ),
    make_document("乙", ["算力券由省里发放。", "引进人才。"], status="现行有效", region="浙江省"),
)
"""One of the city in draft, one of the province in force, with units."""
