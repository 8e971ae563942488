"""Files and folders -> documents with chunks; each bad file is told and leaves the others."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest import messages
from ingest.chunking import index_document
from ingest.document import document_id, read_with_glosses
from ingest.errors import BadInputError
from ingest.formats.kinds import SUFFIXES
from ingest.measures import read_measures
from ingest.receipts import Receipt, Receipts
from ingest.settings import IngestSettings
from vectorstore.models import IndexedDocument
from vectorstore.shelf import Shelf

MEASURES = "measures.yaml"


@dataclass(frozen=True)
class StaleGlosses:
    """Glosses of one document that no longer fit its text."""

    document_id: str
    paths: tuple[str, ...]


@dataclass(frozen=True)
class Taken:
    """What came of the paths.

    Attributes:
        documents: documents to index, each read from disk when it is asked for.
        refusals: one line a refused file.
        stale: glosses that no longer fit.
        receipts: what to keep of the documents once they are in the index.
        unchanged: ids of documents that the index holds as their files are.
    """

    documents: Sequence[IndexedDocument]
    refusals: tuple[str, ...]
    stale: tuple[StaleGlosses, ...]
    receipts: tuple[Receipt, ...]
    unchanged: tuple[str, ...]


def take(
    paths: Sequence[Path],
    settings: IngestSettings,
    receipts: Receipts,
    tell: Callable[[Path], None],
    anew: bool = False,
) -> Taken:
    """Return the documents of files in the order given; `tell` is called before each file is read.

    A second file of the same name and bytes is passed over; one of another content is refused, also where the
    index holds the first as it is. `anew` reads unchanged files too.
    """
    held = {} if anew else receipts.unchanged(paths)
    first = {key: _Source(path, receipts.source(path) or "") for path, key in held.items()}
    documents = Shelf()
    kept: list[Receipt] = []
    refusals: list[str] = []
    stale: list[StaleGlosses] = []
    for path in paths:
        tell(path)
        source = receipts.source(path) or ""
        key = document_id(path.name)
        if path in held or (key in first and source == first[key].digest):
            continue
        try:
            read = read_with_glosses(path, settings)
        except BadInputError as error:
            refusals.append(str(error))
            continue
        if key in first:
            refusals.append(messages.SAME_ID.format(name=path.name, other=first[key].path, document_id=key))
            continue
        first[key] = _Source(path, source)
        documents.append(index_document(read.document, read.wordings, settings.sentence_chunks))
        kept.append(Receipt(document_id=key, digest=read.document.digest, source=source))
        if read.stale_glosses:
            stale.append(StaleGlosses(key, read.stale_glosses))
    unchanged = tuple(dict.fromkeys(held.values()))
    return Taken(documents, tuple(refusals), tuple(stale), tuple(kept), unchanged)


@dataclass(frozen=True)
class _Source:
    """The file that a document of this run came from, and the digest of its bytes."""

    path: Path
    digest: str


def find_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return the files given, and those of the folders given and below them, ordered by path.

    In a folder only files of known formats count, hidden ones and links to folders left out; a folder without
    any stays itself, to be refused.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for file in (_files_below(path) or [path]) if path.is_dir() else [path]:
            found.setdefault(file.absolute(), file)
    return tuple(found.values())


def _files_below(folder: Path) -> list[Path]:
    files: list[Path] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [
            Path(parent, name)
            for name in names
            if Path(name).suffix.lower() in SUFFIXES and not name.startswith((".", "~$"))
        ]
    return sorted(files)


def take_measures(folder: Path) -> tuple[IndexedDocument, ...]:
    """Return the excerpt documents of the measures file that lies beside the documents of a corpus folder.

    They have no chunks: matching reads every measure, and the search of official texts stays as it is
    (with their chunks in the index, 48 of 356 golden answers over the plan read otherwise).

    Raises:
        SettingsError: the file is malformed, or states a number that its own words do not bear out.
    """
    return tuple(
        IndexedDocument(document=document, chunks=()) for document in read_measures(folder / MEASURES)
    )


def corpus_files(folder: Path) -> tuple[Path, ...]:
    """Return the documents of a corpus folder, ordered by path."""
    return tuple(_files_below(folder))
