"""Asks the assistant golden questions, in this process or in several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from typing import Protocol

from assistant.factory import build_assistant
from assistant.models import Answer, Question
from assistant.settings import RootSettings
from eval.golden import GoldenRecord


class Asker(Protocol):
    """Answers golden questions."""

    def __call__(self, records: Sequence[GoldenRecord]) -> Iterator[Answer]:
        """Yield one answer a record, in their order."""
        ...


class InProcess:
    """Asks the assistant as a user of the page would, on the day that the question was asked."""

    def __init__(self, settings: RootSettings, day: date) -> None:
        """Take the assistant's settings, and the day of questions that name none."""
        self._settings = settings
        self._day = day
        self._pipelines: dict[date, _Answering] = {}

    def __call__(self, records: Sequence[GoldenRecord]) -> Iterator[Answer]:
        """Yield one answer a record, in their order."""
        return map(self.answer, records)

    def answer(self, record: GoldenRecord) -> Answer:
        """Return the answer to one record."""
        day = record.as_of or self._day
        if day not in self._pipelines:
            section = self._settings.assistant.model_copy(update={"today": day})
            built = build_assistant(self._settings.model_copy(update={"assistant": section}))
            self._pipelines[day] = built.pipeline
        return self._pipelines[day].answer(Question(turns=record.turns, audience=record.audience))


class InProcesses:
    """Asks several assistants at once, each in a process of its own."""

    def __init__(self, settings: RootSettings, day: date, jobs: int) -> None:
        """Take the assistant's settings, the day, and how many processes."""
        self._settings = settings
        self._day = day
        self._jobs = jobs

    def __call__(self, records: Sequence[GoldenRecord]) -> Iterator[Answer]:
        """Yield one answer a record, in their order."""
        # spawn: a forked copy of the embedding model's threads would hang
        with ProcessPoolExecutor(
            self._jobs, get_context("spawn"), _start, (self._settings, self._day)
        ) as pool:
            yield from pool.map(_answer, records, chunksize=4)


class _Answering(Protocol):
    def answer(self, question: Question) -> Answer: ...


_here: list[InProcess] = []
"""The assistant of a worker process."""


def _start(settings: RootSettings, day: date) -> None:
    _here.append(InProcess(settings, day))


def _answer(record: GoldenRecord) -> Answer:
    return _here[0].answer(record)
