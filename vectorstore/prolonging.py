"""Documents whose term another document prolongs (有效期延长至…)."""

from __future__ import annotations

from collections.abc import Sequence

from vectorstore.models import Document
from vectorstore.standing_events import stamp, stated_by
from vectorstore.validity import Relation, RelationKind, Standing
from vectorstore.works import Works

_UNTIL_UNKNOWN = "{basis},没有写明延长到哪一天"


def prolonged(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Return the documents, those that another one prolongs with their new last day and where it is from.

    A draft prolongs nothing; the latest day counts.
    """
    if not any(_prolonging(document) for document in documents):
        return tuple(documents)
    works = Works(documents)
    by_id = {document.document_id: document for document in documents}
    for document in documents:
        for relation in _prolonging(document):
            for cited in works.cited(relation, document):
                other = by_id[cited.document_id]
                if stamp(other) <= (stamp(document) or "9999"):
                    by_id[other.document_id] = _with_end(other, document, relation)
    return tuple(by_id.values())


def _prolonging(document: Document) -> tuple[Relation, ...]:
    if document.is_draft or document.is_excerpt:
        return ()
    return tuple(one for one in document.validity.relations if one.kind is RelationKind.PROLONGS)


def _with_end(document: Document, by: Document, relation: Relation) -> Document:
    """Return a document with its new end; where no day is given nobody knows when it ends, or whether."""
    validity, basis = document.validity, stated_by(by, relation)
    old = validity.dates.expires
    if relation.until is not None and old is not None and relation.until <= old:
        return document
    is_by_term = document.status == Standing.IN_FORCE and document.status_basis == validity.expires_basis
    if relation.until is None:
        basis = _UNTIL_UNKNOWN.format(basis=basis)
    dates = validity.dates.model_copy(update={"expires": relation.until})
    status = Standing.IN_FORCE if relation.until else Standing.UNMARKED
    changes: dict[str, object] = {"status": status, "status_basis": basis} if is_by_term else {}
    changes["validity"] = validity.model_copy(update={"dates": dates, "expires_basis": basis})
    return document.model_copy(update=changes)
