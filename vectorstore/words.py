"""The words of passages, and those of the documents around them.

A question names what only the head of a document says (a place, an issuer, a subject): a passage is found
better where its whole document is asked, too (docs/adr/0002-fusion.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorstore.counting import count_tokens
from vectorstore.fusion import Scores, share_of
from vectorstore.lexical import LexicalIndex

_DOCUMENTS = "documents"
_OF_PASSAGES = "of_passages.npy"

Texts = Sequence[str]
"""What BM25 reads of the passages of one document, in order."""


@dataclass(frozen=True, kw_only=True)
class WordScores:
    """What the words of a question find."""

    shares: Scores
    """(n_passages,) share of its words that each passage holds, 0..1"""
    around: Scores | None
    """(n_passages,) share that the whole document of each passage holds; None where no document says more"""
    weights: Mapping[str, float]
    """of its tokens among the passages"""
    coverage: float
    """share of its words that the corpus knows, 0..1"""


class WordIndex:
    """BM25 of passages and of their documents."""

    def __init__(
        self, passages: LexicalIndex, documents: LexicalIndex | None, of_passages: NDArray[np.int32]
    ) -> None:
        """Take both indexes, none of documents where there is only one or each is one passage."""
        self._passages = passages
        self._documents = documents
        self._of_passages = of_passages

    @classmethod
    def open(cls, folder: Path, with_characters: bool) -> WordIndex:
        """Return the index that `write_words` wrote to a folder, memory-mapped."""
        within = folder / _DOCUMENTS
        return cls(
            LexicalIndex.open(folder, with_characters),
            LexicalIndex.open(within, with_characters) if within.exists() else None,
            np.load(folder / _OF_PASSAGES),
        )

    @classmethod
    def of(cls, documents: Iterable[Texts], with_characters: bool) -> WordIndex:
        """Return an index of documents in memory, each as the texts of its passages."""
        sizes: list[int] = []
        counts = count_tokens(_passages(documents, sizes), with_characters)
        of_passages = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        around = 1 < len(sizes) < len(of_passages)
        return cls(
            LexicalIndex.of_counts(counts, with_characters),
            LexicalIndex.of_counts(counts.together(of_passages), with_characters) if around else None,
            of_passages,
        )

    def save(self, folder: Path) -> None:
        """Write it to a folder, which is made where it is missing."""
        self._passages.save(folder)
        np.save(folder / _OF_PASSAGES, self._of_passages)
        if self._documents is not None:
            self._documents.save(folder / _DOCUMENTS)

    def score(self, text: str) -> WordScores:
        """Return what the words of a question find."""
        weights = self._passages.weights(text)
        around = None
        if self._documents is not None:
            scores = self._documents.scores(text)
            around = share_of(scores, self._documents.ideal(text))[self._of_passages]
        return WordScores(
            shares=share_of(self._passages.scores(text), sum(weights.values())),
            around=around,
            weights=weights,
            coverage=self._passages.coverage(text),
        )


def write_words(folder: Path, with_characters: bool, batches: Iterable[Sequence[Texts]]) -> None:
    """Write the index of documents to a folder.

    Args:
        folder: made where it is missing.
        with_characters: index pairs of characters and characters, too.
        batches: the documents, in any number of lists.
    """
    WordIndex.of(chain.from_iterable(batches), with_characters).save(folder)


def _passages(documents: Iterable[Texts], sizes: list[int]) -> Iterator[str]:
    """Yield the texts of all passages, and note how many each document has that has any."""
    for texts in documents:
        if texts:
            sizes.append(len(texts))
            yield from texts
