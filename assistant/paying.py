"""What a document beside the explained ones pays, and which of them carry out what these promise."""

from __future__ import annotations

from assistant.composing.gaps import asks_for, holds_support_money
from assistant.ledger import Ledger
from assistant.telling import is_telling, strongest
from assistant.understanding import Detail, Route, Understanding
from vectorstore.models import Document, RetrievedClause, SearchResult


def pays(understanding: Understanding, result: SearchResult, ledger: Ledger) -> RetrievedClause | None:
    """Return the strongest clause found, where a sum is asked for and it states one; of no explained text.

    The explained plan promises support without sums: what pays is told before what promises.
    """
    best = strongest(result)
    if best is None or not is_telling(result) or not asks_for(Detail.MONEY, understanding):
        return None
    if not _is_rule(ledger.by_document[best.document_id], ledger):
        return None
    return best if holds_support_money(best.clause.text, best.clause.targets) else None


def carrying_out(understanding: Understanding, ledger: Ledger) -> frozenset[str]:
    """Return the ids of the documents that are named after a means of policy which the question names.

    《算力券实施办法》 answers 算力券怎么申请 before the plan, which only says that there shall be some.
    """
    if understanding.route is Route.DEFINITION:
        return frozenset()
    named = [name for name in ledger.instrument_names if name in understanding.text]
    return frozenset(
        document.document_id
        for document in ledger.documents
        if any(name in document.title for name in named) and _is_rule(document, ledger)
    )


def _is_rule(document: Document, ledger: Ledger) -> bool:
    """Whether a document is a text of its own that is no draft, and none of the explained ones."""
    return not (document.is_draft or document.is_excerpt or document.document_id in ledger.explained)
