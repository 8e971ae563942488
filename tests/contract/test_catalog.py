"""What every Catalog does."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from tests.fakes.vectorstore import HashingEmbedder, make_document
from vectorstore.catalog import CatalogWriter, EmptyCatalog, FileCatalog
from vectorstore.factory import open_catalog, open_writer
from vectorstore.models import IndexedDocument
from vectorstore.protocols import Catalog
from vectorstore.settings import VectorStoreSettings

DOCUMENTS = (
    make_document("a", ["第一条。\n", "第二条:“引号”\u2028与行\r\n。"], glosses=[None, "说白了"]),
    make_document("b", ["另一件。"]),
)


def in_files(folder: Path) -> Catalog:
    with closing(CatalogWriter(folder / "catalog")) as writer:
        for item in DOCUMENTS:
            writer.write(item)
    return FileCatalog(folder / "catalog")


def serving(folder: Path) -> Catalog:
    settings = VectorStoreSettings(data_dir=folder / "data")
    catalog = open_catalog(settings)
    open_writer(settings, embedder=HashingEmbedder()).apply(DOCUMENTS[::-1])
    return catalog


@pytest.fixture(params=[in_files, serving], ids=["files", "serving"])
def catalog(request: pytest.FixtureRequest, tmp_path: Path) -> Catalog:
    made: Catalog = request.param(tmp_path)
    return made


def test_documents_come_ordered_by_id_and_whole(catalog: Catalog) -> None:
    assert catalog.documents() == tuple(item.document for item in DOCUMENTS)


@pytest.mark.parametrize("item", DOCUMENTS, ids=lambda item: item.document.document_id)
def test_a_document_and_its_chunks_are_found_by_id(catalog: Catalog, item: IndexedDocument) -> None:
    assert catalog.document(item.document.document_id) == item.document
    assert catalog.chunks(item.document.document_id) == item.chunks


def test_an_unknown_document_is_none_and_has_no_chunks(catalog: Catalog) -> None:
    assert catalog.document("c") is None
    assert catalog.chunks("c") == ()


@pytest.mark.parametrize(
    "make", [lambda path: EmptyCatalog(), lambda path: open_catalog(VectorStoreSettings(data_dir=path))]
)
def test_the_catalog_before_the_first_ingest_is_empty(make: object, tmp_path: Path) -> None:
    catalog: Catalog = make(tmp_path)  # type: ignore[operator]
    assert catalog.documents() == ()
    assert catalog.document("a") is None
    assert catalog.chunks("a") == ()
