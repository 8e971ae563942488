"""Which documents a question may be answered from on the day that it asks about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from assistant.dates import AskedDay
from assistant.entities import find_elsewhere
from assistant.ledger import Ledger
from assistant.lexicon import Places
from assistant.naming import Named
from assistant.understanding import Understanding
from vectorstore.models import Document, SearchResult
from vectorstore.works import title_key

_MOST_NAMED = 3
_DAYS_KEPT = 16


class Validity:
    """Leaves out what has no force on a day, unless the question names it or asks for history."""

    def __init__(self, ledger: Ledger, places: Places | None = None) -> None:
        """Take the ledger; `places` tells which documents are of elsewhere: they answer only if named."""
        self._ledger = ledger
        self._elsewhere = {
            one.document_id: named
            for one in ledger.documents
            if places and (named := find_elsewhere(one.region or "", places))
        }
        self._texts = frozenset(one.document_id for one in ledger.documents)
        self.unreplaced = lru_cache(maxsize=_DAYS_KEPT)(self._unreplaced)
        """What was left out although nothing stands in its place on a day: ids, from ids and the day."""

    def documents_of(self, understanding: Understanding) -> Named:
        """Return the documents that a question, or else the turns that it leans on, name."""
        for text in (understanding.text, *understanding.context):
            named = self._ledger.titles.find(text)
            if named.documents:
                return named
        return Named()

    def left_out(self, named: Named, asked: AskedDay) -> frozenset[str]:
        """Return the ids of the documents that may not answer."""
        if asked.history:
            return frozenset()
        lacking = self._ledger.standing.without_force(asked.day)
        return (lacking & self._texts) - named.versions - self._only_lapsed(named, lacking)

    def of_elsewhere(self, understanding: Understanding, named: Named) -> frozenset[str]:
        """Return the ids of the documents of other places than those that the question names."""
        asked = set(understanding.elsewhere)
        away = frozenset(key for key, places in self._elsewhere.items() if asked.isdisjoint(places))
        return away - frozenset(named.ids) if away else away

    def _unreplaced(self, left_out: frozenset[str], day: date) -> frozenset[str]:
        book = self._ledger.standing
        return frozenset(one for one in left_out if book.on(one, day).superseded_by is None)

    def beside(
        self, named: Named, found: SearchResult, asked: AskedDay | None, left_out: frozenset[str]
    ) -> tuple[str, ...]:
        """Return the ids of documents to search in, too: those named, and for history all versions."""
        wanted = [one for one in named.documents if not one.is_excerpt and one.document_id not in left_out]
        if asked and asked.history and found.clauses:
            best = self._ledger.by_document[found.clauses[0].document_id]
            wanted += self._versions(best)
        ids = dict.fromkeys(one.document_id for one in wanted[:_MOST_NAMED])
        return tuple(ids)

    def _only_lapsed(self, named: Named, lacking: frozenset[str]) -> frozenset[str]:
        """Return the ids of named documents of which no version is in force."""
        living = {title_key(one.title) for one in named.documents if one.document_id not in lacking}
        return frozenset(one.document_id for one in named.documents if title_key(one.title) not in living)

    def _versions(self, document: Document) -> Sequence[Document]:
        key = title_key(document.title)
        return [one for one in self._ledger.documents if title_key(one.title) == key]
