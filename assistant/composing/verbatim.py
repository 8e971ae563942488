"""The verbatim composer: answers with quotes and the ledger alone, without a chat model."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.composing.classes import compose_classes
from assistant.composing.consultation import compose_consultation
from assistant.composing.context import Context
from assistant.composing.counties import compose_counties
from assistant.composing.enumerations import compose_enumeration
from assistant.composing.goals import say_no_year
from assistant.composing.included import compose_included
from assistant.composing.itself import compose_itself
from assistant.composing.kinds import compose_kinds, kind_asked
from assistant.composing.lacking import Lacking
from assistant.composing.mentioned import compose_mentioned
from assistant.composing.misnamed import correct_kind
from assistant.composing.misplaced import correct_wording
from assistant.composing.numbers import (
    asks_all_targets,
    compares_years,
    compose_number,
    find_entries,
)
from assistant.composing.parts import compose_parts
from assistant.composing.passages import (
    compose_comparison,
    compose_content,
    compose_definition,
    say_absent,
    show_mentions,
)
from assistant.composing.persons import compose_persons
from assistant.composing.premises import (
    correct_lead,
    correct_number,
    correct_status,
    invents_money,
)
from assistant.composing.refusals import refuse
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.composing.scoped import compose_scoped
from assistant.composing.sections import compose_sections, compose_within, say_missing_siblings
from assistant.composing.stakes import compose_open_matters, compose_outsiders
from assistant.composing.subjects import say_not_among
from assistant.composing.support import compose_support, say_whom_to_ask
from assistant.composing.tallies import compose_tallies
from assistant.composing.unit_lists import asks_for_tasks, compose_unit_list
from assistant.composing.unit_sets import compose_unit_sets
from assistant.composing.units import compose_overlap, compose_unit
from assistant.composing.unnumbered import correct_unnumbered
from assistant.composing.validity import compose_validity
from assistant.composing.whereabouts import compose_whereabouts
from assistant.models import Draft, SentenceKind, Status
from assistant.paying import carrying_out
from assistant.references import find_references
from assistant.sectioning import asked_sections
from assistant.telling import is_telling
from assistant.understanding import Detail, Route

Compose = Callable[[ComposeRequest, Context, DraftBuilder], bool]
_BY_ROUTE: dict[Route, Compose] = {
    Route.NUMBER: compose_number,
    Route.UNIT: compose_unit,
    Route.UNIT_LIST: compose_unit_list,
    Route.SUPPORT: compose_support,
    Route.DEFINITION: compose_definition,
    Route.CONTACT: compose_consultation,
    Route.COMPARE: compose_comparison,
    Route.CONTENT: compose_content,
}
_WHOLE: tuple[Compose, ...] = (
    compose_outsiders,
    compose_open_matters,
    compose_persons,
    compose_counties,
    compose_classes,
    compose_scoped,
    compose_unit_sets,
    compose_tallies,
    compose_overlap,
    compose_included,
    compose_enumeration,
    compose_whereabouts,
    compose_within,
)
"""What is answered by words or counting, whatever the route."""
_FIRST = 3
_EVERYWHERE = re.compile(
    "[一二两三四五六七八九十\\d]+[回处次遍]|哪些地方|哪几处|几处|哪些条|哪几条|都在哪|多少处|多少次|几次|哪些部分|有哪几条"
)
_ASKS_MORE = re.compile(
    "好处|待遇|有(?:什么|啥)用|能(?:拿|得|享受)(?:到)?(?:什么|啥)|怎么(?:进|入|加入|参加)|谁能(?:进|入)"
)
"""Beside what something is: one sentence that explains a word does not answer it."""
_NAMES_PERSON = re.compile(
    "(?:局长|主任|处长|市长|书记|区长|县长|科长|负责人|领导|院长|校长|主管|一把手)[^,。]{0,4}"
    "(?:叫什么|叫啥|是谁|是哪位|姓什么|姓啥|名字|贵姓)"
)


def _composer_of(request: ComposeRequest) -> Compose:
    """Return the composer of a route; lists that are complete by construction go first."""
    understanding = request.understanding
    if asks_all_targets(understanding.text) or compares_years(understanding.text):
        return compose_number
    if asks_for_tasks(understanding):
        return compose_unit_list
    compose = _BY_ROUTE[understanding.route]
    if compose is compose_unit_list and _is_of_one_clause(request):
        return compose_unit
    if compose is compose_consultation and understanding.sought:
        return compose_content
    if compose is compose_definition and (
        _ASKS_MORE.search(understanding.text) or find_references(understanding.text, request.ledger)
    ):
        return compose_content
    if compose is compose_unit and not understanding.asks(Detail.UNIT) and not _lists_units(request):
        return compose_content
    return compose


class VerbatimComposer:
    """Dispatches by route; each composer falls back on quoting what was found."""

    name = "verbatim"

    def __init__(self, context: Context) -> None:
        self._context = context
        self._lacking = Lacking(context)

    def compose(self, request: ComposeRequest) -> Draft:
        """Return the draft; no_evidence where nothing fits."""
        builder = DraftBuilder()
        if request.validity and compose_validity(request, request.validity, self._context, builder):
            return builder.draft()
        if request.understanding.elsewhere and any(one.is_draft for one in request.ledger.documents):
            place = request.understanding.elsewhere[0]
            builder.note(self._context.messages("content.elsewhere", place=place))
        self._correct_premises(request, builder)
        say_missing_siblings(request, self._context, builder)
        say_no_year(request, self._context, builder)
        say_not_among(request, self._context, builder)
        opening = len(builder.sentences)
        if not self._composed(request, builder):
            return refuse(Status.NO_EVIDENCE, "refusal.no_evidence", self._context, request.ledger)
        composed = len(builder.sentences)
        self._lacking.say(request, builder)
        builder.bring_forward(composed, opening)
        if any(one.kind is SentenceKind.GAP for one in builder.sentences):
            builder.without(self._context.messages("content.limit"))
        return builder.draft()

    def _composed(self, request: ComposeRequest, builder: DraftBuilder) -> bool:
        """Write the answer of the route, or else quote what was found; False where there is nothing."""
        if compose_parts(request, self._context, builder) or say_absent(request, self._context, builder):
            return True
        if _is_unsure(request):
            return self._compose_unsure(request, builder)
        if _NAMES_PERSON.search(request.understanding.text) and request.understanding.units:
            return self._say_no_person(builder)
        if request.understanding.beyond:
            return self._say_beyond(request, builder)
        if any(whole(request, self._context, builder) for whole in _WHOLE):
            return True
        asked = request.understanding
        of_units = any(mention.name for mention in asked.units)
        sections = () if of_units else asked_sections(asked.text, asked.terms, request.ledger)
        if sections and not asks_all_targets(asked.text):
            return compose_sections(request, sections, self._context, builder)
        if asked.sought and _EVERYWHERE.search(asked.text) and show_mentions(request, self._context, builder):
            return True
        if compose_mentioned(request, self._context, builder):
            return True
        kind = kind_asked(request)
        if kind is not None:
            return compose_kinds(request, kind, self._context, builder)
        if compose_itself(request, self._context, builder):
            return True
        compose = _composer_of(request)
        return compose(request, self._context, builder) or compose_content(request, self._context, builder)

    def _compose_unsure(self, request: ComposeRequest, builder: DraftBuilder) -> bool:
        """Quote what is near, with a word of doubt before it."""
        builder.note(self._context.messages("content.unsure"))
        builder.status = Status.UNSPECIFIED
        return compose_content(request, self._context, builder)

    def _say_no_person(self, builder: DraftBuilder) -> bool:
        """Say that the text names no head of a unit, and whom to ask."""
        builder.add(SentenceKind.GAP, self._context.messages("gap.person"))
        builder.status = Status.UNSPECIFIED
        say_whom_to_ask((), self._context, builder)
        return True

    def _say_beyond(self, request: ComposeRequest, builder: DraftBuilder) -> bool:
        """Say that the list before has not so many items."""
        listed = [request.ledger.by_id[one] for one in request.understanding.among]
        number, count = request.understanding.beyond, len(listed)
        text = self._context.messages("listing.beyond", count=count, number=number)
        builder.add(SentenceKind.LEAD, text, listed, [], [count, number])
        return True

    def _correct_premises(self, request: ComposeRequest, builder: DraftBuilder) -> None:
        correct_status(request, self._context, builder)
        correct_wording(request, self._context, builder)
        correct_unnumbered(request, self._context, builder)
        if correct_kind(request, self._context, builder):
            return
        if request.understanding.route is Route.NUMBER or request.understanding.quantities:
            correct_number(request, find_entries(request, self._context), self._context, builder)
        if request.understanding.route is not Route.UNIT_LIST or _is_of_one_clause(request):
            correct_lead(request, self._context, builder)
        if invents_money(request):
            builder.add(SentenceKind.GAP, self._context.messages("premise.money"))
            builder.status = Status.UNSPECIFIED


def _is_unsure(request: ComposeRequest) -> bool:
    """Whether what was found is near, and no more: in documents that nobody explained or named."""
    found = request.result.clauses[:_FIRST]
    if any(one.document_id in request.ledger.explained for one in found) or is_telling(request.result):
        return False
    named = request.ledger.titles.find(request.understanding.text).documents
    return not (named or carrying_out(request.understanding, request.ledger))


def _is_of_one_clause(request: ComposeRequest) -> bool:
    """Whether what a question says of a unit it says of one clause that it names: AI+医疗是市数据局牵头的."""
    asked = request.understanding
    if not any(mention.name for mention in asked.units) or asks_for_tasks(asked):
        return False
    named = find_references(asked.text, request.ledger)
    return len(named) == 1 and bool(named[0].clause.units)


def _lists_units(request: ComposeRequest) -> bool:
    """Whether the clauses found first are of documents that name responsible units: laws do not."""
    found = {one.document_id for one in request.result.clauses[:_FIRST]}
    return any(place.clause.units for place in request.ledger.places if place.document.document_id in found)
