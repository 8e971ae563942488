"""Whether a document holds on a given day (效力), from its own words and from the other documents.

A pure reading of the catalog: nothing here knows today's date; the caller names the day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pydantic import Field

from vectorstore.models import Document
from vectorstore.prolonging import prolonged
from vectorstore.records import Record
from vectorstore.standing_events import (
    ENDS,
    INFERRED,
    METADATA_BASIS,
    Event,
    known_from,
    own_events,
    said_standing,
    shift,
    stamp,
    stated_by,
    tells_rewording,
)
from vectorstore.validity import RelationKind, Standing
from vectorstore.works import Works, title_key

__all__ = ["INFERRED", "METADATA_BASIS", "StandingBook", "StandingOn", "standing_on"]

_NOT_BEFORE = INFERRED + "没有写明施行日期,该日尚未发布({day})"
_NEW_WORDING = INFERRED + "这一版文字{day}通过或公布,没有写明它的施行日期"
_EFFECTIVE = "施行日期{day}"
_NEWER = "《{title}》的新版本自{day}起施行"
_NEWER_INFERRED = INFERRED + "《{title}》另有{day}的新版本,没有写明它的施行日期"
_UNTIL_REPEALED = INFERRED + "{basis},此前未见终止"
_UNKNOWN_DAY = INFERRED + "{basis},没有写明从哪天起"

_LATE_DAYS = 60
"""A wording so much later than its 施行日期 is not the first, though the text tells no amendment."""
_NEVER = "9999"
_NO_SUCCESSOR = re.compile(r"废止|失效|停止执行|清理")
"""Titles of decisions that end documents and put nothing in their place."""
_REPEALING = frozenset({RelationKind.REPEALS, RelationKind.SUPERSEDES})


class StandingOn(Record):
    """How a document stands on one day; only 现行有效 may be told as valid, 未标注 is said as such."""

    standing: Standing
    basis: str = Field(description="Chinese: 元数据“有效性”栏…, 第X条写明…, 《…》写明…, or 推定:…")
    inferred: bool = Field(description="true: a conclusion, no word of a document or page; say so")
    since: str | None = Field(default=None, description="ISO, first day of this standing; None: not known")
    until: str | None = Field(default=None, description="ISO, last day of this standing; None: none known")
    by: tuple[str, ...] = Field(
        default=(), description="ids (titles, where not held) of what amended, repealed or superseded it"
    )
    superseded_by: str | None = Field(default=None, description="id of the version to read on that day")
    not_before: str | None = Field(
        default=None, description="ISO, earliest date of a document that did not exist yet on that day"
    )

    @property
    def lacks_force(self) -> bool:
        """Whether it is lapsed, repealed, replaced by a version held here, or not yet in force."""
        if self.standing is Standing.AMENDED:
            return self.superseded_by is not None
        return self.standing in ENDS or self.standing is Standing.PENDING


@dataclass(frozen=True)
class _Start:
    day: str
    basis: str
    inferred: bool


def standing_on(document: Document, day: date, others: Sequence[Document] = ()) -> StandingOn:
    """Return how a document stands on a day, given the other documents that may amend or repeal it."""
    others = tuple(other for other in others if other.document_id != document.document_id)
    return StandingBook((document, *others)).on(document.document_id, day)


class StandingBook:
    """How each document of a catalog stands on any day; versions and links are worked out once."""

    def __init__(self, documents: Sequence[Document]) -> None:
        documents = prolonged(documents)
        self._documents = {document.document_id: document for document in documents}
        self._works = Works(documents)
        self._versions = {one.document_id: _texts(self._works.versions(one)) for one in documents}
        self._starts = {one.document_id: self._start(one) for one in documents}
        self._events: dict[str, list[Event]] = defaultdict(list)
        for document in documents:
            self._events[document.document_id] += [*own_events(document), *self._newer(document)]
            self._tell_others(document)
        self._lacking = lru_cache(maxsize=32)(self._without_force)

    def on(self, document_id: str, day: date) -> StandingOn:
        """Return how a document stands on a day.

        Raises:
            KeyError: The book holds no document of that id.
        """
        document, iso = self._documents[document_id], day.isoformat()
        if document.is_draft:
            found = StandingOn(standing=Standing.DRAFT, basis=document.status_basis, inferred=False)
        else:
            found = self._pending(document, iso) or self._ended(document, iso) or self._holding(document, iso)
        first = known_from(document)
        not_before = first if first and iso < first else None
        return found.model_copy(
            update={"superseded_by": self._to_read(document, iso), "not_before": not_before}
        )

    def without_force(self, day: date) -> frozenset[str]:
        """Return the ids of what is lapsed, repealed, replaced or not yet in force on a day; no drafts."""
        return self._lacking(day)

    def _without_force(self, day: date) -> frozenset[str]:
        return frozenset(key for key in self._documents if self.on(key, day).lacks_force)

    def _start(self, document: Document) -> _Start | None:
        """Return the first day of this wording; a reworded law keeps the first wording's day in its text."""
        dates = document.validity.dates
        first = stamp(document)
        siblings = (other for other in self._versions[document.document_id] if other is not document)
        is_reworded = (
            tells_rewording(document)
            or any("" < stamp(other) < first for other in siblings)
            or (dates.effective or first) < shift(dates.version or first, -_LATE_DAYS)
        )
        if dates.effective and not (is_reworded and dates.version and dates.effective < dates.version):
            basis = document.validity.effective_basis or _EFFECTIVE.format(day=dates.effective)
            return _Start(dates.effective, basis, basis.startswith(INFERRED))
        if is_reworded and dates.version:
            return _Start(dates.version, _NEW_WORDING.format(day=dates.version), inferred=True)
        return _Start(first, _NOT_BEFORE.format(day=first), inferred=True) if first else None

    def _newer(self, document: Document) -> list[Event]:
        """Return what newer versions of the same title do to a document."""
        events = []
        for other in self._versions[document.document_id]:
            start = self._starts[other.document_id]
            if other is document or start is None or not self._precedes(document, other):
                continue
            form = _NEWER_INFERRED if start.inferred else _NEWER
            basis = form.format(title=other.title, day=start.day)
            key = other.document_id
            events.append(Event(start.day, Standing.AMENDED, basis, by=key, replacement=key))
        return events

    def _precedes(self, one: Document, other: Document) -> bool:
        earlier, later = self._order(one), self._order(other)
        return bool(earlier and later) and earlier < later

    def _order(self, document: Document) -> str:
        start = self._starts[document.document_id]
        return max(start.day if start else "", document.validity.dates.version or "")

    def _tell_others(self, document: Document) -> None:
        """Note at other documents what this one says about them; a draft changes nothing."""
        if document.is_draft or document.is_excerpt:
            return
        start, dates = self._starts[document.document_id], document.validity.dates
        own_day = dates.effective or (start.day if start else "")
        own = title_key(document.title)
        for relation in document.validity.relations:
            is_repeal = relation.kind in _REPEALING
            is_own = relation.kind is RelationKind.SUPERSEDES and title_key(relation.title) == own
            if is_own or (not is_repeal and relation.kind is not RelationKind.AMENDS):
                continue
            since, basis = relation.since or own_day, stated_by(document, relation)
            if not (dates.effective or relation.since):
                basis = _UNKNOWN_DAY.format(basis=basis)
            standing = Standing.REPEALED if is_repeal else Standing.AMENDED
            key = document.document_id
            replacement = key if is_repeal and not _NO_SUCCESSOR.search(document.title) else ""
            for other in self._works.cited(relation, document):
                if stamp(other) < min(since or _NEVER, stamp(document) or _NEVER):
                    announced = bool(relation.since) and stamp(document) <= (relation.since or "")
                    event = Event(since, standing, basis, key, replacement, bool(since), announced)
                    self._events[other.document_id].append(event)

    def _pending(self, document: Document, iso: str) -> StandingOn | None:
        start = self._starts[document.document_id]
        if start is None or iso >= start.day:
            return None
        return StandingOn(
            standing=Standing.PENDING, basis=start.basis, inferred=start.inferred, until=shift(start.day, -1)
        )

    def _ended(self, document: Document, iso: str) -> StandingOn | None:
        """Return how it stands by what befell it up to that day: the first end, else the first amendment."""
        past = sorted(self._past(document, iso), key=lambda event: event.since)
        first = next((event for event in past if event.standing in ENDS), past[0] if past else None)
        if first is None:
            return None
        return StandingOn(
            standing=first.standing,
            basis=first.basis,
            inferred=first.basis.startswith(INFERRED),
            since=first.since if first.is_dated else None,
            by=tuple(dict.fromkeys(event.by for event in past if event.by)),
        )

    def _holding(self, document: Document, iso: str) -> StandingOn:
        """Return how it stands while nothing ended it: what the document or its page says of itself."""
        standing, basis = said_standing(document, iso)
        if standing is Standing.UNMARKED:
            standing, basis = self._until_repealed(document, iso) or (standing, basis)
        if standing is not Standing.IN_FORCE:
            return StandingOn(standing=standing, basis=basis, inferred=False)
        start = self._starts[document.document_id]
        later = min((e.since for e in self._events[document.document_id] if e.since > iso), default=None)
        return StandingOn(
            standing=standing,
            basis=basis,
            inferred=basis.startswith(INFERRED),
            since=start.day if start and not start.inferred else None,
            until=shift(later, -1) if later else None,
        )

    def _until_repealed(self, document: Document, iso: str) -> tuple[Standing, str] | None:
        """Return that it still holds where a decision made before ends it on a named later day."""
        if self._starts[document.document_id] is None:
            return None
        for event in self._events[document.document_id]:
            if event.is_announced and event.standing in ENDS and event.since > iso:
                return Standing.IN_FORCE, _UNTIL_REPEALED.format(basis=event.basis)
        return None

    def _to_read(self, document: Document, iso: str) -> str | None:
        """Return the id of the version in force that day, or of what replaced it; None: itself."""
        begun = [one for one in self._versions[document.document_id] if self._has_begun(one, iso)]
        ordered = document.is_draft or bool(self._order(document))
        newest = max(begun, key=lambda one: (self._order(one), one is document), default=document)
        version = newest if ordered else document
        replaced = [event for event in self._past(version, iso) if event.replacement]
        last = max(replaced, key=lambda event: event.since, default=None)
        if last is not None:
            return last.replacement
        return version.document_id if version is not document else None

    def _past(self, document: Document, iso: str) -> list[Event]:
        return [event for event in self._events[document.document_id] if event.since <= iso]

    def _has_begun(self, document: Document, iso: str) -> bool:
        start = self._starts[document.document_id]
        return start is not None and start.day <= iso


def _texts(versions: Sequence[Document]) -> tuple[Document, ...]:
    """Return the versions that can be in force: no drafts, no excerpts in our own words."""
    return tuple(one for one in versions if not one.is_draft and not one.is_excerpt)
