"""Passages as windows of two neighbouring sentences: where in a passage the answer stands."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vectorstore.passages import Passage
from vectorstore.protocols import Embedder, Run, Vectors
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
        cut = [sentences_of(passage.clause.text) for passage in passages]
        runs = [runs_of(len(sentences)) for sentences in cut]
        several = [at for at, of_text in enumerate(runs) if len(of_text) > 1]
        vectors = self._embedder.embed_runs([cut[at] for at in several], [runs[at] for at in several])
        start = 0
        for sentences, of_text in zip(cut, runs, strict=True):
            end = start + (len(of_text) if len(of_text) > 1 else 0)
            plain = [normalise(sentence) for sentence in sentences]
            texts = tuple("".join(plain[a:b]) for a, b in of_text)
            yield Windows(texts=texts, vectors=vectors[start:end].copy())
            start = end


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text, punctuation included; the text itself where it has no word."""
    return [part for part in _END.split(text) if part.strip()] or [text]


def runs_of(count: int) -> list[Run]:
    """Return the windows of a text of so many sentences: pairs of neighbours, all where there is one pair."""
    if count <= _SENTENCES:
        return [(0, count)]
    step = 1 + count // _MOST
    last = max(1, count - _SENTENCES + 1)
    return [(at, min(count, at + _SENTENCES + step - 1)) for at in range(0, last, step)]
