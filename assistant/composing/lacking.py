"""Says what an answer lacks: details that are not written, matters left open, other words, another county."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composing.consultation import names_fact, say_status
from assistant.composing.context import Context
from assistant.composing.counted import lacks_count
from assistant.composing.evidence import body_text
from assistant.composing.gaps import answers_amount, asks_for, asks_progress, missing
from assistant.composing.named import say_named_only
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.composing.support import say_whom_to_ask
from assistant.composing.units import say_unit_line, title_of
from assistant.ledger import Place
from assistant.matters import matters_in
from assistant.models import SentenceKind, Status
from assistant.outsiders import outsider_from
from assistant.phrases import things_of
from assistant.understanding import Detail, Route
from vectorstore.models import FactKind

_GAPS = (
    Detail.MONEY,
    Detail.COUNT,
    Detail.DATE,
    Detail.PERSON,
    Detail.PLACE,
    Detail.PHONE,
    Detail.PROCEDURE,
    Detail.CONDITION,
    Detail.LIST,
)
_ASKS_PHONE = re.compile(
    "(?:电话|号码|联系方式|热线)(?:号码)?(?:是|多少|几|号|呢|有|给|写|在|$|[??,。])|打(?:什么|哪|几)|怎么联系"
)
_WRITTEN_WHERE = re.compile("(?:写|出现|提|放|列|说|讲)在|哪一?(?:[节段章]|条(?!街|路))|哪个?部分|出自哪")
_ASKS_UNITS = re.compile(
    "(?:哪个|哪家|什么|啥|哪些)(?:单位|部门|局)|谁(?:在)?(?:搞|管|负责|牵头|做|弄)|归谁|归哪"
)
_UNITS_MEANT = re.compile("(?:单位|部门)(?:都|分别|各|一共|到底|具体|还)?(?:是|有|写的是)?(?:谁|哪)")
"""责任单位是谁 asks for no person."""
_OF_UNITS = frozenset({Detail.PERSON, Detail.LIST, Detail.COUNT})
_IN_MONEY = re.compile(
    "(?:多少|几)(?:钱|[个百千]?万|个?亿|块|元)?[^,。?]{0,6}(?:费|钱|工资|薪|补贴|奖金|报酬|劳务)|(?:费|经费|工资)[^,。]{0,4}(?:多少|几)"
)
_STATUS_ASKED = 0.2
_OTHER_WORDS = 0.4
_LONG = 3
_OF_PLACES = frozenset({Route.CONTENT, Route.SUPPORT, Route.DEFINITION, Route.UNIT})
_IN_OWN_WORDS = frozenset({Route.CONTENT, Route.SUPPORT, Route.DEFINITION})


class Lacking:
    """Looks at what was composed, and says what of the question it leaves open."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def say(self, request: ComposeRequest, builder: DraftBuilder) -> None:
        """Add what is lacking behind the sentences of a draft."""
        self._say_open_matters(request, builder)
        say_named_only(request, self._context, builder)
        self._say_nearest(request, builder)
        self._say_not_here(request, builder)
        self._say_gap(request, builder)

    def _say_open_matters(self, request: ComposeRequest, builder: DraftBuilder) -> None:
        """Say which of the matters that a question fears or hopes for the cited documents do not write of."""
        cited = {place.document.document_id: place.document for place in self._cited(request, builder)}
        texts = [clause.text for document in cited.values() for clause in document.clauses]
        for matter in matters_in(request.understanding.text) if texts else ():
            if matter.is_open(texts):
                builder.add(SentenceKind.GAP, self._context.messages(f"stake.{matter.key}"))
                builder.status = Status.UNSPECIFIED

    def _say_nearest(self, request: ComposeRequest, builder: DraftBuilder) -> None:
        """Say that the quotes, where there are any, are the nearest in meaning to other words."""
        if not any(sentence.kind is SentenceKind.QUOTE for sentence in builder.sentences):
            return
        understanding = request.understanding
        quoted = "".join(quote for one in builder.sentences for quote in one.quotes)
        in_other_words = request.result.coverage < _OTHER_WORDS and not any(
            term in quoted for term in (*understanding.terms, *_long(things_of(understanding.text)))
        )
        for word in understanding.unknown:
            builder.note(self._context.messages("content.absent", term=word))
        if understanding.route in _IN_OWN_WORDS and in_other_words and not understanding.unknown:
            builder.note(self._context.messages("content.nearest"))

    def _say_not_here(self, request: ComposeRequest, builder: DraftBuilder) -> None:
        """Say that the clause quoted names another county than the question does."""
        cited = self._cited(request, builder)
        if not cited or request.understanding.route not in _OF_PLACES:
            return
        body = body_text(cited[0].clause.text)
        asked = self._context.counties_in(request.understanding.text)
        if any(place in body for place in self._context.counties) and not any(one in body for one in asked):
            for place in asked[:1]:
                text = self._context.messages(
                    "content.not_here", heading=title_of(cited[0].clause), place=place
                )
                builder.add(SentenceKind.LEAD, text, cited[:1])

    def _say_gap(self, request: ComposeRequest, builder: DraftBuilder) -> None:
        understanding = request.understanding
        of_clause = understanding.route is not Route.CONTACT
        if asks_progress(understanding.text) and of_clause and not builder.states_number:
            builder.add(SentenceKind.GAP, self._context.messages("gap.progress"))
            builder.status = Status.UNSPECIFIED
        elif understanding.asks(Detail.STATUS, _STATUS_ASKED) and not of_clause:
            drafts = [document for document in request.ledger.documents if document.is_draft]
            say_status(drafts[:1], request, self._context, builder)
            builder.note(self._context.messages("contact.not_yet"))
            return
        told = understanding.route is Route.CONTACT and (
            names_fact(understanding.text) or understanding.detail is Detail.PROCEDURE
        )
        told = told or bool(outsider_from(understanding.text, understanding.elsewhere))
        self._say_units_asked(request, builder)
        said = _said_of_clauses(builder) + self._unexplained(request, builder)
        gaps = [
            detail
            for detail in (() if told else _GAPS)
            if asks_for(detail, understanding) and self._missing(detail, said, request, builder)
        ]
        for detail in _without_double(gaps, understanding.text):
            builder.add(SentenceKind.GAP, self._context.messages(f"gap.{detail.value}"))
            builder.status = Status.UNSPECIFIED
        if gaps and not any(sentence.kind is SentenceKind.ADVICE for sentence in builder.sentences):
            say_whom_to_ask(self._cited(request, builder), self._context, builder)

    def _say_units_asked(self, request: ComposeRequest, builder: DraftBuilder) -> None:
        """Name the units of the first clause, where they are asked for beside something else."""
        asked = request.understanding
        said = any(one.kind is SentenceKind.UNITS for one in builder.sentences)
        if asked.route is not Route.UNIT and _ASKS_UNITS.search(asked.text) and not said:
            for place in self._cited(request, builder)[:1]:
                say_unit_line(place, self._context, builder)

    def _missing(
        self, detail: Detail, said: list[str], request: ComposeRequest, builder: DraftBuilder
    ) -> bool:
        """Whether an asked detail does not stand in what the answer says."""
        if builder.states_units and detail in _OF_UNITS:
            return False
        if detail is Detail.PERSON and _UNITS_MEANT.search(request.understanding.text):
            return False
        if detail is Detail.PERSON:
            contacts = [entry.fact.value for entry in request.ledger.facts_of(FactKind.CONTACT)]
            return not any(contact in text for contact in contacts for text in said)
        if detail is Detail.PHONE and not _ASKS_PHONE.search(request.understanding.asked):
            return False
        if detail is Detail.PLACE:
            return not _WRITTEN_WHERE.search(request.understanding.text) and not any(
                place in text for place in self._context.places for text in said
            )
        cited = self._cited(request, builder)
        if detail is Detail.MONEY:
            return not answers_amount(request.understanding, cited, said)
        if (
            detail is Detail.COUNT
            and not builder.states_number
            and lacks_count(request.understanding.text, said)
        ):
            return True
        return missing(detail, said)

    def _unexplained(self, request: ComposeRequest, builder: DraftBuilder) -> list[str]:
        """Return all clauses of cited documents that nobody explained: a quote tells not what these lack."""
        cited = {place.document.document_id: place.document for place in self._cited(request, builder)}
        others = (one for key, one in cited.items() if key not in request.ledger.explained)
        return [clause.text for document in others for clause in document.clauses]

    def _cited(self, request: ComposeRequest, builder: DraftBuilder) -> list[Place]:
        ids = [clause_id for sentence in builder.sentences for clause_id in sentence.clause_ids]
        places = request.ledger.by_id
        return [places[clause_id] for clause_id in dict.fromkeys(ids) if clause_id in places]


def _without_double(gaps: Sequence[Detail], text: str) -> list[Detail]:
    """Return gaps with a sum called a sum alone, and no number beside it: 多少咨询费, 多少工资."""
    of_money = Detail.COUNT in gaps and _IN_MONEY.search(text)
    return list(dict.fromkeys(Detail.MONEY if of_money and one is Detail.COUNT else one for one in gaps))


def _long(things: Sequence[str]) -> list[str]:
    return [thing for thing in things if len(thing) >= _LONG]


def _said_of_clauses(builder: DraftBuilder) -> list[str]:
    """Return what a draft says out of clauses, their lists of units left aside."""
    return [
        sentence.text
        for sentence in builder.sentences
        if sentence.clause_ids
        and sentence.kind is not SentenceKind.UNITS
        and "责任单位:" not in sentence.text
    ]
