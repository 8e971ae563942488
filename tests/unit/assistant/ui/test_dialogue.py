from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

import pytest

from assistant.models import Answer, AnswerEvent, Audience, Citation, Question, Status, Trace
from assistant.ui.dialogue import Dialogue, View
from assistant.ui.settings import UiSettings
from assistant.ui.state import Conversation, LiveAnswer, Outcome, Turn, read, resumed
from assistant.ui.texts import load_texts

TEXTS = load_texts()
SETTINGS = UiSettings(max_turns=3, max_question_chars=20, refresh_ms=0)
CITED = Citation(
    marker=1, document_id="plan", title="计划", path="一", heading_path="一", text="原文",
    quotes=("原",), digest="0"
)  # fmt: skip
ANSWER = Answer(status=Status.ANSWERED, text="答[1]", citations=(CITED,), trace=Trace(route="secret"))


class Scripted:
    """Plays the same events for every question and remembers the questions."""

    def __init__(self, events: Sequence[AnswerEvent | Exception]) -> None:
        self._events = events
        self.questions: list[Question] = []

    def stream(self, question: Question) -> Iterator[AnswerEvent]:
        self.questions.append(question)
        for event in self._events:
            if isinstance(event, Exception):
                raise event
            yield event


def text(piece: str) -> AnswerEvent:
    return AnswerEvent(kind="text", text=piece)


GOOD = [text("答"), text("[1]"), AnswerEvent(kind="done", answer=ANSWER)]


def dialogue(assistant: Scripted) -> Dialogue:
    return Dialogue(assistant, SETTINGS, TEXTS)


def ask(assistant: Scripted, question: str, stored: object = None) -> list[View]:
    return list(dialogue(assistant).ask(question, Audience.CITIZEN, stored, LiveAnswer()))


def stored_after(views: Sequence[View]) -> str:
    conversation = next(view.conversation for view in reversed(views) if view.conversation is not None)
    return conversation.stored()


def test_an_answer_streams_and_ends_with_cards_and_an_announcement() -> None:
    views = ask(Scripted(GOOD), "有什么券")
    assert [view.busy for view in views] == [True, True, True, False]
    assert views[0].input_text == ""
    assert "答" in (views[1].latest or "")
    assert "原文" in (views[-1].cards or "")
    assert "引用 1 条条款" in (views[-1].announcement or "")


def test_the_trace_stays_on_the_server() -> None:
    assert "secret" not in stored_after(ask(Scripted(GOOD), "问"))


def test_an_empty_question_does_nothing() -> None:
    assistant = Scripted(GOOD)
    assert ask(assistant, " \n ") == [View()]
    assert assistant.questions == []


def test_a_question_too_long_is_told_and_not_asked() -> None:
    assistant = Scripted(GOOD)
    views = ask(assistant, "问" * 21)
    assert assistant.questions == []
    assert "最多 20 个字，现在有 21 个字" in (views[0].note or "")
    assert views[0].input_text is None


def test_follow_ups_carry_at_most_as_many_turns_as_are_kept() -> None:
    assistant = Scripted(GOOD)
    stored: object = None
    for number in range(5):
        stored = stored_after(ask(assistant, f"问{number}", stored))
    assert assistant.questions[-1].turns == ("问2", "问3", "问4")
    assert [turn.question for turn in read(stored, SETTINGS).turns] == ["问2", "问3", "问4"]


