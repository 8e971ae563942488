"""Cuts texts into the pieces of a unigram vocabulary: of all ways, the one whose pieces score most together.

The same pieces as the tokenizers library finds, for all texts at once: run by run they took it 13 of the 67
seconds of processor time that indexing 57,000 articles needed (docs/adr/0002-fusion.md).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorstore.tokenizing import normalise_once

_Numbers = NDArray[np.int64]

_UNKNOWN_PENALTY = 10.0
"""What a character that is no piece scores below the worst piece; tokenizers has the same."""
_CHARACTER = 0x10000
_KINDS = ((0x3400, 0x9FFF), (ord("a"), ord("z")), (ord("0"), ord("9")))
"""First and last of the characters that pieces are made of; a run is of one kind."""


@dataclass(frozen=True, kw_only=True)
class Cut:
    """The pieces of texts."""

    ids: _Numbers
    """(n_pieces,) in the order of the texts"""
    bounds: _Numbers
    """(n_texts + 1,) where the pieces of each text begin, and where the last one's end"""


@dataclass(frozen=True, kw_only=True)
class _Characters:
    """The characters of texts that are in runs, one behind the other."""

    codes: _Numbers
    ends: _Numbers
    """(n_characters,) where the run of each ends"""
    owners: _Numbers
    """(n_characters,) the number of the text"""


@dataclass(frozen=True, kw_only=True)
class _Found:
    """Pieces that occur, wherever."""

    first: _Numbers
    """(n_found,) position of the first character"""
    length: _Numbers
    piece: _Numbers
    """(n_found,) id, -1 for a character that is no piece"""


class Pieces:
    """A unigram vocabulary."""

    def __init__(self, path: Path) -> None:
        """Read the vocabulary of a tokenizer.json.

        Raises:
            ValueError: It is of another kind of model.
        """
        model = json.loads(path.read_text(encoding="utf-8"))["model"]
        if model["type"] != "Unigram":
            raise ValueError(f"{path.name} is of a {model['type']} model, not of a Unigram one")
        self._unknown = int(model["unk_id"])
        scores = [score for _, score in model["vocab"]]
        # The last one is that of what is no piece: -1 finds it.
        self._scores = np.asarray([*scores, min(scores) - _UNKNOWN_PENALTY], dtype=np.float64)
        self._ids = np.asarray([*range(len(scores)), self._unknown], dtype=np.int64)
        self._begun = _Beginnings([piece for piece, _ in model["vocab"]])

    def __len__(self) -> int:
        """Return the number of pieces."""
        return len(self._scores) - 1

    def cut(self, texts: Sequence[str]) -> Cut:
        """Return the pieces of texts; what is neither letter, digit nor Chinese character has none."""
        characters = _characters([normalise_once(text) for text in texts])
        found = self._begun.pieces(characters)
        first, piece = _best(found, self._scores[found.piece], len(characters.codes))
        ids = self._ids[piece]
        # Neighbouring unknown characters of a run are one piece.
        kept = np.ones(len(ids), dtype=np.bool_)
        same_run = characters.ends[first[1:]] == characters.ends[first[:-1]]
        kept[1:] = ~((ids[1:] == self._unknown) & (ids[:-1] == self._unknown) & same_run)
        counts = np.bincount(characters.owners[first[kept]], minlength=len(texts))
        return Cut(ids=ids[kept], bounds=np.concatenate([[0], np.cumsum(counts)]))


class _Beginnings:
    """All beginnings of pieces as nodes of a tree, and the steps from each by one character more."""

    def __init__(self, spelt: Sequence[str]) -> None:
        lengths = np.asarray([len(text) for text in spelt])
        codes = np.zeros((len(spelt), int(lengths.max())), dtype=np.int64)
        codes[np.arange(codes.shape[1]) < lengths[:, None]] = _codes(spelt)
        nodes = np.zeros(len(spelt), dtype=np.int64)
        steps: list[_Numbers] = []
        count = 1
        for depth in range(codes.shape[1]):
            going = lengths > depth
            distinct, at = np.unique(nodes[going] * _CHARACTER + codes[going, depth], return_inverse=True)
            nodes[going] = count + at
            count += len(distinct)
            steps.append(distinct)
        # In rising order, since nodes are numbered by depth; step n leads to node n + 1.
        self._steps = np.concatenate([*steps, [np.iinfo(np.int64).max]])
        self._pieces = np.full(count, -1, dtype=np.int64)
        self._pieces[nodes] = np.arange(len(spelt))
        self._first = np.zeros(_CHARACTER, dtype=np.int64)
        self._first[steps[0]] = np.arange(1, len(steps[0]) + 1)

    def pieces(self, characters: _Characters) -> _Found:
        """Return the pieces that begin at each character; every character is one, known or not."""
        codes = characters.codes
        at = np.arange(len(codes))
        nodes = self._first[codes]
        found = [(at, np.ones_like(at), self._pieces[nodes])]
        left = characters.ends - at
        length = 1
        while len(at):
            inside = (left[at] > length) & (nodes > 0)
            at = at[inside]
            steps = nodes[inside] * _CHARACTER + codes[at + length]
            place = np.searchsorted(self._steps, steps)
            known = self._steps[place] == steps
            at, nodes = at[known], place[known] + 1
            length += 1
            pieces = self._pieces[nodes]
            whole = pieces >= 0
            found.append((at[whole], np.full(np.count_nonzero(whole), length), pieces[whole]))
        first, lengths, piece = (np.concatenate(kind) for kind in zip(*found, strict=True))
        return _Found(first=first, length=lengths, piece=piece)


