"""Documents that are read one at a time: those of a large corpus together fill the memory.

57,000 articles of laws with their chunks were 1 GB of objects; on disk they are 0.4 GB.
"""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import overload

from vectorstore.models import IndexedDocument


class Shelf(Sequence[IndexedDocument]):
    """Documents put down in a file that has no name and goes with the process, however that ends."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  held as long as the shelf
        weakref.finalize(self, self._file.close)
        self._offsets = [0]

    def append(self, item: IndexedDocument) -> None:
        """Put one more document down."""
        line = item.model_dump_json().encode()
        self._file.write(line)
        self._offsets.append(self._offsets[-1] + len(line))

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self._offsets) - 1

    def __iter__(self) -> Iterator[IndexedDocument]:
        """Read the documents in the order in which they were put down."""
        return (self[at] for at in range(len(self)))

    @overload
    def __getitem__(self, at: int) -> IndexedDocument: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[IndexedDocument]: ...
    def __getitem__(self, at: int | slice) -> IndexedDocument | Sequence[IndexedDocument]:
        """Read one document, or several."""
        if isinstance(at, slice):
            return tuple(self[one] for one in range(*at.indices(len(self))))
        row = at + len(self) if at < 0 else at
        if not 0 <= row < len(self):
            raise IndexError(at)
        self._file.flush()
        start, end = self._offsets[row], self._offsets[row + 1]
        return IndexedDocument.model_validate_json(os.pread(self._file.fileno(), end - start, start))


class Documents(Mapping[str, IndexedDocument]):
    """Documents by id, each read when it is asked for."""

    def __init__(self, keys: Iterable[str], read: Callable[[str], IndexedDocument]) -> None:
        """Take the ids in their order, and what reads a document of one of them."""
        self._keys = dict.fromkeys(keys)
        self._read = read

    def __getitem__(self, document_id: str) -> IndexedDocument:
        """Read one document."""
        if document_id not in self._keys:
            raise KeyError(document_id)
        return self._read(document_id)

    def __contains__(self, document_id: object) -> bool:
        """Whether there is such a document; reads none."""
        return document_id in self._keys

    def __iter__(self) -> Iterator[str]:
        """Return the ids in their order."""
        return iter(self._keys)

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self._keys)


def by_id(items: Sequence[IndexedDocument], keys: Sequence[str]) -> Documents:
    """Return documents by their ids, which are given so that none is read for it."""
    at = {key: row for row, key in enumerate(keys)}
    return Documents(at, lambda key: items[at[key]])
