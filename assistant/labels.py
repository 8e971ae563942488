"""How a document is called in an answer: its title, and its day where several versions are held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from vectorstore.models import Document
from vectorstore.standing_events import stamp
from vectorstore.works import title_key

_VERSION = "({day}版)"


def labels_of(documents: Iterable[Document]) -> Mapping[str, str]:
    """Return the label of each document by its id; versions of one title are told apart by their day."""
    return {one.document_id: f"《{one.title}》{version}" for one, version in _versions(documents)}


def titles_of(documents: Iterable[Document]) -> Mapping[str, str]:
    """Return the title of each document by its id, with the day where several versions are held."""
    return {one.document_id: f"{one.title}{version}" for one, version in _versions(documents)}


def _versions(documents: Iterable[Document]) -> Iterable[tuple[Document, str]]:
    held = tuple(documents)
    known = Counter(title_key(document.title) for document in held)
    for document in held:
        day = stamp(document)
        several = known[title_key(document.title)] > 1
        yield document, _VERSION.format(day=day) if several and day else ""
