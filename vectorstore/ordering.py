"""The order of the candidates: a small linear model over how each field of a clause fits the question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, ValidationError

from vectorstore.errors import VectorStoreError
from vectorstore.fusion import Scores
from vectorstore.models import ChunkKind, ClauseKind, Record
from vectorstore.passages import Passage

ORDERING_FILE = Path(__file__).parent / "ordering.json"
BASE_FEATURES = (
    "lexical_share", "lexical", "clause", "sentence", "gloss", "wording", "wordings", "range", "gloss_range", "bare",
)  # fmt: skip
FEATURES = (*BASE_FEATURES, *(f"{name} * coverage" for name in BASE_FEATURES))
_BARE = frozenset({ClauseKind.HEADING, ClauseKind.TITLE})
_LEXICAL_SCALE = 10.0
_BEST_WORDINGS = 3


class OrderingError(VectorStoreError):
    """The ordering's weights are missing or malformed."""


class Ordering(Record):
    """Weights of a listwise softmax (Cao et al. 2007, ListNet); fitted by `python -m eval order`."""

    weights: tuple[float, ...] = Field(description="one a feature, on standardised features")
    means: tuple[float, ...] = Field(description="means of the features over the training candidates")
    scales: tuple[float, ...] = Field(description="standard deviations of the features")
    n_questions: int = Field(ge=1, description="questions it was fitted on")

    def probabilities(self, features: NDArray[np.float32]) -> Scores:
        """Return (n_candidates,) the probability of each candidate to be the answer, adding up to 1.

        Args:
            features: (n_candidates, n_features) as `leg_features` gives them.
        """
        scaled = (features - np.asarray(self.means)) / np.asarray(self.scales)
        logits = scaled @ np.asarray(self.weights)
        values = np.exp(logits - logits.max())
        shares: Scores = (values / values.sum()).astype(np.float32)
        return shares


def load_ordering(path: Path = ORDERING_FILE) -> Ordering:
    """Return the shipped weights.

    Raises:
        OrderingError: missing, malformed, or of other features.
    """
    try:
        ordering = Ordering.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        raise OrderingError(f"{path.name}: cannot be read ({error}); fit it anew: python -m eval order") from error
    if not len(ordering.weights) == len(ordering.means) == len(ordering.scales) == len(FEATURES):
        raise OrderingError(f"{path.name}: has other features than this program; fit it anew: python -m eval order")
    return ordering


def leg_features(
    passages: Sequence[Passage], cosines: Mapping[str, float], lexical: Scores, coverage: float
) -> NDArray[np.float32]:
    """Return (n_candidates, n_features) of one wording of the question.

    Args:
        passages: the candidates.
        cosines: similarity of every chunk of theirs to the question.
        lexical: (n_candidates,) BM25 scores.
        coverage: share of the question's words that the corpus knows, 0..1.
    """
    base = np.asarray([_fields(passage, cosines) for passage in passages], dtype=np.float32)
    highest = float(lexical.max(initial=0.0))
    share = lexical / highest if highest > 0 else lexical
    best = np.maximum(base[:, 0], base[:, 1])
    bare = np.asarray([passage.clause.kind in _BARE for passage in passages], dtype=np.float32)
    columns = [share, lexical / _LEXICAL_SCALE, *base.T, _range(best), _range(base[:, 2]), bare]
    features = np.stack(columns, axis=1).astype(np.float32)
    return np.hstack([features, features * np.float32(coverage)])


def _fields(passage: Passage, cosines: Mapping[str, float]) -> tuple[float, float, float, float, float]:
    """Return the best similarity of a clause's text, sentences, gloss, wordings, and of its best few wordings.

    A field that a clause has not counts as its text does.
    """
    found: dict[ChunkKind, list[float]] = {}
    for part in passage.parts:
        found.setdefault(part.kind, []).append(cosines[part.chunk_id])
    clause = max(found.get(ChunkKind.CLAUSE) or found.get(ChunkKind.SENTENCE) or [0.0])
    sentence = max(found.get(ChunkKind.SENTENCE) or [clause])
    best = max(clause, sentence)
    gloss = max(found.get(ChunkKind.GLOSS) or [best])
    wordings = sorted(found.get(ChunkKind.WORDING) or [best], reverse=True)[:_BEST_WORDINGS]
    return clause, sentence, gloss, wordings[0], sum(wordings) / len(wordings)


def _range(values: NDArray[np.float32]) -> NDArray[np.float32]:
    low, high = float(values.min()), float(values.max())
    scaled: NDArray[np.float32] = (values - low) / np.float32(max(high - low, 1e-9))
    return scaled
