"""How often each passage holds each token, counted for all passages at once.

The same tokens as `vectorstore.tokenizing.passage_tokens` gives for one text, as arrays: token by token in
Python, 57,000 articles of laws took half a minute (docs/adr/0002-fusion.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack

from vectorstore.tokenizing import (
    CHARACTER_MARK,
    PAIR_MARK,
    STOP_WORDS,
    is_character,
    is_han,
    is_word,
    normalise_once,
    searched_words,
)

_AT_ONCE = 4_096
_CODES = 0x110000
_Numbers = NDArray[np.int64]
_Rows = tuple[_Numbers, _Numbers, _Numbers]
"""(text, token, times), an array each."""


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Tokens of passages, batch by batch: together as one matrix they took 1.5 GB for all laws."""

    batches: tuple[csr_matrix, ...]
    """(n_passages of the batch, n_terms) uint16, how often each passage holds each term"""
    vocabulary: dict[str, int]
    """column of each term, pairs and characters behind their marks"""

    @property
    def size(self) -> int:
        """Return the number of passages."""
        return sum(batch.shape[0] for batch in self.batches)

    def by_start(self) -> Iterator[tuple[int, csr_matrix]]:
        """Yield each batch behind the number of its first passage."""
        start = 0
        for batch in self.batches:
            yield start, batch
            start += batch.shape[0]

    def together(self, groups: NDArray[np.int32]) -> Counts:
        """Return the counts of groups of neighbouring passages, each as if it were one passage.

        Args:
            groups: (n_passages,) the group of each, 0, 1, 2 and so on, never falling.
        """
        summed: list[csr_matrix] = []
        last = -1
        for start, batch in self.by_start():
            of_rows = groups[start : start + batch.shape[0]]
            first = int(of_rows[0])
            shape = (int(of_rows[-1]) - first + 1, batch.shape[0])
            member = csr_matrix(
                (np.ones(batch.shape[0], np.int32), (of_rows - first, np.arange(batch.shape[0]))), shape=shape
            )
            found = member @ batch
            if first == last:  # a group that the batch before began
                summed[-1] = vstack([summed[-1][:-1], summed[-1][-1:] + found[:1]], format="csr")
                found = found[1:]
            if found.shape[0]:
                summed.append(found)
            last = int(of_rows[-1])
        return Counts(batches=tuple(summed), vocabulary=self.vocabulary)


def count_tokens(texts: Iterable[str], with_characters: bool) -> Counts:
    """Return how often each text holds each of its words and parts, and pairs and characters if asked for."""
    terms = _Terms()
    counted = []
    normalised = map(normalise_once, texts)
    while batch := list(islice(normalised, _AT_ONCE)):
        counted.append(_matrix(len(batch), list(_rows(batch, terms, with_characters))))
    width = len(terms.spelt)
    for matrix in counted:
        matrix.resize(matrix.shape[0], width)
    return Counts(
        batches=tuple(counted), vocabulary={term: column for column, term in enumerate(terms.spelt)}
    )


def _rows(batch: Sequence[str], terms: _Terms, with_characters: bool) -> Iterator[_Rows]:
    """Yield the counts of words, and of pairs and characters, in the columns of their terms."""
    cut = [searched_words(text) for text in batch]
    owners = np.repeat(np.arange(len(batch)), [len(one) for one in cut])
    columns = np.fromiter(map(terms.words.__getitem__, chain.from_iterable(cut)), np.int64, len(owners))
    kept = columns >= 0
    owners, columns = owners[kept], columns[kept]
    yield _counted(owners, columns)
    if with_characters:
        of_text, codes = _codes(batch)
        letters = _holds(is_character, codes)
        for of_one, tokens, times in (
            _counted(of_text[letters], codes[letters]),
            _pairs(of_text, codes, owners, terms.pair_codes()[columns]),
        ):
            yield of_one, terms.columns(tokens), times


def _matrix(size: int, rows: Sequence[_Rows]) -> csr_matrix:
    owners, columns, times = (np.concatenate(kind) for kind in zip(*rows, strict=True))
    width = int(columns.max(initial=-1)) + 1
    most = np.iinfo(np.uint16).max
    narrow = np.minimum(times, most).astype(np.uint16)
    shape = (size, width)
    return csr_matrix((narrow, (owners.astype(np.int32), columns.astype(np.int32))), shape=shape)


