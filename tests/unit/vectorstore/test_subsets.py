"""Searches in a part of the corpus: few passages are a corpus of their own, many are found through all."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.fakes.vectorstore import TWO_DOCUMENTS, HashingEmbedder
from vectorstore import subsets
from vectorstore.catalog import CatalogWriter, FileCatalog
from vectorstore.models import Chunk, Filters
from vectorstore.passages import PassageTable, PassageWriter
from vectorstore.protocols import ChunkHits, Vectors
from vectorstore.subsets import Subset, Subsets
from vectorstore.vectors import Nearest, VectorFile, VectorWriter

EMBEDDER = HashingEmbedder()
CHUNKS: tuple[Chunk, ...] = tuple(chunk for item in TWO_DOCUMENTS for chunk in item.chunks)
COARSE = 48
VECTORS: Vectors = EMBEDDER.embed_passages([chunk.text for chunk in CHUNKS])


class ExactStore:
    """A ChunkStore in memory that keeps what was asked of it."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def add(self, first: int, vectors: object) -> None:
        raise NotImplementedError

    def count(self) -> int:
        return len(CHUNKS)

    def search(self, vector: NDArray[np.float32], k: int) -> NDArray[np.intp]:
        self.asked.append(k)
        return np.argsort(-(VECTORS[:, :COARSE] @ vector))[:k]

    def close(self) -> None:
        pass


@pytest.fixture
def store() -> ExactStore:
    return ExactStore()


