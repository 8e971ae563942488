"""Documents whose term another document prolongs: 有效期延长至…, 有效期延长2年, 自到期之日起续延三年."""

from __future__ import annotations

from collections.abc import Sequence

from vectorstore.models import Document
from vectorstore.spans import last_day
from vectorstore.standing_events import INFERRED, shift, stamp, stated_by
from vectorstore.validity import Extension, Relation, RelationKind, Standing
from vectorstore.works import Works, title_key

_UNTIL_UNKNOWN = "{basis},没有写明延长到哪一天"
_RECKONED = "{basis},从{begin}起算到{day}"


def prolonged(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Return the documents, those that another one prolongs with their new last day and where it is from.

    A draft prolongs nothing; the latest day counts. One notice prolongs a document once, though it says so
    twice or is held twice; the notices count in the order of their days.
    """
    if not any(_prolonging(document) for document in documents):
        return tuple(documents)
    works = Works(documents)
    by_id = {document.document_id: document for document in documents}
    done: set[tuple[str, str, str]] = set()
    for document in sorted(documents, key=lambda one: stamp(one) or "9999"):
        for relation in _prolonging(document):
            for cited in works.cited(relation, document):
                other = by_id[cited.document_id]
                key = (other.document_id, title_key(document.title), stamp(document))
                if key not in done and stamp(other) <= (stamp(document) or "9999"):
                    by_id[other.document_id] = _with_end(other, document, relation)
                    done.add(key)
    return tuple(by_id.values())


def _prolonging(document: Document) -> tuple[Relation, ...]:
    """Return what a document prolongs, that which gives a day first, then a length, then neither."""
    if document.is_draft or document.is_excerpt:
        return ()
    found = (one for one in document.validity.relations if one.kind is RelationKind.PROLONGS)
    return tuple(sorted(found, key=lambda one: (one.until is None, one.extension is None)))


def _with_end(document: Document, by: Document, relation: Relation) -> Document:
    """Return a document with its new end; where no day is given nobody knows when it ends, or whether."""
    validity = document.validity
    until, basis = _end(document, stated_by(by, relation), relation)
    old = validity.dates.expires
    if until is not None and old is not None and until <= old:
        return document
    is_by_term = document.status == Standing.IN_FORCE and document.status_basis == validity.expires_basis
    dates = validity.dates.model_copy(update={"expires": until})
    status = Standing.IN_FORCE if until else Standing.UNMARKED
    changes: dict[str, object] = {"status": status, "status_basis": basis} if is_by_term else {}
    changes["validity"] = validity.model_copy(update={"dates": dates, "expires_basis": basis})
    return document.model_copy(update=changes)


def _end(document: Document, basis: str, relation: Relation) -> tuple[str | None, str]:
    """Return the new last day, None where it is not known, and where it is from."""
    if relation.until is not None:
        return relation.until, basis
    extension = relation.extension
    begin = _begin(document, extension) if extension else None
    if extension is None or begin is None:
        return None, _UNTIL_UNKNOWN.format(basis=basis)
    day = last_day(begin, extension.count, extension.unit)
    is_said = extension.from_end or extension.start == begin or extension.is_total
    reckoned = _RECKONED.format(basis=basis, begin=begin, day=day)
    return day, reckoned if is_said else INFERRED + reckoned


def _begin(document: Document, extension: Extension) -> str | None:
    """Return the first day that an extension counts from: as the words say, else behind the old end."""
    dates = document.validity.dates
    if extension.is_total:
        return dates.effective
    behind = shift(dates.expires, 1) if dates.expires else None
    if extension.start and not extension.from_end and (behind is None or extension.start >= behind):
        return extension.start
    return behind
