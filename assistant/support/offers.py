"""Everything that could be offered: measures of the excerpts, and clauses that name a means of policy."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pydantic import Field

from assistant.ledger import Ledger
from assistant.support.stacking import Rule, rules_in, rules_of
from assistant.support.vocabulary import Vocabulary
from vectorstore.measures import Measure, MeasureKind
from vectorstore.models import Clause, Document, Record

_LOCAL_LEVELS = ("市", "区县", "省")
_ENDS = "。;!?\n"
_STATES_SUM = re.compile(r"\d[\d.,]*\s?[万亿]?元|\d[\d.]*\s?%|百分之|[一二两三四五六七八九十百千]+万?元")


class Offer(Record):
    """Something offered by one clause: a measure in our own words, or an official clause with instruments."""

    document: Document
    clause: Clause
    measure: Measure | None = Field(default=None, description="None: an official clause, quoted verbatim")
    needs: tuple[str, ...]
    instruments: tuple[str, ...] = ()
    sentence: str = Field(default="", description="of an official clause: the verbatim sentence to quote")
    rules: tuple[Rule, ...] = Field(default=(), description="what its text says on aid had elsewhere")

    @property
    def clause_id(self) -> str:
        """Return <document_id>:<path>."""
        return f"{self.document.document_id}:{self.clause.path}"

    @property
    def states_sum(self) -> bool:
        """Whether it is an official clause that states a sum or a share: its own words must be read."""
        return self.measure is None and _states_sum(self.clause)


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
        Offer(
            document=place.document,
            clause=place.clause,
            needs=(),
            sentence=one.sentence,
            rules=rules_in(place.document),
        )
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
                yield Offer(
                    document=document, clause=clause, measure=measure, needs=measure.needs,
                    rules=rules_of(measure),
                )  # fmt: skip


def _official(ledger: Ledger, vocabulary: Vocabulary) -> Iterable[Offer]:
    """Yield the numbered clauses of local policies (no laws) that name an instrument which serves a need.

    They list responsible units, as those of a plan do, or state a sum: a 办法 names who receives applications
    in an article of its own.
    """
    serving = {name: need.id for need in vocabulary.needs for name in need.instruments}
    for document in ledger.documents:
        if document.level not in _LOCAL_LEVELS:
            continue
        rules = rules_in(document)
        for clause in document.clauses:
            if not clause.numbered or not (clause.units or _states_sum(clause)):
                continue
            names = tuple(dict.fromkeys(one.name for one in clause.instruments if one.name in serving))
            needs = tuple(dict.fromkeys(serving[name] for name in names))
            if needs:
                yield Offer(document=document, clause=clause, needs=needs, instruments=names, rules=rules)


def _states_sum(clause: Clause) -> bool:
    return bool(_STATES_SUM.search(clause.text))
