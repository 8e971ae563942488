"""File -> Document: text, clause tree, annotations, provenance."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest import messages
from ingest.annotations import annotate
from ingest.clauses import outline
from ingest.errors import NoClauseError, TreeMismatchError
from ingest.formats.reading import read_source
from ingest.formats.source import SourceText
from ingest.glosses import attach, read_glosses
from ingest.notice import find_facts
from ingest.provenance import read_provenance
from ingest.settings import IngestSettings
from ingest.wordings import Asked, fit, read_wordings
from vectorstore.models import Clause, Document, text_digest


@dataclass(frozen=True)
class ReadDocument:
    """A document and the paths of glosses that no longer fit its text."""

    document: Document
    stale_glosses: tuple[str, ...] = ()
    wordings: Mapping[str, tuple[Asked, ...]] = field(default_factory=dict)


def read_document(path: Path, settings: IngestSettings | None = None) -> Document:
    """Return the document of a file.

    Raises:
        BadInputError: the file cannot be taken in; the message says why and what to do.
    """
    return read_with_glosses(path, settings or IngestSettings()).document


def read_with_glosses(path: Path, settings: IngestSettings) -> ReadDocument:
    """Return the document of a file with its glosses attached, and which glosses are stale."""
    document = document_of(read_source(path, settings), path.name)
    glossed = attach(document.clauses, read_glosses(settings.glosses_dir, document.document_id))
    fitting = fit(document.clauses, read_wordings(settings.wordings_dir, document.document_id))
    return ReadDocument(
        document.model_copy(update={"clauses": glossed.clauses}),
        tuple(dict.fromkeys((*glossed.stale, *fitting.stale))),
        fitting.by_path,
    )


def parse_document(text: str, source_name: str) -> Document:
    """Return the document of a plain text; `source_name` gives its id and stands in messages."""
    return document_of(SourceText(text=text, format="text"), source_name)


def document_of(source: SourceText, source_name: str) -> Document:
    """Return the document of what a file holds; `source_name` gives its id and stands in messages."""
    text = source.text
    tree = outline(text, source.title)
    is_titled = source.title is not None and tree.paragraphs > 0
    if not (tree.is_official or is_titled):
        raise NoClauseError(messages.NO_CLAUSE.format(name=source_name))
    clauses = tuple(annotate(text, tree))
    check_tree(text, clauses, source_name)
    facts = find_facts(clauses)
    stem = Path(source_name).stem
    title = source.title or tree.title or stem
    provenance = read_provenance(clauses, facts, title, source.metadata, source_name)
    return Document(
        document_id=document_id(source_name),
        title=title,
        status=provenance.status,
        status_basis=provenance.status_basis,
        issuer=provenance.issuer,
        number=provenance.number,
        level=provenance.level,
        region=provenance.region,
        published=provenance.published,
        comment_deadline=provenance.comment_deadline,
        validity=provenance.validity,
        flags=tuple(dict.fromkeys((*source.flags, *provenance.flags))),
        url=source.url,
        attachments=source.attachments,
        format=source.format,
        recognition=source.recognition,
        source_name=source_name,
        digest=text_digest(text),
        clauses=clauses,
        facts=facts,
        dates=tuple(fact for fact in facts if fact.date),
    )


def document_id(source_name: str) -> str:
    """Return the lasting id of a file's document: its stem, other than letters, digits and `._` as `-`."""
    stem = unicodedata.normalize("NFKC", Path(source_name).stem)
    return re.sub(r"[^\w.]+", "-", stem).strip("-.") or "document"


def check_tree(text: str, clauses: Sequence[Clause], source_name: str) -> None:
    """Refuse clauses that do not give the text back character for character.

    Raises:
        TreeMismatchError: names the first line and the nearby text where they part.
    """
    position = 0
    for clause in clauses:
        is_true = clause.start == position and text[clause.start : clause.end] == clause.text
        if not is_true or clause.end < clause.start:
            break
        position = clause.end
    else:
        if position == len(text):
            return
    line = text.count("\n", 0, position) + 1
    nearby = " ".join(text[position : position + 20].split())
    raise TreeMismatchError(messages.MISMATCH.format(name=source_name, line=line, nearby=nearby))
