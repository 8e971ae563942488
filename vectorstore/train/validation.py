"""How well a model finds the held-out passages for questions that it has not seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vectorstore.train.material import Pair

Embed = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True)
class ValidationFigures:
    """Figures of one model on the held-out lay pairs, each between 0 and 1."""

    questions: int
    candidates: int
    recall_at_1: float
    recall_at_5: float
    recall_at_10: float
    mrr: float


def validate(embed: Embed, pairs: Sequence[Pair], distractors: Sequence[str]) -> ValidationFigures:
    """Return how often each question's own passage comes first among all passages and the distractors.

    Args:
        embed: texts -> (n_texts, dim) float32, rows L2-normalised.
        pairs: held-out pairs, at least one.
        distractors: other texts that no question asks for.

    Raises:
        ValueError: there are no pairs: the figures are undefined.
    """
    if not pairs:
        raise ValueError("there are no held-out pairs to validate with")
    passages = list(dict.fromkeys(pair.passage for pair in pairs))
    places = {passage: place for place, passage in enumerate(passages)}
    scores = embed([pair.query for pair in pairs]) @ embed([*passages, *distractors]).T
    own = scores[np.arange(len(pairs)), [places[pair.passage] for pair in pairs]]
    ranks = 1 + (scores > own[:, None]).sum(axis=1)
    return ValidationFigures(
        questions=len(pairs),
        candidates=scores.shape[1],
        recall_at_1=float(np.mean(ranks <= 1)),
        recall_at_5=float(np.mean(ranks <= 5)),
        recall_at_10=float(np.mean(ranks <= 10)),
        mrr=float(np.mean(1.0 / ranks)),
    )
