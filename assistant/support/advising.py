"""Answers an enterprise that describes itself: the graded list as an answer of the chat, cited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from assistant.entities import speaks_of_own_firm
from assistant.models import Answer, Question, Status
from assistant.normalizing import normalize
from assistant.support.desk import Desk
from assistant.support.markdown import COLUMNS, cells, described, escaped, sum_text
from assistant.support.matches import Grade, Match, Matching, Source
from assistant.support.offers import Found
from assistant.support.profile import Kind, Profile
from assistant.support.sources import cited
from assistant.support.ticking import State
from prompts.loader import Messages
from vectorstore.models import RetrievedClause

_ASKS = re.compile("补|奖|扶持|支持|政策|申请|申报|享受|拿|优惠|资助|能报|适用|对应|帮")
_HOW_MUCH = re.compile(
    "(?:补贴?|奖励?|拿到?|给)(?:多少|几)|多少(?:补|奖)|能补|可以补|怎么补|哪一?档|最高多少|划算"
    "|有没有.{0,6}(?:补|奖)|有(?:补贴|奖)|到我们?账"
)
_GENERAL = re.compile(
    "(?:能|可以)(?:拿|报|享受|申请)|(?:什么|哪些|啥|有没有)(?:补贴|政策|扶持|支持|优惠)|针对我们"
)
_ABOUT_TEXT = re.compile(
    "哪一?条|第.{1,4}条|原文|文件里|计划里|怎么写|写了|是什么意思|哪个局|哪个部门|责任单位|牵头"
)
_ENOUGH = 3
_ENOUGH_PLACED = 2
_MOST_OF_GRADE = 6
_FEW = 3
_FOUND = 4
_FOUND_BESIDE_SUMS = 2
_OF_OTHER_FIRMS = frozenset({"industry", "project"})
_FOUND_SHARE = 0.08


def facts_told(profile: Profile) -> int:
    """Return how many facts of an enterprise a description tells; a need alone describes nobody."""
    told = (
        profile.district or not profile.is_local,
        profile.industry, profile.size, profile.certifications, profile.without,
        profile.revenue, profile.figures or profile.unclear, profile.project, profile.stage, profile.needs,
    )  # fmt: skip
    return sum(bool(one) for one in told)


class Advisor:
    """Recognises descriptions of enterprises, and answers them."""

    def __init__(self, desk: Desk, messages: Messages) -> None:
        self.desk = desk
        self._say = messages

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
        profile = self._described(question.turns)
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
            return None
        return self._answer(matching)

    def beside(self, question: Question, day: date) -> Answer | None:
        """Return the facts of a measure that the official texts hold half of, to be told beside them."""
        return self.desk.recounter.beside(question.turns[-1], day)

    def _promised(self, found: Sequence[RetrievedClause]) -> tuple[Found, ...]:
        """Return the clauses found that name responsible units, with the sentence that fits best."""
        best = max((one.score for one in found), default=0.0)
        fitting = [
            one
            for one in found
            if one.clause.numbered and one.clause.units and one.sentences and one.score >= _FOUND_SHARE * best
        ]
        return tuple(
            Found(clause_id=one.clause_id, sentence=one.sentences[0].text) for one in fitting[:_FOUND]
        )

    def _described(self, turns: Sequence[str]) -> Profile | None:
        """Return the profile that the last turn tells, with an earlier description that it completes."""
        last = turns[-1]
        if self._describes(last):
            return self.desk.reader.read(last)
        if len(turns) > 1 and self._describes(turns[-2]) and self._completes(last):
            return self.desk.reader.read(f"{turns[-2]},{last}")
        return None

    def _describes(self, text: str) -> bool:
        plain = normalize(text)
        if _ABOUT_TEXT.search(plain):
            return False
        profile = self.desk.reader.read(text)
        if profile.kind is not Kind.ENTERPRISE:
            return False
        own = speaks_of_own_firm(plain)
        summed = profile.figures or profile.unclear or profile.revenue
        telling = bool(summed or (own and profile.certifications))
        if telling and _HOW_MUCH.search(plain):
            return True
        if not (own and _ASKS.search(plain)):
            return False
        if not profile.needs and not telling and not (profile.industry and _GENERAL.search(plain)):
            return False
        placed = profile.district or not profile.is_local
        return facts_told(profile) >= (_ENOUGH_PLACED if telling or placed else _ENOUGH)

    def _completes(self, text: str) -> bool:
        """Whether a turn only adds facts: it asks nothing, and tells at least one."""
        plain = normalize(text)
        asks = any(mark in plain for mark in "??吗呢") or _ABOUT_TEXT.search(plain)
        return not asks and facts_told(self.desk.reader.read(text)) > 0

    def _answer(self, matching: Matching) -> Answer:
        computed, others = _shown(matching)
        shown = (*computed, *others)
        sources: dict[str, Source] = {}
        for match in shown:
            sources.setdefault(match.source.clause_id, match.source)
        markers = {clause_id: marker for marker, clause_id in enumerate(sources, start=1)}
        quotes = {match.source.clause_id: match.offer for match in shown if match.quoted}
        helpful = any(match.grade in (Grade.DIRECT, Grade.POSSIBLE) for match in shown)
        return Answer(
            status=Status.ANSWERED if helpful or not computed else Status.UNSPECIFIED,
            text="\n\n".join(self._paragraphs(matching, computed, others, markers)),
            citations=tuple(
                cited(markers[clause_id], source, quotes.get(clause_id))
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
                yield "\n".join(self._line(match, markers[match.source.clause_id]) for match in matches)
        left = len(matching.matches) - len(computed) - len(others)
        if left:
            yield self._say("chat.more", count=left, page=self._say("page.name"))
        if matching.rows:
            yield self._table(matching)
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
                yield self._computed(match, markers[match.source.clause_id])
            elif match.sum is not None:
                missed.setdefault((match.sum.text, match.ended), []).append(match)
        for (why, ended), matches in missed.items():
            topics = "、".join(match.topic for match in matches)
            marks = "".join(f"[{markers[match.source.clause_id]}]" for match in matches)
            key = "chat.missed_ended" if ended else "chat.missed"
            yield f"- {escaped(self._say(key, topics=topics, why=why))}{marks}"

    def _computed(self, match: Match, marker: int) -> str:
        text = self._say(
            "chat.computed", topic=match.topic, sum=sum_text(match, self._say), grade=match.grade.value,
            reason=match.reason,
        )  # fmt: skip
        return f"- {escaped(text)}[{marker}]"

    def _line(self, match: Match, marker: int) -> str:
        if match.grade is Grade.NOT:
            key = "chat.government" if match.reason == self._say("why.government") else "chat.not"
            text = self._say(key, topic=match.topic, reason=match.reason, amount=match.amount)
        elif match.grade is Grade.DIRECTION:
            offer = f"「{match.offer}」" if match.quoted else match.offer
            text = self._say(
                "chat.direction", topic=match.topic, offer=offer, reason=match.reason, amount=match.amount
            )
        else:
            text = self._say(
                "chat.fits", topic=match.topic, offer=match.offer, amount=match.amount, cap=match.cap,
                reason=match.reason, agency=match.agency,
            )  # fmt: skip
        return f"- {escaped(text)}[{marker}]"

    def _table(self, matching: Matching) -> str:
        head = "| " + " | ".join(self._say(f"column.{name}") for name in COLUMNS) + " |"
        rows = ["| " + " | ".join(escaped(cell) for cell in cells(row)) + " |" for row in matching.rows]
        places = "、".join(matching.profile.compare)
        title = self._say("compare.title", places=escaped(places))
        table = "\n".join([head, "|" + " --- |" * len(COLUMNS), *rows])
        return f"**{title}**\n\n{table}\n\n{self._say('compare.caution')}"


def _shown(matching: Matching) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
    """Return the matches whose sum was computed, and of the others the first of each grade."""
    fitting = [match for match in matching.matches if not _is_for_others(match)]
    reached = [match for match in fitting if match.sum is not None and match.sum.reached]
    missed = [match for match in fitting if match.sum is not None and not match.sum.reached]
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
