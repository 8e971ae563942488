"""What the answer before says, for a follow-up that points into it: the third one, 它, 其中, 还有呢."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from assistant.composing.unit_lists import asks_tasks
from assistant.conversation import LAST, ORDINAL, asks_for_more, ordinal_of
from assistant.entities import UnitNames
from assistant.ledger import Ledger, Place
from assistant.models import Answer, Question
from assistant.normalizing import normalize
from assistant.references import find_references
from assistant.searching import led_by_one
from assistant.sectioning import asked_sections, title_words
from assistant.understanding import Understanding
from vectorstore.models import SearchResult

_ITEM = re.compile(r"^- .*?\[(?P<marker>\d+)\]", re.M)
_RELATED = 0.02
"""Of the best score: from where a clause has something to do with what was asked before."""
_KEPT = 64
_FIRST = 1
_SEVERAL = 2
_A_UNIT = re.compile("^(?:那么?)?(?:它们?|他们?|她|(?:这个|该)(?:局|部门|单位))")
_A_DOCUMENT = re.compile("^(?:那么?)?(?:它|这个|那个|这份|那份|该)(?:文件|政策|措施|办法|意见|方案)?")
_OF_VALIDITY = re.compile("有效|过期|效力|失效|作废|能用|管到|到期|哪年|什么时候")
_THAT_CLAUSE = re.compile("^(?:那么?)?(?:那|这|该)一?(?:条|项|款)")
_ITS_NUMBER = re.compile(r"第?\d+条")
_AMONG_UNITS = re.compile(
    "(?:那么?)?(?:里面|里头|其中|这里面|这里头|上面|它们?|责任单位)?(?:里|中)?(?:难道|怎么)?"
    "(?:(?:有没有|有|没有|没|含|包括|不?是不是|不是|是)(?:列)?@(?:牵头|列第一|打头|挑头|管|负责)?"
    "|@(?:也|算)?(?:参与|有份|在内|(?:在不)?在(?:里面|里头|内|列|(?:责任单位)?(?:的?名单|之列)(?:里|上)?)?))"
    "(?:吗|么|嘛|吧|呢|没有|不|的)*[??]?"
)
"""@ stands for a unit: who asks so means the units of the clause before."""
_IT_WITH = re.compile(
    "^(?:那么?)?(?:它|这一?条|这个)?(?=[跟和与同比](?!谁|哪|什么|啥|其他|其它|别的|以前|去年|我|你))"
)
_DIFFER = "有什么区别"
_COMPARED = re.compile(
    "[跟和与同比](?P<other>[^,。]{2,14}?)(?:相)?比(?:较|起来|一下|一比)?(?:呢|怎么样|如何|咋样)?[??。]*$"
)
_ASKED = re.compile(
    "(?:是|为|有|要|到)?(?:多少|几|什么|啥|哪|谁)[^,。]*$|(?:讲|说|写|做)(?:什么|啥|些?什么)[^,。]*$"
)
_ONE_OF_THEM = re.compile("(?P<is>算不算|属不属于|是不是|属于|算是?|是)其中(?:之一|的?一[个项员类种])?")
_FOR_LEAD = re.compile("牵头|第一|首位|打头|挑头|带头|主责|领头")
_NOTHING_ELSE = re.compile(
    "没(?:有)?(?:别的|其他|其它|旁的)|就(?:这|那)?(?:一|些|点|几)?[条项块个]?(?:了吧|了吗|了么)$"
)
_AMONG = re.compile("^(?:那么?)?(?:其中|里面|里头|这里面|这里头|当中|这些|上面)")


class Recall:
    """Reads a follow-up by the answer to the turn before, which is asked for only where it is needed."""

    def __init__(
        self,
        ledger: Ledger,
        units: UnitNames,
        answer_to: Callable[[Question], Answer],
        today: Callable[[], date] = date.today,
    ) -> None:
        """Take the clauses and units of the documents, what answers a conversation, and the clock.

        An answer is kept for the day: each turn of a long conversation may ask for the one before several
        times, which would take longer with every turn.
        """
        self._ledger = ledger
        self._units = units
        self._today = today
        self._answered = lru_cache(maxsize=_KEPT)(lambda question, _day: answer_to(question))

    def spelled_out(self, question: Question) -> Question:
        """Return a follow-up with the name of what it points at: 第三个 of a list, 它 that is a unit."""
        *earlier, last = question.turns
        units = self._units.find(last)
        if earlier and len(units) == 1 and _AMONG_UNITS.fullmatch(last.replace(units[0].surface, "@")):
            return self._of_units(question, units[0].surface)
        if not earlier or units:
            return question
        if _ONE_OF_THEM.search(last):
            listed = asked_sections(earlier[-1], (), self._ledger)
            title = title_words(listed[0].clause) if len(listed) == 1 else ""
            return _said_of(question, _ONE_OF_THEM.sub(rf"\g<is>{title}", last)) if title else question
        if _IT_WITH.search(last):
            return self._with_subject(question)
        if _NOTHING_ELSE.search(last):
            named = self._units_before(question)
            asked = [one.name for turn in earlier for one in self._units.find(turn) if one.name]
            said = [one for one in dict.fromkeys(asked) if one in named]
            return _said_of(question, f"{said[-1]}还管什么") if said else question
        which = ordinal_of(last)
        if which is not None:
            place = self._counted(question, which)
            name = title_words(place.clause) if place else ""
            return _said_of(question, ORDINAL.sub(name, last, count=1)) if name else question
        if _A_DOCUMENT.search(last) and _OF_VALIDITY.search(last):
            title = self._excerpt_cited(question)
            return _said_of(question, _A_DOCUMENT.sub(f"《{title}》", last, count=1)) if title else question
        if _A_UNIT.search(last) and asks_tasks(last):
            named = self._units_before(question)
            return _said_of(question, _A_UNIT.sub(named[0], last, count=1)) if named else question
        return question

    def _with_subject(self, question: Question) -> Question:
        """Return a comparison (跟措施8一样吗, 比上市企业多多少) with what it compares that with.

        One that says no more than 跟措施2比呢 asks of both what was asked before.
        """
        *_, before, last = question.turns
        subject, other = self._compared(question), _COMPARED.search(last)
        if not subject:
            return question
        if other is None:
            return _said_of(question, _IT_WITH.sub(subject, last, count=1))
        asked = _ASKED.search(normalize(before))
        return _said_of(question, f"{subject}和{other['other']}{asked.group() if asked else _DIFFER}")

    def _compared(self, question: Question) -> str:
        """Return what another thing is compared with: the clause before, or what the turn before names."""
        if find_references(question.turns[-1], self._ledger):
            cited = self.cited(self.before(question))
            return title_words(cited[0].clause) if len(cited) == 1 else ""
        return _ASKED.sub("", normalize(question.turns[-2]))

    def _units_before(self, question: Question) -> list[str]:
        """Return the units that the answer before names."""
        return [one.name for one in self._units.find(self.before(question).text) if one.name]

    def _of_units(self, question: Question, unit: str) -> Question:
        """Return what is asked of the units of the clause before with its name: 里面有市数据局吗."""
        last = question.turns[-1]
        cited = [place for place in self.cited(self.before(question)) if place.clause.units]
        clauses = {place.clause_id for place in cited}
        if len(clauses) != 1:
            return question
        title = title_words(cited[0].clause)
        asked = f"{title}的责任单位里有{unit}吗"
        if _FOR_LEAD.search(last) or any(_FOR_LEAD.search(turn) for turn in question.turns[:-1]):
            asked = f"{title}列第一的责任单位是{unit}"
        return _said_of(question, asked)

    def _excerpt_cited(self, question: Question) -> str:
        """Return the title of the document whose facts the answer before tells; '' where it quotes a text."""
        cited = self.before(question).citations
        return cited[0].title if cited and all(one.excerpt for one in cited) else ""

    def within(self, question: Question, understanding: Understanding) -> Understanding:
        """Return a follow-up that asks for a unit 其中 with the clauses of which that is said."""
        if understanding.context and (which := ordinal_of(question.turns[-1])) is not None:
            before = self.before(question)
            listed = self._top(before)
            is_whole = len(listed) >= _SEVERAL or (listed and len(before.citations) == 1)
            if is_whole and which > len(listed):
                ids = tuple(one.clause_id for one in listed)
                return understanding.model_copy(update={"among": ids, "beyond": which})
        if not (understanding.units and understanding.context and _AMONG.search(understanding.text)):
            return understanding
        listed = self.listed(self.before(question))
        return understanding.model_copy(update={"among": tuple(one.clause_id for one in listed)})

    def found(self, question: Question, understanding: Understanding, result: SearchResult) -> SearchResult:
        """Return what was found, led by the one of several that is counted off, or without what was said."""
        if not understanding.context:
            return result
        if _THAT_CLAUSE.search(understanding.text) and not _ITS_NUMBER.search(understanding.text):
            cited = self.cited(self.before(question))
            return led_by_one(cited[0], result) if cited else result
        if understanding.among:
            kept = tuple(one for one in result.clauses if one.clause_id in understanding.among)
            return result.model_copy(update={"clauses": kept}) if kept else result
        which = ordinal_of(understanding.text)
        if understanding.is_bare and ordinal_of(question.turns[-2]) is not None:
            which = _FIRST
        if which is not None:
            place = self._counted(question, which)
            return led_by_one(place, result) if place else result
        if asks_for_more(understanding.text):
            return self._unsaid(self.before(question), result)
        return result

    def _counted(self, question: Question, which: int) -> Place | None:
        """Return what stands in a place of the list that the answer before gives, else of what it cites."""
        before = self.before(question)
        top = self._top(before)
        places = top if len(top) >= _SEVERAL else self.cited(before)
        if which == LAST:
            return places[-1] if places else None
        return places[which - 1] if which <= len(places) else None

    def _top(self, answer: Answer) -> tuple[Place, ...]:
        """Return the clauses of the items of an answer; of a list in sections the sections."""
        listed = self.listed(answer)
        return tuple(one for one in listed if not any(_is_below(one, other) for other in listed))

    def cited(self, answer: Answer) -> tuple[Place, ...]:
        """Return the clauses that an answer cites, in the order of its markers."""
        return tuple(
            self._ledger.by_id[one.clause_id]
            for one in answer.citations
            if one.clause_id in self._ledger.by_id
        )

    def _unsaid(self, before: Answer, result: SearchResult) -> SearchResult:
        """Return what was found without what the answer before cites; all where nothing else is near."""
        said = {one.clause_id for one in before.citations}
        left = tuple(
            found for found in result.clauses if found.clause_id not in said and found.score >= _RELATED
        )
        return result.model_copy(update={"clauses": left}) if left else result

    def listed(self, answer: Answer) -> tuple[Place, ...]:
        """Return the clauses of the items of an answer, in its order."""
        by_marker = {one.marker: one.clause_id for one in answer.citations}
        ids = [by_marker.get(int(match["marker"]), "") for match in _ITEM.finditer(answer.text)]
        return tuple(self._ledger.by_id[one] for one in dict.fromkeys(ids) if one in self._ledger.by_id)

    def before(self, question: Question) -> Answer:
        """Return the answer to the turns before the last."""
        return self._answered(question.model_copy(update={"turns": question.turns[:-1]}), self._today())


def _said_of(question: Question, last: str) -> Question:
    return question.model_copy(update={"turns": (*question.turns[:-1], last)})


def _is_below(place: Place, other: Place) -> bool:
    return place.clause_id.startswith(f"{other.clause_id}/")
