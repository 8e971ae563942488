"""A running page answers from documents that were added after it was started."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from assistant.ledger import Ledger
from assistant.models import Answer, Question, Status
from assistant.serving import LivePipeline
from ingest.document import parse_document, read_document
from vectorstore.models import Document

PLAN = read_document(Path("ingest/corpus/huzhou-ai-plan-2025-draft.txt"))
OTHER = parse_document("另一份计划\n\n一、主要措施\n\n1.甲事。做甲。\n", "other.txt")


@dataclass
class SwappedIndex:
    """An index whose generation can be swapped."""

    stored: tuple[Document, ...] = (PLAN,)
    stamp: tuple[int, int] = (1, 1)
    refreshed: int = 0

    @property
    def catalog(self) -> SwappedIndex:
        return self

    def documents(self) -> tuple[Document, ...]:
        return self.stored

    def refresh(self) -> None:
        self.refreshed += 1


@dataclass
class CountingBuild:
    """Builds pipelines that say how many documents they read."""

    built: list[int] = field(default_factory=list)

    def __call__(self, ledger: Ledger) -> CountingBuild:
        self.built.append(len(ledger.documents))
        return self

    def answer(self, question: Question) -> Answer:
        return Answer(status=Status.ANSWERED, text=str(self.built[-1]))


def test_a_document_added_later_is_read_at_the_next_question() -> None:
    index, build = SwappedIndex(), CountingBuild()
    live = LivePipeline(index, build)  # type: ignore[arg-type]
    assert live.answer(Question(turns=("问",))).text == "1"
    index.stored, index.stamp = (PLAN, OTHER), (2, 2)
    assert live.answer(Question(turns=("问",))).text == "2"
    assert [document.document_id for document in live.ledger.documents] == [PLAN.document_id, "other"]


def test_nothing_is_built_anew_while_the_generation_stays() -> None:
    index, build = SwappedIndex(), CountingBuild()
    live = LivePipeline(index, build)  # type: ignore[arg-type]
    for _ in range(3):
        live.answer(Question(turns=("问",)))
    assert build.built == [1]
    assert index.refreshed == 0
