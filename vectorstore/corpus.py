"""Which documents an index, an answer or a run was made from, as one digest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from vectorstore.records import text_digest


class Digested(Protocol):
    """A document, or what a server tells of one."""

    @property
    def document_id(self) -> str:
        """Return its lasting id."""
        ...

    @property
    def digest(self) -> str:
        """Return the SHA-256 of its text."""
        ...


def corpus_digest(documents: Iterable[Digested]) -> str:
    """Return the SHA-256 of the documents' ids and digests, whatever their order."""
    return text_digest("\n".join(sorted(f"{one.document_id} {one.digest}" for one in documents)))
