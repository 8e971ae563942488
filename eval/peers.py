"""The same questions and the same embedding model through other recipes, within equal budgets."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from eval.golden import GoldenEvidence
from eval.retrieval import Progress
from eval.statistics import Interval, interval
from vectorstore.models import Document, QueryLeg, RetrievalQuery
from vectorstore.protocols import Retriever

BUDGETS = (500, 1000, 2000)
"""Characters of context that a reader or a chat model is given."""
_SHOWN = 10


class Peer(Protocol):
    """A recipe that hands passages to whoever answers."""

    @property
    def name(self) -> str:
        """What the table calls it."""
        ...

    def passages(self, question: str) -> Sequence[str]:
        """Return verbatim passages of the documents, best first."""
        ...


class PeerRow(BaseModel):
    """What one recipe finds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    recall: dict[int, Interval] = Field(description="share of a question's evidence within a budget")
    one_clause: Interval = Field(description="share of the first five passages that lie within one clause")
    p50_ms: float = Field(description="median milliseconds from question to passages")


@dataclass(frozen=True)
class ProductPeer:
    """The product's own search; a passage is a clause."""

    retriever: Retriever
    name: str = "湖小政"

    def passages(self, question: str) -> Sequence[str]:
        """Return the clauses found, best first."""
        query = RetrievalQuery(legs=(QueryLeg(text=question),))
        return [found.clause.text for found in self.retriever.retrieve(query, _SHOWN).clauses]


@dataclass(frozen=True)
class WholePeer:
    """No search: the document from its beginning, as far as the budget goes."""

    document: Document
    name: str = "whole document, cut"

    def passages(self, question: str) -> Sequence[str]:  # noqa: ARG002
        """Return the document."""
        return [self.document.text]


@dataclass(frozen=True)
class FoundPeer:
    """A recipe given as a function."""

    name: str
    find: Callable[[str], Sequence[str]]

    def passages(self, question: str) -> Sequence[str]:
        """Return what the function finds."""
        return self.find(question)


def compare(
    peers: Sequence[Peer],
    questions: Sequence[GoldenEvidence],
    documents: Sequence[Document],
    progress: Progress,
) -> tuple[PeerRow, ...]:
    """Return one row a recipe, over the same questions."""
    spans = ClauseSpans(documents)
    rows = []
    for peer in peers:
        found, taken = [], []
        for done, question in enumerate(questions, start=1):
            begun = time.perf_counter()
            found.append(list(peer.passages(question.turns[-1])))
            taken.append(1000 * (time.perf_counter() - begun))
            progress(peer.name, done, len(questions))
        rows.append(_row(peer.name, questions, found, spans, float(np.median(taken))))
    return tuple(rows)


def _row(
    name: str,
    questions: Sequence[GoldenEvidence],
    found: Sequence[Sequence[str]],
    spans: ClauseSpans,
    p50: float,
) -> PeerRow:
    return PeerRow(
        name=name,
        recall={
            budget: interval(
                [
                    recall_within(of.evidence, texts, budget)
                    for of, texts in zip(questions, found, strict=True)
                ]
            )
            for budget in BUDGETS
        },
        one_clause=interval([float(np.mean([spans.single(text) for text in texts[:5]])) for texts in found]),
        p50_ms=p50,
    )


def recall_within(evidence: Sequence[str], passages: Sequence[str], budget: int) -> float:
    """Return the share of evidence strings in the passages, cut at so many characters in all, 0..1."""
    kept: list[str] = []
    for passage in passages:
        if budget <= 0:
            break
        kept.append(passage[:budget])
        budget -= len(passage)
    return sum(any(string in text for text in kept) for string in evidence) / len(evidence)


class ClauseSpans:
    """Where the clauses of documents begin and end, to tell which passages are one clause."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._texts = [document.text for document in documents]
        self._starts = [np.asarray([clause.start for clause in document.clauses]) for document in documents]

    def single(self, passage: str) -> bool:
        """Whether a passage stands in a document and within one clause of it."""
        wanted = passage.strip()
        for text, starts in zip(self._texts, self._starts, strict=True):
            at = text.find(wanted)
            if at >= 0:
                first, last = np.searchsorted(starts, [at, at + len(wanted) - 1], side="right")
                return bool(first == last)
        return False
