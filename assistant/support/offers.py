"""Everything that could be offered: measures of the excerpts, and clauses that name a means of policy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count

from pydantic import Field

from assistant.ledger import Ledger
from assistant.support.granting import STATES_SUM, Grant, Receiver, grants_in, needs_of, receiver_of
from assistant.support.rates import RateReader
from assistant.support.rows import Role, TableRow, row_of
from assistant.support.stacking import Rule, rules_in, rules_of
from assistant.support.steps import Rates
from assistant.support.vocabulary import Vocabulary
from vectorstore.measures import Measure, MeasureKind
from vectorstore.models import Clause, Document, Record

_LOCAL_LEVELS = ("市", "区县", "省")
_ENDS = "。;!?\n"
_STATUTE = re.compile("(?:(?<!办)法|条例)(?:\\([^()]*\\))*$")


class Offer(Record):
    """Something offered by one clause: a measure in our own words, or an official clause with instruments."""

    document: Document
    clause: Clause
    measure: Measure | None = Field(default=None, description="None: an official clause, quoted verbatim")
    needs: tuple[str, ...]
    instruments: tuple[str, ...] = ()
    sentence: str = Field(default="", description="of an official clause: the verbatim sentence to quote")
    rules: tuple[Rule, ...] = Field(default=(), description="what its text says on aid had elsewhere")
    grant: Grant | None = Field(default=None, description="the sentence read as one that gives a sum")
    row: TableRow | None = Field(default=None, description="of a row of a table: what its columns hold")
    rates: Rates | None = Field(default=None, description="the shares that the sentence gives, as read")
    number: int = Field(default=1, description="which of the sums that its clause gives, from 1")

    @property
    def clause_id(self) -> str:
        """Return <document_id>:<path>."""
        return f"{self.document.document_id}:{self.clause.path}"

    @property
    def match_id(self) -> str:
        """Return the id of its measure, or of its clause; a second sum of one clause is told apart by #2."""
        if self.measure is not None:
            return self.measure.measure_id
        return self.clause_id if self.number == 1 else f"{self.clause_id}#{self.number}"

    @property
    def states_sum(self) -> bool:
        """Whether it is an official clause that states a sum or a share: its own words must be read."""
        return self.measure is None and (self.row is not None or _states_sum(self.clause))

    @property
    def receiver(self) -> Receiver:
        """Whom the sentence of an official clause gives its sum to."""
        if self.grant is not None:
            return self.grant.receiver
        return receiver_of(self.sentence) if self.sentence and self.states_sum else Receiver.OPEN


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


def topic_of(offer: Offer) -> str:
    """Return what an official clause is called: its means of policy, its heading, else where it stands."""
    heading = offer.clause.heading
    if offer.row is not None and (said := offer.row.said(Role.TOPIC)):
        return said
    if offer.instruments:
        return "、".join(offer.instruments)
    is_bare = not heading or heading == offer.clause.number
    return f"《{offer.document.title}》{offer.clause.heading_path.split(' > ')[-1]}" if is_bare else heading


def quote_of(offer: Offer) -> str:
    """Return the verbatim sentence of an official clause that names a serving instrument; no bare heading."""
    if offer.sentence:
        return offer.sentence
    clause = offer.clause
    sentences = [
        sentence_at(clause.text, one.start - clause.start)
        for one in clause.instruments
        if one.name in offer.instruments
    ]
    telling = [one for one in sentences if one.rstrip("。") != clause.heading]
    return (telling or sentences)[0]


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


def _official(ledger: Ledger, vocabulary: Vocabulary) -> Iterator[Offer]:
    """Yield what the clauses of official texts offer: sums given, and means of policy that serve a need."""
    serving = {name: need.id for need in vocabulary.needs for name in need.instruments}
    reader = RateReader(vocabulary)
    for document in ledger.documents:
        gives = document.level is not None and not _STATUTE.search(document.title)
        is_local = document.level in _LOCAL_LEVELS
        offers = [
            offer
            for clause in document.clauses
            for granted in (tuple(_granted(document, clause, vocabulary, serving, reader)) if gives else (),)
            for offer in (*granted, *(_named(document, clause, serving, granted) if is_local else ()))
        ]
        rules = rules_in(document) if offers else ()
        yield from (offer.model_copy(update={"rules": rules}) for offer in offers)


def _granted(
    document: Document,
    clause: Clause,
    vocabulary: Vocabulary,
    serving: Mapping[str, str],
    reader: RateReader,
) -> Iterator[Offer]:
    """Yield the sums that the sentences of a clause give, for the needs whose words each names."""
    numbers = count(1)
    row = row_of(document, clause)
    for grant in grants_in(clause, row):
        names = _names(clause, serving, grant)
        needs = (*(serving[name] for name in names), *needs_of(grant, vocabulary))
        yield Offer(
            document=document,
            clause=clause,
            needs=tuple(dict.fromkeys(needs)),
            instruments=names,
            sentence=grant.sentence,
            grant=grant,
            rates=reader.read(row.sentence if row else grant.sentence),
            row=row,
            number=next(numbers),
        )


def _named(
    document: Document, clause: Clause, serving: Mapping[str, str], granted: Iterable[Offer]
) -> Iterator[Offer]:
    """Yield a numbered clause that names an instrument which serves a need, where no sum was read with it.

    It lists responsible units, as those of a plan do, or states a sum: a 办法 names who receives applications
    in an article of its own.
    """
    if not clause.numbered or not (clause.units or _states_sum(clause)):
        return
    told = {name for offer in granted for name in offer.instruments}
    names = tuple(name for name in _names(clause, serving) if name not in told)
    needs = tuple(dict.fromkeys(serving[name] for name in names))
    if needs:
        yield Offer(document=document, clause=clause, needs=needs, instruments=names)


def _names(clause: Clause, serving: Mapping[str, str], grant: Grant | None = None) -> tuple[str, ...]:
    """Return the serving instruments that a clause names, or one of its sentences."""
    begin = clause.start + (clause.text.find(grant.sentence) if grant else 0)
    end = begin + len(grant.sentence if grant else clause.text)
    found = (one.name for one in clause.instruments if one.name in serving and begin <= one.start < end)
    return tuple(dict.fromkeys(found))


def _states_sum(clause: Clause) -> bool:
    return bool(STATES_SUM.search(clause.text))
