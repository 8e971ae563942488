from __future__ import annotations

import pytest

from tests.fakes.vectorstore import make_document
from vectorstore.models import IndexedDocument
from vectorstore.shelf import Documents, Shelf, by_id

ITEMS = [make_document("b", ["一。", "二。"]), make_document("a", ["三〔〕𠮷。"]), make_document("c", [])]


def shelf_of(items: list[IndexedDocument]) -> Shelf:
    shelf = Shelf()
    for item in items:
        shelf.append(item)
    return shelf


def test_documents_come_back_as_they_were_put_down_in_any_order_and_between() -> None:
    shelf = shelf_of(ITEMS[:2])
    assert shelf[1] == ITEMS[1]
    shelf.append(ITEMS[2])
    assert list(shelf) == ITEMS
    assert (shelf[-1], shelf[0], len(shelf)) == (ITEMS[2], ITEMS[0], 3)
    assert shelf[1:] == tuple(ITEMS[1:])


def test_a_place_outside_is_an_index_error() -> None:
    for at in (3, -4):
        with pytest.raises(IndexError):
            shelf_of(ITEMS)[at]


def test_documents_by_id_are_read_only_when_asked_for() -> None:
    read: list[str] = []

    def reading(key: str) -> IndexedDocument:
        read.append(key)
        return ITEMS[0]

    documents = Documents(["x", "y"], reading)
    assert (list(documents), len(documents), "x" in documents, "z" in documents) == (
        ["x", "y"],
        2,
        True,
        False,
    )
    assert read == []
    assert documents["y"] == ITEMS[0]
    assert documents.get("z") is None
    assert read == ["y"]


def test_documents_by_id_are_those_of_the_sequence() -> None:
    assert dict(by_id(shelf_of(ITEMS), ["b", "a", "c"])) == dict(zip(["b", "a", "c"], ITEMS, strict=True))
