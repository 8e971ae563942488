"""Finds clauses: BM25 and vectors, fused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vectorstore.caching import Block
from vectorstore.fusion import Scores, dealt_out, fuse, top
from vectorstore.legs import LegScores
from vectorstore.lexical import overlap
from vectorstore.models import (
    QueryLeg,
    RetrievalQuery,
    RetrievedClause,
    ScoredSentence,
    SearchResult,
)
from vectorstore.passages import Passage
from vectorstore.protocols import Embedder, Vectors
from vectorstore.reading import CurrentIndex, Snapshot
from vectorstore.reordering import Reordering
from vectorstore.reranking import Reranking
from vectorstore.settings import FusionSettings


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """The candidates of one search with their features."""

    clause_ids: tuple[str, ...]
    features: NDArray[np.float32]
    """(n_candidates, n_features), see `vectorstore.ordering` and `vectorstore.plain_ordering`"""


class HybridRetriever:
    """A Retriever over the serving generation."""

    def __init__(
        self,
        index: CurrentIndex,
        embedder: Embedder,
        settings: FusionSettings,
        reordering: Reordering,
        reranking: Reranking | None = None,
    ) -> None:
        self._index = index
        self._embedder = embedder
        self._settings = settings
        self._reordering = reordering
        self._reranking = reranking

    def retrieve(self, query: RetrievalQuery, k: int) -> SearchResult:
        """Return at most k clauses, best first, each clause once."""
        snapshot = self._index.snapshot()
        legs, fused = self._score_all(snapshot, query)
        rows, fused = self._first(legs, fused, max(k, self._reordered, self._reranked))
        if self._reordered:
            first, fused = self._reordering.order(snapshot, rows[: self._reordered], legs, fused)
            rows = np.concatenate([first, rows[self._reordered :]])
        if self._reranking is not None and len(rows):
            passages = [snapshot.passages.passage(int(row)) for row in rows]
            rows, fused = self._reranking.order(legs[0].leg.text, passages, rows, fused)
        return SearchResult(
            clauses=self._results(snapshot, rows[:k], fused, legs),
            coverage=legs[0].coverage,
        )

    @property
    def _reranked(self) -> int:
        return self._reranking.reranked if self._reranking else 0

    @property
    def _reordered(self) -> int:
        return self._settings.reordered if self._settings.ordered else 0

    def candidates(self, query: RetrievalQuery, plain: bool = False) -> Candidates:
        """Return what the order of a search's candidates is decided by, for fitting either order."""
        snapshot = self._index.snapshot()
        legs, fused = self._score_all(snapshot, query)
        rows, _ = self._first(legs, fused, self._settings.reordered)
        passages = [snapshot.passages.passage(int(row)) for row in rows]
        return Candidates(
            clause_ids=tuple(f"{one.document_id}:{one.clause.path}" for one in passages),
            features=self._reordering.features(snapshot, rows, legs, plain),
        )

    def _score_all(self, snapshot: Snapshot, query: RetrievalQuery) -> tuple[list[LegScores], Scores]:
        vectors = self._embedder.embed_queries([leg.text for leg in query.legs])
        legs = [
            self._score(snapshot, query, leg, vector) for leg, vector in zip(query.legs, vectors, strict=True)
        ]
        total = sum(leg.leg.weight for leg in legs)
        fused = np.zeros(len(snapshot.passages), dtype=np.float32)
        for leg in legs:
            fused += np.float32(leg.leg.weight / total) * self._fuse(leg)
        fused[snapshot.passages.bare] *= np.float32(self._settings.bare_share)
        return legs, fused

    def _first(self, legs: list[LegScores], fused: Scores, k: int) -> tuple[NDArray[np.intp], Scores]:
        """Return the k best passages in the light of their documents; their scores stay those of passages."""
        around = self._settings.document_weight * _around(legs)
        rows = top(np.where(fused > 0, fused + around, np.float32(0)), k)
        return dealt_out(rows, np.arange(len(rows)), fused)

    def _score(
        self, snapshot: Snapshot, query: RetrievalQuery, leg: QueryLeg, vector: NDArray[np.float32]
    ) -> LegScores:
        subset = snapshot.subsets.subset(query.filters)
        words = (snapshot.words if subset is None else subset.words).score(leg.text)
        lexical, around = words.shares, words.around
        if subset is None:
            allowed = snapshot.passages.allowed(query.filters)
            found = snapshot.subsets.search(vector, self._settings.candidates, query.filters)
            lexical = lexical if allowed is None else np.where(allowed, lexical, np.float32(0))
        else:
            found = subset.search(vector, self._settings.candidates)
            lexical = _spread(lexical, subset.rows, len(snapshot.passages))
            around = None if around is None else _spread(around, subset.rows, len(snapshot.passages))
        rows = snapshot.passages.of_chunks[found.rows]
        dense, known = by_clause(found.scores, rows, len(snapshot.passages), self._settings.second_share)
        return LegScores(
            leg=leg,
            vector=vector,
            weights=words.weights,
            coverage=words.coverage,
            lexical=lexical,
            around=around,
            dense=dense,
            known=known,
        )

    def _fuse(self, leg: LegScores) -> Scores:
        return fuse(leg.lexical, leg.dense, leg.known, self._settings)

    def _results(
        self, snapshot: Snapshot, rows: NDArray[np.intp], fused: Scores, legs: list[LegScores]
    ) -> tuple[RetrievedClause, ...]:
        passages = [snapshot.passages.passage(int(row)) for row in rows]
        first = max(legs, key=lambda leg: leg.leg.weight)
        blocks = snapshot.blocks.blocks(passages)
        similarities = [block.vectors @ first.vector for block in blocks]
        return tuple(
            RetrievedClause(
                document_id=passage.document_id,
                clause=passage.clause,
                rank=rank,
                score=min(1.0, float(fused[row])),
                lexical=float(first.lexical[row]),
                dense=float(values.max()),
                sentences=_sentences(passage, block, values, first.weights, self._settings),
            )
            for rank, (row, passage, block, values) in enumerate(
                zip(rows, passages, blocks, similarities, strict=True), start=1
            )
        )


