"""Labelled questions (route, clauses) of the assistant, as searches whose answers are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.factory import build_reader
from assistant.ledger import Ledger
from assistant.models import Question
from assistant.routing.classifier import FOLDER
from assistant.routing.train import LabelledQuestion, read_questions
from assistant.settings import RootSettings
from assistant.understanding import Route
from eval.ordering import JudgedSearch, cross_validate, fit_ordering
from eval.retrieval import Progress
from vectorstore.factory import open_candidates, open_catalog
from vectorstore.models import RetrievalQuery
from vectorstore.ordering import Ordering

FOLDS = 5
DEPTH = 5
_FROM_LEDGER = frozenset({Route.UNIT_LIST.value, Route.CONTACT.value})
"""Routes that are answered by looking up, not by searching."""


@dataclass(frozen=True)
class FittedOrdering:
    """An ordering with its cross-validated hit rates."""

    ordering: Ordering
    first: float
    within: float


def fit_on_questions(settings: RootSettings, progress: Progress) -> FittedOrdering:
    """Return the ordering fitted on the questions whose clauses are labelled."""
    return fitted(list(_searches(settings, progress)))


def fitted(searches: Sequence[JudgedSearch]) -> FittedOrdering:
    """Return the ordering fitted on searches, with hit rates on folds that it has not seen."""
    first, within = cross_validate(searches, FOLDS, DEPTH)
    return FittedOrdering(fit_ordering(searches), first, within)


def _searches(settings: RootSettings, progress: Progress) -> Iterator[JudgedSearch]:
    retriever = open_candidates(settings.vectorstore)
    _, reader = build_reader(Ledger(open_catalog(settings.vectorstore).documents()), settings.assistant)
    questions = [one for one in read_questions(FOLDER) if _is_searched(one)]
    for done, one in enumerate(questions, start=1):
        understanding = reader.read(Question(turns=(one.q,)))
        found = retriever.candidates(RetrievalQuery(legs=reader.legs(understanding)))
        relevant = np.asarray([clause_id.split(":", 1)[1] in one.paths for clause_id in found.clause_ids])
        progress("questions", done, len(questions))
        if relevant.any():
            yield JudgedSearch(found.features, relevant)


def _is_searched(question: LabelledQuestion) -> bool:
    return bool(question.paths) and question.route not in _FROM_LEDGER
