"""Which clause of one document is which of another: by its words, its number, its heading."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.numbering import parse_marker
from ingest.widths import halve
from vectorstore.models import Clause

_LIKE = 0.5
"""Least likeness (share of pairs of characters) of two clauses that are one whatever their numbers."""
_LIKE_IN_PLACE = 0.3
"""Least likeness of two clauses of one number or heading."""
_PLACE_BONUS = 0.05
_COMMON_SHARE = 0.3
_FEW = 150
"""In documents of more clauses, pairs of characters that stand in a large share of them tell nothing."""


@dataclass(frozen=True)
class Pair:
    """Positions of one clause in both documents; None where it has none."""

    before: int | None
    after: int | None


def align(before: Sequence[Clause], after: Sequence[Clause]) -> tuple[Pair, ...]:
    """Return every clause of both documents in one pair each, ordered as the second document.

    Same words pair first, then the likest, then what has the same number or heading and still some likeness.
    A removed clause stands behind the one it followed.
    """
    matched = _same_words(before, after)
    _match_alike(before, after, matched)
    return _ordered(len(before), len(after), matched)


def moved(pairs: Iterable[Pair]) -> frozenset[Pair]:
    """Return the pairs that stand out of order: all but a longest run that keeps it."""
    both = [pair for pair in pairs if pair.before is not None and pair.after is not None]
    kept = _longest_rising([pair.before for pair in both if pair.before is not None])
    return frozenset(pair for index, pair in enumerate(both) if index not in kept)


def words_of(clause: Clause) -> str:
    """Return a clause's words for comparison: without its number, white space and width of characters."""
    text = clause.text.strip()
    marker = parse_marker(text)
    is_glued = marker is None and clause.number is not None and halve(text).startswith(clause.number)
    text = text[len(clause.number or "") if is_glued else marker.length if marker else 0 :]
    return re.sub(r"\s+", "", halve(text))


def _same_words(before: Sequence[Clause], after: Sequence[Clause]) -> dict[int, int]:
    """Return positions in the second document by those in the first of clauses whose words are the same."""
    places: dict[str, list[int]] = defaultdict(list)
    for index, clause in enumerate(after):
        places[words_of(clause)].append(index)
    matched: dict[int, int] = {}
    for index, clause in enumerate(before):
        same = places.get(words_of(clause))
        if same:
            path_first = min(same, key=lambda place: (after[place].path != clause.path, place))
            same.remove(path_first)
            matched[index] = path_first
    return matched


def _match_alike(before: Sequence[Clause], after: Sequence[Clause], matched: dict[int, int]) -> None:
    left = [index for index in range(len(before)) if index not in matched]
    taken = set(matched.values())
    right = [index for index in range(len(after)) if index not in taken]
    candidates = sorted(_candidates(before, after, left, right), reverse=True)
    used: set[int] = set()
    for _, i, j in ((score, -i, -j) for score, i, j in candidates):
        if i not in matched and j not in used:
            matched[i] = j
            used.add(j)


def _candidates(
    before: Sequence[Clause], after: Sequence[Clause], left: Sequence[int], right: Sequence[int]
) -> list[tuple[float, int, int]]:
    """Return likeness and positions (negated, so that the first come first) of what may be one clause."""
    grams = {index: _grams(after[index]) for index in right}
    postings: dict[str, list[int]] = defaultdict(list)
    for index, own in grams.items():
        for gram in own:
            postings[gram].append(index)
    limit = len(right) * _COMMON_SHARE if len(right) > _FEW else len(right)
    found = []
    for i in left:
        own = _grams(before[i])
        shared = Counter(j for gram in own for j in postings.get(gram, ()) if len(postings[gram]) <= limit)
        for j, count in shared.items():
            likeness = 2 * count / (len(own) + len(grams[j]))
            in_place = _same_place(before[i], after[j])
            if likeness >= (_LIKE_IN_PLACE if in_place else _LIKE):
                found.append((likeness + _PLACE_BONUS * in_place, -i, -j))
    return found


def _grams(clause: Clause) -> frozenset[str]:
    words = words_of(clause)
    return frozenset(words[at : at + 2] for at in range(max(1, len(words) - 1)))


def _same_place(one: Clause, other: Clause) -> bool:
    same_number = one.number is not None and one.number == other.number and one.kind is other.kind
    return one.path == other.path or same_number or bool(one.heading and one.heading == other.heading)


def _ordered(n_before: int, n_after: int, matched: dict[int, int]) -> tuple[Pair, ...]:
    by_after = {after: before for before, after in matched.items()}
    both = [Pair(by_after[j], j) for j in sorted(by_after)]
    backbone = {pair.before for pair in both} - {pair.before for pair in moved(both)}
    removed = [i for i in range(n_before) if i not in matched]
    ordered: list[Pair] = []
    for j in range(n_after):
        i = by_after.get(j)
        if i in backbone:
            while removed and i is not None and removed[0] < i:
                ordered.append(Pair(removed.pop(0), None))
        ordered.append(Pair(i, j))
    return (*ordered, *(Pair(i, None) for i in removed))


def _longest_rising(values: Sequence[int]) -> frozenset[int]:
    """Return the positions of a longest rising run of distinct values (patience sorting)."""
    tails: list[int] = []
    places: list[int] = []
    previous: list[int] = []
    for index, value in enumerate(values):
        at = bisect_left(tails, value)
        tails[at : at + 1] = [value]
        places[at : at + 1] = [index]
        previous.append(places[at - 1] if at else -1)
    kept = []
    index = places[-1] if places else -1
    while index >= 0:
        kept.append(index)
        index = previous[index]
    return frozenset(kept)
