"""What every ChunkStore does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.fakes.vectorstore import TWO_DOCUMENTS, HashingEmbedder
from vectorstore.errors import IndexDamagedError
from vectorstore.protocols import ChunkStore, Vectors
from vectorstore.settings import VectorStoreSettings
from vectorstore.store import ChromaStores

EMBEDDER = HashingEmbedder()
VECTORS: Vectors = EMBEDDER.embed_passages([chunk.text for item in TWO_DOCUMENTS for chunk in item.chunks])


@pytest.fixture
def stores(settings: VectorStoreSettings) -> ChromaStores:
    return ChromaStores(settings.model_copy(update={"batch_size": 3}))


@pytest.fixture
def name() -> str:
    return f"test-{uuid4().hex}"


@pytest.fixture
def store(stores: ChromaStores, name: str, tmp_path: Path) -> Iterator[ChunkStore]:
    store = stores.create(tmp_path, name)
    store.add(0, VECTORS[:2])
    store.add(2, VECTORS[2:])
    yield store
    store.close()


def found(store: ChunkStore, question: str, k: int = 100) -> list[int]:
    return store.search(EMBEDDER.embed_queries([question])[0], k).tolist()


def test_all_chunks_are_there_though_added_in_batches(store: ChunkStore) -> None:
    assert store.count() == len(VECTORS)
    assert sorted(found(store, "算力券")) == list(range(len(VECTORS)))


def test_search_gives_the_nearest_first(store: ChunkStore) -> None:
    vector = EMBEDDER.embed_queries(["谁发放算力券"])[0]
    scores = (VECTORS @ vector)[store.search(vector, 100)]
    assert scores.tolist() == pytest.approx(sorted(scores.tolist(), reverse=True), abs=1e-5)


def test_search_gives_at_most_k(store: ChunkStore) -> None:
    assert len(found(store, "算力券", k=2)) == 2
    assert found(store, "算力券", k=0) == []


def test_an_empty_store_finds_nothing(stores: ChromaStores, tmp_path: Path, name: str) -> None:
    store = stores.create(tmp_path, name)
    assert store.count() == 0
    assert found(store, "算力券") == []
    store.close()


def test_a_store_opened_again_holds_the_same(
    stores: ChromaStores, store: ChunkStore, tmp_path: Path, name: str
) -> None:
    before = found(store, "建设园区")
    again = stores.open(tmp_path, name)
    assert found(again, "建设园区") == before
    again.close()


def test_a_collection_that_is_not_there_is_a_fault_with_the_command(
    stores: ChromaStores, tmp_path: Path
) -> None:
    with pytest.raises(IndexDamagedError, match="--rebuild"):
        stores.open(tmp_path, "test-nowhere")