def _around(legs: Sequence[LegScores]) -> Scores | np.float32:
    """Return (n_passages,) what the documents of passages hold of all wordings; 0 where none says more."""
    total = sum(leg.leg.weight for leg in legs)
    held: Scores | np.float32 = np.float32(0)
    for leg in legs:
        if leg.around is not None:
            held = held + np.float32(leg.leg.weight / total) * leg.around
    return held


def _spread(scores: Scores, rows: NDArray[np.intp], size: int) -> Scores:
    """Return (size,) the scores at their rows, 0 elsewhere."""
    whole = np.zeros(size, dtype=np.float32)
    whole[rows] = scores
    return whole


def by_clause(
    scores: Vectors, rows: NDArray[np.int32], size: int, second_share: float
) -> tuple[Scores, NDArray[np.bool_]]:
    """Return (size,) the similarity of each clause's best chunk, and of which one was found at all.

    Args:
        scores: (n_chunks,) similarities, best first.
        rows: (n_chunks,) the clause of each chunk.
        size: number of clauses.
        second_share: share of the mean of the best two chunks in the clause's score.
    """
    dense = np.zeros(size, dtype=np.float32)
    known = np.zeros(size, dtype=np.bool_)
    distinct, first = np.unique(rows, return_index=True)
    dense[distinct], known[distinct] = scores[first], True
    if second_share > 0:
        rest = np.ones(len(rows), dtype=np.bool_)
        rest[first] = False
        others, second = np.unique(rows[rest], return_index=True)
        half = np.float32(second_share / 2)
        dense[others] += half * (scores[rest][second] - dense[others])
    return dense, known


def _sentences(
    passage: Passage,
    block: Block,
    similarities: NDArray[np.float32],
    weights: Mapping[str, float],
    settings: FusionSettings,
) -> tuple[ScoredSentence, ...]:
    """Return the sentences of a clause, best first: similarity and shared words, weighted like the legs."""
    total = settings.lexical_weight + settings.dense_weight
    dense_share = settings.dense_weight / total
    scored = []
    for part, asking in zip(passage.sentences(), block.asking, strict=True):
        text = passage.verbatim(part)
        closest = float(similarities[asking].max())
        score = dense_share * closest + (1 - dense_share) * overlap(weights, text)
        scored.append(ScoredSentence(start=part.start, end=part.end, text=text, score=score))
    return tuple(sorted(scored, key=lambda sentence: -sentence.score))
