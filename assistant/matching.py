"""How close short texts are: shared character pairs weighted by rarity, and the embedded vectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.normalizing import compact
from vectorstore.protocols import Embedder

Array = NDArray[np.float32]
_LEXICAL_SHARE = 0.65


def pairs(text: str) -> Counter[str]:
    """Return the counts of neighbouring characters of a text, punctuation left out."""
    plain = compact(text)
    return Counter(plain[start : start + 2] for start in range(len(plain) - 1))


def _document_frequency(texts: Iterable[str]) -> tuple[Counter[str], int]:
    frequency: Counter[str] = Counter()
    n_texts = 0
    for text in texts:
        frequency.update(set(pairs(text)))
        n_texts += 1
    return frequency, n_texts


def _telling(count: int, n_questions: int) -> float:
    """Return 1 for a pair that no question holds, towards 0 for one that every question holds."""
    return float(np.log((n_questions + 1) / (count + 1)) / np.log(n_questions + 1)) if n_questions else 1.0


class Matcher:
    """Compares a question with short texts such as indicators."""

    def __init__(self, embedder: Embedder, background: Iterable[str], questions: Iterable[str] = ()) -> None:
        """Take the rarity of character pairs from the sentences of the documents.

        Pairs that stand in many questions of all kinds (公司, 项目, 支持) tell little and count for less.
        """
        self._embedder = embedder
        frequency, n_texts = _document_frequency(background)
        asked, n_questions = _document_frequency(questions)
        self._rarity = {
            pair: float(np.log((n_texts + 1) / (count + 0.5))) * _telling(asked[pair], n_questions)
            for pair, count in frequency.items()
        }
        self._embed = lru_cache(maxsize=4096)(self._vector)

    def _vector(self, text: str) -> Array:
        vector: Array = self._embedder.embed_passages([text])[0]
        return vector

    def weight(self, text: str) -> float:
        """Return the summed rarity of the pairs of a text that the documents hold."""
        return sum(self._rarity.get(pair, 0.0) for pair in pairs(text))

    def shared(self, question: str, text: str) -> float:
        """Return the summed rarity of the pairs that both hold."""
        return sum(self._rarity.get(pair, 0.0) for pair in pairs(question) & pairs(text))

    def similarity(self, question: str, texts: Sequence[str]) -> tuple[float, ...]:
        """Return one score a text in about 0..1, higher is closer."""
        if not texts:
            return ()
        asked = self._embedder.embed_queries([question])[0]
        whole = self.weight(question) or 1.0
        return tuple(
            _LEXICAL_SHARE * self.shared(question, text) / (whole * max(self.weight(text), 1.0)) ** 0.5
            + (1 - _LEXICAL_SHARE) * max(float(asked @ self._embed(text)), 0.0)
            for text in texts
        )
