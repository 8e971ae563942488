"""What one wording of a question scored over all passages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vectorstore.fusion import Scores
from vectorstore.models import QueryLeg


@dataclass(frozen=True, kw_only=True)
class LegScores:
    """The scores of a wording by words and by meaning."""

    leg: QueryLeg
    vector: NDArray[np.float32]
    """(dimension,) of the wording"""
    weights: Mapping[str, float]
    """of its tokens among the passages that were searched"""
    coverage: float
    """share of its words that the corpus knows, 0..1"""
    lexical: Scores
    """(n_passages,) share of its words that each passage holds"""
    around: Scores | None
    """(n_passages,) share of its words that the whole document of each holds; None where none says more"""
    dense: Scores
    """(n_passages,) similarity, 0 where the dense leg did not find the passage"""
    known: NDArray[np.bool_]
    """(n_passages,) which passages the dense leg found"""