def _codes(texts: Sequence[str]) -> NDArray[np.uint32]:
    """Return (n_characters,) the code points of texts, one text behind the other."""
    return np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _characters(texts: Sequence[str]) -> _Characters:
    codes = _codes(texts)
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    kinds = np.zeros(len(codes), dtype=np.int8)
    for kind, (first, last) in enumerate(_KINDS, start=1):
        kinds[(codes >= first) & (codes <= last)] = kind
    last_of_run = np.ones(len(codes), dtype=np.bool_)
    last_of_run[:-1] = (kinds[1:] != kinds[:-1]) | (owners[1:] != owners[:-1])
    kept = kinds > 0
    ends = np.flatnonzero(last_of_run[kept]) + 1
    return _Characters(
        codes=codes[kept].astype(np.int64),
        ends=np.repeat(ends, np.diff(ends, prepend=0)),
        owners=owners[kept],
    )


def _best(found: _Found, scores: NDArray[np.float64], size: int) -> tuple[_Numbers, _Numbers]:
    """Return first character and id of the pieces on the best way through so many characters, in order.

    Viterbi's algorithm, all stretches a step at a time. A stretch begins where no piece leads across.
    """
    across = np.zeros(size + 1, dtype=np.int64)
    longer = found.length > 1
    across += np.bincount(found.first[longer] + 1, minlength=size + 1)
    across -= np.bincount((found.first + found.length)[longer], minlength=size + 1)
    starts = np.flatnonzero(np.cumsum(across)[:size] == 0)
    lengths = np.diff([*starts, size])
    # A stretch has one place more than characters: before, between and behind them.
    places = starts + np.arange(len(starts))
    at = found.first + np.repeat(np.arange(len(starts)), lengths)[found.first] + found.length
    width = int(found.length.max(initial=1))
    column = width - found.length  # the longest first: of two ways that score the same, tokenizers takes it
    gains = np.full((size + len(starts), width), -np.inf)
    gains[at, column] = scores
    pieces = np.zeros(gains.shape, dtype=np.int32)
    pieces[at, column] = found.piece
    ends, taken = _walked(gains, places, lengths)
    stretch = np.searchsorted(places, ends, side="left") - 1
    return ends - taken - stretch, pieces[ends, width - taken].astype(np.int64)


def _walked(gains: NDArray[np.float64], starts: _Numbers, lengths: _Numbers) -> tuple[_Numbers, _Numbers]:
    """Return the places behind the pieces on the best ways, in order, and the lengths of the pieces.

    Args:
        gains: (n_places, width) what the piece of each length that ends at a place scores, longest first.
        starts: (n_stretches,) the first place of each stretch.
        lengths: (n_stretches,) its characters.
    """
    width = gains.shape[1]
    best, last = np.zeros(len(gains)), np.zeros(len(gains), dtype=np.int64)
    order = np.argsort(-lengths, kind="stable")
    firsts, descending = starts[order], -lengths[order]
    for step in range(1, int(lengths.max(initial=0)) + 1):
        places = firsts[: np.searchsorted(descending, -step, side="right")] + step
        longest = min(step, width)
        back = np.arange(longest, 0, -1)
        scores = best[places[:, None] - back] + gains[places, width - longest :]
        choice = scores.argmax(axis=1)
        best[places] = scores[np.arange(len(places)), choice]
        last[places] = back[choice]
    taken = np.zeros_like(last)
    begin, place = starts, starts + lengths
    while len(place):
        taken[place] = last[place]
        place = place - last[place]
        place, begin = place[place > begin], begin[place > begin]
    ends = np.flatnonzero(taken)
    return ends, taken[ends]
