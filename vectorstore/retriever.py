"""Finds clauses: BM25 and vectors, fused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vectorstore.caching import Block
from vectorstore.fusion import Scores, fuse, share_of, top
from vectorstore.lexical import overlap
from vectorstore.models import (
    QueryLeg,
    RetrievalQuery,
    RetrievedClause,
    ScoredSentence,
    SearchResult,
)
from vectorstore.ordering import FEATURES, Ordering, leg_features
from vectorstore.passages import Passage, PassageTable, clause_of
from vectorstore.protocols import ChunkHits, Embedder
from vectorstore.reading import CurrentIndex, Snapshot
from vectorstore.reranking import Reranking
from vectorstore.settings import FusionSettings


@dataclass(frozen=True, kw_only=True)
class _LegScores:
    """What one wording of the question scored, over all passages."""

    leg: QueryLeg
    vector: NDArray[np.float32]
    coverage: float
    lexical: Scores
    """(n_passages,) share of the question's words that each passage holds"""
    dense: Scores
    known: NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """The candidates of one search with their features."""

    clause_ids: tuple[str, ...]
    features: NDArray[np.float32]
    """(n_candidates, n_features), see `vectorstore.ordering.FEATURES`"""


class HybridRetriever:
    """A Retriever over the serving generation."""

    def __init__(
        self,
        index: CurrentIndex,
        embedder: Embedder,
        settings: FusionSettings,
        ordering: Ordering | None = None,
        reranking: Reranking | None = None,
    ) -> None:
        self._index = index
        self._embedder = embedder
        self._settings = settings
        self._ordering = ordering
        self._reranking = reranking

    def retrieve(self, query: RetrievalQuery, k: int) -> SearchResult:
        """Return at most k clauses, best first, each clause once."""
        snapshot = self._index.snapshot()
        legs, fused = self._score_all(snapshot, query)
        rows = top(fused, max(k, self._settings.reordered if self._ordering else 0, self._reranked))
        if self._ordering is not None and len(rows):
            rows, fused = self._reorder(self._ordering, snapshot, rows, legs, fused)
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

    def candidates(self, query: RetrievalQuery) -> Candidates:
        """Return what the order of a search's candidates is decided by, for fitting it."""
        snapshot = self._index.snapshot()
        legs, fused = self._score_all(snapshot, query)
        rows = top(fused, self._settings.reordered)
        passages = [snapshot.passages.passage(int(row)) for row in rows]
        return Candidates(
            clause_ids=tuple(f"{one.document_id}:{one.clause.path}" for one in passages),
            features=candidate_features(snapshot, rows, legs),
        )

    def _score_all(self, snapshot: Snapshot, query: RetrievalQuery) -> tuple[list[_LegScores], Scores]:
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

    def _score(
        self, snapshot: Snapshot, query: RetrievalQuery, leg: QueryLeg, vector: NDArray[np.float32]
    ) -> _LegScores:
        coverage = snapshot.lexical.coverage(leg.text)
        lexical = share_of(snapshot.lexical.scores(leg.text), snapshot.lexical.ideal(leg.text))
        allowed = snapshot.passages.allowed(query.filters)
        found = snapshot.store.search(vector, self._settings.candidates, query.filters)
        dense = by_clause(found, snapshot.passages, self._settings.second_share)
        if allowed is not None:
            lexical = np.where(allowed, lexical, np.float32(0))
            dense = np.where(allowed, dense, np.float32(np.nan))
        return _LegScores(
            leg=leg,
            vector=vector,
            coverage=coverage,
            lexical=lexical,
            dense=np.nan_to_num(dense, nan=0.0),
            known=~np.isnan(dense),
        )

    def _reorder(
        self,
        ordering: Ordering,
        snapshot: Snapshot,
        rows: NDArray[np.intp],
        legs: list[_LegScores],
        fused: Scores,
    ) -> tuple[NDArray[np.intp], Scores]:
        """Return the rows in the order of the model, and scores relative to the first.

        The model was fitted on clauses with glosses and everyday wordings, and only there does it help
        (docs/adr/0005-fitted-order-and-wordings.md): candidates without any keep the order of the fusion.
        """
        if not any(snapshot.passages.passage(int(row)).explained for row in rows):
            return rows, fused
        shares = ordering.probabilities(candidate_features(snapshot, rows, legs))
        best = np.argsort(-shares, kind="stable")
        scores = np.zeros_like(fused)
        scores[rows] = shares / shares.max()
        return rows[best], scores

    def _fuse(self, leg: _LegScores) -> Scores:
        return fuse(leg.lexical, leg.dense, leg.known, self._settings)

    def _results(
        self, snapshot: Snapshot, rows: NDArray[np.intp], fused: Scores, legs: list[_LegScores]
    ) -> tuple[RetrievedClause, ...]:
        passages = [snapshot.passages.passage(int(row)) for row in rows]
        first = max(legs, key=lambda leg: leg.leg.weight)
        blocks = snapshot.blocks.blocks(passages)
        similarities = [block.vectors @ first.vector for block in blocks]
        weights = snapshot.lexical.weights(first.leg.text)
        return tuple(
            RetrievedClause(
                document_id=passage.document_id,
                clause=passage.clause,
                rank=rank,
                score=min(1.0, float(fused[row])),
                lexical=float(first.lexical[row]),
                dense=float(values.max()),
                sentences=_sentences(passage, block, values, weights, self._settings),
            )
            for rank, (row, passage, block, values) in enumerate(
                zip(rows, passages, blocks, similarities, strict=True), start=1
            )
        )


def candidate_features(
    snapshot: Snapshot, rows: NDArray[np.intp], legs: Sequence[_LegScores]
) -> NDArray[np.float32]:
    """Return (n_rows, n_features): the features of every wording of the question, weighted."""
    blocks = snapshot.blocks.blocks([snapshot.passages.passage(int(row)) for row in rows])
    bare = snapshot.passages.bare[rows]
    total = sum(leg.leg.weight for leg in legs)
    features = np.zeros((len(rows), len(FEATURES)), dtype=np.float32)
    for leg in legs:
        similarities = [block.vectors @ leg.vector for block in blocks]
        share = np.float32(leg.leg.weight / total)
        features += share * leg_features(blocks, similarities, bare, leg.lexical[rows], leg.coverage)
    return features


def by_clause(found: ChunkHits, passages: PassageTable, second_share: float) -> Scores:
    """Return (n_passages,) the similarity of each clause's best chunk, NaN for clauses without a chunk found.

    Args:
        found: chunks, best first.
        passages: the rows.
        second_share: share of the mean of the best two chunks in the clause's score.
    """
    dense = np.full(len(passages), np.nan, dtype=np.float32)
    second = np.full(len(passages), np.nan, dtype=np.float32)
    seen: Counter[int] = Counter()
    for chunk_id, score in zip(found.chunk_ids, found.scores.tolist(), strict=True):
        row = passages.row(clause_of(chunk_id))
        if row is None:
            continue
        if row not in seen:
            dense[row] = score
        elif seen[row] == 1:
            second[row] = score
        seen[row] += 1
    if second_share <= 0:
        return dense
    half = np.float32(second_share / 2)
    return dense + half * (np.where(np.isnan(second), dense, second) - dense)


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
