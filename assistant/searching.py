"""Searches for a question; one that spans several things is searched for each of them, too."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.dates import AskedDay
from assistant.judging import log_odds
from assistant.ledger import Ledger, LedgerEntry, Place
from assistant.lexicon import Places
from assistant.naming import Named
from assistant.paying import carrying_out, pays
from assistant.phrases import clauses_called
from assistant.references import find_references, headed
from assistant.sectioning import asked_sections, children_of, said_in_text
from assistant.telling import best_strength, in_focus, is_telling, may_tell
from assistant.understanding import Route, Understanding
from assistant.validity import Validity
from vectorstore.models import (
    ClauseKind,
    FactKind,
    Filters,
    QueryLeg,
    RetrievalQuery,
    RetrievedClause,
    SearchResult,
)
from vectorstore.protocols import Retriever

_MOST_PARTS = 3
_OF_EACH_PART = 1
_OF_A_NAMED = 3
_INSIDE = 0.5
_CLEARLY = 0.08
_A_LOGIT = 0.06
"""Of strength (0..1): how much more the others must tell, and how much more still a unit of log-odds of being
about the explained documents. With the plan and 3,419 laws: of 314 golden questions on the plan 309 stay with
it, of 120 unseen ones 119; of 70 unseen ones on everyday law 3 do, of 300 on laws far from it 6. The plateau
is wide: 0.05 to 0.08 a unit keeps 98 % and more."""
_PART_SCORE = 0.9
_AT_HAND = 4
_NEED_SCORE = 0.5
_MOST_BESIDE = 4
_BESIDE = frozenset({Route.COMPARE, Route.UNIT, Route.CONTENT, Route.DEFINITION})
_BEHIND = 0.01


class Searcher:
    """A retriever, asked once for the whole question and once for each thing that a comparison names."""

    def __init__(
        self,
        retriever: Retriever,
        ledger: Ledger,
        k: int,
        confidence: Callable[[Understanding, SearchResult], float] | None = None,
        places: Places | None = None,
        wanted: Callable[[str], Sequence[Sequence[str]]] | None = None,
        refused_below: float = 0.0,
    ) -> None:
        """Take the retriever; `confidence` tells whether a question is about the explained documents.

        Documents of other places answer only where the question names the place. `wanted` tells the means of
        policy that serve each need in a text: 缺订单也缺钱 needs two clauses, and one search finds one.
        Where the confidence lies below `refused_below`, what is only near in others is shown, with doubt.
        """
        self._wanted = wanted
        self._refused_below = refused_below
        self._retriever = retriever
        self._ledger = ledger
        self._k = k
        self._excerpts = frozenset(one.document_id for one in ledger.excerpts)
        self._validity = Validity(ledger, places)
        self._confidence = confidence
        self._home = ledger.explained
        self._others = frozenset(one.document_id for one in ledger.documents) - self._home

    def search(
        self, understanding: Understanding, legs: Sequence[QueryLeg], asked: AskedDay | None = None
    ) -> SearchResult:
        """Return the clauses found, best first, each once.

        What is not in force on the day asked is left out, unless the question names it or asks for history.
        """
        meant = self._validity.documents_of(understanding)
        left_out = self._validity.left_out(meant, asked) if asked else frozenset()
        unreplaced = self._validity.unreplaced(left_out, asked.day) if left_out and asked else frozenset()
        left_out |= self._validity.of_elsewhere(understanding, meant)
        whole = self._chosen(understanding, legs, left_out, meant)
        if unreplaced and not is_telling(whole) and not self._is_home(understanding, whole):
            other = self._chosen(understanding, legs, left_out - unreplaced, meant)
            whole = other if is_telling(other) else whole
        if len(self._ledger.documents) > 1:
            whole = self._with(self._validity.beside(meant, whole, asked, left_out), legs, whole)
        return whole

    def _chosen(
        self, understanding: Understanding, legs: Sequence[QueryLeg], left_out: frozenset[str], meant: Named
    ) -> SearchResult:
        """Return what was found in the explained documents, or in the others where they tell clearly more."""
        if self._confidence is None or not (self._home and self._others):
            return self._whole(understanding, legs, left_out)
        if self._others.intersection(meant.ids):
            return self._whole(understanding, legs, left_out)
        ours = self._whole(understanding, legs, left_out, tuple(sorted(self._home - left_out)))
        contacts = (entry.fact.value for entry in self._ledger.facts_of(FactKind.CONTACT))
        if self._home.intersection(meant.ids) or any(name in understanding.text for name in contacts):
            return ours
        rules = carrying_out(understanding, self._ledger) - left_out
        if rules and may_tell(carried := self._whole(understanding, legs, left_out, tuple(sorted(rules)))):
            return carried
        filters = Filters(without_documents=self._excerpts | left_out | self._home)
        theirs = self._found_in(legs, filters)
        ahead = best_strength(theirs) - best_strength(ours)
        if ahead < _CLEARLY or pays(understanding, theirs, self._ledger) is None:
            confidence = self._confidence(understanding, ours)
            shown = is_telling(theirs) or (confidence < self._refused_below and may_tell(theirs))
            if ahead < _CLEARLY + _A_LOGIT * log_odds(confidence) or not shown:
                return ours
        return self._arranged(understanding, filters, theirs)

    def _is_home(self, understanding: Understanding, whole: SearchResult) -> bool:
        """Whether a question is likely about the explained documents, and was answered from them."""
        if self._confidence is None or any(one.document_id not in self._home for one in whole.clauses):
            return False
        return self._confidence(understanding, whole) >= _INSIDE

    def _with(self, documents: Sequence[str], legs: Sequence[QueryLeg], whole: SearchResult) -> SearchResult:
        """Return what was found with the best clause of each of some documents raised."""
        found = [self._best_of(one, legs) for one in documents]
        kept = [clauses for clauses in found if clauses]
        if not kept:
            return whole
        return whole.model_copy(update={"clauses": _merged(whole.clauses, kept)[: self._k]})

    def _best_of(self, document_id: str, legs: Sequence[QueryLeg]) -> tuple[RetrievedClause, ...]:
        filters = Filters(document_ids=(document_id,))
        query = RetrievalQuery(legs=tuple(legs), filters=filters)
        return self._retriever.retrieve(query, _OF_A_NAMED).clauses

    def _whole(
        self,
        understanding: Understanding,
        legs: Sequence[QueryLeg],
        left_out: frozenset[str],
        only: tuple[str, ...] = (),
    ) -> SearchResult:
        """Search in some documents only, which the index does itself, or in all but those left out."""
        without = frozenset() if only else self._excerpts | left_out
        filters = Filters(document_ids=only, without_documents=without)
        return self._arranged(understanding, filters, self._found_in(legs, filters))

    def _found_in(self, legs: Sequence[QueryLeg], filters: Filters) -> SearchResult:
        return self._retriever.retrieve(RetrievalQuery(legs=tuple(legs), filters=filters), self._k)

    def _arranged(self, understanding: Understanding, filters: Filters, whole: SearchResult) -> SearchResult:
        """Return what was found, led by what is named: side by side, as a heading or number, or one by one.

        What leads counts as found whole, so its scores do not tell how near another document is.
        """
        about = self._ledger.narrowed(in_focus(whole)) if whole.clauses else self._ledger
        beside = self._beside(understanding, about, filters)
        called = (headed(name, about) for name in clauses_called(understanding.text) if beside)
        beside = tuple({one.clause_id: one for one in (*beside, *called) if one is not None}.values())
        if len(beside) > 1:
            return whole.model_copy(update={"clauses": _led_by(beside, whole.clauses)[: self._k]})
        sections = asked_sections(understanding.text, understanding.terms, about)
        named = [place for entry in sections for place in _of_section(entry, about)]
        named = named or list(find_references(understanding.asked, about))
        if named:
            return whole.model_copy(update={"clauses": _led_by(named, whole.clauses)[: self._k]})
        whole = self._with_needs(understanding, whole, about)
        parts = understanding.terms[:_MOST_PARTS] if understanding.route is Route.COMPARE else ()
        if len(parts) < 2 or not whole.clauses:
            return whole
        found = [self._retriever.retrieve(_query(part, filters), _OF_EACH_PART).clauses for part in parts]
        return whole.model_copy(update={"clauses": _merged(whole.clauses, found)[: self._k]})

    def _with_needs(self, understanding: Understanding, whole: SearchResult, about: Ledger) -> SearchResult:
        """Return what was found with a clause for each need of who asks for support, next to the first."""
        if self._wanted is None or understanding.route is not Route.SUPPORT or not whole.clauses:
            return whole
        first = frozenset(found.clause_id for found in whole.clauses[:_AT_HAND])
        raised: dict[str, RetrievedClause] = {}
        for names in self._wanted(understanding.text):
            serving = [place for place in about.places if _offers(place, names)]
            if serving and not any(place.clause_id in first for place in serving):
                raised[serving[0].clause_id] = _found(serving[0], _NEED_SCORE * whole.clauses[0].score)
        if not raised:
            return whole
        return whole.model_copy(
            update={"clauses": _merged(whole.clauses, [tuple(raised.values())])[: self._k]}
        )

    def _beside(self, understanding: Understanding, about: Ledger, filters: Filters) -> tuple[Place, ...]:
        """Return the clauses on the things named side by side; () where one of them has none, or several."""
        if understanding.route not in _BESIDE:
            return ()
        places: dict[str, Place] = {}
        for name in understanding.beside[:_MOST_BESIDE]:
            place = headed(name, about)
            if place is None and len(about.mentioning(name)) <= 1:
                place = self._found_for(name, about, filters)
            if place is None:
                return ()
            places.setdefault(place.clause_id, place)
        return tuple(places.values())

    def _found_for(self, name: str, about: Ledger, filters: Filters) -> Place | None:
        """Return the clause that a search for a name alone finds, where it holds the name."""
        found = self._retriever.retrieve(_query(name, filters), _OF_A_NAMED).clauses
        held = [one for one in found if name in one.clause.text and _tells_of(one)]
        return about.by_id.get(held[0].clause_id) if held else None


def _of_section(entry: LedgerEntry, about: Ledger) -> tuple[Place, ...]:
    """Return what stands under a heading, and where the text says how many these are."""
    said = said_in_text(entry, about)
    return (*((said,) if said else ()), *children_of(entry))


def _tells_of(found: RetrievedClause) -> bool:
    return found.clause.numbered or found.clause.kind is ClauseKind.PARAGRAPH


def _query(part: str, filters: Filters) -> RetrievalQuery:
    return RetrievalQuery(legs=(QueryLeg(text=part, name="part"),), filters=filters)


def _offers(place: Place, names: Sequence[str]) -> bool:
    return place.clause.numbered and any(one.name in names for one in place.clause.instruments)


def _found(place: Place, score: float) -> RetrievedClause:
    """Return a clause that is known to answer as one that was found."""
    return RetrievedClause(
        document_id=place.document.document_id,
        clause=place.clause,
        rank=1,
        score=score,
        lexical=score,
        dense=score,
    )


def led_by_one(place: Place, result: SearchResult) -> SearchResult:
    """Return a search's result led by a clause that is known to be meant."""
    return result.model_copy(update={"clauses": _led_by((place,), result.clauses)})


