"""Answers an enterprise that describes itself: the graded list as an answer of the chat, cited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from assistant.composing.gaps import holds_support_money
from assistant.models import Answer, Audience, Question, Status
from assistant.support.contrasting import Contraster
from assistant.support.desk import Desk
from assistant.support.markdown import described, sum_text
from assistant.support.matches import Grade, Match, Matching, Source
from assistant.support.offers import Found
from assistant.support.recognising import Recogniser
from assistant.support.sources import cited
from assistant.support.tables import chat_tables, escaped
from assistant.support.ticking import State
from prompts.loader import Messages
from vectorstore.models import RetrievedClause

_MOST_OF_GRADE = 6
_FEW = 3
_FOUND = 4
_FOUND_BESIDE_SUMS = 2
_OF_OTHER_FIRMS = frozenset({"industry", "project"})
_FOUND_SHARE = 0.08


class Advisor:
    """Recognises descriptions of enterprises, and answers them."""

    def __init__(self, desk: Desk, messages: Messages) -> None:
        self.desk = desk
        self._say = messages
        self._recogniser = Recogniser(desk.reader)
        self._contraster = Contraster(desk, messages)

    def advise(
        self,
        question: Question,
        day: date,
        found: Sequence[RetrievedClause] = (),
        *,
        leans: bool = False,
        away: bool = False,
    ) -> Answer | None:
        """Return the graded list for a conversation that describes an enterprise, or None.

        Of a measure that is plainly meant without such a description, the facts that are known of it.
        Clauses that the search found for the question are listed, too: a plan promises more than vouchers.
        A follow-up that names nothing else (直接打到公司账上吗) is about the measure of the turn before;
        nothing here is meant by the measure of another place, unless its document is named.
        """
        of_enterprise = question.audience is Audience.ENTERPRISE
        profile = self._recogniser.profile_of(question.turns, of_enterprise=of_enterprise)
        contrast = self._contraster.contrast(question.turns[-1], day) if profile is None else None
        if contrast is not None:
            return contrast
        if profile is None and away and not self.desk.recounter.names_document(question.turns[-1]):
            return None
        if profile is None:
            about = question.turns[-1:] + question.turns[-2:-1] * leans
            told = (self.desk.recounter.recount(turn, day) for turn in about)
            return next((answer for answer in told if answer is not None), None)
        promised = self._promised(found)
        summed = profile.figures or profile.unclear
        matching = self.desk.match(profile, day, promised[:_FOUND_BESIDE_SUMS] if summed else promised)
        if not matching.matches and not matching.rows:
            return self._asked_back(matching) if matching.is_blank else None
        return self._answer(matching)

    def _asked_back(self, matching: Matching) -> Answer:
        """Return what must be told first, to somebody who has told nothing that could be matched."""
        questions = "\n".join(f"- {question}" for question in matching.questions)
        text = f"{self._say('chat.ask_first')}\n\n{questions}"
        return Answer(status=Status.UNSPECIFIED, text=text, notices=(matching.closing,))

    def beside(self, question: Question, day: date) -> Answer | None:
        """Return the facts of a measure that the official texts hold half of, to be told beside them."""
        return self.desk.recounter.beside(question.turns[-1], day)

    def _promised(self, found: Sequence[RetrievedClause]) -> tuple[Found, ...]:
        """Return the clauses found that name responsible units or a sum, with the sentence that fits best."""
        best = max((one.score for one in found), default=0.0)
        fitting = [
            one
            for one in found
            if one.clause.numbered and one.sentences and one.score >= _FOUND_SHARE * best
            if one.clause.units or holds_support_money(one.clause.text, one.clause.targets)
        ]
        return tuple(
            Found(clause_id=one.clause_id, sentence=one.sentences[0].text) for one in fitting[:_FOUND]
        )

    def _answer(self, matching: Matching) -> Answer:
        computed, others = _shown(matching)
        shown = (*computed, *others)
        sources: dict[str, Source] = {}
        for match in shown:
            for source in (match.source, *match.beside):
                sources.setdefault(source.clause_id, source)
        sources |= {row.source.clause_id: row.source for row in matching.rows if row.source}
        markers = {clause_id: marker for marker, clause_id in enumerate(sources, start=1)}
        quotes: dict[str, list[str]] = {}
        for match in shown:
            if match.quoted:
                quotes.setdefault(match.source.clause_id, []).append(match.offer)
        helpful = any(match.grade in (Grade.DIRECT, Grade.POSSIBLE) for match in shown)
        return Answer(
            status=Status.ANSWERED if helpful or not computed else Status.UNSPECIFIED,
            text="\n\n".join(self._paragraphs(matching, computed, others, markers)),
            citations=tuple(
                cited(markers[clause_id], source, tuple(quotes.get(clause_id, ())))
                for clause_id, source in sources.items()
            ),
            notices=(*self._about_sources(sources.values()), *matching.notices, matching.closing),
        )

    def _about_sources(self, sources: Iterable[Source]) -> tuple[str, ...]:
        excerpts = [source for source in sources if source.is_excerpt]
        return (self._say("chat.excerpts"),) if excerpts else ()

    def _paragraphs(
        self,
        matching: Matching,
        computed: Sequence[Match],
        others: Sequence[Match],
        markers: dict[str, int],
    ) -> Iterable[str]:
        facts = ";".join(described(matching, self._say))
        yield self._say("chat.lead", facts=escaped(facts), day=matching.day)
        yield self._conclusion(matching)
        if computed:
            yield f"**{self._say('fact.sum')}**"
            yield "\n".join(self._sums(computed, markers))
        for grade in sorted(Grade, key=lambda one: self._standing_of(one, others)):
            matches = [match for match in others if match.grade is grade]
            if matches:
                yield f"**{grade.value}**"
                yield "\n".join(self._line(match, _marks(match, markers)) for match in matches)
        left = len(matching.matches) - len(computed) - len(others)
        if left:
            yield self._say("chat.more", count=left, page=self._say("page.name"))
        if matching.rows:
            yield self._table(matching, markers)
        if matching.questions:
            yield self._say("chat.ask", questions="".join(matching.questions))

    def _conclusion(self, matching: Matching) -> str:
        """Return in one sentence what the list comes to: what fits, or that nothing can be had by it now."""
        direct, possible, direction, barred = (
            len(matching.graded(grade))
            for grade in (Grade.DIRECT, Grade.POSSIBLE, Grade.DIRECTION, Grade.NOT)
        )
        if direct:
            return self._say("chat.conclusion_direct", direct=direct, possible=possible)
        if possible:
            return self._say("chat.conclusion_possible", possible=possible)
        return self._say("chat.conclusion_none", direction=direction, barred=barred)

    def _standing_of(self, grade: Grade, others: Sequence[Match]) -> int:
        """Return the place of a grade: what the enterprise's title is asked for goes first."""
        titled = any(_is_by_title(match) for match in others if match.grade is grade)
        return tuple(Grade).index(grade) - (len(Grade) if titled else 0)

    def _sums(self, computed: Sequence[Match], markers: dict[str, int]) -> Iterable[str]:
        """Yield a line for each sum that was reached, and one line for those missed for the same reason."""
        missed: dict[tuple[str, bool], list[Match]] = {}
        for match in computed:
            if match.sum is not None and match.sum.reached:
                yield self._computed(match, _marks(match, markers))
            elif match.sum is not None:
                missed.setdefault((match.sum.text, match.ended), []).append(match)
        for (why, ended), matches in missed.items():
            topics = "、".join(match.topic for match in matches)
            marks = "".join(f"[{markers[match.source.clause_id]}]" for match in matches)
            key = "chat.missed_ended" if ended else "chat.missed"
            yield f"- {escaped(self._say(key, topics=topics, why=why))}{marks}"

    def _computed(self, match: Match, marks: str) -> str:
        text = self._say(
            "chat.computed", topic=match.topic, sum=sum_text(match, self._say), grade=match.grade.value,
            reason=match.reason,
        )  # fmt: skip
        return f"- {escaped(text)}{marks}"

    def _line(self, match: Match, marks: str) -> str:
        if match.grade is Grade.NOT:
            key = "chat.government" if match.reason == self._say("why.government") else "chat.not"
            text = self._say(key, topic=match.topic, reason=match.reason, amount=match.amount)
        elif match.grade is Grade.DIRECTION:
            text = self._say(
                "chat.direction", topic=match.topic, offer=_offered(match), reason=match.reason,
                amount=match.amount,
            )  # fmt: skip
        else:
            text = self._say(
                "chat.fits", topic=match.topic, offer=_offered(match), amount=match.amount, cap=match.cap,
                reason=match.reason, agency=match.agency,
            )  # fmt: skip
            text += f"。{match.sum.text}" if match.sum is not None and match.sum.unread else ""
        return f"- {escaped(text)}{marks}"

    def _table(self, matching: Matching, markers: dict[str, int]) -> str:
        title = self._say("compare.title", places=escaped("、".join(matching.profile.compare)))
        tables = chat_tables(matching.rows, markers, self._say)
        return "\n\n".join([f"**{title}**", *tables, self._say("compare.caution")])


