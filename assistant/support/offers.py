"""Everything that could be offered: measures of the excerpts, and clauses that name a means of policy."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from assistant.ledger import Ledger
from assistant.support.vocabulary import Vocabulary
from vectorstore.measures import Measure, MeasureKind
from vectorstore.models import Clause, Document, Record

_LOCAL_LEVELS = ("市", "区县", "省")
_ENDS = "。;!?\n"


class Offer(Record):
    """Something offered by one clause: a measure in our own words, or an official clause with instruments."""

    document: Document
    clause: Clause
    measure: Measure | None = Field(default=None, description="None: an official clause, quoted verbatim")
    needs: tuple[str, ...]
    instruments: tuple[str, ...] = ()
    sentence: str = Field(default="", description="of an official clause: the verbatim sentence to quote")

    @property
    def clause_id(self) -> str:
        """Return <document_id>:<path>."""
        return f"{self.document.document_id}:{self.clause.path}"


class Found(Record):
    """An official clause that a search found, with its best sentence."""

    clause_id: str
    sentence: str


def sentence_at(text: str, position: int) -> str:
    """Return the verbatim sentence of a text around a position, without surrounding white space."""
    begin = max(text.rfind(mark, 0, position) for mark in _ENDS) + 1
    ends = [found for mark in _ENDS if (found := text.find(mark, position)) >= 0]
    end = min(ends, default=len(text))
    return text[begin : end + (end < len(text) and text[end] != "\n")].strip()


def offers_found(found: Iterable[Found], ledger: Ledger) -> tuple[Offer, ...]:
    """Return the found clauses of local policies as offers, without needs of their own."""
    places = [(one, ledger.by_id[one.clause_id]) for one in found if one.clause_id in ledger.by_id]
    return tuple(
        Offer(document=place.document, clause=place.clause, needs=(), sentence=one.sentence)
        for one, place in places
        if place.document.level in _LOCAL_LEVELS
    )


def offers_of(ledger: Ledger, vocabulary: Vocabulary) -> tuple[Offer, ...]:
    """Return every offer: official clauses first, then the excerpts, in the order of their documents."""
    return (*_official(ledger, vocabulary), *_excerpts(ledger))


def _excerpts(ledger: Ledger) -> Iterable[Offer]:
    for document in ledger.excerpts:
        for clause in document.clauses:
            if clause.measure is not None and clause.measure.kind is not MeasureKind.DUTY:
                measure = clause.measure
                yield Offer(document=document, clause=clause, measure=measure, needs=measure.needs)


def _official(ledger: Ledger, vocabulary: Vocabulary) -> Iterable[Offer]:
    """Yield the numbered clauses of local policies (no laws) that name an instrument which serves a need."""
    serving = {name: need.id for need in vocabulary.needs for name in need.instruments}
    for document in ledger.documents:
        if document.level not in _LOCAL_LEVELS:
            continue
        for clause in document.clauses:
            if not clause.numbered or not clause.units:
                continue
            names = tuple(dict.fromkeys(one.name for one in clause.instruments if one.name in serving))
            needs = tuple(dict.fromkeys(serving[name] for name in names))
            if needs:
                yield Offer(document=document, clause=clause, needs=needs, instruments=names)
