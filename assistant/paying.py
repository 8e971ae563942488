"""Whether a document beside the explained ones says what is paid, where that is what is asked."""

from __future__ import annotations

from assistant.composing.gaps import asks_for, holds_support_money
from assistant.ledger import Ledger
from assistant.telling import is_telling, strongest
from assistant.understanding import Detail, Understanding
from vectorstore.models import SearchResult


def pays(understanding: Understanding, result: SearchResult, ledger: Ledger) -> bool:
    """Whether a sum is asked for, and the strongest clause found states one: of a text that is no draft.

    The explained plan promises support without sums: what carries it out is told before what it promises.
    """
    best = strongest(result)
    if best is None or not is_telling(result) or not asks_for(Detail.MONEY, understanding):
        return False
    document = ledger.by_document[best.document_id]
    if document.is_draft or document.is_excerpt or best.document_id in ledger.explained:
        return False
    return holds_support_money(best.clause.text, best.clause.targets)
