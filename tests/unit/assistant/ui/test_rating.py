"""Whether an answer helped: asked once, kept with the answer, calm where it cannot be kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from assistant.feedback.records import Reason, Verdict
from assistant.feedback.settings import FeedbackSettings
from assistant.models import Answer, AnswerEvent, Audience, Question, Status
from assistant.ui.dialogue import Dialogue, Rating, View
from assistant.ui.rendering import TurnRenderer, privacy_note
from assistant.ui.settings import UiSettings
from assistant.ui.state import Conversation, LiveAnswer, Outcome, Turn, read
from assistant.ui.texts import load_texts

TEXTS = load_texts()
SETTINGS = UiSettings(refresh_ms=0)
ANSWER = Answer(status=Status.ANSWERED, text="答")
RECEIPT = "ab" * 16


class Answering:
    def stream(self, question: Question) -> Iterator[AnswerEvent]:
        yield AnswerEvent(kind="text", text="答")
        yield AnswerEvent(kind="done", answer=ANSWER)


class Keeping:
    """Remembers what it was handed."""

    def __init__(self, works: bool = True, receipt: str = RECEIPT, **settings: object) -> None:
        self.settings = FeedbackSettings.model_validate(settings)
        self.works, self.receipt = works, receipt
        self.kept: list[tuple[Question, Answer]] = []
        self.votes: list[tuple[str, Verdict, Reason | None, str]] = []

    def keep(self, question: Question, answer: Answer) -> str:
        self.kept.append((question, answer))
        return self.receipt

    def rate(
        self, receipt: str, answer: Answer, verdict: Verdict, reason: Reason | None = None, comment: str = ""
    ) -> bool:
        self.votes.append((receipt, verdict, reason, comment))
        return self.works


def dialogue(keeper: Keeping | None) -> Dialogue:
    return Dialogue(Answering(), SETTINGS, TEXTS, keeper)


def asked(keeper: Keeping | None) -> tuple[Dialogue, list[View], str]:
    made = dialogue(keeper)
    views = list(made.ask("有什么券", Audience.CITIZEN, None, LiveAnswer()))
    return made, views, stored_of(views)


def stored_of(views: Sequence[View]) -> str:
    return next(view.conversation for view in reversed(views) if view.conversation is not None).stored()


def test_an_answer_is_kept_once_and_then_asked_about() -> None:
    keeper = Keeping()
    _, views, stored = asked(keeper)
    assert [(question.turns, answer) for question, answer in keeper.kept] == [(("有什么券",), ANSWER)]
    assert [view.rating for view in views] == [Rating.HIDDEN, None, Rating.ASK]
    last = read(stored, SETTINGS).last
    assert last is not None and last.receipt == RECEIPT


def test_a_thumb_up_is_kept_and_thanked_for() -> None:
    keeper = Keeping()
    made, _, stored = asked(keeper)
    view = made.rate(stored, Verdict.UP)
    assert keeper.votes == [(RECEIPT, Verdict.UP, None, "")]
    assert (view.rating, view.rating_note) == (Rating.DONE, TEXTS.rating_thanks)
    assert view.conversation is not None and view.conversation.last is not None
    assert view.conversation.last.rating is Verdict.UP


def test_a_thumb_down_is_kept_at_once_and_its_reason_after_it() -> None:
    keeper = Keeping()
    made, _, stored = asked(keeper)
    view = made.rate(stored, Verdict.DOWN)
    assert view.rating is Rating.WHY
    done = made.explain(stored_of([view]), Reason.OUTDATED, "今年改了")
    assert keeper.votes == [
        (RECEIPT, Verdict.DOWN, None, ""),
        (RECEIPT, Verdict.DOWN, Reason.OUTDATED, "今年改了"),
    ]
    assert (done.rating, done.rating_note) == (Rating.DONE, TEXTS.rating_thanks)


def test_a_vote_that_could_not_be_kept_is_not_thanked_for() -> None:
    made, _, stored = asked(Keeping(works=False))
    view = made.rate(stored, Verdict.UP)
    assert view.rating_note == TEXTS.rating_failed
    assert view.conversation is None


@pytest.mark.parametrize("keeper", [None, Keeping(receipt=""), Keeping(ratings=False)])
def test_nobody_is_asked_where_nothing_can_be_kept(keeper: Keeping | None) -> None:
    _, views, _ = asked(keeper)
    assert views[-1].rating is Rating.HIDDEN


def test_a_rated_answer_is_not_asked_about_again_after_a_reload() -> None:
    made, _, stored = asked(Keeping())
    assert made.restore(stored).rating is Rating.ASK
    rated = stored_of([made.rate(stored, Verdict.UP)])
    assert made.restore(rated).rating is Rating.HIDDEN


def test_nothing_is_rated_where_there_is_no_answer() -> None:
    keeper = Keeping()
    made = dialogue(keeper)
    pending = Conversation(turns=(Turn(question="问", audience=Audience.CITIZEN),))
    for stored in (None, Conversation().stored(), pending.stored()):
        assert made.rate(stored, Verdict.UP) == View()
    assert keeper.votes == []


def test_an_answer_that_was_complete_when_stopped_can_be_rated() -> None:
    live = LiveAnswer()
    made = dialogue(Keeping())
    stream = made.ask("问", Audience.CITIZEN, None, live)
    stored = stored_of([next(stream)])
    live.answer, live.receipt = ANSWER, RECEIPT
    assert made.stop(stored, live).rating is Rating.ASK


def test_an_older_answer_shows_how_it_was_rated() -> None:
    turn = Turn(
        question="问", audience=Audience.CITIZEN, outcome=Outcome.DONE, answer=ANSWER, rating=Verdict.DOWN
    )
    renderer = TurnRenderer(TEXTS)
    assert TEXTS.rated[Verdict.DOWN] in renderer.history(Conversation(turns=(turn, turn)))
    assert TEXTS.rated[Verdict.DOWN] not in renderer.latest(Conversation(turns=(turn,)))


def test_what_is_kept_is_said_before_the_first_question() -> None:
    assert "保存 30 天" in privacy_note(TEXTS, FeedbackSettings(retention_days=30))
    assert "保存下来" in privacy_note(TEXTS, FeedbackSettings(retention_days=0))
    assert privacy_note(TEXTS, FeedbackSettings(keep_questions=False)) == ""
    assert privacy_note(TEXTS, None) == ""
