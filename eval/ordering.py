"""Fits the order of the candidates on questions whose clauses are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from vectorstore.ordering import Ordering

RIDGE = 1e-3
Array = NDArray[np.float64]


@dataclass(frozen=True)
class JudgedSearch:
    """The candidates of one question and which of them answer it."""

    features: NDArray[np.float32]
    """(n_candidates, n_features)"""
    relevant: NDArray[np.bool_]
    """(n_candidates,)"""


def fit_ordering(searches: Sequence[JudgedSearch], ridge: float = RIDGE) -> Ordering:
    """Return the weights that make the answering candidates most probable (listwise softmax, ridge)."""
    judged = [search for search in searches if search.relevant.any()]
    stacked = np.vstack([search.features for search in judged]).astype(np.float64)
    means, scales = stacked.mean(axis=0), stacked.std(axis=0) + 1e-6
    lists = [
        ((search.features - means) / scales, search.relevant / search.relevant.sum()) for search in judged
    ]
    found = minimize(
        lambda weights: _loss(weights, lists, ridge), np.zeros(stacked.shape[1]), jac=True, method="L-BFGS-B"
    )
    return Ordering(
        weights=tuple(np.round(found.x, 6)),
        means=tuple(np.round(means, 6)),
        scales=tuple(np.round(scales, 6)),
        n_questions=len(judged),
    )


def _loss(weights: Array, lists: Sequence[tuple[Array, Array]], ridge: float) -> tuple[float, Array]:
    loss, gradient = ridge * float(weights @ weights), 2 * ridge * weights
    for features, wanted in lists:
        logits = features @ weights
        shifted = logits - logits.max()
        log_shares = shifted - np.log(np.exp(shifted).sum())
        loss -= float(wanted @ log_shares) / len(lists)
        gradient = gradient + features.T @ (np.exp(log_shares) - wanted) / len(lists)
    return loss, gradient


def hit_rates(ordering: Ordering, searches: Sequence[JudgedSearch], k: int) -> tuple[float, float]:
    """Return the share of searches with an answering candidate first, and within the first k."""
    first, within = [], []
    for search in searches:
        best = np.argsort(-ordering.probabilities(search.features), kind="stable")
        first.append(bool(search.relevant[best[0]]))
        within.append(bool(search.relevant[best[:k]].any()))
    return float(np.mean(first)), float(np.mean(within))


def cross_validate(searches: Sequence[JudgedSearch], folds: int, k: int) -> tuple[float, float]:
    """Return the hit rates at 1 and k over folds that the weights have not seen."""
    rates = []
    for fold in range(folds):
        seen = [search for position, search in enumerate(searches) if position % folds != fold]
        unseen = [search for position, search in enumerate(searches) if position % folds == fold]
        rates.append(hit_rates(fit_ordering(seen), unseen, k))
    means = np.asarray(rates).mean(axis=0)
    return float(means[0]), float(means[1])
