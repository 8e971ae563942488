"""How much a found clause tells of a question, the same for every document of the index."""

from __future__ import annotations

from vectorstore.models import RetrievedClause, SearchResult

TELLING = 0.40
_LEXICAL_SHARE = 0.5
_NEAR = 0.8


def strength(found: RetrievedClause) -> float:
    """Return the mean of shared words and closeness in meaning, about 0..1."""
    return _LEXICAL_SHARE * found.lexical + (1 - _LEXICAL_SHARE) * max(found.dense, 0.0)


def is_telling(result: SearchResult) -> bool:
    """Whether some clause of a search holds enough of what the question asks to answer it."""
    return any(strength(found) >= TELLING for found in result.clauses[:3])


def in_focus(result: SearchResult) -> frozenset[str]:
    """Return the ids of the documents that a question is about: of the best clause and of those near it."""
    if not result.clauses:
        return frozenset()
    floor = _NEAR * result.clauses[0].score
    return frozenset(found.document_id for found in result.clauses if found.score >= floor)
