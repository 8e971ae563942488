"""Puts the first candidates of a search in a fitted order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vectorstore.fusion import Scores, dealt_out
from vectorstore.legs import LegScores
from vectorstore.ordering import FEATURES, Ordering, leg_features
from vectorstore.passages import Passage
from vectorstore.plain_ordering import PLAIN_FEATURES, plain_features
from vectorstore.reading import Snapshot
from vectorstore.settings import FusionSettings
from vectorstore.windows import WindowCache

Rows = NDArray[np.intp]


@dataclass(frozen=True, kw_only=True)
class Orderings:
    """The fitted weights of both orders."""

    explained: Ordering
    plain: Ordering


class Reordering:
    """Two orders: one for clauses with glosses and everyday wordings, and one for those without.

    Each was fitted on its own kind, and only there does it help (docs/adr/0005 and 0006).
    """

    def __init__(
        self, windows: WindowCache, settings: FusionSettings, orderings: Orderings | None = None
    ) -> None:
        """Take the weights; without any, it only tells features, for fitting them.

        Args:
            windows: of the passages.
            settings: how many candidates the plain order looks at, and what a bare heading keeps there.
            orderings: the weights.
        """
        self._windows = windows
        self._settings = settings
        self._orderings = orderings

    def order(
        self, snapshot: Snapshot, rows: Rows, legs: Sequence[LegScores], fused: Scores
    ) -> tuple[Rows, Scores]:
        """Return the rows in the order of the model for their kind, and scores that fall with it.

        Explained clauses get scores relative to the first, the others the fused scores dealt out anew.
        """
        if self._orderings is None or not len(rows):
            return rows, fused
        passages = [snapshot.passages.passage(int(row)) for row in rows]
        if 2 * sum(passage.explained for passage in passages) < len(passages):
            few = self._settings.reordered_plain
            shares = self._orderings.plain.probabilities(
                self._plain(snapshot, rows[:few], passages[:few], legs)
            )
            best, fused = dealt_out(rows[:few], np.argsort(-shares, kind="stable"), fused)
            return np.concatenate([best, rows[few:]]), fused
        shares = self._orderings.explained.probabilities(self._explained(snapshot, rows, passages, legs))
        scores = np.zeros_like(fused)
        scores[rows] = shares / shares.max()
        return rows[np.argsort(-shares, kind="stable")], scores

    def features(
        self, snapshot: Snapshot, rows: Rows, legs: Sequence[LegScores], plain: bool
    ) -> NDArray[np.float32]:
        """Return (n_rows, n_features) of either order."""
        passages = [snapshot.passages.passage(int(row)) for row in rows]
        tell = self._plain if plain else self._explained
        return tell(snapshot, rows, passages, legs)

    def _explained(
        self, snapshot: Snapshot, rows: Rows, passages: Sequence[Passage], legs: Sequence[LegScores]
    ) -> NDArray[np.float32]:
        blocks = snapshot.blocks.blocks(passages)
        bare = snapshot.passages.bare[rows]
        features = np.zeros((len(rows), len(FEATURES)), dtype=np.float32)
        for leg, share in zip(legs, _shares(legs), strict=True):
            similarities = [block.vectors @ leg.vector for block in blocks]
            features += share * leg_features(blocks, similarities, bare, leg.lexical[rows], leg.coverage)
        return features

    def _plain(
        self, snapshot: Snapshot, rows: Rows, passages: Sequence[Passage], legs: Sequence[LegScores]
    ) -> NDArray[np.float32]:
        windows = self._windows.windows(passages)
        features = np.zeros((len(rows), len(PLAIN_FEATURES)), dtype=np.float32)
        for leg, share in zip(legs, _shares(legs), strict=True):
            features += share * plain_features(leg, rows, windows)
        features[snapshot.passages.bare[rows]] *= np.float32(self._settings.bare_share)
        return features


def _shares(legs: Sequence[LegScores]) -> list[np.float32]:
    """Return what each wording of the question counts, adding up to 1."""
    total = sum(leg.leg.weight for leg in legs)
    return [np.float32(leg.leg.weight / total) for leg in legs]
