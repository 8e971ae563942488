"""Features of a question for the router: character n-grams, weighted by rarity."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from assistant.normalizing import normalize

Array = NDArray[np.float32]
_LONGEST = 3


def ngrams(text: str) -> Counter[str]:
    """Return the counts of 1- to 3-grams of characters of the normalised text, its ends marked."""
    marked = f"^{normalize(text).lower().replace(' ', '')}$"
    return Counter(
        marked[start : start + length]
        for length in range(1, _LONGEST + 1)
        for start in range(len(marked) - length + 1)
    )


def vectorize(text: str, vocabulary: dict[str, int], idf: Array) -> Array:
    """Return (n_features,) float32: sublinear term frequency times idf, L2-normalised."""
    vector = np.zeros(len(vocabulary), dtype=np.float32)
    for gram, count in ngrams(text).items():
        column = vocabulary.get(gram)
        if column is not None:
            vector[column] = (1.0 + np.log(count)) * idf[column]
    norm = float(np.linalg.norm(vector))
    return vector / norm if norm > 0 else vector
