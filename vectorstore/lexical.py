"""The lexical leg: BM25 over Chinese tokens, memory-mapped; the only file that imports bm25s."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import bm25s
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from vectorstore.counting import Counts, count_tokens
from vectorstore.tokenizing import (
    CHARACTER_MARK,
    PAIR_MARK,
    Tokens,
    normalise,
    question_tokens,
    words_and_parts,
)

# it sets itself to DEBUG and speaks on stderr
logging.getLogger("bm25s").setLevel(logging.WARNING)

_Numbers = NDArray[np.int64]

K1 = 0.9
B = 0.75
PAIR_WEIGHT = 0.7
CHARACTER_WEIGHT = 0.3
"""Constants of BM25 (Lucene's variant) and what a pair or a character counts beside a word.

Set on the bench sets and the plan's questions together, docs/adr/0002-fusion.md.
"""


class LexicalIndex:
    """BM25 scores of passages."""

    def __init__(self, bm25: bm25s.BM25 | None, size: int, with_characters: bool) -> None:
        """Take the scores of so many passages; none where no passage holds a word."""
        self._bm25 = bm25
        self._size = size
        self._with_characters = with_characters

    @classmethod
    def open(cls, folder: Path, with_characters: bool) -> LexicalIndex:
        """Return the index that `save` wrote to a folder, memory-mapped."""
        size = int(json.loads((folder / "size.json").read_bytes()))
        worded = (folder / "params.index.json").exists()
        bm25 = bm25s.BM25.load(folder, mmap=True, show_progress=False) if worded else None
        if bm25 is not None:  # slices of numpy's memmap class take ten times as long as those of its arrays
            bm25.scores = {name: np.asarray(values) for name, values in bm25.scores.items()}
        return cls(bm25, size, with_characters)

    @classmethod
    def of(cls, texts: Sequence[str], with_characters: bool) -> LexicalIndex:
        """Return an index of texts in memory, one a passage."""
        return cls.of_counts(count_tokens(texts, with_characters), with_characters)

    @classmethod
    def of_counts(cls, counts: Counts, with_characters: bool) -> LexicalIndex:
        """Return an index of counted tokens in memory."""
        return cls(_scored(counts), counts.size, with_characters)

    def save(self, folder: Path) -> None:
        """Write it to a folder, which is made where it is missing, for `open`."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "size.json").write_text(json.dumps(self._size), "utf-8")
        if self._bm25 is not None:
            self._bm25.save(folder, show_progress=False)

    def scores(self, text: str) -> NDArray[np.float32]:
        """Return (n_passages,) BM25 scores of a question, 0 where no token is shared."""
        distinct = list(dict.fromkeys(self._asked(text)))
        ids = self._bm25.get_tokens_ids(distinct) if self._bm25 is not None else []
        if self._bm25 is None or not ids:
            return np.zeros(self._size, dtype=np.float32)
        scores: NDArray[np.float32] = self._bm25.get_scores_from_ids(ids)
        return scores

    def ideal(self, text: str) -> float:
        """Return the score that a passage with every token of a question could reach at most.

        A token that no passage holds counts as the rarest one: scores divided by this say how much of the
        question is found, and stay low where people use other words than the passages.
        """
        return sum(self.weights(text).values())

    def coverage(self, text: str) -> float:
        """Return the idf-weighted share of the question's distinct words (and parts) in the corpus, 0..1.

        A word that does not occur weighs as one that occurs nowhere; a question without words has 0.
        """
        weights = {word: self.idf(word) for word in words_and_parts(text)}
        total = sum(weights.values())
        if total <= 0:
            return 0.0
        unseen = self.idf_of(0)
        return sum(weight for weight in weights.values() if weight < unseen) / total

    def weights(self, text: str) -> dict[str, float]:
        """Return idf times the weight of its kind of each distinct token of a question."""
        return {term: _kind_weight(term) * self.idf(term) for term in self._asked(text)}

    def _asked(self, text: str) -> Iterator[str]:
        return _terms(question_tokens(text, self._with_characters))

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
    return shares_held(weights, [[normalise(text)]])[0]


def shares_held(weights: Mapping[str, float], groups: Sequence[Sequence[str]]) -> list[float]:
    """Return of each group of normalised texts the greatest share of the weights that one text holds."""
    total = sum(weights.values())
    if total <= 0:
        return [0.0] * len(groups)
    terms = [(term.lstrip(PAIR_MARK + CHARACTER_MARK), weight / total) for term, weight in weights.items()]
    return [
        max((sum([weight for term, weight in terms if term in text]) for text in texts), default=0.0)
        for texts in groups
    ]


class _CountedBM25(bm25s.BM25):  # type: ignore[misc]
    """BM25 of passages whose tokens are counted already: bm25s counts token by token in Python."""

    def build_index_from_ids(
        self,
        unique_token_ids: list[int],  # noqa: ARG002  bm25s names it
        corpus_token_ids: Counts,
        **_: object,
    ) -> dict[str, Any]:
        """Return the scores of counted tokens, as bm25s keeps them, times the weight of a token's kind."""
        counts = corpus_token_ids
        self.nonoccurrence_array = None  # Lucene's variant gives a passage nothing for what it lacks
        frequencies = np.zeros(len(counts.vocabulary), dtype=np.int64)
        for batch in counts.batches:
            frequencies += np.bincount(batch.indices, minlength=len(frequencies))
        lengths = np.concatenate([np.asarray(batch.sum(axis=1)).ravel() for batch in counts.batches])
        norms = self.k1 * (1 - self.b + self.b * lengths / lengths.mean())
        rarity = np.log1p((counts.size - frequencies + 0.5) / (frequencies + 0.5))
        weights = np.fromiter(map(_kind_weight, counts.vocabulary), np.float32, len(frequencies))
        bounds = np.concatenate([[0], np.cumsum(frequencies)])
        data, indices = np.empty(bounds[-1], self.dtype), np.empty(bounds[-1], self.int_dtype)
        free = bounds[:-1].copy()
        for start, batch in counts.by_start():
            columns, rows, times = _by_column(batch)
            at = free[columns] + _place_in_run(columns)
            scores = rarity[columns] * times / (times + norms[start + rows])
            data[at] = scores.astype(self.dtype) * weights[columns]
            indices[at] = start + rows
            free += np.bincount(columns, minlength=len(free))
        return {
            "data": data,
            "indices": indices,
            "indptr": bounds.astype(self.int_dtype),
            "num_docs": counts.size,
        }


def _by_column(batch: csr_matrix) -> tuple[_Numbers, _Numbers, NDArray[np.float64]]:
    """Return column, row and value of each entry, ordered by column and row."""
    sorted_out = batch.tocsc()
    columns = np.repeat(np.arange(batch.shape[1]), np.diff(sorted_out.indptr))
    return columns, sorted_out.indices, sorted_out.data.astype(np.float64)


def _place_in_run(values: _Numbers) -> _Numbers:
    """Return for each of ordered values how many equal ones stand before it."""
    firsts = np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]]))
    return np.arange(len(values)) - np.repeat(firsts, np.diff([*firsts, len(values)]))


def _scored(counts: Counts) -> bm25s.BM25 | None:
    if not counts.vocabulary:  # a mean length of 0 divides nothing
        return None
    index = _CountedBM25(k1=K1, b=B, method="lucene")
    counted = SimpleNamespace(ids=counts, vocab=counts.vocabulary)
    index.index(counted, show_progress=False)
    return index


def _terms(found: Tokens) -> Iterator[str]:
    """Yield the entries of the vocabulary for tokens, with repetitions."""
    yield from found.words
    for pair in found.pairs:
        yield PAIR_MARK + pair
    for character in found.characters:
        yield CHARACTER_MARK + character


def _kind_weight(term: str) -> float:
    return {PAIR_MARK: PAIR_WEIGHT, CHARACTER_MARK: CHARACTER_WEIGHT}.get(term[:1], 1.0)
