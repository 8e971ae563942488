"""How the lexical and the dense leg become one score."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vectorstore.settings import FusionSettings

Scores = NDArray[np.float32]


def dense_weight(coverage: float, settings: FusionSettings) -> float:
    """Return the dense leg's weight in 0..1; it falls with the share of the question's words in the corpus.

    Words that the corpus knows are found by BM25; a question in other words is left to the dense leg.

    Args:
        coverage: idf-weighted share of the question's words that occur in the corpus, 0..1.
        settings: base and slope; docs/adr/0002-fusion.md says how they were set.
    """
    return min(1.0, max(0.0, settings.dense_base - settings.dense_slope * coverage))


def by_maximum(scores: Scores) -> Scores:
    """Return scores divided by their maximum, in 0..1; all zeros where nothing is above zero."""
    highest = float(scores.max(initial=0.0))
    if highest <= 0:
        return np.zeros_like(scores)
    shares: Scores = np.maximum(scores / np.float32(highest), np.float32(0))
    return shares


def by_range(scores: Scores, known: NDArray[np.bool_]) -> Scores:
    """Return scores mapped to 0..1 by the lowest and highest of the known ones; unknown ones become 0."""
    out = np.zeros_like(scores)
    if not known.any():
        return out
    low, high = float(scores[known].min()), float(scores[known].max())
    out[known] = 1.0 if high <= low else (scores[known] - low) / (high - low)
    return out


def by_rank(scores: Scores, known: NDArray[np.bool_], k: int) -> Scores:
    """Return (k + 1) / (k + rank) of the known scores, so that the first has 1; unknown ones become 0."""
    out = np.zeros_like(scores)
    positions = np.flatnonzero(known)
    order = positions[np.argsort(-scores[positions], kind="stable")]
    out[order] = (k + 1) / (k + 1 + np.arange(len(order), dtype=np.float32))
    return out


def fuse(
    lexical: Scores, dense: Scores, known: NDArray[np.bool_], weight: float, settings: FusionSettings
) -> Scores:
    """Return the fused scores of all clauses in 0..1.

    Args:
        lexical: (n,) BM25 scores, 0 where no word is shared.
        dense: (n,) cosine similarities; only those marked in `known` count.
        known: (n,) which clauses the dense leg returned.
        weight: the dense leg's weight, 0..1.
        settings: the method and its constants.
    """
    if settings.method == "rrf":
        ranked = by_rank(lexical, lexical > 0, settings.rrf_k)
        return (1 - weight) * ranked + weight * by_rank(dense, known, settings.rrf_k)
    return (1 - weight) * by_maximum(lexical) + weight * by_range(dense, known)


def top(scores: Scores, k: int) -> NDArray[np.intp]:
    """Return the positions of the k highest scores above zero, best first; ties keep their order."""
    k = min(k, len(scores))
    if k <= 0:
        return np.zeros(0, dtype=np.intp)
    threshold = np.partition(scores, len(scores) - k)[len(scores) - k]
    candidates = np.flatnonzero((scores >= threshold) & (scores > 0))
    return candidates[np.argsort(-scores[candidates], kind="stable")][:k]
