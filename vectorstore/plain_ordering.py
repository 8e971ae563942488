"""The order of candidates without glosses and wordings: by words and meaning, whole and at their best.

A score of a whole passage says little about where it answers. The four features put beside it the best two
neighbouring sentences, and beside a passage its document, whose title names what it is about
(docs/adr/0006-plain-order.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorstore.fusion import filled
from vectorstore.legs import LegScores
from vectorstore.lexical import shares_held
from vectorstore.windows import Windows

PLAIN_ORDERING_FILE = Path(__file__).parent / "plain_ordering.json"
PLAIN_FEATURES = ("words", "window_words", "meaning", "window_meaning")
DOCUMENT_SHARE = 1.0
"""What the words found in the whole document count beside those of the passage."""
FALLOFF = 2.0
"""Power by which meaning counts less, the more of the question some candidate holds word for word."""


def plain_features(
    leg: LegScores,
    rows: NDArray[np.intp],
    windows: Sequence[Windows],
) -> NDArray[np.float32]:
    """Return (n_rows, 4) of one wording of the question, see `PLAIN_FEATURES`.

    Args:
        leg: its scores.
        rows: the candidates.
        windows: of the rows.
    """
    shares = leg.lexical[rows]
    lacking = np.float32((1.0 - min(1.0, float(shares.max(initial=0.0)))) ** FALLOFF)
    around = np.float32(DOCUMENT_SHARE) * (shares if leg.around is None else leg.around[rows])
    words = shares + around
    held = around + np.asarray(shares_held(leg.weights, [one.texts for one in windows]))
    meaning = filled(leg.dense, leg.known)[rows]
    near = [
        float((one.vectors @ leg.vector).max()) if len(one.vectors) else float(whole)
        for one, whole in zip(windows, meaning, strict=True)
    ]
    columns = [words, held, lacking * meaning, lacking * np.asarray(near)]
    return np.stack(columns, axis=1).astype(np.float32)
