"""Answers whether a document holds: status with its basis, number, dates, what replaced it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.asking import Asked, ValidityQuestion
from assistant.composing.consultation import say_status
from assistant.composing.context import Context
from assistant.composing.evidence import Choice, choose
from assistant.composing.premises import takes_for_in_force
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.labels import labels_of
from assistant.ledger import Ledger, Place
from assistant.models import SentenceKind, Status
from vectorstore.models import ClauseKind, Document
from vectorstore.standing import StandingOn
from vectorstore.validity import DocumentDates, Standing

_MOST = 4
_CHOICE = Choice(clauses=8, clause_ratio=0.1, sentences=2, sentence_ratio=0.7)
DATE_NAMES = {
    "adopted": "成文或通过日期",
    "signed": "落款日期",
    "published": "发布日期",
    "effective": "施行日期",
    "expires": "有效期截止日",
    "version": "这一版的日期",
}
_NAMED = {
    "文号": ("文号", "字号"),
    "发布": ("哪天发布", "发布日期", "什么时候发布", "几号发布", "何时发布", "发布时间"),
}
"""What a sentence says, by how a question asks for it."""
_NOTES = {
    Asked.UNNAMED: "validity.unnamed",
    Asked.HOW: "validity.how",
    Asked.WHICH: "validity.which",
    Asked.DATES: "validity.dates_apart",
}


def compose_validity(
    request: ComposeRequest, question: ValidityQuestion, context: Context, builder: DraftBuilder
) -> bool:
    """Say how the documents meant stand on the day asked, and how this is told where that is asked."""
    day = request.asked.day if request.asked else context.today()
    for kind in question.asks:
        if kind in _NOTES:
            builder.note(context.messages(_NOTES[kind]))
    if Asked.UNNAMED in question.asks:
        builder.status = Status.UNSPECIFIED
    teller = _Teller(request.ledger, day, context, builder)
    lacking = request.ledger.standing.without_force(day)
    ordered = sorted(question.documents, key=lambda one: one.document_id in lacking)
    for document in ordered[:_MOST]:
        if document.is_draft:
            takes = takes_for_in_force(request.understanding.text)
            builder.note(context.messages("premise.status" if takes else "validity.draft"))
            if document.published and document.comment_deadline:
                say_status([document], request, context, builder)
        teller.tell(document)
    if Asked.WHICH in question.asks:
        _quote_each(ordered[:_MOST], request, builder)
    _put_first(request.understanding.text, builder)
    return bool(builder.sentences)


def _quote_each(documents: Sequence[Document], request: ComposeRequest, builder: DraftBuilder) -> None:
    """Quote of each document the clause that was found first for the question, where one was."""
    ids = {one.document_id for one in documents}
    for chosen in choose(request, _CHOICE):
        document_id = chosen.place.document.document_id
        if document_id in ids:
            ids.remove(document_id)
            for quote in chosen.quotes:
                builder.quote(chosen.place, quote)


def _put_first(text: str, builder: DraftBuilder) -> None:
    """Put the sentences first that say what was asked by name: the number, the day of publication."""
    asked = next((said for said, named in _NAMED.items() if any(word in text for word in named)), None)
    if asked is not None:
        builder.sentences.sort(key=lambda one: asked not in one.text)


class _Teller:
    """Says what is known of one document, each fact in a sentence of its own."""

    def __init__(self, ledger: Ledger, day: date, context: Context, builder: DraftBuilder) -> None:
        self._ledger = ledger
        self._day = day
        self._say = context.messages
        self._builder = builder
        self._labels = labels_of(ledger.by_document.values())

    def tell(self, document: Document) -> None:
        """Say status, number, dates, successor; what is not written is said to be so."""
        label = self._labels[document.document_id]
        standing = self._ledger.standing.on(document.document_id, self._day)
        places = self._places(document, standing)
        self._status(label, standing, places)
        if document.number:
            self._add("validity.number", places, label=label, number=document.number)
        else:
            key = "validity.number_unknown" if document.is_excerpt else "validity.no_number"
            self._add(key, places, label=label)
        dates = dates_text(document)
        if dates:
            self._add("validity.dates", places, label=label, dates=dates)
        else:
            self._add("validity.no_dates", places, label=label)
        if document.validity.checked:
            self._add("validity.checked", places, label=label, checked=document.validity.checked)
        if document.is_excerpt:
            self._add("validity.excerpt", places, label=label, url=document.url or "未收录网址")

    def _status(self, label: str, standing: StandingOn, places: Sequence[Place]) -> None:
        said = {"label": label, "day": self._day.isoformat(), "standing": standing.standing.value}
        self._add("validity.status", places, **said, basis=standing.basis or "没有写明")
        if standing.superseded_by and standing.superseded_by in self._labels:
            by = self._labels[standing.superseded_by]
            self._add("validity.replaced", places, label=label, by=by, day=self._day.isoformat())
        if standing.standing is Standing.UNMARKED:
            self._builder.note(self._say("validity.unmarked"))
            self._builder.status = Status.UNSPECIFIED

    def _add(self, key: str, places: Sequence[Place], **slots: str) -> None:
        self._builder.add(SentenceKind.LEAD, self._say(key, **slots), places)

    def _places(self, document: Document, standing: StandingOn) -> list[Place]:
        """Return the clause of the basis, else the title or first clause; an excerpt has none."""
        if document.is_excerpt:
            return []
        held = [clause for clause in document.clauses if clause.citable]
        based = [one for one in held if one.path and f"{one.path}写明" in standing.basis]
        titles = [one for one in held if one.kind is ClauseKind.TITLE] or held[:1]
        return [Place(document=document, clause=one) for one in (based or titles)[:1]]


def dates_text(document: Document) -> str:
    """Return the dates of a document that are known, each under its name; `''` where none is."""
    dates: DocumentDates = document.validity.dates
    known = {name: getattr(dates, name) for name in DATE_NAMES}
    known["published"] = known["published"] or document.published
    if known["version"] in {value for name, value in known.items() if name != "version"}:
        known["version"] = None
    return "、".join(f"{DATE_NAMES[name]}{day}" for name, day in known.items() if day)
