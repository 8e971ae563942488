"""What happens when someone asks, stops, asks again or starts over: events in, views of the page out.

Knows nothing of the web framework: a `View` says what changes on the page, `None` leaves a part alone.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import escape

from assistant.feedback.records import Reason, Verdict
from assistant.models import Audience, Question
from assistant.ui.cards import CardRenderer
from assistant.ui.ports import AnswerKeeper, Assistant
from assistant.ui.rendering import TurnRenderer
from assistant.ui.settings import UiSettings
from assistant.ui.state import Conversation, LiveAnswer, Outcome, Turn, read, resumed
from assistant.ui.texts import UiTexts

logger = logging.getLogger(__name__)


class Rating(StrEnum):
    """How far the question whether an answer helped has come."""

    HIDDEN = "hidden"
    ASK = "ask"
    WHY = "why"
    DONE = "done"


@dataclass(frozen=True)
class View:
    """What changes on the page."""

    busy: bool = False
    conversation: Conversation | None = None
    history: str | None = None
    latest: str | None = None
    cards: str | None = None
    announcement: str | None = None
    note: str | None = None
    input_text: str | None = None
    rating: Rating | None = None
    rating_note: str = ""


class Dialogue:
    """Leads the conversations of all visitors; keeps nothing of them between calls."""

    def __init__(
        self,
        assistant: Assistant,
        settings: UiSettings,
        texts: UiTexts,
        keeper: AnswerKeeper | None = None,
    ) -> None:
        self._assistant = assistant
        self._keeper = keeper
        self._settings = settings
        self._texts = texts
        self._turns = TurnRenderer(texts)
        self._cards = CardRenderer(texts)

    def ask(self, text: str, audience: Audience, stored: object, live: LiveAnswer) -> Iterator[View]:
        """Yield views while a question is answered: no change for an empty one, a note for one too long.

        At least one view is yielded: the framework empties the page after a generator that gave nothing.
        """
        question = text.strip()
        if not question:
            yield View()
            return
        limit = self._settings.max_question_chars
        if len(question) > limit:
            note = self._texts.too_long.format(limit=limit, length=len(question))
            yield View(note=_note(note), announcement=escape(note))
            return
        conversation = resumed(stored, self._settings)
        yield from self._answered(conversation, Turn(question=question, audience=audience), live)

    def ask_again(self, audience: Audience, stored: object, live: LiveAnswer) -> Iterator[View]:
        """Yield views while the latest question is answered anew."""
        conversation = resumed(stored, self._settings)
        if conversation.last is None:
            yield View()
            return
        turn = Turn(question=conversation.last.question, audience=audience)
        yield from self._answered(conversation.without_last(), turn, live)

    def stop(self, stored: object, live: LiveAnswer) -> View:
        """Return the page with the answer under way ended; a finished one is kept whole."""
        conversation = read(stored, self._settings)
        last = conversation.last
        if last is None or last.outcome is not Outcome.PENDING:
            return View()
        ours = live.turn_id == last.turn_id
        if ours and live.answer is not None:
            return self._whole(conversation.end_last(Outcome.DONE, answer=live.answer, receipt=live.receipt))
        stopped = conversation.end_last(Outcome.STOPPED, partial=live.text if ours else "")
        return self._whole(stopped, announcement=escape(self._texts.announce_stopped))

    def restore(self, stored: object) -> View:
        """Return the page as the visitor left it."""
        conversation = resumed(stored, self._settings)
        words = self._texts.announce_restored if conversation.turns else ""
        return self._whole(conversation, announcement=escape(words))

    def start_over(self) -> View:
        """Return an empty page."""
        return self._whole(Conversation(), announcement=escape(self._texts.announce_new), input_text="")

    def rate(self, stored: object, verdict: Verdict) -> View:
        """Return the page after a visitor said whether the latest answer helped."""
        return self._rated(stored, verdict, Rating.WHY if verdict is Verdict.DOWN else Rating.DONE)

    def explain(self, stored: object, reason: Reason | None, comment: str) -> View:
        """Return the page after a visitor said why the latest answer did not help."""
        return self._rated(stored, Verdict.DOWN, Rating.DONE, reason, comment)

    def _rated(
        self, stored: object, verdict: Verdict, step: Rating, reason: Reason | None = None, comment: str = ""
    ) -> View:
        conversation = read(stored, self._settings)
        last = conversation.last
        if self._keeper is None or last is None or last.answer is None or not last.receipt:
            return View()
        if not self._keeper.rate(last.receipt, last.answer, verdict, reason, comment):
            note = escape(self._texts.rating_failed)
            return View(rating=Rating.DONE, rating_note=note, announcement=note)
        note = escape(self._texts.rating_why if step is Rating.WHY else self._texts.rating_thanks)
        rated = conversation.rate_last(verdict)
        return View(conversation=rated, rating=step, rating_note=note, announcement=note)

    def _asks_for_rating(self, conversation: Conversation) -> Rating:
        last = conversation.last
        asks = self._keeper is not None and self._keeper.settings.ratings
        open_still = last is not None and last.receipt and last.answer is not None and last.rating is None
        return Rating.ASK if asks and open_still else Rating.HIDDEN

    def _whole(
        self, conversation: Conversation, *, announcement: str = "", input_text: str | None = None
    ) -> View:
        kept = conversation.bounded(self._settings)
        return View(
            conversation=kept,
            history=self._turns.history(kept),
            latest=self._turns.latest(kept),
            cards=self._cards.conversation(kept),
            announcement=announcement,
            note="",
            input_text=input_text,
            rating=self._asks_for_rating(kept),
        )

    def _answered(self, before: Conversation, turn: Turn, live: LiveAnswer) -> Iterator[View]:
        live.begin(turn.turn_id)
        conversation = before.add(turn).bounded(self._settings)
        yield self._opened(conversation)
        try:
            for partial in self._pieces(_asked(conversation), live):
                shown = conversation.end_last(Outcome.PENDING, partial=partial)
                yield View(busy=True, latest=self._turns.latest(shown))
        except Exception:  # the page is an entry point: a fault becomes a calm sentence, and a log entry
            logger.exception("the answer of turn %s failed", turn.turn_id)
        if live.answer is not None:
            done = conversation.end_last(Outcome.DONE, answer=live.answer, receipt=live.receipt)
            yield self._whole(done, announcement=escape(self._turns.announcement(live.answer)))
            return
        failed = conversation.end_last(Outcome.ERROR, partial=live.text)
        yield self._whole(failed, announcement=escape(self._texts.error), input_text=turn.question)

    def _opened(self, conversation: Conversation) -> View:
        return View(
            busy=True,
            conversation=conversation,
            history=self._turns.history(conversation),
            latest=self._turns.latest(conversation),
            announcement=escape(self._texts.announce_working),
            note="",
            input_text="",
            rating=Rating.HIDDEN,
        )

    def _pieces(self, question: Question, live: LiveAnswer) -> Iterator[str]:
        """Yield the text so far, no oftener than the settings say; the answer ends up in `live`."""
        shown_at = 0.0
        for event in self._assistant.stream(question):
            if event.answer is not None:
                live.answer = event.answer
                live.receipt = self._keeper.keep(question, event.answer) if self._keeper else ""
                return
            live.text += event.text
            now = time.monotonic()
            if (now - shown_at) * 1000 >= self._settings.refresh_ms:
                shown_at = now
                yield live.text
        raise _EndedEarlyError(f"the stream ended without an answer after {len(live.text)} characters")


class _EndedEarlyError(Exception):
    """An assistant broke its contract: no `done` event."""


def _asked(conversation: Conversation) -> Question:
    turns = tuple(turn.question for turn in conversation.turns)
    return Question(turns=turns, audience=conversation.turns[-1].audience)


def _note(text: str) -> str:
    return f'<p class="note" role="alert">{escape(text)}</p>'