class _Terms:
    """The columns of terms, in the order in which these are met."""

    def __init__(self) -> None:
        self.spelt: list[str] = []
        self.words = _Words(self)
        self._of_codes: dict[int, int] = {}
        self._pair_codes: list[int] = []

    def add(self, spelt: str, pair_code: int = -1) -> int:
        """Return the column of a new term, with what it is as a pair where it is a word of two characters."""
        self.spelt.append(spelt)
        self._pair_codes.append(pair_code)
        return len(self.spelt) - 1

    def pair_codes(self) -> _Numbers:
        """Return (n_terms,) what a word of two characters is as a pair, -1 for others."""
        return np.asarray(self._pair_codes, dtype=np.int64)

    def columns(self, codes: _Numbers) -> _Numbers:
        """Return the columns of pairs and characters for their codes."""
        distinct, at = np.unique(codes, return_inverse=True)
        return np.fromiter(map(self._column, distinct.tolist()), np.int64, len(distinct))[at]

    def _column(self, code: int) -> int:
        column = self._of_codes.get(code)
        if column is None:
            first, second = divmod(code, _CODES)
            spelt = PAIR_MARK + chr(first) + chr(second) if first else CHARACTER_MARK + chr(second)
            column = self._of_codes[code] = self.add(spelt)
        return column


class _Words(dict[str, int]):
    """Columns of words in the order in which they are met; -1 for what is none."""

    def __init__(self, terms: _Terms) -> None:
        super().__init__()
        self._terms = terms

    def __missing__(self, word: str) -> int:
        column = -1
        if is_word(word):
            column = self._terms.add(word, _pair_code(*map(ord, word)) if len(word) == 2 else -1)
        self[word] = column
        return column


def _pair_code(first: int, second: int) -> int:
    return first * _CODES + second


def _codes(texts: Sequence[str]) -> tuple[_Numbers, _Numbers]:
    """Return of every character of texts the number of its text and its code point."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    return owners, codes.astype(np.int64)


def _holds(of: Callable[[str], bool], codes: _Numbers) -> NDArray[np.bool_]:
    """Return for which of the characters something holds; each distinct one is asked about once."""
    distinct = np.flatnonzero(np.bincount(codes, minlength=1))
    table = np.zeros(_CODES, dtype=np.bool_)
    table[distinct] = [of(chr(code)) for code in distinct.tolist()]
    return table[codes]


def _pairs(owners: _Numbers, codes: _Numbers, word_owners: _Numbers, word_codes: _Numbers) -> _Rows:
    """Return pairs of neighbouring Chinese characters but for those that are words of their text."""
    han = _holds(is_han, codes)
    both = han[:-1] & han[1:] & (owners[:-1] == owners[1:])
    pairs = codes[:-1][both] * _CODES + codes[1:][both]
    stops = [_pair_code(*map(ord, word)) for word in STOP_WORDS if len(word) == 2]
    said = ~np.isin(pairs, stops)
    worded = word_codes >= 0
    return _counted(
        np.concatenate([owners[:-1][both][said], word_owners[worded]]),
        np.concatenate([pairs[said], word_codes[worded]]),
        np.concatenate([np.ones(int(said.sum()), np.int64), np.full(int(worded.sum()), -1, np.int64)]),
    )


def _counted(owners: _Numbers, tokens: _Numbers, times: _Numbers | None = None) -> _Rows:
    """Return the distinct (text, token) with their sums, as far as those are above 0.

    Args:
        owners: texts.
        tokens: of the texts.
        times: 1 or -1 of each; 1 of all where there are none.
    """
    if not len(owners):
        return owners, tokens, np.zeros(0, dtype=np.int64)
    # Text, token and whether to subtract as one number, since those are sorted four times as fast.
    width = int(tokens.max()) + 1
    minus = np.zeros(len(owners), dtype=np.int64) if times is None else (times < 0).astype(np.int64)
    ordered = np.sort((owners * width + tokens) * 2 + minus)
    keys = ordered >> 1
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    sums = np.add.reduceat(1 - 2 * (ordered & 1), starts)
    held = keys[starts[sums > 0]]
    return held // width, held % width, sums[sums > 0]
