"""What the page hands over is kept masked, in order, and never costs an answer."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.feedback.database import open_engine
from assistant.feedback.errors import FeedbackStoreError
from assistant.feedback.keeping import FeedbackKeeper, answer_digest
from assistant.feedback.masking import Masker
from assistant.feedback.records import NewQuestion, Reason, Sieve, Verdict, Versions
from assistant.feedback.settings import FeedbackSettings
from assistant.feedback.store import SqlFeedbackStore
from assistant.models import Answer, Audience, Citation, Question, Status, Trace

CITED = Citation(
    marker=1, document_id="plan", title="计划", path="三/(四)/12", heading_path="三 > 12",
    text="发放算力券。", quotes=("算力券",), digest="d" * 64,
)  # fmt: skip
ANSWER = Answer(
    status=Status.ANSWERED, text="发放算力券[1],电话0572-2393701,您的13812345678", citations=(CITED,),
    notices=("征求意见稿",), elapsed_ms=3.5, trace=Trace(retrieved=("plan:三/(四)/12", "plan:一"), model="m"),
)  # fmt: skip
ASKED = Question(turns=("我是13812345678", "打0572-2393701问算力券"), audience=Audience.ENTERPRISE)
START = datetime(2025, 7, 15, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


class Setting:
    """A keeper over a SQLite file, and what it keeps."""

    def __init__(self, folder: Path, **settings: object) -> None:
        self.store = SqlFeedbackStore(open_engine(f"sqlite:///{folder / 'f.sqlite'}"))
        self.clock = Clock()
        versions = Versions(app="1", corpus="c", embedding="e")
        self.keeper = FeedbackKeeper(
            self.store, FeedbackSettings.model_validate(settings), lambda: versions,
            lambda: Masker(["0572-2393701"]), self.clock,
        )  # fmt: skip

    def wait(self) -> None:
        self.keeper.rate("nobody", ANSWER, Verdict.UP)

    def questions(self) -> list[str]:
        self.wait()
        return [one.text for one in self.store.page(Sieve(), 0, 50).questions]


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Setting]:
    setting = Setting(tmp_path)
    yield setting
    setting.keeper.close()


def test_a_question_is_kept_masked_with_what_answered_it(made: Setting) -> None:
    made.keeper.keep(ASKED, ANSWER)
    assert made.questions() == ["打0572-2393701问算力券"], "the telephone of the office stays"
    kept = made.store.answer(1)
    assert kept.turns[0] == "我是〔手机号〕"
    assert kept.versions == Versions(app="1", corpus="c", embedding="e", model="m")
    assert kept.question.found_first == "plan:三/(四)/12"
    assert [(one.path, one.digest) for one in kept.citations] == [("三/(四)/12", "d" * 64)]


def test_a_vote_is_kept_with_the_whole_answer_masked(made: Setting) -> None:
    receipt = made.keeper.keep(ASKED, ANSWER)
    returned = ANSWER.model_copy(update={"trace": Trace()})
    assert made.keeper.rate(receipt, returned, Verdict.DOWN, Reason.WRONG, " 我13912345678说错了 ")
    vote = made.store.answer(1).vote
    assert vote is not None
    assert (vote.reason, vote.comment) == (Reason.WRONG, "我〔手机号〕说错了")
    assert vote.text == "发放算力券[1],电话0572-2393701,您的〔手机号〕"
    assert vote.sources[0].text == "发放算力券。" and vote.notices == ("征求意见稿",)


def test_an_answer_that_the_browser_changed_cannot_be_voted_on(made: Setting) -> None:
    receipt = made.keeper.keep(ASKED, ANSWER)
    forged = ANSWER.model_copy(update={"text": "补贴一百万[1]"})
    assert not made.keeper.rate(receipt, forged, Verdict.DOWN)
    assert made.keeper.rate(receipt, ANSWER, Verdict.UP)


def test_the_digest_of_an_answer_does_not_depend_on_its_way_through_the_browser() -> None:
    there_and_back = Answer.model_validate_json(
        ANSWER.model_copy(update={"trace": Trace()}).model_dump_json()
    )
    assert answer_digest(there_and_back) == answer_digest(ANSWER)
    other = CITED.model_copy(update={"title": "别的"})
    assert answer_digest(ANSWER.model_copy(update={"citations": (other,)})) != answer_digest(ANSWER)


def test_where_questions_are_not_kept_only_a_rated_answer_is(tmp_path: Path) -> None:
    made = Setting(tmp_path, keep_questions=False)
    made.keeper.keep(ASKED, ANSWER)
    receipt = made.keeper.keep(ASKED, ANSWER)
    assert made.questions() == []
    assert made.keeper.rate(receipt, ANSWER, Verdict.DOWN)
    assert len(made.questions()) == 1
    made.keeper.close()


def test_questions_older_than_the_settings_say_are_deleted_once_a_day(made: Setting) -> None:
    made.keeper.keep(ASKED, ANSWER)
    made.clock.now = START + timedelta(days=181)
    made.keeper.keep(ASKED.model_copy(update={"turns": ("新",)}), ANSWER)
    assert made.questions() == ["新"]


def test_retention_of_zero_days_deletes_nothing(tmp_path: Path) -> None:
    made = Setting(tmp_path, retention_days=0)
    made.keeper.keep(ASKED, ANSWER)
    made.clock.now = START + timedelta(days=5000)
    made.keeper.keep(ASKED, ANSWER)
    assert len(made.questions()) == 2
    made.keeper.close()


def test_a_text_that_no_database_can_hold_is_kept_without_it(made: Setting) -> None:
    made.keeper.keep(Question(turns=("问\x00题\ud800",)), ANSWER.model_copy(update={"text": "答\ud800\x00"}))
    assert made.questions() == ["问题?"]


class Broken(SqlFeedbackStore):
    """A store whose database is gone, or hangs until it is let go."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()

    def keep(self, questions: object) -> None:
        self.gate.wait(20)
        raise FeedbackStoreError("反馈数据库出了故障")

    def close(self) -> None:
        return


