"""The one pipeline: guard, read, retrieve, judge, compose, verify, finish."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.asking import ValidityQuestion
from assistant.clock import Clock
from assistant.composing.context import Context
from assistant.composing.request import Composer, ComposeRequest
from assistant.conversation import turned_away
from assistant.dates import AskedDay, asked_day
from assistant.finishing import Finisher
from assistant.following.follower import Follower
from assistant.following.retold import retold
from assistant.guarding import Guard
from assistant.judging import Judge
from assistant.ledger import Ledger
from assistant.marking import Marker
from assistant.models import Answer, AnswerEvent, Draft, Question, Status
from assistant.paying import pays
from assistant.reading import QuestionReader
from assistant.recalling import Recall
from assistant.searching import Searcher
from assistant.speaking import introduced
from assistant.splitting import answered_apart, is_loose, leaning_on, questions_in
from assistant.support.advising import Advisor
from assistant.support.desk import Desk
from assistant.telling import in_focus
from assistant.understanding import Route, Understanding
from assistant.verification import Rejection, Verifier
from prompts.loader import Messages, load_messages
from vectorstore.models import QueryLeg, SearchResult


@dataclass(frozen=True)
class Journey:
    """A question on its way to an answer; each step adds its part."""

    question: Question
    started: float
    draft: Draft | None = None
    understanding: Understanding | None = None
    asked: AskedDay | None = None
    validity: ValidityQuestion | None = None
    legs: tuple[QueryLeg, ...] = ()
    result: SearchResult | None = None
    confidence: float = 0.0
    composer: str = ""
    rejections: tuple[Rejection, ...] = ()
    timings: tuple[tuple[str, float], ...] = field(default=())
    advice: Answer | None = None
    beside: Answer | None = None


logger = logging.getLogger(__name__)

Step = Callable[[Journey], Journey]
_MAY_BE_ADVISED = frozenset({Status.OUT_OF_SCOPE, Status.NO_EVIDENCE})
_NEVER_ADVISED = frozenset({Route.ATTACK, Route.META})


@dataclass(frozen=True)
class Parts:
    """What the pipeline is built of."""

    guard: Guard
    reader: QuestionReader
    searcher: Searcher
    judge: Judge
    composer: Composer
    ledger: Ledger
    verifier: Verifier
    marker: Marker
    finisher: Finisher
    context: Context
    advisor: Advisor | None = None
    desk: Desk | None = None
    clock: Clock = field(default_factory=Clock)
    messages: Messages = field(default_factory=load_messages)


class Pipeline:
    """Answers questions; every step is a LangChain runnable over the journey."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._recall = Recall(parts.ledger, parts.reader.units, self.answer, parts.clock)
        self._follower = Follower(parts.ledger, self._recall, parts.reader, parts.context)
        steps: tuple[Step, ...] = (
            self._guard,
            self._read,
            self._retrieve,
            self._judge,
            self._advise,
            self._compose,
            self._mark,
            self._verify,
        )
        chain: Runnable[Journey, Journey] = RunnableLambda(_timed(steps[0]))
        for step in steps[1:]:
            chain = chain | RunnableLambda(_timed(step))
        self.chain = chain

    @property
    def desk(self) -> Desk:
        """What matches enterprises to support.

        Raises:
            LookupError: the pipeline was built without one.
        """
        if self._parts.desk is None:
            raise LookupError("this pipeline was built without a desk; build it with build_pipeline")
        return self._parts.desk

    def answer(self, question: Question) -> Answer:
        """Return the verified answer; a fault of the system is an answer of status failed, and logged.

        Several questions in one message are answered one by one, and put together.
        """
        started = time.perf_counter()
        question = question.model_copy(update={"turns": self._meant(turned_away(question.turns))})
        try:
            return self._apart(question) or self._answer(question)
        except Exception:
            logger.exception("no answer: a message could not be taken apart")
            return self._parts.finisher.failed(started)

    def _meant(self, turns: tuple[str, ...]) -> tuple[str, ...]:
        """Return the turns as they were meant, see `retold`."""
        return retold(turns, self._parts.context.counties)

    def _apart(self, question: Question) -> Answer | None:
        """Return the answers to the several questions of a message as one; None where it is one question."""
        reader = self._parts.reader
        parts = questions_in(question.turns[-1], reader.names_subject, reader.is_outside)
        if not parts or self._parts.guard.check(question) is not None:
            return None
        earlier = question.turns[:-1]
        answers = [
            self._answer(question.model_copy(update={"turns": (*earlier, *leaning_on(parts, at))}))
            for at in range(len(parts))
        ]
        outside = [reader.is_outside(part) for part in parts]
        return answered_apart(answers, self._parts.messages, is_loose(question.turns[-1]), outside)

    def _answer(self, question: Question) -> Answer:
        started = time.perf_counter()
        try:
            with self._parts.clock.on(question.as_of):
                journey = self.chain.invoke(Journey(question=question, started=started))
                return self._parts.finisher.finish(journey)
        except Exception:
            logger.exception("no answer: a step of the pipeline failed")
            return self._parts.finisher.failed(started)

    def stream(self, question: Question) -> Iterator[AnswerEvent]:
        """Yield the verified answer line by line, then whole."""
        answer = self.answer(question)
        yield from self._parts.finisher.pieces(answer)
        yield AnswerEvent(kind="done", answer=answer)

    def _guard(self, journey: Journey) -> Journey:
        return replace(journey, draft=self._parts.guard.check(journey.question))

    def _read(self, journey: Journey) -> Journey:
        if journey.draft is not None:
            return journey
        meant = self._recall.spelled_out(journey.question)
        understanding = self._recall.within(journey.question, self._parts.reader.read(meant))
        return replace(
            journey,
            draft=self._follower.draft(journey.question),
            understanding=understanding,
            asked=self._asked_day(understanding),
            legs=self._parts.reader.legs(understanding),
        )

    def _asked_day(self, understanding: Understanding) -> AskedDay:
        """Return the day that the turn names, or else the latest turn that it leans on."""
        today = self._parts.clock()
        days = [asked_day(text, today) for text in (understanding.text, *understanding.context)]
        return next((day for day in days if day.said or day.history), days[0])

    def _retrieve(self, journey: Journey) -> Journey:
        if journey.draft is not None or journey.understanding is None:
            return journey
        result = self._search(journey.understanding, journey)
        return replace(journey, result=self._recall.found(journey.question, journey.understanding, result))

    def _search(self, understanding: Understanding, journey: Journey) -> SearchResult:
        return self._parts.searcher.search(understanding, journey.legs, journey.asked)

    def _judge(self, journey: Journey) -> Journey:
        if journey.draft is not None or journey.understanding is None or journey.result is None:
            return journey
        verdict = self._parts.judge.judge(journey.understanding, journey.result)
        return replace(
            journey,
            draft=verdict.refusal,
            confidence=verdict.confidence,
            understanding=verdict.understanding,
            validity=verdict.validity,
        )

    def _advise(self, journey: Journey) -> Journey:
        """Answer an enterprise that describes itself; attacks stay refused."""
        if journey.validity is not None:
            return journey
        refused = journey.draft is not None and journey.draft.status not in _MAY_BE_ADVISED
        about_us = journey.understanding is None or journey.understanding.route in _NEVER_ADVISED
        if self._parts.advisor is None or refused or about_us:
            return journey
        found = journey.result.clauses if journey.result else ()
        advice = self._parts.advisor.advise(
            journey.question,
            self._parts.clock(),
            found,
            leans=self._leans(journey.understanding),
            away=journey.understanding is not None and bool(journey.understanding.elsewhere),
        )
        if advice is None:
            beside = self._parts.advisor.beside(journey.question, self._parts.clock())
            refused = journey.draft is not None
            return replace(journey, advice=beside) if refused else replace(journey, beside=beside)
        if self._leaves_out_what_pays(advice, journey):
            return journey
        return replace(journey, advice=advice)

    def _leaves_out_what_pays(self, advice: Answer, journey: Journey) -> bool:
        """Whether a document in force says what is paid, and a list of measures leaves its clause out."""
        if journey.understanding is None or journey.result is None:
            return False
        paying = pays(journey.understanding, journey.result, self._parts.ledger)
        cited = {one.clause_id for one in advice.citations}
        return paying is not None and paying.clause_id not in cited

    def _leans(self, understanding: Understanding | None) -> bool:
        """Whether a turn is a follow-up that names no subject of its own."""
        if understanding is None or not understanding.context:
            return False
        return understanding.is_bare or not self._parts.reader.names_subject(understanding.text)

    def _compose(self, journey: Journey) -> Journey:
        if journey.draft is not None or journey.understanding is None or journey.result is None:
            return journey
        if journey.advice is not None:
            return journey
        request = ComposeRequest(
            understanding=journey.understanding,
            result=journey.result,
            ledger=self._in_focus(journey.understanding, journey.result),
            audience=journey.question.audience,
            confidence=journey.confidence,
            asked=journey.asked,
            validity=journey.validity,
        )
        return replace(
            journey, draft=self._parts.composer.compose(request), composer=self._parts.composer.name
        )

    def _in_focus(self, understanding: Understanding, result: SearchResult) -> Ledger:
        """Return the ledger of what was found, and of the explained documents where a unit is named."""
        ledger = self._parts.ledger
        about_units = understanding.route is Route.UNIT_LIST or any(one.name for one in understanding.units)
        return ledger.narrowed(in_focus(result) | (ledger.explained if about_units else frozenset()))

    def _mark(self, journey: Journey) -> Journey:
        if journey.draft is None or journey.asked is None:
            return journey
        draft = self._parts.marker.mark(journey.draft, journey.asked)
        language = journey.understanding.language if journey.understanding else ""
        return replace(journey, draft=introduced(draft, language, self._parts.messages))

    def _verify(self, journey: Journey) -> Journey:
        if journey.draft is None:
            return journey
        draft, rejections = self._parts.verifier.verify(
            journey.draft, journey.asked.day if journey.asked else None
        )
        return replace(journey, draft=draft, rejections=rejections)


def _timed(step: Step) -> Step:
    def run(journey: Journey) -> Journey:
        started = time.perf_counter()
        after = step(journey)
        took = (step.__name__.strip("_"), round(1000 * (time.perf_counter() - started), 3))
        return replace(after, timings=(*after.timings, took))

    return run
