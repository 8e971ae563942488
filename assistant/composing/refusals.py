"""What is said when a question is not answered, and what the assistant says of itself."""

from __future__ import annotations

from assistant.composing.context import Context
from assistant.ledger import Ledger
from assistant.models import Draft, Sentence, SentenceKind, Status

_FOR_MANY = frozenset(
    {"refusal.out_of_scope_many", "refusal.elsewhere_many", "refusal.blocked_many", "meta.about_many"}
)


def short_title(ledger: Ledger) -> str:
    """Return the titles of the documents that answers come from, shortened where there are many."""
    titles = [document.title for document in ledger.documents]
    return titles[0] if titles else "已收录文件"


def refuse(status: Status, key: str, context: Context, ledger: Ledger, **values: object) -> Draft:
    """Return a draft of one fixed sentence."""
    if len(ledger.documents) > 1 and f"{key}_many" in _FOR_MANY:
        text = context.messages(f"{key}_many", count=len(ledger.documents), **values)
    else:
        text = context.messages(key, title=short_title(ledger), **values)
    return Draft(status=status, sentences=(Sentence(kind=SentenceKind.NOTE, text=text),))
