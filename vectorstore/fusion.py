"""How the lexical and the dense leg become one score."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vectorstore.settings import FusionSettings

Scores = NDArray[np.float32]


def share_of(scores: Scores, ideal: float) -> Scores:
    """Return BM25 scores as shares of the score that would hold every word of the question, in 0..1."""
    if ideal <= 0:
        return np.zeros_like(scores)
    shares: Scores = np.clip(scores / np.float32(max(ideal, 1e-6)), np.float32(0), np.float32(1))
    return shares


def filled(dense: Scores, known: NDArray[np.bool_]) -> Scores:
    """Return similarities in 0..1; clauses that the dense leg did not return have the lowest it returned."""
    lowest = max(0.0, float(dense[known].min())) if known.any() else 0.0
    whole: Scores = np.clip(np.where(known, dense, np.float32(lowest)), np.float32(0), np.float32(1))
    return whole


def by_rank(scores: Scores, known: NDArray[np.bool_], k: int) -> Scores:
    """Return (k + 1) / (k + rank) of the known scores, so that the first has 1; unknown ones become 0."""
    out = np.zeros_like(scores)
    positions = np.flatnonzero(known)
    order = positions[np.argsort(-scores[positions], kind="stable")]
    out[order] = (k + 1) / (k + 1 + np.arange(len(order), dtype=np.float32))
    return out


def dense_weight(best_share: float, settings: FusionSettings) -> float:
    """Return the dense leg's weight, given the share of the question's words in the clause that has most."""
    if settings.lexical_weight <= 0:
        return settings.dense_weight
    lacking: float = 1.0 - min(1.0, best_share)
    return settings.dense_weight * float(lacking**settings.falloff)


def fuse(lexical: Scores, dense: Scores, known: NDArray[np.bool_], settings: FusionSettings) -> Scores:
    """Return the fused scores of all clauses in 0..1.

    Both legs count as they are, not stretched to the best that was found: a question in words that no
    clause holds has low lexical shares everywhere, and the similarities decide.

    Args:
        lexical: (n,) BM25 scores as `share_of` gives them, 0 where no word is shared.
        dense: (n,) cosine similarities; only those marked in `known` count.
        known: (n,) which clauses the dense leg returned.
        settings: the method and its weights.
    """
    words = settings.lexical_weight
    meaning = dense_weight(float(lexical.max(initial=0.0)), settings)
    if settings.method == "rrf":
        left, right = by_rank(lexical, lexical > 0, settings.rrf_k), by_rank(dense, known, settings.rrf_k)
    else:
        left, right = lexical, filled(dense, known)
    total = words + meaning
    fused: Scores = np.float32(words / total) * left + np.float32(meaning / total) * right
    fused[(lexical <= 0) & ~known] = 0
    return fused


def top(scores: Scores, k: int) -> NDArray[np.intp]:
    """Return the positions of the k highest scores above zero, best first; ties keep their order."""
    positive = np.flatnonzero(scores > 0)
    if k <= 0:
        return positive[:0]
    if k < len(positive):
        held = scores[positive]
        positive = positive[held >= np.partition(held, len(held) - k)[len(held) - k]]
    return positive[np.argsort(-scores[positive], kind="stable")][:k]


def dealt_out(
    rows: NDArray[np.intp], order: NDArray[np.intp], scores: Scores
) -> tuple[NDArray[np.intp], Scores]:
    """Return rows in a new order, and scores in which theirs are dealt out anew among them.

    So a score keeps its meaning, and falls with the order.

    Args:
        rows: (n,) candidates.
        order: (n,) positions in `rows`, best first.
        scores: (n_passages,) the scores so far.
    """
    best = rows[order]
    dealt = scores.copy()
    dealt[best] = np.sort(scores[rows])[::-1]
    return best, dealt
