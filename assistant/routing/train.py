"""Trains the router from labelled questions of our own writing and writes its weights."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from assistant.routing.classifier import INSIDE, OUTSIDE, RouterCard
from assistant.routing.features import ngrams, vectorize
from assistant.understanding import Route
from vectorstore.models import Record

SEED = 20251123
FOLDS = 5
INVERSE_REGULARISATION = 12.0
MIN_DOCUMENTS = 2
_NEITHER = frozenset({Route.ATTACK.value, Route.META.value})
IN_SCOPE_DETAIL = frozenset({"out_of_scope", "attack", "meta"})


class LabelledQuestion(Record):
    """A training question: text, route, asked detail."""

    q: str
    route: str
    detail: str
    paths: tuple[str, ...] = Field(default=(), description="clauses that a complete answer cites")
    held: bool | None = Field(default=None, description="whether the documents hold the asked detail")


def read_questions(folder: Path) -> list[LabelledQuestion]:
    """Return the labelled questions of all *.jsonl files in a folder, each question once."""
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    questions = {
        entry.q: entry for entry in (LabelledQuestion.model_validate_json(line) for line in lines if line)
    }
    return list(questions.values())


class ScopeExample(Record):
    """A question, and whether it asks what the documents are about."""

    q: str
    inside: bool


def scope_examples(questions: Sequence[LabelledQuestion], distant: Sequence[str]) -> list[ScopeExample]:
    """Return what the scope is learnt from: labelled questions but attacks and small talk, and distant."""
    judged = [one for one in questions if one.route not in _NEITHER]
    return [
        *(ScopeExample(q=one.q, inside=one.route != Route.OUT_OF_SCOPE.value) for one in judged),
        *(ScopeExample(q=text, inside=False) for text in distant),
    ]


def train(questions: list[LabelledQuestion], distant: Sequence[str], out: Path) -> RouterCard:
    """Fit the three heads, write the weights, and return the cross-validated card.

    `distant` are questions that lie outside (see `assistant.routing.distant`); the scope alone learns from
    them, since they would teach the route nothing but to say that everything is outside.
    """
    texts = [question.q for question in questions]
    vocabulary, idf = count_ngrams([*texts, *distant])
    features = feature_matrix(texts, vocabulary, idf)
    routes = np.array([question.route for question in questions])
    scoped = np.array([question.route not in IN_SCOPE_DETAIL for question in questions])
    details = np.array([question.detail for question in questions])
    examples = scope_examples(questions, distant)
    sides = np.array([INSIDE if example.inside else OUTSIDE for example in examples])
    route_head, route_accuracy = _fit(features, routes)
    detail_head, detail_accuracy = _fit(features[scoped], details[scoped])
    asked = feature_matrix([example.q for example in examples], vocabulary, idf)
    scope_head, scope_accuracy = _fit(asked, sides)
    card = RouterCard(
        n_questions=len(questions),
        n_distant=len(distant),
        route_accuracy=round(route_accuracy, 4),
        detail_accuracy=round(detail_accuracy, 4),
        scope_accuracy=round(scope_accuracy, 4),
    )
    np.savez_compressed(
        out,
        vocabulary=json.dumps(list(vocabulary), ensure_ascii=False),
        idf=idf.astype(np.float16),
        card=card.model_dump_json(),
        **_pack("route", route_head),
        **_pack("detail", detail_head),
        **_pack("scope", scope_head),
    )
    return card


def feature_matrix(texts: list[str], vocabulary: dict[str, int], idf: NDArray[np.float32]) -> csr_matrix:
    """Return (n_texts, n_features) sparse features."""
    return csr_matrix(np.vstack([vectorize(text, vocabulary, idf) for text in texts]))


def out_of_fold(texts: list[str], labels: list[str], label: str) -> list[float]:
    """Return the probability of one label for each text, from a model that has not seen the text."""
    vocabulary, idf = count_ngrams(texts)
    model = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=150, tol=1e-3)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    predicted = cross_val_predict(
        model, feature_matrix(texts, vocabulary, idf), np.array(labels), cv=folds, method="predict_proba"
    )
    return [float(value) for value in predicted[:, sorted(set(labels)).index(label)]]


def count_ngrams(texts: list[str]) -> tuple[dict[str, int], NDArray[np.float32]]:
    """Return the columns of the n-grams that occur often enough, and their idf."""
    counts: dict[str, int] = {}
    for text in texts:
        for gram in ngrams(text):
            counts[gram] = counts.get(gram, 0) + 1
    kept = sorted(gram for gram, count in counts.items() if count >= MIN_DOCUMENTS)
    idf = np.array([np.log((1 + len(texts)) / (1 + counts[gram])) + 1 for gram in kept], dtype=np.float32)
    return {gram: column for column, gram in enumerate(kept)}, idf


def _fit(features: csr_matrix, labels: NDArray[np.str_]) -> tuple[LogisticRegression, float]:
    model = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=150, tol=1e-3)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    predicted = cross_val_predict(model, features, labels, cv=folds)
    return model.fit(features, labels), float(np.mean(predicted == labels))


def _pack(head: str, model: LogisticRegression) -> dict[str, Any]:
    weights, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # one row for two classes: sigmoid(x) is the softmax of (0, x)
        weights, bias = np.vstack([0 * weights, weights]), np.append(0 * bias, bias)
    return {
        f"{head}_weights": weights.astype(np.float16),
        f"{head}_bias": bias.astype(np.float16),
        f"{head}_labels": json.dumps([str(label) for label in model.classes_]),
    }
