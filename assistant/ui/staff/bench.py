"""Measures the staff page over a temporary database of many questions."""

from __future__ import annotations

import os
import platform
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from assistant.factory import Assistant
from assistant.feedback.factory import open_store
from assistant.feedback.records import CitedClause, NewQuestion, NewVote, Reason, Verdict, Versions
from assistant.feedback.settings import FeedbackSettings
from assistant.feedback.store import FeedbackStore
from assistant.models import Audience, Status
from assistant.routing.scope import load_questions
from assistant.settings import RootSettings
from assistant.ui.factory import build_desk
from assistant.ui.staff.rendering import StaffRenderer, table_html
from assistant.ui.staff.tables import Tables
from assistant.ui.texts import load_texts
from prompts.loader import load_messages

_SEED = 20250701
_DAYS = 90
_BATCH = 500
_SHARE_VOTED = 0.12
_STATUSES = (*(Status.ANSWERED,) * 6, Status.UNSPECIFIED, Status.NO_EVIDENCE, Status.OUT_OF_SCOPE)


def measure(assistant: Assistant, settings: RootSettings, questions: int, rounds: int) -> Iterator[str]:
    """Yield the figures as lines: n, median, p95, and the machine."""
    with tempfile.TemporaryDirectory(prefix="huxz-bench-") as folder:
        store = open_store(FeedbackSettings(), Path(folder))
        took = _seconds(lambda: _fill(store, assistant, questions))
        yield f"写入 {questions} 个问题:{took:.2f} s({1000 * took / questions:.2f} ms 一个)"
        desk = build_desk(assistant, settings, store)
        tables = Tables(load_messages("staff_messages"), load_texts())
        renderer = StaffRenderer(load_messages("staff_messages"), tables)

        def opening() -> None:
            shown = desk.opening()
            renderer.periods(shown.periods)
            renderer.questions(shown.failing.questions)
            renderer.questions(shown.recent.questions)

        yield _line("打开工作人员页(首屏数据与排版)", opening, rounds)
        yield _line("热点,第一次(聚类)", lambda: table_html(tables.subjects(desk.subjects()), "subjects"), 1)
        yield _line(
            "热点,再看(已算好)", lambda: table_html(tables.subjects(desk.subjects()), "subjects"), rounds
        )
        yield _line("责任单位缺口", lambda: table_html(tables.gaps(desk.gaps()), "gaps"), rounds)
        store.close()
    yield f"机器:{platform.machine()},{os.cpu_count()} 核,Python {platform.python_version()},SQLite"


def _line(name: str, work: Callable[[], object], rounds: int) -> str:
    times = sorted(_seconds(work) for _ in range(rounds))
    p95 = times[min(len(times) - 1, round(0.95 * (len(times) - 1)))]
    return f"{name}:n={rounds},中位 {median(times):.3f} s,p95 {p95:.3f} s"


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _fill(store: FeedbackStore, assistant: Assistant, count: int) -> None:
    """Keep questions as people ask them: those that the router learnt from, spread over three months."""
    chance = random.Random(_SEED)
    asked = list(load_questions())
    clauses = list(assistant.ledger.by_id)
    versions = Versions(app="bench", corpus="0" * 64, embedding=assistant.index.embedder.name)
    now = datetime.now(UTC)
    for start in range(0, count, _BATCH):
        numbers = range(start, min(start + _BATCH, count))
        store.keep([_question(number, asked, clauses, versions, now, chance) for number in numbers])
        for number in numbers:
            if chance.random() < _SHARE_VOTED:
                store.vote(_receipt(number), "0" * 64, _vote(now, chance))


def _receipt(number: int) -> str:
    return f"bench-{number:08d}"


def _question(
    number: int,
    asked: list[str],
    clauses: list[str],
    versions: Versions,
    now: datetime,
    chance: random.Random,
) -> NewQuestion:
    document_id, path = chance.choice(clauses).split(":", 1)
    return NewQuestion(
        receipt=_receipt(number),
        asked_at=now - timedelta(days=chance.random() * _DAYS),
        turns=(chance.choice(asked),),
        audience=chance.choice(list(Audience)),
        status=chance.choice(_STATUSES),
        elapsed_ms=chance.uniform(5, 40),
        found_first=f"{document_id}:{path}",
        citations=(CitedClause(document_id=document_id, path=path, digest="0" * 64),),
        versions=versions,
        answer_digest="0" * 64,
    )


def _vote(now: datetime, chance: random.Random) -> NewVote:
    verdict = chance.choice(list(Verdict))
    return NewVote(
        verdict=verdict,
        reason=chance.choice(list(Reason)) if verdict is Verdict.DOWN else None,
        voted_at=now,
        text="。" * 300,
    )
