"""Fits the order of candidates that have neither glosses nor everyday wordings."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from eval.beir import BeirSet
from eval.ordering import JudgedSearch
from eval.plain_sets import plain_sets
from eval.questions import FittedOrdering, fitted
from eval.retrieval import Progress
from vectorstore.factory import open_candidates, open_writer
from vectorstore.models import QueryLeg, RetrievalQuery
from vectorstore.settings import VectorStoreSettings


def fit_plain(material: Path, settings: VectorStoreSettings, progress: Progress) -> FittedOrdering:
    """Return the order fitted on held-out questions over the material, each set in an index of its own.

    Raises:
        DataError: The material is not complete.
    """
    return fitted([one for data in plain_sets(material) for one in _searches(data, settings, progress)])


def _searches(data: BeirSet, settings: VectorStoreSettings, progress: Progress) -> Iterator[JudgedSearch]:
    with tempfile.TemporaryDirectory(prefix="huxz-eval-") as folder:
        fresh = settings.model_copy(update={"data_dir": Path(folder)})
        open_writer(fresh, progress=lambda done, total: progress("indexing", done, total)).apply(
            data.documents
        )
        retriever = open_candidates(fresh)
        for done, (query_id, text) in enumerate(data.queries.items(), start=1):
            found = retriever.candidates(RetrievalQuery(legs=(QueryLeg(text=text),)), plain=True)
            paths = [clause_id.split(":", 1)[1] for clause_id in found.clause_ids]
            relevant = np.asarray([path in data.qrels[query_id] for path in paths])
            progress("questions", done, len(data.queries))
            if relevant.any():
                yield JudgedSearch(found.features, relevant)
