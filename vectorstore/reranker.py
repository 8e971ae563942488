"""A cross-encoder over the first candidates, configured by name; off by default."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from vectorstore.errors import RerankerModelError
from vectorstore.protocols import Reranker
from vectorstore.settings import VectorStoreSettings


class CrossEncoderReranker:
    """Any sentence-transformers CrossEncoder, by its name on a hub or as a local folder."""

    def __init__(self, model: str) -> None:
        """Load the model; a local folder needs no network.

        Raises:
            RerankerModelError: the model cannot be had, or gives more than one score a pair.
        """
        from sentence_transformers import CrossEncoder

        try:
            self._model: Any = CrossEncoder(model)
        except (OSError, ValueError, RuntimeError) as error:
            raise RerankerModelError(
                f"the reranker {model!r} cannot be loaded ({error}); give the path of a local folder, allow "
                "the network to fetch it, or unset HUXZ_VECTORSTORE__RERANKER"
            ) from error
        if self._model.num_labels != 1:
            raise RerankerModelError(
                f"the reranker {model!r} gives {self._model.num_labels} scores a passage, not one; name a "
                "model that is made for ranking"
            )

    def score(self, question: str, passages: Sequence[str]) -> Sequence[float]:
        """Return one score a passage, higher is better."""
        if not passages:
            return ()
        scores = self._model.predict([(question, text) for text in passages], show_progress_bar=False)
        return tuple(float(score) for score in np.asarray(scores, dtype=np.float64))


def build_reranker(settings: VectorStoreSettings) -> Reranker | None:
    """Return the reranker that the settings name, or None.

    Raises:
        RerankerModelError: the model cannot be had.
    """
    return CrossEncoderReranker(settings.reranker) if settings.reranker else None
