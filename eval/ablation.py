"""What each part of retrieval adds on golden questions: the same search, one part changed at a time."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from eval.golden import GoldenEvidence
from eval.retrieval import Progress
from eval.statistics import Interval, interval
from vectorstore.factory import Index, open_index, open_writer
from vectorstore.models import ChunkKind, IndexedDocument, QueryLeg, RetrievalQuery
from vectorstore.protocols import Embedder
from vectorstore.settings import VectorStoreSettings

DEPTH = 5
PREVIOUS_WEIGHT = 0.5
"""Weight of the turn before the judged one, searched as a leg of its own."""


class Variant(BaseModel):
    """One way to search: what is indexed, and the fusion keys that differ from the configured ones."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    left_out: tuple[ChunkKind, ...] = ()
    bigrams: bool = True
    fusion: dict[str, float | str | bool] = {}


_UNORDERED: dict[str, float | str | bool] = {"ordered": False}
_NO_DENSE: dict[str, float | str | bool] = {**_UNORDERED, "dense_weight": 0.0}
_ONLY_DENSE: dict[str, float | str | bool] = {**_UNORDERED, "lexical_weight": 0.0}
_HALVES: dict[str, float | str | bool] = {**_UNORDERED, "dense_weight": 1.0, "falloff": 0.0}
_TEXT_ALONE = (ChunkKind.GLOSS, ChunkKind.WORDING)

VARIANTS = (
    Variant(name="bm25, words only", bigrams=False, left_out=_TEXT_ALONE, fusion=_NO_DENSE),
    Variant(name="bm25", left_out=_TEXT_ALONE, fusion=_NO_DENSE),
    Variant(name="dense", left_out=_TEXT_ALONE, fusion=_ONLY_DENSE),
    Variant(name="fused", left_out=_TEXT_ALONE, fusion=_UNORDERED),
    Variant(name="bm25 + glosses", left_out=(ChunkKind.WORDING,), fusion=_NO_DENSE),
    Variant(name="dense + glosses", left_out=(ChunkKind.WORDING,), fusion=_ONLY_DENSE),
    Variant(name="fused + glosses", left_out=(ChunkKind.WORDING,), fusion=_UNORDERED),
    Variant(name="fused + glosses + wordings", fusion=_UNORDERED),
    Variant(name="that, without sentences", left_out=(ChunkKind.SENTENCE,), fusion=_UNORDERED),
    Variant(name="that, without pairs and characters", bigrams=False, fusion=_UNORDERED),
    Variant(name="that, best chunk alone", fusion={**_UNORDERED, "second_share": 0.0}),
    Variant(name="that, headings in full", fusion={**_UNORDERED, "bare_share": 1.0}),
    Variant(name="that, half and half", fusion=_HALVES),
    Variant(name="that, rank fusion", fusion={**_HALVES, "method": "rrf"}),
    Variant(name="that, in the fitted order (default)"),
    Variant(name="fitted order, without wordings", left_out=(ChunkKind.WORDING,)),
    Variant(name="fitted order, without both", left_out=_TEXT_ALONE),
)


class AblationRow(BaseModel):
    """What one variant finds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    recall: Interval = Field(description="share of a question's evidence within the first five clauses")
    hit_rate: Interval = Field(description="questions whose first clause holds evidence")
    by_type: dict[str, Interval] = Field(description="recall by type of question")


def ablate(
    documents: Sequence[IndexedDocument],
    questions: Sequence[GoldenEvidence],
    settings: VectorStoreSettings,
    embedder: Embedder,
    progress: Progress,
    variants: Sequence[Variant] = VARIANTS,
) -> tuple[AblationRow, ...]:
    """Return one row a variant, each from a fresh temporary index of the documents."""
    rows = []
    for done, variant in enumerate(variants, start=1):
        with _index(documents, variant, settings, embedder) as index:
            rows.append(_row(variant.name, index, questions))
        progress("variants", done, len(variants))
    return tuple(rows)


@contextmanager
def _index(
    documents: Sequence[IndexedDocument], variant: Variant, settings: VectorStoreSettings, embedder: Embedder
) -> Iterator[Index]:
    with tempfile.TemporaryDirectory(prefix="huxz-eval-") as folder:
        fusion = settings.fusion.model_validate({**settings.fusion.model_dump(), **variant.fusion})
        update = {"data_dir": Path(folder), "bigrams": variant.bigrams, "fusion": fusion}
        fresh = settings.model_copy(update=update)
        open_writer(fresh, embedder=embedder).apply([_without(item, variant.left_out) for item in documents])
        index = open_index(fresh, embedder=embedder)
        try:
            yield index
        finally:
            index.close()


def _without(item: IndexedDocument, kinds: Sequence[ChunkKind]) -> IndexedDocument:
    kept = tuple(chunk for chunk in item.chunks if chunk.kind not in kinds)
    return item.model_copy(update={"chunks": kept})


def _row(name: str, index: Index, questions: Sequence[GoldenEvidence]) -> AblationRow:
    recalls, hits = [], []
    for question in questions:
        texts = _found(index, question)
        recalls.append(recall(question.evidence, texts))
        hits.append(float(recall(question.evidence, texts[:1]) > 0))
    judged = list(zip(recalls, questions, strict=True))
    types = sorted({question.type for question in questions})
    return AblationRow(
        name=name,
        recall=interval(recalls),
        hit_rate=interval(hits),
        by_type={kind: interval([r for r, of in judged if of.type == kind]) for kind in types},
    )


def _found(index: Index, question: GoldenEvidence) -> list[str]:
    legs = [QueryLeg(text=question.turns[-1])]
    if len(question.turns) > 1:
        legs.append(QueryLeg(text=question.turns[-2], weight=PREVIOUS_WEIGHT, name="previous"))
    result = index.retriever.retrieve(RetrievalQuery(legs=tuple(legs)), DEPTH)
    return [found.clause.text for found in result.clauses]


def recall(evidence: Sequence[str], texts: Sequence[str]) -> float:
    """Return the share of evidence strings that occur in one of the texts, 0..1."""
    return sum(any(string in text for text in texts) for string in evidence) / len(evidence)
