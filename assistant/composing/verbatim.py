"""The verbatim composer: answers with quotes and the ledger alone, without a chat model."""

from __future__ import annotations

from collections.abc import Callable

from assistant.composing.consultation import compose_consultation, say_status
from assistant.composing.context import Context
from assistant.composing.gaps import missing
from assistant.composing.numbers import compose_number, find_entries
from assistant.composing.passages import compose_comparison, compose_content, compose_definition
from assistant.composing.premises import correct_lead, correct_number, correct_status, invents_money
from assistant.composing.refusals import refuse
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.composing.support import compose_support, say_whom_to_ask
from assistant.composing.units import compose_unit, compose_unit_list
from assistant.ledger import Place
from assistant.models import Draft, SentenceKind, Status
from assistant.understanding import Detail, Route
from vectorstore.models import FactKind

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
_GAPS = frozenset({
    Detail.MONEY, Detail.COUNT, Detail.DATE, Detail.PERSON, Detail.PLACE, Detail.PHONE, Detail.PROCEDURE,
    Detail.CONDITION,
})


class VerbatimComposer:
    """Dispatches by route; each composer falls back on quoting what was found."""

    name = "verbatim"

    def __init__(self, context: Context) -> None:
        self._context = context

    def compose(self, request: ComposeRequest) -> Draft:
        """Return the draft; no_evidence where nothing fits."""
        builder = DraftBuilder()
        self._correct_premises(request, builder)
        compose = _BY_ROUTE.get(request.understanding.route, compose_content)
        if not compose(request, self._context, builder) and not compose_content(request, self._context, builder):
            return refuse(Status.NO_EVIDENCE, "refusal.no_evidence", self._context, request.ledger)
        self._say_gap(request, builder)
        return builder.draft()

    def _correct_premises(self, request: ComposeRequest, builder: DraftBuilder) -> None:
        correct_status(request, self._context, builder)
        if request.understanding.route is Route.NUMBER or request.understanding.quantities:
            correct_number(request, find_entries(request, self._context), self._context, builder)
        if request.understanding.route in (Route.UNIT, Route.SUPPORT, Route.CONTENT, Route.CONTACT):
            correct_lead(request, self._context, builder)
        if invents_money(request):
            builder.add(SentenceKind.GAP, self._context.messages("premise.money"))
            builder.status = Status.UNSPECIFIED

    def _say_gap(self, request: ComposeRequest, builder: DraftBuilder) -> None:
        understanding = request.understanding
        quoted = [quote for sentence in builder.sentences for quote in sentence.quotes]
        said = [sentence.text for sentence in builder.sentences if sentence.kind is SentenceKind.LEAD]
        if understanding.detail is Detail.STATUS and understanding.route is not Route.CONTACT:
            drafts = [document for document in request.ledger.documents if document.is_draft]
            say_status(drafts[:1], request, self._context, builder)
            builder.note(self._context.messages("contact.not_yet"))
            return
        if understanding.detail not in _GAPS or not missing(understanding.detail, [*quoted, *said]):
            return
        if understanding.detail is Detail.PERSON and self._holds_contact(request, builder):
            return
        builder.add(SentenceKind.GAP, self._context.messages(f"gap.{understanding.detail.value}"))
        builder.status = Status.UNSPECIFIED
        say_whom_to_ask(self._cited(request, builder), self._context, builder)

    def _holds_contact(self, request: ComposeRequest, builder: DraftBuilder) -> bool:
        contacts = [entry.fact.value for entry in request.ledger.facts_of(FactKind.CONTACT)]
        return any(contact in sentence.text for contact in contacts for sentence in builder.sentences)

    def _cited(self, request: ComposeRequest, builder: DraftBuilder) -> list[Place]:
        ids = [clause_id for sentence in builder.sentences for clause_id in sentence.clause_ids]
        places = {place.clause_id: place for place in request.ledger.places}
        return [places[clause_id] for clause_id in dict.fromkeys(ids) if clause_id in places]
