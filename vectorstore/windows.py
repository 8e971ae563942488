"""Passages as windows of two neighbouring sentences: where in a passage the answer stands."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vectorstore.passages import Passage
from vectorstore.protocols import Embedder, Vectors
from vectorstore.tokenizing import normalise

_SENTENCES = 2
_END = re.compile(r"(?<=[。;；!！?？\n])")
_KEPT = 4096
_MOST = 64
"""Windows of one passage that are looked at; a longer passage is cut into as many wider ones."""


@dataclass(frozen=True, kw_only=True)
class Windows:
    """The windows of one passage."""

    texts: tuple[str, ...]
    """normalised, at least one"""
    vectors: Vectors
    """(n_windows, dimension); (0, dimension) where one window is the whole passage, which has its vector"""


class WindowCache:
    """Cuts and embeds passages when they are first looked at, and keeps the latest."""

    def __init__(self, embedder: Embedder, limit: int = _KEPT) -> None:
        """Keep the windows of at most `limit` passages."""
        self._embedder = embedder
        self._limit = limit
        self._kept: OrderedDict[tuple[str, str], Windows] = OrderedDict()

    def windows(self, passages: Sequence[Passage]) -> list[Windows]:
        """Return the windows of each passage."""
        keys = [(passage.clause_id, passage.clause.digest) for passage in passages]
        found = {key: kept for key in keys if (kept := self._kept.get(key)) is not None}
        missing = {key: one for key, one in zip(keys, passages, strict=True) if key not in found}
        for key, made in zip(missing, self._made(list(missing.values())), strict=True):
            found[key] = self._kept[key] = made
        while len(self._kept) > self._limit:
            self._kept.popitem(last=False)
        return [found[key] for key in keys]

    def _made(self, passages: Sequence[Passage]) -> Iterator[Windows]:
        cut = [tuple(windows_of(passage.clause.text)) for passage in passages]
        embedded = [texts if len(texts) > 1 else () for texts in cut]
        vectors = self._embedder.embed_passages([text for texts in embedded for text in texts])
        start = 0
        for texts, parts in zip(cut, embedded, strict=True):
            end = start + len(parts)
            yield Windows(texts=tuple(map(normalise, texts)), vectors=vectors[start:end].copy())
            start = end


def windows_of(text: str) -> list[str]:
    """Return every pair of neighbouring sentences of a text; the text where it has no more than one pair."""
    parts = [part for part in _END.split(text) if part.strip()]
    if len(parts) <= _SENTENCES:
        return [text]
    step = 1 + len(parts) // _MOST
    last = max(1, len(parts) - _SENTENCES + 1)
    return ["".join(parts[at : at + _SENTENCES + step - 1]) for at in range(0, last, step)]
