"""The cache of blocks reads each passage once and stays bounded."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ingest.chunking import index_document
from ingest.document import parse_document
from vectorstore.caching import BlockCache
from vectorstore.passages import Part, Passage

TEXT = "某市行动计划\n\n一、主要措施\n\n1.甲事。做甲。\n\n2.乙事。做乙。\n\n3.丙事。做丙。\n"


class CountingFile:
    """Gives each chunk a vector of its own and counts the chunks read."""

    def __init__(self) -> None:
        self.read: list[int] = []

    def rows(self, numbers: Sequence[int]) -> np.ndarray:
        self.read += numbers
        return np.asarray([[float(number), 1.0] for number in numbers], dtype=np.float32)


def passages() -> list[Passage]:
    item = index_document(parse_document(TEXT, "plan.txt"))
    found = []
    for clause in item.document.clauses:
        parts = tuple(
            Part(chunk_id=chunk.chunk_id, kind=chunk.kind, start=chunk.start, end=chunk.end, row=row)
            for row, chunk in enumerate(item.chunks)
            if chunk.path == clause.path
        )
        if parts:
            found.append(Passage(document_id="plan", clause=clause, parts=parts))
    return found


def test_a_passage_is_read_once() -> None:
    file = CountingFile()
    cache = BlockCache(file)  # type: ignore[arg-type]
    wanted = passages()
    first = cache.blocks(wanted)
    assert cache.blocks(wanted) == first
    assert len(file.read) == len(set(file.read)) == sum(len(passage.parts) for passage in wanted)


def test_each_block_holds_the_vectors_of_its_own_parts() -> None:
    wanted = passages()
    for passage, block in zip(wanted, BlockCache(CountingFile()).blocks(wanted), strict=True):  # type: ignore[arg-type]
        assert block.vectors[:, 0].tolist() == [part.row for part in passage.parts]
        assert len(block.asking) == len(passage.sentences())


def test_a_full_cache_starts_anew_and_still_answers() -> None:
    file = CountingFile()
    cache = BlockCache(file, limit=2)  # type: ignore[arg-type]
    wanted = passages()
    for passage in [*wanted, *wanted]:
        assert len(cache.blocks([passage])[0].vectors) == len(passage.parts)
    assert len(file.read) > sum(len(passage.parts) for passage in wanted)
