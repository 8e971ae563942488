"""Hard negatives: passages that a search takes for a question's answer, and that are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from vectorstore.fusion import Scores, fuse, share_of, top
from vectorstore.lexical import LexicalIndex
from vectorstore.settings import FusionSettings
from vectorstore.train.material import Pair
from vectorstore.train.validation import Embed

_DEPTH = 50
_AT_ONCE = 500
_Chosen = dict[str, tuple[str, ...]]


class Miner:
    """Searches passages as the product does, with the words and with a model that was made before."""

    def __init__(self, passages: Sequence[str], embed: Embed, seed: int) -> None:
        """Index the passages that negatives are taken from."""
        self._passages = list(dict.fromkeys(passages))
        self._rows = {passage: row for row, passage in enumerate(self._passages)}
        self._embed = embed
        self._vectors = embed(self._passages)
        self._order = np.random.default_rng(seed)
        self._settings = FusionSettings()

    def negatives(self, pairs: Sequence[Pair], count: int, too_close: float, passed_over: int) -> _Chosen:
        """Return up to `count` negatives a question, drawn from the first 50 that the search finds.

        Args:
            pairs: questions with their passages, which are among the passages.
            count: negatives a question.
            too_close: cosine to the question's own passage from which a passage may answer, too: laws
                repeat each other, and what repeats the answer is no negative.
            passed_over: first places of the search that are left alone, for the same reason.
        """
        own: dict[str, list[int]] = {}
        for pair in pairs:
            own.setdefault(pair.query, []).append(self._rows[pair.passage])
        questions = list(own)
        chosen: _Chosen = {}
        lexical = LexicalIndex.of(self._passages, with_characters=True)
        for start in range(0, len(questions), _AT_ONCE):
            batch = questions[start : start + _AT_ONCE]
            for question, similar in zip(batch, self._embed(batch) @ self._vectors.T, strict=True):
                share = share_of(lexical.scores(question), lexical.ideal(question))
                rows = self._fitting(share, similar, own[question], too_close, passed_over)
                taken = self._order.permutation(rows)[:count]
                chosen[question] = tuple(self._passages[row] for row in taken)
        return {question: found for question, found in chosen.items() if found}

    def _fitting(
        self, share: Scores, similar: Scores, own: Sequence[int], too_close: float, passed_over: int
    ) -> NDArray[np.intp]:
        """Return the rows that a search puts high and that are unlike the question's own passages."""
        known = np.ones(len(similar), dtype=np.bool_)
        found = top(fuse(share, similar, known, self._settings), _DEPTH)[passed_over:]
        closeness = (self._vectors[found] @ self._vectors[list(own)].T).max(axis=1)
        fitting: NDArray[np.intp] = found[(closeness < too_close) & ~np.isin(found, own)]
        return fitting


def count_of(negatives: Mapping[str, Sequence[str]]) -> int:
    """Return how many negatives were found in all."""
    return sum(map(len, negatives.values()))