def _led_by(named: Sequence[Place], whole: Sequence[RetrievedClause]) -> tuple[RetrievedClause, ...]:
    """Return the clauses named by number first, then what was found, far behind."""
    ids = {place.clause_id for place in named}
    first = [_found(place, 1.0) for place in named]
    behind = [
        one.model_copy(update={"score": one.score * _BEHIND}) for one in whole if one.clause_id not in ids
    ]
    return tuple(one.model_copy(update={"rank": rank}) for rank, one in enumerate([*first, *behind], start=1))


def _merged(
    whole: Sequence[RetrievedClause], parts: Sequence[Sequence[RetrievedClause]]
) -> tuple[RetrievedClause, ...]:
    """Return the clauses with those of the parts raised, in the order of score, ranks counted anew."""
    scores = {clause.clause_id: clause.score for clause in whole}
    clauses = {clause.clause_id: clause for clause in whole}
    for found in parts:
        for clause in found:
            known = clauses.setdefault(clause.clause_id, clause)
            scores[clause.clause_id] = max(scores.get(clause.clause_id, 0.0), _PART_SCORE * clause.score)
            clauses[clause.clause_id] = known
    ordered = sorted(clauses, key=lambda clause_id: -scores[clause_id])
    return tuple(
        clauses[clause_id].model_copy(update={"rank": rank, "score": scores[clause_id]})
        for rank, clause_id in enumerate(ordered, start=1)
    )
