"""Puts the first candidates of a search in the order of a reranker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vectorstore.fusion import Scores, dealt_out
from vectorstore.passages import Passage
from vectorstore.protocols import Reranker


@dataclass(frozen=True, kw_only=True)
class Reranking:
    """A reranker and how many candidates it looks at."""

    reranker: Reranker
    reranked: int

    def order(
        self, question: str, passages: Sequence[Passage], rows: NDArray[np.intp], fused: Scores
    ) -> tuple[NDArray[np.intp], Scores]:
        """Return the rows with the first `reranked` in the reranker's order, and scores that fall with it.

        Args:
            question: the question in its own words.
            passages: the candidates, best first.
            rows: (n_candidates,) their rows.
            fused: (n_passages,) the scores so far; those of the reranked rows are dealt out anew among them,
                so that a score keeps its meaning and the order is the reranker's.
        """
        texts = [f"{one.clause.heading_path}\n{one.clause.text}" for one in passages[: self.reranked]]
        found = np.asarray(self.reranker.score(question, texts))
        best, scores = dealt_out(rows[: len(texts)], np.argsort(-found, kind="stable"), fused)
        return np.concatenate([best, rows[len(texts) :]]), scores
