"""What a description says is needed: words beyond doubt, else closeness to how people put each need."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from assistant.support.vocabulary import Need
from vectorstore.protocols import Embedder

_PAUSE = re.compile("[,。;、!?,;!?\\s]+")
_SHORTEST = 3
CLOSE_AT = 0.62
"""Cosine from which a part of a description means a need; set on the profiles written before tuning."""


class NeedFinder:
    """Finds the needs in a text; the ways of saying them are embedded once."""

    def __init__(self, needs: Sequence[Need], embedder: Embedder) -> None:
        self._needs = tuple(needs)
        self._embedder = embedder
        says = [(need.id, wording) for need in needs for wording in need.says]
        self._owners = tuple(owner for owner, _ in says)
        self._vectors = embedder.embed_passages([wording for _, wording in says])

    def find(self, text: str) -> tuple[str, ...]:
        """Return the ids of the needs that a normalised text names or means, in the order of the list."""
        low = text.lower()
        found = {need.id for need in self._needs if any(word.lower() in low for word in need.words)}
        found |= self._meant(text)
        return tuple(need.id for need in self._needs if need.id in found)

    def _meant(self, text: str) -> set[str]:
        parts = [part for part in _PAUSE.split(text) if len(part) >= _SHORTEST]
        if not parts:
            return set()
        closeness = self._embedder.embed_queries(parts) @ self._vectors.T
        best = np.argmax(closeness, axis=1)
        return {
            self._owners[column]
            for row, column in enumerate(best.tolist())
            if closeness[row, column] >= CLOSE_AT
        }