def broken(**settings: object) -> tuple[Broken, FeedbackKeeper]:
    store, versions = Broken(), Versions(app="1", corpus="c", embedding="e")
    chosen = FeedbackSettings.model_validate(settings)
    return store, FeedbackKeeper(store, chosen, lambda: versions, Masker)


def test_a_fault_of_the_database_is_logged_without_the_question(caplog: pytest.LogCaptureFixture) -> None:
    _, keeper = broken()
    with caplog.at_level(logging.INFO):
        assert keeper.keep(Question(turns=("秘密的问题",)), ANSWER)
        keeper.close()
    assert '"kept": false' in caplog.text and "反馈数据库出了故障" in caplog.text
    assert "秘密" not in caplog.text


def test_a_hanging_database_costs_no_answer_and_the_queue_is_bounded(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store, keeper = broken(queue_size=5)
    store.gate.clear()
    started = time.perf_counter()
    receipts = [keeper.keep(ASKED, ANSWER) for _ in range(8)]
    took = time.perf_counter() - started
    store.gate.set()
    keeper.close()
    assert took < 0.5
    assert [bool(receipt) for receipt in receipts] == [True] * 5 + [False] * 3
    assert "5 are waiting" in caplog.text


def test_a_fault_that_nobody_foresaw_is_logged(caplog: pytest.LogCaptureFixture, made: Setting) -> None:
    class Wrong(SqlFeedbackStore):
        def __init__(self) -> None:
            pass

        def keep(self, questions: object) -> None:
            raise ZeroDivisionError

        def close(self) -> None:
            return

    keeper = FeedbackKeeper(
        Wrong(), FeedbackSettings(), lambda: Versions(app="", corpus="", embedding=""), Masker
    )
    receipt = keeper.keep(ASKED, ANSWER)
    assert not keeper.rate(receipt, ANSWER, Verdict.UP)
    keeper.close()
    assert "ZeroDivisionError" in caplog.text


def test_what_is_kept_is_a_question_with_a_receipt_nobody_can_guess(made: Setting) -> None:
    receipts = {made.keeper.keep(ASKED, ANSWER) for _ in range(20)}
    assert len(receipts) == 20 and all(len(one) == 32 for one in receipts)
    assert NewQuestion.model_fields["receipt"].is_required()
