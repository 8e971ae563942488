"""Any BEIR-layout set through the product's own retriever, in a fresh temporary index."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from eval.beir import BeirSet
from eval.errors import MissingPackageError
from eval.statistics import Interval, PairedTest, interval, paired
from vectorstore.factory import Index, open_index, open_writer
from vectorstore.models import QueryLeg, RetrievalQuery
from vectorstore.protocols import Embedder
from vectorstore.settings import FusionSettings, VectorStoreSettings

Leg = Literal["bm25", "dense", "fused"]
Run = dict[str, dict[str, float]]

METRICS = ("ndcg@10", "recall@5", "recall@10", "recall@50", "recall@100", "mrr@10")
_SHOWN_EVERY = 100
DEPTH = 100
"""Clauses asked for where metrics are computed; times are taken at the depth that the product asks for."""


class Progress(Protocol):
    """Shows how far a run is."""

    def __call__(self, what: str, done: int, total: int) -> None:
        """Report that `done` of `total` of something are finished."""
        ...


class Times(BaseModel):
    """Milliseconds a question, from text to ranked clauses."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    p50: float
    p95: float
    k: int = Field(description="clauses asked for")


class Indexing(BaseModel):
    """How fast the index was built."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    documents: int
    seconds: float
    documents_per_s: float


class RetrievalReport(BaseModel):
    """What `eval retrieval` measures."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    n: int = Field(description="judged questions")
    model: str = Field(description="embedding model")
    legs: dict[Leg, dict[str, Interval]]
    latency_ms: dict[Leg, Times]
    indexing: Indexing
    peak_memory_mb: float = Field(description="most resident memory of the whole process")
    paired: dict[str, PairedTest] = Field(description="nDCG@10 of one leg less another's, '<leg>-<leg>'")

    def as_json(self) -> str:
        """Return the report with the legs at the top level, as the contract of the command has it."""
        whole = self.model_dump(mode="json")
        legs = whole.pop("legs")
        return json.dumps({**legs, **whole}, ensure_ascii=False, indent=2)


def leg_settings(leg: Leg, fusion: FusionSettings) -> FusionSettings:
    """Return the fusion that leaves one leg alone, or the configured one."""
    if leg == "fused":
        return fusion
    words = 1.0 if leg == "bm25" else 0.0
    alone = {
        "method": "share",
        "lexical_weight": words,
        "dense_weight": 1 - words,
        "document_weight": 0.0,
        "ordered": False,
    }
    return fusion.model_copy(update=alone)


def measure(
    data: BeirSet,
    legs: Sequence[Leg],
    settings: VectorStoreSettings,
    embedder: Embedder,
    progress: Progress,
) -> tuple[RetrievalReport, dict[Leg, Run]]:
    """Return the report and the runs of the legs, from an index that is made and thrown away."""
    with tempfile.TemporaryDirectory(prefix="huxz-eval-") as folder:
        fresh = settings.model_copy(update={"data_dir": Path(folder)})
        indexing = _index(data, fresh, embedder, progress)
        runs: dict[Leg, Run] = {}
        times: dict[Leg, Times] = {}
        for leg in legs:
            with _opened(fresh, leg, embedder) as index:
                runs[leg] = _run(index, data.queries, leg, progress)
                times[leg] = _times(index, data.queries, settings.k)
    scores = {leg: _per_question(data, run) for leg, run in runs.items()}
    report = RetrievalReport(
        n=len(data.queries),
        model=embedder.name,
        legs={leg: {name: interval(values) for name, values in by.items()} for leg, by in scores.items()},
        latency_ms=times,
        indexing=indexing,
        peak_memory_mb=_peak_memory_mb(),
        paired={
            f"{first}-{second}": paired(scores[first]["ndcg@10"], scores[second]["ndcg@10"])
            for second, first in combinations(legs, 2)
        },
    )
    return report, runs


def write_trec(path: Path, run: Run, name: str) -> None:
    """Write a run in TREC's format: question Q0 passage rank score name."""
    with path.open("w", encoding="utf-8") as file:
        for query_id, found in run.items():
            for rank, (passage_id, score) in enumerate(found.items(), start=1):
                file.write(f"{query_id} Q0 {passage_id} {rank} {score:.6f} {name}\n")


def _index(data: BeirSet, settings: VectorStoreSettings, embedder: Embedder, progress: Progress) -> Indexing:
    def show(done: int, total: int) -> None:
        if done % _SHOWN_EVERY == 0 or done == total:  # a bar drawn for each passage slows what is timed
            progress("indexing", done, total)

    writer = open_writer(settings, embedder=embedder, progress=show)
    begun = time.perf_counter()
    writer.apply(data.documents)
    seconds = time.perf_counter() - begun
    count = sum(len(item.chunks) for item in data.documents)
    return Indexing(documents=count, seconds=seconds, documents_per_s=count / seconds)


@contextmanager
def _opened(settings: VectorStoreSettings, leg: Leg, embedder: Embedder) -> Iterator[Index]:
    fusion = leg_settings(leg, settings.fusion)
    index = open_index(settings.model_copy(update={"fusion": fusion}), embedder=embedder)
    try:
        yield index
    finally:
        index.close()


def _run(index: Index, queries: Mapping[str, str], leg: Leg, progress: Progress) -> Run:
    run: Run = {}
    for done, (query_id, text) in enumerate(queries.items(), start=1):
        found = index.retriever.retrieve(RetrievalQuery(legs=(QueryLeg(text=text),)), DEPTH).clauses
        run[query_id] = {found_one.clause.path: found_one.score for found_one in found}
        progress(leg, done, len(queries))
    return run


def _times(index: Index, queries: Mapping[str, str], k: int) -> Times:
    taken = []
    for text in queries.values():
        begun = time.perf_counter()
        index.retriever.retrieve(RetrievalQuery(legs=(QueryLeg(text=text),)), k)
        taken.append((time.perf_counter() - begun) * 1000)
    p50, p95 = np.percentile(taken, [50, 95])
    return Times(p50=float(p50), p95=float(p95), k=k)


def _per_question(data: BeirSet, run: Run) -> dict[str, list[float]]:
    """Return each metric's value a question, in the order of the questions; ranx computes them."""
    try:
        from numba.core.errors import NumbaTypeSafetyWarning
        from ranx import Qrels, evaluate
        from ranx import Run as RanxRun
    except ImportError as error:
        raise MissingPackageError("ranx is not installed: pip install 'huxz[dev]'") from error
    order = sorted(data.queries)
    # ranx refuses a question without any passage; one that is not judged stands for nothing found.
    filled = {key: run[key] or {"": 0.0} for key in order}
    qrels = Qrels({key: data.qrels[key] for key in order})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NumbaTypeSafetyWarning)  # ranx's, while numba compiles it
        values = evaluate(qrels, RanxRun(filled), list(METRICS), return_mean=False)
    return {name: [float(value) for value in values[name]] for name in METRICS}


def _peak_memory_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
