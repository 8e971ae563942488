"""Searches for a question; one that spans several things is searched for each of them, too."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.understanding import Route, Understanding
from vectorstore.models import QueryLeg, RetrievalQuery, RetrievedClause, SearchResult
from vectorstore.protocols import Retriever

_MOST_PARTS = 3
_OF_EACH_PART = 1
_PART_SCORE = 0.9


class Searcher:
    """A retriever, asked once for the whole question and once for each thing that a comparison names."""

    def __init__(self, retriever: Retriever, k: int) -> None:
        self._retriever = retriever
        self._k = k

    def search(self, understanding: Understanding, legs: Sequence[QueryLeg]) -> SearchResult:
        """Return the clauses found, best first, each once."""
        whole = self._retriever.retrieve(RetrievalQuery(legs=tuple(legs)), self._k)
        parts = understanding.terms[:_MOST_PARTS] if understanding.route is Route.COMPARE else ()
        if len(parts) < 2 or not whole.clauses:
            return whole
        found = [self._retriever.retrieve(_of(part), _OF_EACH_PART).clauses for part in parts]
        return whole.model_copy(update={"clauses": _merged(whole.clauses, found)[: self._k]})


def _of(part: str) -> RetrievalQuery:
    return RetrievalQuery(legs=(QueryLeg(text=part, name="part"),))


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
