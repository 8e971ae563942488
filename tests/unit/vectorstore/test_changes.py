from __future__ import annotations

import pytest

from tests.fakes.vectorstore import make_document
from vectorstore.changes import check_chunks, merged, report
from vectorstore.errors import InvalidChunksError, UnknownDocumentError
from vectorstore.models import IndexedDocument

OLD = make_document("a", ["一。", "二。", "三。"])
NEW = make_document("a", ["一。", "二改。"])


def test_a_report_counts_clauses_added_changed_unchanged_removed() -> None:
    (line,) = report({"a": OLD}, [NEW], [], {"a": 2})
    assert (line.clauses, line.added, line.changed, line.unchanged, line.removed) == (2, 0, 1, 1, 1)
    assert line.embedded == 2


def test_a_new_document_is_all_added_and_a_removed_one_all_removed() -> None:
    put, taken = report({"b": OLD}, [NEW], ["b"], {})
    assert (put.added, put.removed) == (2, 0)
    assert (taken.document_id, taken.clauses, taken.removed) == ("a", 0, 3)


def test_documents_are_replaced_by_id_and_ordered() -> None:
    other = make_document("b", ["四。"])
    assert list(merged({"b": other}, {"a": NEW}, [])) == ["a", "b"]
    assert merged({"a": OLD, "b": other}, {"a": NEW}, ["b"]) == {"a": NEW}


def test_removing_an_unknown_document_names_it() -> None:
    with pytest.raises(UnknownDocumentError, match=r"^c: "):
        merged({"a": OLD}, {}, ["c"])


def broken(**update: object) -> IndexedDocument:
    return OLD.model_copy(update={"chunks": (OLD.chunks[0].model_copy(update=update), *OLD.chunks[1:])})


@pytest.mark.parametrize(
    ("item", "what"),
    [
        (OLD.model_copy(update={"chunks": (OLD.chunks[0], OLD.chunks[0])}), "twice"),
        (broken(document_id="b"), "not a chunk"),
        (broken(path="九/9"), "not a chunk"),
        (broken(clause_id="a:一/2"), "its id"),
        (broken(chunk_id="a:一/2#clause1"), "its id"),
        (broken(digest="0" * 64), "digest"),
    ],
)
def test_chunks_that_contradict_their_document_are_refused(item: IndexedDocument, what: str) -> None:
    with pytest.raises(InvalidChunksError, match=what):
        check_chunks(item)


def test_chunks_as_ingest_makes_them_are_taken() -> None:
    check_chunks(OLD)
