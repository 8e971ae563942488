"""`python -m assistant.routing`: trains the router and fits the scope model on the shipped questions."""

from __future__ import annotations

import sys

import numpy as np
from rich.console import Console
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from assistant.factory import build_reader
from assistant.judging import ScopeModel, scope_features
from assistant.ledger import Ledger
from assistant.models import Question
from assistant.routing.classifier import FOLDER, WEIGHTS
from assistant.routing.scope import SCOPE_FILE
from assistant.routing.train import SEED, out_of_fold, read_questions, train
from assistant.settings import RootSettings
from assistant.understanding import IN_SCOPE, Route
from vectorstore.factory import open_index
from vectorstore.models import RetrievalQuery

THRESHOLD = 0.5
_OUTSIDE = frozenset({Route.OUT_OF_SCOPE.value})


def main() -> int:
    """Train both and print what cross-validation says of them."""
    console = Console(stderr=True)
    questions = read_questions(FOLDER)
    if "--scope-only" not in sys.argv:
        console.print(f"router: {train(questions, WEIGHTS).model_dump()}")
    settings = RootSettings()
    index = open_index(settings.vectorstore)
    _, reader = build_reader(Ledger(index.catalog.documents()), settings.assistant)
    judged = [one for one in questions if Route(one.route) in IN_SCOPE or one.route in _OUTSIDE]
    rows, inside = [], []
    held_out = out_of_fold([one.q for one in judged], [one.route for one in judged], Route.OUT_OF_SCOPE.value)
    for one, outside in track(list(zip(judged, held_out, strict=True)), description="scope", console=console):
        understanding = reader.read(Question(turns=(one.q,)))
        understanding = understanding.model_copy(
            update={"route_scores": {**understanding.route_scores, Route.OUT_OF_SCOPE.value: outside}}
        )
        result = index.retriever.retrieve(RetrievalQuery(legs=reader.legs(understanding)), 5)
        rows.append(scope_features(understanding, result))
        inside.append(one.route not in _OUTSIDE)
    model, accuracy = _fit(rows, inside)
    SCOPE_FILE.write_text(model.model_dump_json(indent=1) + "\n", encoding="utf-8")
    console.print(f"scope: n={len(rows)} cross-validated accuracy {accuracy:.4f} {model.model_dump()}")
    return 0


def _fit(rows: list[dict[str, float]], inside: list[bool]) -> tuple[ScopeModel, float]:
    names = list(rows[0])
    features = np.array([[row[name] for name in names] for row in rows])
    labels = np.array(inside)
    model = LogisticRegression(C=10.0, max_iter=1000)
    folds = StratifiedKFold(5, shuffle=True, random_state=SEED)
    predicted = cross_val_predict(model, features, labels, cv=folds)
    model.fit(features, labels)
    weights = {name: round(float(value), 4) for name, value in zip(names, model.coef_[0], strict=True)}
    scope = ScopeModel(bias=round(float(model.intercept_[0]), 4), weights=weights, threshold=THRESHOLD)
    return scope, float(np.mean(predicted == labels))


if __name__ == "__main__":
    sys.exit(main())
