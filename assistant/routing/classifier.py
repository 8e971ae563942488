"""Tells the route and the asked detail of a question, with probabilities; numpy alone, microseconds."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from assistant.errors import RouterError
from assistant.routing.features import vectorize
from assistant.understanding import Detail, Route
from vectorstore.models import Record

FOLDER = Path(__file__).parent
WEIGHTS = FOLDER / "weights.npz"
Array = NDArray[np.float32]
HEADS = ("route", "detail", "scope")
INSIDE, OUTSIDE = "inside", "outside"


class Routing(Record):
    """Probabilities of routes and details, each adding up to 1, and of being about the documents at all."""

    routes: dict[Route, float]
    details: dict[Detail, float]
    inside: float = Field(ge=0, le=1, description="probability of asking what the documents are about")

    @property
    def route(self) -> Route:
        """Return the most probable route."""
        return max(self.routes, key=lambda route: self.routes[route])

    @property
    def detail(self) -> Detail:
        """Return the most probable detail."""
        return max(self.details, key=lambda detail: self.details[detail])


class RouterCard(Record):
    """What the weights were trained on."""

    n_questions: int = Field(ge=1)
    n_distant: int = Field(default=0, ge=0, description="questions on laws, for the scope alone")
    route_accuracy: float = Field(description="five-fold cross-validated")
    detail_accuracy: float = Field(description="five-fold cross-validated")
    scope_accuracy: float = Field(description="five-fold cross-validated")


class Router:
    """A linear classifier over character n-grams."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        """Load the weights.

        Raises:
            RouterError: missing or malformed.
        """
        try:
            with np.load(weights, allow_pickle=False) as stored:
                self._vocabulary = {gram: i for i, gram in enumerate(json.loads(str(stored["vocabulary"])))}
                self._idf: Array = stored["idf"].astype(np.float32)
                self._heads = {
                    head: (
                        stored[f"{head}_weights"].astype(np.float32),
                        stored[f"{head}_bias"].astype(np.float32),
                    )
                    for head in HEADS
                }
                self._labels = {head: json.loads(str(stored[f"{head}_labels"])) for head in HEADS}
                self.card = RouterCard.model_validate_json(str(stored["card"]))
        except (OSError, EOFError, KeyError, ValueError) as error:
            raise RouterError(
                f"读不到路由权重 {weights.name}:{error}。请运行 python -m assistant.routing。"
            ) from error

    def route(self, text: str) -> Routing:
        """Return the probabilities of routes, details and scope of a question."""
        features = vectorize(text, self._vocabulary, self._idf)
        routes, details, scope = (self._probabilities(head, features) for head in HEADS)
        return Routing(
            routes={Route(label): value for label, value in routes.items()},
            details={Detail(label): value for label, value in details.items()},
            inside=scope[INSIDE],
        )

    def _probabilities(self, head: str, features: Array) -> dict[str, float]:
        weights, bias = self._heads[head]
        logits = weights @ features + bias
        values = np.exp(logits - logits.max())
        values /= values.sum()
        return dict(zip(self._labels[head], (float(value) for value in values), strict=True))
