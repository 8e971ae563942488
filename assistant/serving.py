"""The pipeline over the serving index: built anew when documents come or go."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from threading import Lock

from assistant.ledger import Ledger
from assistant.models import Answer, AnswerEvent, Question
from assistant.pipeline import Pipeline
from vectorstore.factory import Index

logger = logging.getLogger(__name__)


class LivePipeline:
    """Answers from the documents that serve now; a swap of the index is followed at the next question."""

    def __init__(self, index: Index, build: Callable[[Ledger], Pipeline]) -> None:
        self._index = index
        self._build = build
        self._lock = Lock()
        self._stamp = index.stamp
        self.ledger = Ledger(index.catalog.documents())
        self._pipeline = build(self.ledger)

    def answer(self, question: Question) -> Answer:
        """Return the verified answer."""
        return self.current().answer(question)

    def stream(self, question: Question) -> Iterator[AnswerEvent]:
        """Yield the verified answer line by line, then whole."""
        return self.current().stream(question)

    def current(self) -> Pipeline:
        """Return the pipeline over the serving documents."""
        stamp = self._index.stamp
        if stamp == self._stamp:
            return self._pipeline
        with self._lock:
            if stamp != self._stamp:
                logger.info("the index was swapped: reading its documents anew")
                self._index.refresh()
                self.ledger = Ledger(self._index.catalog.documents())
                self._pipeline, self._stamp = self._build(self.ledger), stamp
            return self._pipeline
