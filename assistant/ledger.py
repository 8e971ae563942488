"""What the documents hold as facts rather than prose: targets, counts, units, notice facts, instruments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

import cn2an
from pydantic import Field

from assistant.naming import Naming
from vectorstore.models import (
    Clause,
    ClauseKind,
    Document,
    Fact,
    FactKind,
    Record,
    ResponsibleUnit,
    Target,
)
from vectorstore.standing import StandingBook

_NAMED_COUNT = re.compile(
    "(?P<number>[两三四五六七八九十]+)大(?P<noun>[\u4e00-\u9fff]{2,6}?)(?=[,。;、,;:]|形成|$|的)"
)
_PART_OF_LINE = re.compile("[^。;!?\n]*")


class Place(Record):
    """A clause in its document."""

    document: Document
    clause: Clause

    @property
    def clause_id(self) -> str:
        """Return <document_id>:<path>."""
        return f"{self.document.document_id}:{self.clause.path}"


class LedgerEntry(Place):
    """Something countable that the documents state."""

    indicator: str = Field(description="what is counted, understandable alone")
    value: str = Field(description="verbatim value, or the derived count of clauses")
    number: float
    unit: str
    due: str | None = None
    quote: str = Field(description="verbatim text of the clause that states it")
    target: Target | None = None
    members: tuple[Place, ...] = Field(default=(), description="the clauses counted, for a derived count")


class UnitEntry(Place):
    """A clause that names a unit."""

    unit: ResponsibleUnit
    rank: int = Field(ge=1, description="place in the list of the clause, from 1")


class FactEntry(Place):
    """A fact of the notice of a document, in the clause that holds it."""

    fact: Fact


class Ledger:
    """Reads the annotations of all documents as one ledger; complete by construction."""

    def __init__(self, documents: Iterable[Document], whole: Ledger | None = None) -> None:
        """Take the documents; `whole` is the ledger of all documents where this one is a part of it."""
        everything = tuple(documents)
        self._whole = whole
        self._narrowed = lru_cache(maxsize=64)(self._narrow)
        self.documents: tuple[Document, ...] = tuple(one for one in everything if not one.is_excerpt)
        self.excerpts: tuple[Document, ...] = tuple(one for one in everything if one.is_excerpt)
        """Facts in our own words (要点摘录): never quoted, never searched with the official texts."""

    def narrowed(self, document_ids: frozenset[str]) -> Ledger:
        """Return the ledger of some documents; it still knows where every clause of the whole stands."""
        return self._narrowed(document_ids)

    def _narrow(self, document_ids: frozenset[str]) -> Ledger:
        if all(one.document_id in document_ids for one in self.documents):
            return self
        return Ledger((one for one in self.all_documents if one.document_id in document_ids), self)

    @cached_property
    def all_documents(self) -> tuple[Document, ...]:
        """The official texts, then the facts in our own words."""
        return (*self.documents, *self.excerpts)

    @cached_property
    def explained(self) -> frozenset[str]:
        """Ids of the documents with 通俗解读: what scope and rarity of words were fitted for."""
        return frozenset(
            one.document_id for one in self.documents if any(clause.gloss for clause in one.clauses)
        )

    @cached_property
    def by_document(self) -> Mapping[str, Document]:
        """All documents by id."""
        documents = {document.document_id: document for document in self.all_documents}
        return documents if self._whole is None else self._whole.by_document

    @cached_property
    def standing(self) -> StandingBook:
        """How each document stands on any day."""
        return StandingBook(self.all_documents) if self._whole is None else self._whole.standing

    @cached_property
    def titles(self) -> Naming:
        """Finds the documents that a question names."""
        return Naming(self.all_documents) if self._whole is None else self._whole.titles

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """All citable clauses in document order."""
        return tuple(
            Place(document=document, clause=clause)
            for document in self.documents
            for clause in document.clauses
            if clause.citable
        )

    @cached_property
    def by_id(self) -> Mapping[str, Place]:
        """All citable clauses by <document_id>:<path>."""
        if self._whole is not None:
            return self._whole.by_id
        return {place.clause_id: place for place in self.places}

    @cached_property
    def instrument_names(self) -> tuple[str, ...]:
        """Names of all means of policy, in the order of first mention."""
        names = (one.name for place in self.places for one in place.clause.instruments)
        return tuple(dict.fromkeys(names))

    @cached_property
    def targets(self) -> tuple[LedgerEntry, ...]:
        """All targets in document order."""
        return tuple(
            LedgerEntry(
                document=place.document,
                clause=place.clause,
                indicator=target.indicator,
                value=target.value_text,
                number=target.number,
                unit=target.unit,
                due=target.due,
                quote=target.quote,
                target=target,
            )
            for place in self.places
            for target in place.clause.targets
        )

    @cached_property
    def counts(self) -> tuple[LedgerEntry, ...]:
        """Counts of the numbered clauses under each heading that has some."""
        return tuple(entry for document in self.documents for entry in _heading_counts(document))

    @cached_property
    def named_counts(self) -> tuple[LedgerEntry, ...]:
        """Counts that the text itself names, such as 九大场景."""
        return tuple(entry for place in self.places for entry in _named_counts(place))

    @cached_property
    def unit_names(self) -> tuple[str, ...]:
        """Names of all units, in the order of first mention."""
        names: dict[str, None] = {}
        for entry in self.units:
            names.setdefault(entry.unit.name)
            for included in entry.unit.includes:
                names.setdefault(included)
        return tuple(names)

    @cached_property
    def units(self) -> tuple[UnitEntry, ...]:
        """Every naming of a unit by a clause."""
        return tuple(
            UnitEntry(document=place.document, clause=place.clause, unit=unit, rank=rank)
            for place in self.places
            for rank, unit in enumerate(place.clause.units, start=1)
        )

    @cached_property
    def facts(self) -> tuple[FactEntry, ...]:
        """All facts of notices."""
        entries = []
        for document in self.documents:
            for fact in document.facts:
                clause = document.clause(fact.path)
                if clause is not None and clause.citable:
                    entries.append(FactEntry(document=document, fact=fact, clause=clause))
        return tuple(entries)

    def naming(self, unit: str) -> tuple[UnitEntry, ...]:
        """Return the clauses that name a unit, in document order."""
        return tuple(entry for entry in self.units if entry.unit.name == unit)

    def including(self, unit: str) -> tuple[UnitEntry, ...]:
        """Return the clauses of the umbrella term that expressly includes a unit (含…,下同)."""
        umbrella = next((entry.unit.name for entry in self.units if unit in entry.unit.includes), None)
        return () if umbrella is None else self.naming(umbrella)

    def umbrellas(self) -> tuple[UnitEntry, ...]:
        """Return the clauses whose units are named by umbrella terms only."""
        return tuple(
            entry
            for entry in self.units
            if entry.rank == 1 and all(unit.umbrella for unit in entry.clause.units)
        )

    @property
    def public_numbers(self) -> tuple[str, ...]:
        """Return the telephones that the documents themselves state."""
        return tuple(entry.fact.value for entry in self.facts_of(FactKind.PHONE))

    def facts_of(self, *kinds: FactKind) -> tuple[FactEntry, ...]:
        """Return the facts of some kinds, in the order of the kinds."""
        return tuple(entry for kind in kinds for entry in self.facts if entry.fact.kind is kind)

    def mentioning(self, term: str) -> tuple[Place, ...]:
        """Return the clauses whose text holds a term."""
        return tuple(place for place in self.places if term in place.clause.text)

    def heading(self, document: Document, path: str) -> Place | None:
        """Return the heading node at a path."""
        clause = document.clause(path)
        return Place(document=document, clause=clause) if clause else None


def sentence_around(text: str, fragment: str) -> str:
    """Return the verbatim sentence of a clause text around a fragment, without surrounding white space."""
    start = text.find(fragment)
    if start < 0:
        return fragment
    begin = max(text.rfind(mark, 0, start) for mark in "。;!?\n") + 1
    match = _PART_OF_LINE.match(text, start + len(fragment) - 1)
    end = match.end() if match else start + len(fragment)
    if end < len(text) and text[end] in "。;!?":
        end += 1
    return text[begin:end].strip()


def _heading_counts(document: Document) -> Sequence[LedgerEntry]:
    entries = []
    for clause in document.clauses:
        if clause.kind is not ClauseKind.HEADING:
            continue
        members = tuple(
            Place(document=document, clause=other)
            for other in document.clauses
            if other.numbered and other.path.startswith(f"{clause.path}/")
        )
        if members:
            entries.append(
                LedgerEntry(
                    document=document,
                    clause=clause,
                    indicator=clause.heading,
                    value=str(len(members)),
                    number=len(members),
                    unit="条",
                    quote=clause.text.strip(),
                    members=members,
                )
            )
    return entries


def _named_counts(place: Place) -> Sequence[LedgerEntry]:
    return [
        LedgerEntry(
            document=place.document,
            clause=place.clause,
            indicator=match["noun"],
            value=match.group(),
            number=float(cn2an.cn2an(match["number"].replace("两", "二"), "smart")),
            unit="个",
            quote=sentence_around(place.clause.text, match.group()),
        )
        for match in _NAMED_COUNT.finditer(place.clause.text)
    ]
