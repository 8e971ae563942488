"""Answers the turns that are about the answers before them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from assistant.composing.context import Context
from assistant.composing.goals import value_of
from assistant.composing.passages import stands_for
from assistant.composing.request import DraftBuilder
from assistant.conversation import asks_for_more
from assistant.dates import YEAR
from assistant.following.acts import Act, act_of
from assistant.following.clauses import (
    say_all_goals_of,
    say_all_mentions,
    say_all_units,
    say_plainly,
    say_shortly,
    say_source,
    say_whether_held,
)
from assistant.following.numbers import say_numbers, say_units_together
from assistant.following.within import is_name, name_asked, says_whether_counted
from assistant.ledger import Ledger, LedgerEntry, Place
from assistant.models import Answer, Draft, Question, Sentence, SentenceKind, Status
from assistant.phrases import ATTRIBUTES, DOCUMENTS
from assistant.reading import QuestionReader
from assistant.recalling import Recall
from assistant.understanding import Route

_ITEM = re.compile(r"^- (?P<text>.+?)\[(?P<marker>\d+)\]$")
_MENTIONS = re.compile("^文件中写到「(?P<term>[^」]+)」的条款共", re.M)
_MARKERS = re.compile(r"(?:\[\d+\])+$")
_POLITE = {Act.THANKS: "talk.thanks", Act.PRAISE: "talk.praise"}
_REPHRASES = frozenset({Act.SOURCE, Act.PAGE, Act.DOUBT, Act.PLAIN, Act.SHORT, Act.LONG})
_TOGETHER = frozenset({Act.SUM, Act.MORE, Act.EARLIER, Act.SHARED})
_TURNS_BACK = 4
_MOST = 3
_ANSWERS = frozenset({Status.ANSWERED, Status.UNSPECIFIED})
_TERM = 2
_TWO = 2
_MANY = {"三": 3, "仨": 3, "四": 4}
_UNITS_ASKED = re.compile("单位|部门|哪[个些几]个?局|牵头")
_BESIDE = ("责任单位", "可咨询")
_COUNTS = re.compile("共[0-9]+[项条种个]")
_OF_UNITS = re.compile("^「[^」]+」(?:列第一的)?责任单位(?:是|只写)", re.M)
_Told = TypeVar("_Told", bound=Place)


class Follower:
    """Composes what a turn asks of the answers before it, from what these cite."""

    def __init__(self, ledger: Ledger, recall: Recall, reader: QuestionReader, context: Context) -> None:
        self._ledger = ledger
        self._recall = recall
        self._reader = reader
        self._context = context

    def draft(self, question: Question) -> Draft | None:
        """Return the draft for a turn about the answers before; None for every other turn."""
        if len(question.turns) == 1:
            return None
        act = act_of(question.turns[-1])
        if act in _POLITE:
            text = self._context.messages(_POLITE[act])
            return Draft(status=Status.OUT_OF_SCOPE, sentences=(Sentence(kind=SentenceKind.NOTE, text=text),))
        builder = DraftBuilder()
        said = (
            self._together(act, question, builder)
            if act in _TOGETHER
            else self._after(act, question, builder)
        )
        return builder.draft() if said and builder.sentences else None

    def _together(self, act: Act, question: Question, builder: DraftBuilder) -> bool:
        """Say what was asked of the last answers together, by their goals or else by their units."""
        answers = self._answers(question)
        goals = _run([self._goals_told(one, turn) for one, turn in answers])
        if act is not Act.SHARED and say_numbers(act, goals, self._context, builder):
            return True
        newest, *_ = of_units = [
            tuple(place for place in self._recall.cited(one) if place.clause.units) for one, _ in answers
        ]
        places = _run([one[:1] for one in of_units])
        places = places if len(places) > 1 else newest
        kept = places if act is Act.SUM else places[-_many_asked(question.turns[-1]) :]
        return act is not Act.EARLIER and say_units_together(act, kept, self._context, builder)

    def _answers(self, question: Question) -> tuple[tuple[Answer, str], ...]:
        """Return the answers to the turns before, newest first, each with its turn."""
        ends = range(len(question.turns) - 1, max(0, len(question.turns) - 1 - _TURNS_BACK), -1)
        return tuple(
            (
                self._recall.before(question.model_copy(update={"turns": question.turns[: end + 1]})),
                question.turns[end - 1],
            )
            for end in ends
        )

    def _goals_told(self, answer: Answer, turn: str) -> tuple[LedgerEntry, ...]:
        """Return the goals that an answer states in sentences of its own; of a year that its turn names."""
        years = YEAR.findall(turn)
        cited = {place.clause_id for place in self._recall.cited(answer)}
        lines = [line for line in answer.text.splitlines() if not line.startswith(">")]
        return tuple(
            entry
            for entry in self._ledger.targets
            if entry.clause_id in cited
            and (not years or any(year in (entry.due or "") for year in years))
            and any(
                entry.indicator in line and value_of(entry) in line and (entry.due or "") in line
                for line in lines
            )
        )

    def _after(self, act: Act | None, question: Question, builder: DraftBuilder) -> bool:
        """Say what was asked of the one answer before."""
        name = "" if act else name_asked(question.turns[-1])
        if not (act or name) and asks_for_more(question.turns[-1]):
            return self._whole_list(self._recall.before(question), builder)
        if not (act or name) or (name and self._reader.units.find(name)):
            return False
        before = self._recall.before(question)
        places = self._recall.cited(before)
        if before.status not in _ANSWERS or not places:
            return False
        if name:
            return self._within(name, question, places, builder)
        if act is Act.ALL:
            return self._all(question, before, places, builder)
        return act in _REPHRASES and self._otherwise(act, question, before, places, builder)

    def _within(self, name: str, question: Question, places: Sequence[Place], builder: DraftBuilder) -> bool:
        stands = bool(self._ledger.mentioning(name))
        if len(places) > _MOST or not (stands or (is_name(name) and not stands_for(name, self._ledger))):
            return False
        say_whether_held(name, places, self._ledger, self._context, builder)
        if says_whether_counted(question.turns[-1]) and not any(name in one.clause.text for one in places):
            builder.note(self._context.messages("after.not_counted"))
            builder.status = Status.UNSPECIFIED
        return True

    def _otherwise(
        self, act: Act, question: Question, before: Answer, places: Sequence[Place], builder: DraftBuilder
    ) -> bool:
        """Tell the answer before in other words, or what it rests on."""
        few = places[:_MOST]
        if act is Act.PLAIN:
            say_plainly(few, self._context, builder)
        elif act is Act.SHORT:
            listed = self._items(before)
            leads = (*self._leads(before, of_lists=bool(listed)), *listed)
            builder.sentences.extend(leads)
            if not leads:
                terms = self._terms(question)
                say_shortly(few[:1], terms, self._context, builder)
        else:
            builder.sentences.extend(self._leads(before) if act is Act.DOUBT else ())
            say_source(act, few, _quoted(before), self._context, builder)
        if before.status is Status.UNSPECIFIED and act is Act.DOUBT:
            builder.note(self._context.messages("after.unwritten"))
        builder.status = before.status
        return True

    def _leads(self, before: Answer, *, of_lists: bool = False) -> tuple[Sentence, ...]:
        """Return the sentences of an answer that say it without a quote: a goal, the units of a clause."""
        by_marker = {f"[{one.marker}]": one.clause_id for one in before.citations}
        found = []
        for line in before.text.splitlines():
            marks = _MARKERS.search(line)
            opens = line[: marks.start()].endswith((":", ":")) if marks else False
            if not marks or line.startswith((">", "-")) or (opens and not of_lists):
                continue
            ids = tuple(by_marker[one] for one in re.findall(r"\[\d+\]", marks.group()) if one in by_marker)
            found.append(Sentence(kind=SentenceKind.LEAD, text=line[: marks.start()], clause_ids=ids))
        return tuple(one for one in found if not one.text.startswith(_BESIDE))

    def _items(self, before: Answer) -> tuple[Sentence, ...]:
        """Return the items of an answer that lists several."""
        items = [_ITEM.match(line) for line in before.text.splitlines()]
        by_marker = {one.marker: one.clause_id for one in before.citations}
        found = tuple(
            Sentence(kind=SentenceKind.ITEM, text=item["text"], clause_ids=(by_marker[int(item["marker"])],))
            for item in items
            if item and int(item["marker"]) in by_marker
        )
        return found if len(found) > 1 else ()

    def _all(
        self, question: Question, before: Answer, places: Sequence[Place], builder: DraftBuilder
    ) -> bool:
        """Say how many there are of what the answer before told, and that these are all, or the rest."""
        counted = _MENTIONS.search(before.text)
        if counted and say_all_mentions(counted["term"], self._ledger, self._context, builder):
            return True
        if self._whole_list(before, builder):
            return True
        if self._goals_told(before, question.turns[-2]):
            say_all_goals_of(places, self._ledger, self._context, builder)
            return True
        of_units = _tells_units(before) or _UNITS_ASKED.search(question.turns[-2])
        if of_units and len(places) == 1 and places[0].clause.units:
            say_all_units(places[0], self._context, builder)
            return True
        terms = self._terms(question)
        if terms and say_all_mentions(terms[0], self._ledger, self._context, builder):
            return True
        builder.note(self._context.messages("after.found"))
        return True

    def _whole_list(self, before: Answer, builder: DraftBuilder) -> bool:
        """Say that the answer before told all there is, where it counted that; whether it did."""
        leads = [one for one in self._leads(before, of_lists=True) if _COUNTS.search(one.text)]
        if leads:
            builder.sentences.extend(leads)
            builder.note(self._context.messages("after.all_listed"))
        return bool(leads)

    def _terms(self, question: Question) -> tuple[str, ...]:
        """Return the names that the question before asked about, most telling first."""
        asked = self._reader.read(question.model_copy(update={"turns": question.turns[:-1]}))
        frame = ATTRIBUTES | DOCUMENTS
        return tuple(term for term in asked.terms if term not in frame and len(term) >= _TERM)


def _run(told: Sequence[Sequence[_Told]]) -> tuple[_Told, ...]:
    """Return what the newest answers tell, back to the first that tells none, in the order of turns."""
    run: list[_Told] = []
    for one in told:
        if not one:
            break
        run = [*one, *run]
    return tuple({_key(one): one for one in run}.values())


def _key(one: Place) -> str:
    told = f"{one.indicator}{one.due}" if isinstance(one, LedgerEntry) else ""
    return f"{one.clause_id} {told}"


def _many_asked(turn: str) -> int:
    """Return how many of the things before a turn speaks of: 3 of 三个都有的, two where it does not say."""
    return next((number for word, number in _MANY.items() if word in turn), _TWO)


def _quoted(answer: Answer) -> Mapping[str, str]:
    """Return what an answer quotes first of each clause, by clause id."""
    return {one.clause_id: one.quotes[0] for one in answer.citations if one.quotes}


def _tells_units(answer: Answer) -> bool:
    """Whether an answer tells responsible units rather than what a clause says."""
    return answer.trace.route == Route.UNIT.value or bool(_OF_UNITS.search(answer.text))