@pytest.mark.parametrize("events", [[text("半"), RuntimeError("secret fault")], [text("半")]])
def test_a_fault_is_a_calm_sentence_with_the_question_kept(
    events: list[AnswerEvent | Exception], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        views = ask(Scripted(events), "有什么券")
    assert views[-1].input_text == "有什么券"
    assert TEXTS.error in (views[-1].latest or "")
    assert "secret" not in (views[-1].latest or "")
    assert len(caplog.records) == 1


def test_a_failed_attempt_makes_way_for_the_same_question() -> None:
    stored = stored_after(ask(Scripted([RuntimeError()]), "有什么券"))
    again = stored_after(ask(Scripted(GOOD), "有什么券", stored))
    assert [turn.outcome for turn in read(again, SETTINGS).turns] == [Outcome.DONE]


def test_asking_again_replaces_the_latest_turn_under_a_new_id() -> None:
    assistant = Scripted(GOOD)
    stored = stored_after(ask(assistant, "第二", stored_after(ask(assistant, "第一"))))
    before = read(stored, SETTINGS).turns
    views = list(dialogue(assistant).ask_again(Audience.STAFF, stored, LiveAnswer()))
    after = read(stored_after(views), SETTINGS).turns
    assert assistant.questions[-1] == Question(turns=("第一", "第二"), audience=Audience.STAFF)
    assert after[0] == before[0]
    assert after[1].turn_id != before[1].turn_id


def test_asking_again_without_a_conversation_does_nothing() -> None:
    assert list(dialogue(Scripted(GOOD)).ask_again(Audience.CITIZEN, None, LiveAnswer())) == [View()]


def begun(live: LiveAnswer) -> str:
    stream = dialogue(Scripted(GOOD)).ask("有什么券", Audience.CITIZEN, None, live)
    stored = stored_after([next(stream)])
    next(stream)
    return stored


def test_stopping_keeps_what_was_said() -> None:
    live = LiveAnswer()
    view = dialogue(Scripted(GOOD)).stop(begun(live), live)
    assert view.conversation is not None and view.conversation.last is not None
    assert view.conversation.last.outcome is Outcome.STOPPED
    assert view.conversation.last.partial == "答"
    assert TEXTS.stopped in (view.latest or "")


def test_stopping_an_answer_that_is_complete_keeps_it_whole() -> None:
    live = LiveAnswer()
    stored = begun(live)
    live.answer = ANSWER
    view = dialogue(Scripted(GOOD)).stop(stored, live)
    assert view.conversation is not None and view.conversation.last is not None
    assert view.conversation.last.outcome is Outcome.DONE


def test_stopping_when_nothing_is_under_way_changes_nothing() -> None:
    stored = stored_after(ask(Scripted(GOOD), "问"))
    assert dialogue(Scripted(GOOD)).stop(stored, LiveAnswer()) == View()


def test_restoring_brings_back_turns_and_cards() -> None:
    view = dialogue(Scripted(GOOD)).restore(stored_after(ask(Scripted(GOOD), "问")))
    assert "答" in (view.latest or "") and "原文" in (view.cards or "")


def test_a_turn_under_way_comes_back_as_interrupted() -> None:
    conversation = Conversation().add(Turn(question="问", audience=Audience.CITIZEN))
    last = resumed(conversation.stored(), SETTINGS).last
    assert last is not None and last.outcome is Outcome.INTERRUPTED


@pytest.mark.parametrize(
    "stored",
    [
        None, 3, {}, "", "{", "[]", '{"version":2}', '{"version":1,"turns":[{}]}', '{"version":1,"extra":1}',
        '{"version":1,"turns":[{"turn_id":"\\"><script>","question":"q","audience":"citizen"}]}',
    ],
)  # fmt: skip
def test_a_spoilt_store_is_an_empty_conversation(stored: object) -> None:
    assert read(stored, SETTINGS) == Conversation()


def test_stored_questions_are_bounded_like_asked_ones() -> None:
    long = Conversation(turns=(Turn(question="问" * 21, audience=Audience.CITIZEN),))
    assert read(long.stored(), SETTINGS).turns == ()


def test_a_conversation_too_large_loses_its_oldest_turns() -> None:
    settings = UiSettings(max_stored_chars=10_000)
    big = Answer(status=Status.ANSWERED, text="字" * 4_000)
    turns = tuple(
        Turn(question=f"问{n}", audience=Audience.CITIZEN, outcome=Outcome.DONE, answer=big) for n in range(5)
    )
    kept = Conversation(turns=turns).bounded(settings)
    assert [turn.question for turn in kept.turns] == ["问3", "问4"]
