"""The order of the candidates: a small linear model over how each field of a clause fits the question."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, ValidationError

from vectorstore.caching import Block
from vectorstore.errors import VectorStoreError
from vectorstore.fusion import Scores
from vectorstore.models import ChunkKind, Record

ORDERING_FILE = Path(__file__).parent / "ordering.json"
BASE_FEATURES = (
    "lexical_share", "lexical", "clause", "sentence", "gloss", "wording", "wordings", "range",
    "gloss_range", "bare",
)  # fmt: skip
FEATURES = (*BASE_FEATURES, *(f"{name} * coverage" for name in BASE_FEATURES))
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


def load_ordering(path: Path = ORDERING_FILE, features: Sequence[str] = FEATURES) -> Ordering:
    """Return the shipped weights of an order over these features.

    Raises:
        OrderingError: missing, malformed, or of other features.
    """
    try:
        ordering = Ordering.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        raise OrderingError(
            f"{path.name}: cannot be read ({error}); fit it anew: python -m eval order"
        ) from error
    if not len(ordering.weights) == len(ordering.means) == len(ordering.scales) == len(features):
        raise OrderingError(
            f"{path.name}: has other features than this program; fit it anew: python -m eval order"
        )
    return ordering


def leg_features(
    blocks: Sequence[Block],
    similarities: Sequence[NDArray[np.float32]],
    bare: NDArray[np.bool_],
    lexical: Scores,
    coverage: float,
) -> NDArray[np.float32]:
    """Return (n_candidates, n_features) of one wording of the question.

    Args:
        blocks: the candidates.
        similarities: for each candidate (n_parts,) the similarity of its parts to the question.
        bare: (n_candidates,) headings and titles.
        lexical: (n_candidates,) shares of the question's words.
        coverage: share of the question's words that the corpus knows, 0..1.
    """
    fields = [_fields(block, values) for block, values in zip(blocks, similarities, strict=True)]
    base = np.asarray(fields, dtype=np.float32)
    highest = float(lexical.max(initial=0.0))
    share = lexical / highest if highest > 0 else lexical
    best = np.maximum(base[:, 0], base[:, 1])
    columns = [share, lexical, *base.T, _range(best), _range(base[:, 2]), bare]
    features = np.stack(columns, axis=1).astype(np.float32)
    return np.hstack([features, features * np.float32(coverage)])


def _fields(block: Block, values: NDArray[np.float32]) -> tuple[float, float, float, float, float]:
    """Return the best similarity of a clause's text, sentences, gloss, wordings, and its best few wordings.

    A field that a clause has not counts as its text does.
    """
    best = {
        kind: float(values[at].max()) for kind, at in block.of_kind.items() if kind is not ChunkKind.WORDING
    }
    clause = best.get(ChunkKind.CLAUSE, best.get(ChunkKind.SENTENCE, 0.0))
    sentence = best.get(ChunkKind.SENTENCE, clause)
    gloss = best.get(ChunkKind.GLOSS, max(clause, sentence))
    asked = block.of_kind.get(ChunkKind.WORDING)
    if asked is None:
        return clause, sentence, gloss, max(clause, sentence), max(clause, sentence)
    wordings = np.sort(values[asked])[-_BEST_WORDINGS:]
    return clause, sentence, gloss, float(wordings[-1]), float(wordings.mean())


def _range(values: NDArray[np.float32]) -> NDArray[np.float32]:
    low, high = float(values.min()), float(values.max())
    scaled: NDArray[np.float32] = (values - low) / np.float32(max(high - low, 1e-9))
    return scaled
