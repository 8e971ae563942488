"""Answers about matters alone, of which no text writes; and about firms and people of other places."""

from __future__ import annotations

from assistant.composing.context import Context
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.composing.support import say_whom_to_ask
from assistant.matters import matters_in
from assistant.models import SentenceKind, Status
from assistant.outsiders import outsider_from

_TELLING = 4.0
_ALONE = frozenset({"penalty"})
"""Matters that no clause is near to: what is near to bans and duties says what is wanted instead."""


def compose_open_matters(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Say that no text writes of a matter, where a question names nothing else; whether it did.

    The clauses nearest to 谁来追责 are on other things, and would be read as its answer.
    """
    asked = request.understanding
    if asked.context or any(context.matcher.weight(term) >= _TELLING for term in asked.terms):
        return False
    documents = [one for one in request.ledger.by_document.values() if not one.is_excerpt]
    texts = [clause.text for document in documents for clause in document.clauses]
    matters = [one for one in matters_in(asked.text) if one.key in _ALONE and one.is_open(texts)]
    for matter in matters:
        builder.add(SentenceKind.GAP, context.messages(f"stake.{matter.key}"))
    if matters:
        builder.status = Status.UNSPECIFIED
        say_whom_to_ask((), context, builder)
    return bool(matters)


def compose_outsiders(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Say that the text does not write whether a firm of another place may apply; whether that is asked."""
    place = outsider_from(request.understanding.text, request.understanding.elsewhere)
    drafts = [one for one in request.ledger.documents if one.is_draft]
    if not place or not drafts:
        return False
    builder.add(SentenceKind.GAP, context.messages("gap.outsiders", place=place))
    builder.note(context.messages("support.draft"))
    builder.status = Status.UNSPECIFIED
    say_whom_to_ask((), context, builder)
    return True
