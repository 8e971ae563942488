"""Paths given on the command line -> documents with chunks; each bad file is told and leaves the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest import messages
from ingest.chunking import index_document
from ingest.document import read_with_glosses
from ingest.errors import BadInputError
from ingest.formats.kinds import SUFFIXES
from ingest.measures import read_measures
from ingest.settings import IngestSettings
from vectorstore.models import IndexedDocument

MEASURES = "measures.yaml"


@dataclass(frozen=True)
class StaleGlosses:
    """Glosses of one document that no longer fit its text."""

    document_id: str
    paths: tuple[str, ...]


@dataclass(frozen=True)
class Taken:
    """What came of the paths: documents to index, one line a refused file, stale glosses."""

    documents: tuple[IndexedDocument, ...]
    refusals: tuple[str, ...]
    stale: tuple[StaleGlosses, ...]


def take(paths: Sequence[Path], settings: IngestSettings, tell: Callable[[Path], None]) -> Taken:
    """Return the documents of files in the order given; `tell` is called before each file is read."""
    documents: dict[str, IndexedDocument] = {}
    sources: dict[str, Path] = {}
    refusals: list[str] = []
    stale: list[StaleGlosses] = []
    for path in paths:
        tell(path)
        try:
            read = read_with_glosses(path, settings)
        except BadInputError as error:
            refusals.append(str(error))
            continue
        key = read.document.document_id
        if key in sources:
            if sources[key].resolve() != path.resolve():
                refusals.append(messages.SAME_ID.format(name=path.name, other=sources[key], document_id=key))
            continue
        sources[key] = path
        documents[key] = index_document(read.document, read.wordings, settings.sentence_chunks)
        if read.stale_glosses:
            stale.append(StaleGlosses(key, read.stale_glosses))
    return Taken(tuple(documents.values()), tuple(refusals), tuple(stale))


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
    """Return the documents of a corpus folder, ordered by name."""
    return tuple(sorted(path for path in folder.glob("*") if path.suffix.lower() in SUFFIXES))