@pytest.fixture(params=["exact", "widened"])
def search(
    request: pytest.FixtureRequest, store: ExactStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Subsets:
    if request.param == "widened":
        monkeypatch.setattr(subsets, "FEW", 0)
    return opened(store, tmp_path)


def opened(store: ExactStore, folder: Path) -> Subsets:
    for writer in (PassageWriter(folder / "passages"), CatalogWriter(folder / "catalog")):
        for item in TWO_DOCUMENTS:
            writer.write(item)
        writer.close()
    with closing(VectorWriter(folder)) as vectors:
        vectors.write(VECTORS)
    rows = VectorFile(folder, *VECTORS.shape)
    return Subsets(
        Nearest(store, rows, COARSE),
        rows,
        PassageTable(folder / "passages"),
        FileCatalog(folder / "catalog"),
        True,
    )


def hits(search: Subsets, question: str, k: int, filters: Filters) -> ChunkHits:
    vector, subset = EMBEDDER.embed_queries([question])[0], search.subset(filters)
    return search.search(vector, k, filters) if subset is None else subset.search(vector, k)


def found(search: Subsets, question: str, k: int = 100, **filters: tuple[str, ...]) -> list[str]:
    return ids(hits(search, question, k, Filters(**filters)))


def ids(found: ChunkHits) -> list[str]:
    return [CHUNKS[row].chunk_id for row in found.rows]


def allowed(**wanted: str) -> set[str]:
    return {c.chunk_id for c in CHUNKS if all(getattr(c, key) == value for key, value in wanted.items())}


def test_a_filter_by_document_leaves_only_that_document(search: Subsets) -> None:
    assert set(found(search, "算力券", document_ids=("乙",))) == allowed(document_id="乙")


def test_a_filter_by_status_leaves_only_that_status(search: Subsets) -> None:
    assert set(found(search, "算力券", statuses=("现行有效",))) == allowed(status="现行有效")


def test_a_filter_by_region_leaves_only_that_region(search: Subsets) -> None:
    assert set(found(search, "算力券", regions=("湖州市",))) == allowed(region="湖州市")


def test_a_filter_by_unit_leaves_clauses_that_name_it_at_any_place(search: Subsets) -> None:
    expected = {chunk.chunk_id for chunk in CHUNKS if "市科技局" in chunk.units}
    assert set(found(search, "算力券", units=("市科技局",))) == expected != set()


def test_values_of_one_filter_are_alternatives(search: Subsets) -> None:
    expected = {chunk.chunk_id for chunk in CHUNKS if {"市科技局", "市数据局"} & set(chunk.units)}
    assert set(found(search, "算力券", units=("市科技局", "市数据局"))) == expected


def test_several_filters_hold_together(search: Subsets) -> None:
    assert found(search, "算力券", document_ids=("乙",), units=("市经信局",)) == []
    both = found(search, "算力券", document_ids=("甲", "乙"), statuses=("征求意见稿",), units=("市数据局",))
    assert set(both) == {chunk.chunk_id for chunk in CHUNKS if "市数据局" in chunk.units}


def test_what_is_left_out_is_not_found(search: Subsets) -> None:
    left = hits(search, "算力券", 100, Filters(without_documents=frozenset({"甲"})))
    assert set(ids(left)) == allowed(document_id="乙")


def test_under_a_filter_similarity_is_exact_and_falls_and_k_holds(search: Subsets) -> None:
    vector = EMBEDDER.embed_queries(["谁发放算力券"])[0]
    best = hits(search, "谁发放算力券", 3, Filters(document_ids=("甲",)))
    rows = {chunk.chunk_id: row for row, chunk in enumerate(CHUNKS)}
    exact = sorted((float(VECTORS[rows[one]] @ vector) for one in allowed(document_id="甲")), reverse=True)
    scores = best.scores.tolist()
    assert 0 < len(scores) <= 3 and scores == pytest.approx(exact[: len(scores)], abs=1e-6)


def test_without_a_filter_many_passages_are_asked_of_the_store_once(
    store: ExactStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subsets, "FEW", 0)
    assert len(found(opened(store, tmp_path), "算力券", k=2)) == 2
    assert store.asked == [2]


def test_a_small_corpus_is_searched_exactly_without_the_store(store: ExactStore, tmp_path: Path) -> None:
    vector = EMBEDDER.embed_queries(["算力券"])[0]
    best = hits(opened(store, tmp_path), "算力券", 3, Filters())
    assert best.scores.tolist() == pytest.approx(sorted(VECTORS @ vector, reverse=True)[:3], abs=1e-6)
    assert store.asked == []


def test_what_the_store_finds_coarsely_is_put_in_exact_order(
    store: ExactStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subsets, "FEW", 0)
    vector = EMBEDDER.embed_queries(["谁发放算力券"])[0]
    best = hits(opened(store, tmp_path), "谁发放算力券", 100, Filters())
    exact = VECTORS @ vector
    assert best.scores.tolist() == pytest.approx(sorted(exact, reverse=True), abs=1e-6)
    assert best.scores.tolist() == pytest.approx(exact[best.rows].tolist(), abs=1e-6)
    assert best.rows.tolist() != store.search(vector[:COARSE], 100).tolist(), "else this test holds nothing"


def test_a_search_widens_until_enough_is_left(
    store: ExactStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subsets, "FEW", 0)
    search = opened(store, tmp_path)
    nearest_of_the_other = "发放算力券。支持企业。"
    assert found(search, nearest_of_the_other, k=4, document_ids=("乙",))
    assert store.asked[0] == 4 and all(later > 4 for later in store.asked[1:])


def test_a_subset_is_read_once_a_filter(store: ExactStore, tmp_path: Path) -> None:
    search = opened(store, tmp_path)
    one, other = Filters(document_ids=("甲",)), Filters(document_ids=("乙",))
    assert search.subset(one) is search.subset(one) is not search.subset(other)
    found(search, "园区", document_ids=("甲",))
    assert store.asked == []


def test_words_of_a_subset_are_counted_in_it_alone(store: ExactStore, tmp_path: Path) -> None:
    search = opened(store, tmp_path)
    subset = search.subset(Filters(document_ids=("乙",)))
    assert isinstance(subset, Subset)
    assert subset.words.score("园区").coverage == 0, "only the other document speaks of it"
    shares = subset.words.score("人才").shares
    assert shares.shape == subset.rows.shape
    assert shares.max() > 0


def test_nothing_left_is_a_subset_that_finds_nothing(store: ExactStore, tmp_path: Path) -> None:
    search = opened(store, tmp_path)
    assert found(search, "园区", document_ids=("丙",)) == []
