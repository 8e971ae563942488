"""`python -m assistant.routing`: trains the router and fits the scope model on the shipped questions."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from assistant.factory import build_reader
from assistant.judging import ScopeModel, scope_features
from assistant.ledger import Ledger
from assistant.models import Question
from assistant.reading import document_texts, matching_texts
from assistant.routing.classifier import FOLDER, INSIDE, OUTSIDE, WEIGHTS
from assistant.routing.distant import distant_questions
from assistant.routing.scope import SCOPE_FILE
from assistant.routing.train import SEED, out_of_fold, read_questions, scope_examples, train
from assistant.settings import RootSettings
from vectorstore.embeddings import StaticEmbedder
from vectorstore.factory import open_index
from vectorstore.models import RetrievalQuery

Array = NDArray[np.float64]
THRESHOLD = 0.26
_THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6)
_FOUND = 5


def main() -> int:
    """Train both and print what cross-validation says of them."""
    console = Console(stderr=True)
    questions = read_questions(FOLDER)
    settings = RootSettings()
    index = open_index(settings.vectorstore)
    ledger = Ledger(index.catalog.documents())
    distant = distant_questions(matching_texts(list(document_texts(ledger))), StaticEmbedder())
    if "--scope-only" not in sys.argv:
        console.print(f"router: {train(questions, distant, WEIGHTS).model_dump()}")
    examples = scope_examples(questions, distant)
    sides = [INSIDE if example.inside else OUTSIDE for example in examples]
    _, reader = build_reader(ledger, settings.assistant)
    held_out = out_of_fold([example.q for example in examples], sides, INSIDE)
    rows = []
    for example, inside in track(
        list(zip(examples, held_out, strict=True)), description="scope", console=console
    ):
        understanding = reader.read(Question(turns=(example.q,))).model_copy(update={"inside": inside})
        result = index.retriever.retrieve(RetrievalQuery(legs=reader.legs(understanding)), _FOUND)
        rows.append(scope_features(understanding, result))
    model, predicted = _fit(rows, [example.inside for example in examples])
    SCOPE_FILE.write_text(model.model_dump_json(indent=1) + "\n", encoding="utf-8")
    console.print(f"scope: n={len(rows)} {model.model_dump()}")
    for threshold in _THRESHOLDS:
        console.print(_refused(threshold, predicted, sides))
    return 0


def _refused(threshold: float, predicted: Array, sides: Sequence[str]) -> str:
    """Return the shares refused under a threshold, cross-validated, of both sides."""
    inside = np.array(sides) == INSIDE
    shares = (float(np.mean(predicted[side] < threshold)) for side in (inside, ~inside))
    return "threshold {}: refused {:.4f} of inside, {:.4f} of outside".format(threshold, *shares)


def _fit(rows: list[dict[str, float]], inside: list[bool]) -> tuple[ScopeModel, Array]:
    """Return the fitted model, and the cross-validated probabilities of being inside."""
    names = list(rows[0])
    features = np.array([[row[name] for name in names] for row in rows])
    labels = np.array(inside)
    model = LogisticRegression(C=10.0, max_iter=1000)
    folds = StratifiedKFold(5, shuffle=True, random_state=SEED)
    predicted = cross_val_predict(model, features, labels, cv=folds, method="predict_proba")[:, 1]
    model.fit(features, labels)
    weights = {name: round(float(value), 4) for name, value in zip(names, model.coef_[0], strict=True)}
    scope = ScopeModel(bias=round(float(model.intercept_[0]), 4), weights=weights, threshold=THRESHOLD)
    return scope, predicted


if __name__ == "__main__":
    sys.exit(main())
