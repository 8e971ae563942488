"""How often each passage holds each token, counted for all passages at once.

The same tokens as `vectorstore.tokenizing.passage_tokens` gives for one text, as arrays: token by token in
Python, 57,000 articles of laws took half a minute (docs/adr/0002-fusion.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

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
_Rows = tuple[NDArray[np.int32], _Numbers, NDArray[np.float32]]
"""(text, token, times), an array each."""
_NO_ROWS: _Rows = (np.zeros(0, np.int32), np.zeros(0, np.int64), np.zeros(0, np.float32))


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Tokens of passages."""

    frequencies: csr_matrix
    """(n_passages, n_terms) float32, how often each passage holds each term"""
    vocabulary: dict[str, int]
    """column of each term, pairs and characters behind their marks"""


def count_tokens(texts: Sequence[str], with_characters: bool) -> Counts:
    """Return how often each text holds each of its words and parts, and pairs and characters if asked for."""
    words = _Words()
    found = _Found(words=[], pairs=[], characters=[])
    for start in range(0, len(texts), _AT_ONCE):
        batch = [normalise_once(text) for text in texts[start : start + _AT_ONCE]]
        cut = [searched_words(text) for text in batch]
        owners = start + np.repeat(np.arange(len(batch)), [len(one) for one in cut])
        numbers = np.fromiter(map(words.__getitem__, chain.from_iterable(cut)), np.int64, len(owners))
        kept = numbers >= 0
        owners, numbers = owners[kept], numbers[kept]
        found.words.append(_counted(owners, numbers))
        if with_characters:
            of_text, codes = _codes(batch, start)
            letters = _holds(is_character, codes)
            found.characters.append(_counted(of_text[letters], codes[letters]))
            found.pairs.append(_pairs(of_text, codes, owners, words.pair_codes()[numbers]))
    return _gathered(len(texts), words, found)


@dataclass(frozen=True)
class _Found:
    """Rows by kind, batch by batch."""

    words: list[_Rows]
    pairs: list[_Rows]
    characters: list[_Rows]


class _Words(dict[str, int]):
    """Numbers of words in the order in which they are met; -1 for what is none."""

    def __init__(self) -> None:
        super().__init__()
        self.terms: list[str] = []
        self._codes: list[int] = []

    def __missing__(self, word: str) -> int:
        number = len(self.terms) if is_word(word) else -1
        if number >= 0:
            self.terms.append(word)
            self._codes.append(_pair_code(*map(ord, word)) if len(word) == 2 else -1)
        self[word] = number
        return number

    def pair_codes(self) -> _Numbers:
        """Return (n_words,) what a word of two characters is as a pair, -1 for others."""
        return np.asarray(self._codes, dtype=np.int64)


def _pair_code(first: int, second: int) -> int:
    return first * _CODES + second


def _codes(texts: Sequence[str], start: int) -> tuple[_Numbers, _Numbers]:
    """Return of every character of texts the number of its text and its code point."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    owners = start + np.repeat(np.arange(len(texts)), [len(text) for text in texts])
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
    """Return the distinct (text, token) with their sums, as far as those are above 0."""
    order = np.lexsort((tokens, owners))
    owners, tokens = owners[order], tokens[order]
    if not len(owners):
        return _NO_ROWS
    new = np.concatenate([[True], (owners[1:] != owners[:-1]) | (tokens[1:] != tokens[:-1])])
    starts = np.flatnonzero(new)
    ones = np.ones(len(owners), dtype=np.int64)
    sums = np.add.reduceat(ones if times is None else times[order], starts)
    held = starts[sums > 0]
    return owners[held].astype(np.int32), tokens[held], sums[sums > 0].astype(np.float32)


def _gathered(n_texts: int, words: _Words, found: _Found) -> Counts:
    """Return the counts of all kinds side by side, in one vocabulary."""
    terms = list(words.terms)
    kinds = [_stacked(found.words)]
    for mark, batches in ((PAIR_MARK, found.pairs), (CHARACTER_MARK, found.characters)):
        owners, tokens, times = _stacked(batches)
        distinct, columns = np.unique(tokens, return_inverse=True)
        kinds.append((owners, columns + len(terms), times))
        terms.extend(mark + spelt for spelt in _spelt(distinct))
    owners = np.concatenate([one[0] for one in kinds])
    columns = np.concatenate([one[1].astype(np.int32) for one in kinds])
    times = np.concatenate([one[2] for one in kinds])
    del kinds
    frequencies = csr_matrix((times, (owners, columns)), shape=(n_texts, len(terms)))
    return Counts(frequencies=frequencies, vocabulary={term: column for column, term in enumerate(terms)})


def _stacked(batches: list[_Rows]) -> _Rows:
    """Return the rows of all batches, which are let go: together they are most of the memory."""
    owners, tokens, times = zip(_NO_ROWS, *batches, strict=True)
    batches.clear()
    return np.concatenate(owners), np.concatenate(tokens), np.concatenate(times)


def _spelt(codes: _Numbers) -> Iterator[str]:
    """Yield pairs or single characters for their codes."""
    for first, second in zip((codes // _CODES).tolist(), (codes % _CODES).tolist(), strict=True):
        yield chr(first) + chr(second) if first else chr(second)