def _offered(match: Match) -> str:
    return f"「{match.offer}」" if match.quoted else match.offer


def _marks(match: Match, markers: dict[str, int]) -> str:
    return "".join(f"[{markers[source.clause_id]}]" for source in (match.source, *match.beside))


def _shown(matching: Matching) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
    """Return the matches whose sum was computed, and of the others the first of each grade."""
    fitting = [
        match
        for match in matching.matches
        if match.sum is not None and not match.sum.unread and not _is_for_others(match)
    ]
    reached = [match for match in fitting if match.sum and match.sum.reached]
    missed = [match for match in fitting if match.sum and not match.sum.reached]
    computed = (*reached, *missed)[:_MOST_OF_GRADE] if reached else tuple(missed[:_FEW])
    others = []
    for grade in Grade:
        left = [
            one
            for one in matching.graded(grade)
            if one not in computed and not _is_vague(one) and not _is_for_others(one)
        ]
        left.sort(key=lambda one: not _is_by_title(one))
        others += left[: _FEW if grade is Grade.NOT else _MOST_OF_GRADE]
    return computed, tuple(others)


def _is_for_others(match: Match) -> bool:
    """Whether a measure is for another industry or another kind of project than the enterprise told."""
    return any(tick.state is State.UNMET and tick.by in _OF_OTHER_FIRMS for tick in match.ticks)


def _is_vague(match: Match) -> bool:
    """Whether a direction is for industries that may not be those of the enterprise."""
    return match.grade is Grade.DIRECTION and any(tick.asks == "industry" for tick in match.ticks)


def _is_by_title(match: Match) -> bool:
    """Whether a title that the enterprise holds meets a condition of a measure that states a sum."""
    stated = any(character.isdigit() for character in match.amount)
    return stated and any(tick.state is State.MET and tick.by == "certifications" for tick in match.ticks)
