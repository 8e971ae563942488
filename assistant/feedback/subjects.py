"""What people ask about: questions clustered by the product's own embeddings, named by their own words."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from assistant.feedback.records import UNANSWERED, Asked, Verdict
from assistant.models import Status
from vectorstore.models import Record
from vectorstore.tokenizing import normalise, words

Embed = Callable[[Sequence[str]], NDArray[np.float32]]

_SEED = 20250701
_WEEK = timedelta(days=7)
_MOST_CLUSTERS = 60
_SAME_SUBJECT = 0.35
"""Cosine distance below which two clusters are one subject (looked at on the 356 golden questions)."""
_WORDS = 3
_EXAMPLES = 3


class Subject(Record):
    """A cluster of questions."""

    words: tuple[str, ...] = Field(description="what its questions say oftener than the others do")
    central: str = Field(description="the question nearest to the middle")
    examples: tuple[str, ...] = Field(default=(), description="further questions, the most frequent first")
    n: int = Field(ge=1, description="questions")
    unanswered: int = Field(ge=0, description="of them without a full answer")
    down: int = Field(ge=0, description="of them voted down")
    weekly: tuple[int, ...] = Field(description="questions a week, the running week last")


def find_subjects(
    asked: Iterable[Asked], embed: Embed, now: datetime, weeks: int, most: int = 30
) -> tuple[Subject, ...]:
    """Return the subjects of the questions, the largest first; what was blocked is none."""
    groups: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        if one.status is not Status.BLOCKED:
            groups[normalise(one.text).strip()].append(one)
    if not groups:
        return ()
    texts = [members[0].text for members in groups.values()]
    weights = np.array([len(members) for members in groups.values()], dtype=np.float64)
    vectors = np.asarray(embed(texts), dtype=np.float32)
    labels = _labels(vectors, weights)
    said = [words(text) for text in texts]
    everywhere = Counter(word for line in said for word in set(line))
    members = list(groups.values())
    subjects = []
    for label in np.unique(labels):
        inside = np.flatnonzero(labels == label)
        kept = [one for index in inside for one in members[index]]
        order = _spoken(inside, vectors, weights)
        subjects.append(
            Subject(
                words=_characteristic([said[index] for index in inside], everywhere, len(texts)),
                n=len(kept),
                unanswered=sum(one.status in UNANSWERED for one in kept),
                down=sum(one.verdict is Verdict.DOWN for one in kept),
                weekly=_weekly(kept, now, weeks),
                central=texts[order[0]],
                examples=tuple(texts[index] for index in order[1 : 1 + _EXAMPLES]),
            )
        )
    return tuple(sorted(subjects, key=lambda subject: -subject.n)[:most])


def _labels(vectors: NDArray[np.float32], weights: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return a cluster number a text: many small clusters by k-means, the near ones joined."""
    count = min(len(vectors), _MOST_CLUSTERS, max(2, round(math.sqrt(2 * len(vectors)))))
    if count < 2 or len(vectors) < 3:
        return np.arange(len(vectors), dtype=np.int64)
    # here, because its import takes seconds that the start of the page can do without
    from sklearn.cluster import AgglomerativeClustering, MiniBatchKMeans

    means = MiniBatchKMeans(n_clusters=count, random_state=_SEED, n_init=1, batch_size=1024)
    small = means.fit_predict(vectors, sample_weight=weights)
    centres = np.stack([vectors[small == one].mean(axis=0) for one in np.unique(small)])
    if len(centres) < 2:
        return np.asarray(small, dtype=np.int64)
    joined = AgglomerativeClustering(
        n_clusters=None, distance_threshold=_SAME_SUBJECT, metric="cosine", linkage="average"
    ).fit_predict(centres)
    places = {int(one): index for index, one in enumerate(np.unique(small))}
    return np.array([joined[places[int(one)]] for one in small], dtype=np.int64)


def _spoken(
    inside: NDArray[np.intp], vectors: NDArray[np.float32], weights: NDArray[np.float64]
) -> list[int]:
    """Return the most central question of a cluster, then the others, the most frequent first."""
    middle = (vectors[inside] * weights[inside, None]).sum(axis=0)
    central = int(inside[int(np.argmax(vectors[inside] @ middle))])
    return [central, *sorted((int(one) for one in inside if one != central), key=lambda one: -weights[one])]


def _characteristic(lines: Sequence[Sequence[str]], everywhere: Counter[str], n: int) -> tuple[str, ...]:
    """Return the words that most set a cluster apart: share of its questions times inverse frequency."""
    inside = Counter(word for line in lines for word in set(line) if len(word) > 1)
    scores = {word: count * math.log(1 + n / everywhere[word]) for word, count in inside.items()}
    chosen: list[str] = []
    for word in sorted(scores, key=lambda word: (-scores[word], word)):
        if not any(word in other or other in word for other in chosen):
            chosen.append(word)
        if len(chosen) == _WORDS:
            break
    return tuple(chosen)


def _weekly(asked: Iterable[Asked], now: datetime, weeks: int) -> tuple[int, ...]:
    ages = Counter(max(0, (now - one.asked_at) // _WEEK) for one in asked)
    return tuple(ages[age] for age in range(weeks - 1, -1, -1))
