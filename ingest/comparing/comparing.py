"""Two documents -> their differences, clause by clause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from ingest.comparing.aligning import Pair, align, moved, words_of
from ingest.comparing.models import (
    Change,
    ClauseChange,
    ClauseSide,
    Counts,
    DocumentDiff,
    DocumentSide,
)
from ingest.comparing.values import changed_values
from ingest.comparing.wording import compare_words
from vectorstore.models import Clause, Document
from vectorstore.standing import StandingOn, standing_on


def compare(before: Document, after: Document, day: date) -> DocumentDiff:
    """Return the differences of two documents, in the order of the second, with how both stand on a day."""
    pairs = align(before.clauses, after.clauses)
    out_of_order = moved(pairs)
    rows = tuple(_row(pair, before.clauses, after.clauses, pair in out_of_order) for pair in pairs)
    counts = Counter(row.change.value for row in rows)
    return DocumentDiff(
        before=_document(before, standing_on(before, day, (after,))),
        after=_document(after, standing_on(after, day, (before,))),
        counts=Counts(**counts, moved=len(out_of_order)),
        rows=rows,
    )


def _row(pair: Pair, before: Sequence[Clause], after: Sequence[Clause], is_moved: bool) -> ClauseChange:
    old = before[pair.before] if pair.before is not None else None
    new = after[pair.after] if pair.after is not None else None
    change = _change(old, new)
    return ClauseChange(
        change=change,
        is_moved=is_moved,
        before=_side(old) if old else None,
        after=_side(new) if new else None,
        segments=compare_words(old.text if old else "", new.text if new else ""),
        values=changed_values(old, new) if old and new and change is Change.CHANGED else (),
    )


def _change(old: Clause | None, new: Clause | None) -> Change:
    if old is None:
        return Change.ADDED
    if new is None:
        return Change.REMOVED
    if words_of(old) != words_of(new):
        return Change.CHANGED
    return Change.UNCHANGED if old.path == new.path else Change.RENUMBERED


def _side(clause: Clause) -> ClauseSide:
    return ClauseSide(path=clause.path, heading_path=clause.heading_path, kind=clause.kind, text=clause.text)


def _document(document: Document, on: StandingOn) -> DocumentSide:
    return DocumentSide(
        document_id=document.document_id,
        title=document.title,
        status=on.standing.value,
        status_basis=on.basis,
        number=document.number,
        effective=document.validity.dates.effective,
        version=document.validity.dates.version,
        source_name=document.source_name,
    )
