"""The lexical leg: BM25 over Chinese tokens, memory-mapped; the only file that imports bm25s."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from vectorstore.tokenizing import normalise, tokens, words

K1 = 1.5
B = 0.75
"""Lucene's usual constants (Kamphuis et al. 2020 compare the variants)."""


class LexicalIndex:
    """BM25 scores of passages."""

    def __init__(self, folder: Path, with_bigrams: bool) -> None:
        self._with_bigrams = with_bigrams
        self._size = int(json.loads((folder / "size.json").read_bytes()))
        worded = (folder / "params.index.json").exists()
        self._bm25 = bm25s.BM25.load(folder, mmap=True, show_progress=False) if worded else None

    def scores(self, text: str) -> NDArray[np.float32]:
        """Return (n_passages,) BM25 scores of a question, 0 where no token is shared."""
        distinct = list(dict.fromkeys(tokens(text, self._with_bigrams)))
        ids = self._bm25.get_tokens_ids(distinct) if self._bm25 is not None else []
        if self._bm25 is None or not ids:
            return np.zeros(self._size, dtype=np.float32)
        scores: NDArray[np.float32] = self._bm25.get_scores_from_ids(ids)
        return scores

    def coverage(self, text: str) -> float:
        """Return the idf-weighted share of the question's distinct words that occur in the corpus, 0..1.

        A word that does not occur weighs as one that occurs nowhere; a question without words has 0.
        """
        weights = {word: self.idf(word) for word in words(text)}
        total = sum(weights.values())
        if total <= 0:
            return 0.0
        unseen = self.idf_of(0)
        return sum(weight for weight in weights.values() if weight < unseen) / total

    def weights(self, text: str) -> dict[str, float]:
        """Return the idf of each distinct token of a question."""
        return {token: self.idf(token) for token in tokens(text, self._with_bigrams)}

    def idf(self, token: str) -> float:
        """Return Lucene's idf of a token over the passages."""
        row = self._bm25.vocab_dict.get(token) if self._bm25 is not None else None
        if row is None or self._bm25 is None or row + 1 >= len(self._bm25.scores["indptr"]):
            return self.idf_of(0)
        bounds = self._bm25.scores["indptr"]
        return self.idf_of(int(bounds[row + 1]) - int(bounds[row]))

    def idf_of(self, frequency: int) -> float:
        """Return Lucene's idf of a token that occurs in so many passages."""
        return float(np.log1p((self._size - frequency + 0.5) / (frequency + 0.5)))


def overlap(weights: Mapping[str, float], text: str) -> float:
    """Return the share of the weights whose tokens occur in a text, 0..1.

    Tokens are looked up as parts of the text: segmenting the sentences of 100 clauses took 100 ms.
    """
    total = sum(weights.values())
    if total <= 0:
        return 0.0
    normalised = normalise(text)
    return sum(weight for token, weight in weights.items() if token in normalised) / total


def write_lexical(folder: Path, texts: Sequence[str], with_bigrams: bool) -> None:
    """Write the BM25 index of texts, one a passage, with or without bigrams of characters beside words."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "size.json").write_text(json.dumps(len(texts)), "utf-8")
    vocabulary: dict[str, int] = {}
    rows = [
        [vocabulary.setdefault(token, len(vocabulary)) for token in tokens(text, with_bigrams)]
        for text in texts
    ]
    if not vocabulary:  # bm25s divides by the mean length
        return
    index = bm25s.BM25(k1=K1, b=B, method="lucene")
    index.index((rows, vocabulary), show_progress=False)
    index.save(folder, show_progress=False)
