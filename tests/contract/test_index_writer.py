"""What every IndexWriter does, and what a reader sees of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest

from tests.fakes.vectorstore import HashingEmbedder, make_document
from vectorstore.errors import (
    IndexDamagedError,
    IndexMismatchError,
    IndexMissingError,
    InvalidChunksError,
    StoreUnreachableError,
    UnknownDocumentError,
)
from vectorstore.factory import Index, open_index, open_retriever, open_writer
from vectorstore.generations import Generations
from vectorstore.models import Filters, IndexedDocument, QueryLeg, RetrievalQuery
from vectorstore.settings import VectorStoreSettings
from vectorstore.store import ChromaStores

TEXTS = ["发放算力券。支持企业。", "建设产业园。", "引进人才。给予住房。"]
PLAN = make_document("plan", TEXTS)
LAW = make_document("law", ["企业应当依法纳税。"])


@pytest.fixture
def embedder() -> HashingEmbedder:
    return HashingEmbedder()


@pytest.fixture
def opened(settings: VectorStoreSettings, embedder: HashingEmbedder) -> Iterator[Index]:
    open_writer(settings, embedder=embedder).apply([PLAN, LAW])
    index = open_index(settings, embedder=embedder)
    yield index
    index.close()


def found(index: Index, question: str) -> set[str]:
    query = RetrievalQuery(legs=(QueryLeg(text=question),))
    return {clause.clause_id for clause in index.retriever.retrieve(query, 100).clauses}


def vectors_of(settings: VectorStoreSettings) -> set[int]:
    """Return the numbers of all chunks that have a vector in the store."""
    generations = Generations(settings.data_dir)
    number = generations.require_current()
    store = ChromaStores(settings).open(generations.folder(number), generations.manifest(number).collection)
    try:
        return set(store.search(np.ones(64, dtype=np.float32), 100).tolist())
    finally:
        store.close()


def serving(settings: VectorStoreSettings) -> int | None:
    return Generations(settings.data_dir).current()


def test_the_first_ingest_adds_everything(settings: VectorStoreSettings, embedder: HashingEmbedder) -> None:
    (line,) = open_writer(settings, embedder=embedder).apply([PLAN])
    assert (line.added, line.changed, line.unchanged, line.removed) == (3, 0, 0, 0)
    assert line.embedded == line.chunks == len(PLAN.chunks)


def test_the_same_again_changes_nothing_and_makes_no_generation(
    settings: VectorStoreSettings, embedder: HashingEmbedder
) -> None:
    writer = open_writer(settings, embedder=embedder)
    writer.apply([PLAN])
    before = serving(settings)
    (line,) = writer.apply([PLAN])
    assert (line.added, line.changed, line.unchanged, line.removed, line.embedded) == (0, 0, 3, 0, 0)
    assert serving(settings) == before


def test_only_changed_texts_are_embedded_again(opened: Index, settings: VectorStoreSettings) -> None:
    again = HashingEmbedder()
    changed = make_document("plan", [TEXTS[0], "建设两个产业园。", TEXTS[2]])
    (line,) = open_writer(settings, embedder=again).apply([changed])
    assert (line.added, line.changed, line.unchanged, line.removed) == (0, 1, 2, 0)
    assert again.embedded == ["一、总则 建设两个产业园。", "建设两个产业园。"]
    assert line.embedded == 2


def test_vectors_that_were_taken_over_find_as_before(
    opened: Index, settings: VectorStoreSettings, embedder: HashingEmbedder
) -> None:
    query = RetrievalQuery(legs=(QueryLeg(text="zzz算力券"),), filters=Filters(document_ids=("plan",)))
    before = opened.retriever.retrieve(query, 1).clauses[0]
    open_writer(settings, embedder=embedder).apply([make_document("other", ["别的事。"])])
    assert opened.retriever.retrieve(query, 1).clauses[0].dense == pytest.approx(before.dense, abs=1e-5)


def test_a_removed_clause_leaves_no_vector_behind(
    opened: Index, settings: VectorStoreSettings, embedder: HashingEmbedder
) -> None:
    shorter = make_document("plan", TEXTS[:2])
    (line,) = open_writer(settings, embedder=embedder).apply([shorter])
    assert line.removed == 1
    assert vectors_of(settings) == set(range(len(shorter.chunks) + len(LAW.chunks)))
    assert found(opened, "引进人才给予住房") <= {"plan:一/1", "plan:一/2", "law:一/1"}


def test_a_removed_document_is_gone_from_every_part(
    opened: Index, settings: VectorStoreSettings, embedder: HashingEmbedder
) -> None:
    (line,) = open_writer(settings, embedder=embedder).apply([], ["plan"])
    assert (line.document_id, line.clauses, line.removed) == ("plan", 0, 3)
    assert vectors_of(settings) == set(range(len(LAW.chunks)))
    assert found(opened, "算力券") <= {"law:一/1"}
    assert opened.catalog.document("plan") is None


def test_an_index_may_become_empty(
    opened: Index, settings: VectorStoreSettings, embedder: HashingEmbedder
) -> None:
    open_writer(settings, embedder=embedder).apply([], ["plan", "law"])
    assert found(opened, "算力券") == set()
    assert opened.catalog.documents() == ()


def test_a_reader_follows_every_swap(
    opened: Index, settings: VectorStoreSettings, embedder: HashingEmbedder
) -> None:
    writer = open_writer(settings, embedder=embedder)
    for number in range(4):
        writer.apply([make_document("plan", [f"第{number}次发放算力券。"])])
        query = RetrievalQuery(legs=(QueryLeg(text="发放算力券"),))
        first = opened.retriever.retrieve(query, 1).clauses[0]
        assert first.clause.text == f"第{number}次发放算力券。"
        assert opened.catalog.documents()[1].text == first.clause.text


def test_a_changed_status_alone_is_a_change(opened: Index, settings: VectorStoreSettings) -> None:
    again = HashingEmbedder()
    open_writer(settings, embedder=again).apply([make_document("plan", TEXTS, status="现行有效")])
    query = RetrievalQuery(legs=(QueryLeg(text="算力券"),), filters=Filters(statuses=("现行有效",)))
    assert opened.retriever.retrieve(query, 5).clauses
    assert again.embedded == []


def test_another_embedding_model_is_refused_with_the_command_and_a_rebuild_helps(
    opened: Index, settings: VectorStoreSettings
) -> None:
    other = HashingEmbedder("hashing-2", dimension=32)
    with pytest.raises(IndexMismatchError, match=r"model = hashing-1.*python -m ingest ensure --rebuild"):
        open_retriever(settings, embedder=other)
    with pytest.raises(IndexMismatchError, match="hashing-2"):
        open_writer(settings, embedder=other).apply([PLAN])
    open_writer(settings, embedder=other, rebuild=True).apply([PLAN])
    index = open_index(settings, embedder=other)
    assert found(index, "依法纳税") >= {"law:一/1"}
    index.close()
    with pytest.raises(IndexMismatchError, match="hashing-2"):
        opened.retriever.retrieve(RetrievalQuery(legs=(QueryLeg(text="算力券"),)), 1)


def test_a_damaged_index_is_rebuilt(
    opened: Index, settings: VectorStoreSettings, embedder: HashingEmbedder
) -> None:
    generations = Generations(settings.data_dir)
    (generations.folder(generations.require_current()) / "manifest.json").write_text("{}")
    with pytest.raises(IndexDamagedError, match="--rebuild"):
        open_writer(settings, embedder=embedder).apply([PLAN])
    open_writer(settings, embedder=embedder, rebuild=True).apply([PLAN])
    assert "plan:一/1" in found(opened, "算力券")


def test_a_fault_while_building_leaves_the_index_serving_and_the_next_run_repairs(
    opened: Index, settings: VectorStoreSettings, embedder: HashingEmbedder
) -> None:
    class Failing(HashingEmbedder):
        def embed_passages(self, texts: object) -> object:  # type: ignore[override]
            raise MemoryError

    before = serving(settings)
    changed = make_document("plan", ["发放模型券。"])
    with pytest.raises(MemoryError):
        open_writer(settings, embedder=Failing()).apply([changed])
    assert serving(settings) == before
    assert "plan:一/3" in found(opened, "引进人才")
    open_writer(settings, embedder=embedder).apply([changed])
    assert "plan:一/1" in found(opened, "模型券")
    assert "plan:一/3" not in found(opened, "引进人才")


@pytest.mark.parametrize("remove", [["nothing"], ["plan", "plan"]])
def test_removing_what_is_not_there_changes_nothing(
    opened: Index, settings: VectorStoreSettings, embedder: HashingEmbedder, remove: list[str]
) -> None:
    before = serving(settings)
    with pytest.raises(UnknownDocumentError):
        open_writer(settings, embedder=embedder).apply([], remove)
    assert serving(settings) == before


def test_contradictory_chunks_are_refused_before_anything_is_written(
    settings: VectorStoreSettings, embedder: HashingEmbedder
) -> None:
    twice = IndexedDocument(document=PLAN.document, chunks=(PLAN.chunks[0], PLAN.chunks[0]))
    with pytest.raises(InvalidChunksError):
        open_writer(settings, embedder=embedder).apply([twice])
    assert not settings.data_dir.exists()


def test_reading_before_the_first_ingest_says_what_to_do(
    settings: VectorStoreSettings, embedder: HashingEmbedder
) -> None:
    with pytest.raises(IndexMissingError, match="python -m ingest add"):
        open_index(settings, embedder=embedder)


def test_old_collections_are_deleted_from_the_server_and_those_of_others_stay(
    chroma_url: str, tmp_path: Path, embedder: HashingEmbedder
) -> None:
    mine = VectorStoreSettings(data_dir=tmp_path / "mine", chroma_url=chroma_url)
    other = mine.model_copy(update={"data_dir": tmp_path / "other"})
    open_writer(other, embedder=embedder).apply([LAW])
    for number in range(4):
        open_writer(mine, embedder=embedder).apply([make_document("plan", [f"第{number}次。"])])
    database = f"{chroma_url}/api/v2/tenants/default_tenant/databases/default_database/collections"
    names = [entry["name"] for entry in httpx.get(database).json()]
    per_index = {
        settings.data_dir.name: [n for n in names if Generations(settings.data_dir).index_id() in n]
        for settings in (mine, other)
    }
    assert {key: len(value) for key, value in per_index.items()} == {"mine": 2, "other": 1}


def test_moving_between_embedded_and_server_is_refused(
    chroma_url: str, tmp_path: Path, embedder: HashingEmbedder
) -> None:
    embedded = VectorStoreSettings(data_dir=tmp_path)
    server = embedded.model_copy(update={"chroma_url": chroma_url})
    for one, other in itertools.permutations((embedded, server)):
        open_writer(one, embedder=embedder, rebuild=True).apply([PLAN])
        with pytest.raises(IndexMismatchError, match=r"store = .*--rebuild"):
            open_retriever(other, embedder=embedder)


def test_a_server_that_does_not_answer_is_named(tmp_path: Path, embedder: HashingEmbedder) -> None:
    settings = VectorStoreSettings(data_dir=tmp_path, chroma_url="http://127.0.0.1:9")
    with pytest.raises(StoreUnreachableError, match=r"127\.0\.0\.1:9"):
        open_writer(settings, embedder=embedder).apply([PLAN])
