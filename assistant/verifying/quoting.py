"""Quotes: verbatim in the clause, and not cut where the cut would change what they say."""

from __future__ import annotations

from assistant.models import Sentence, SentenceKind
from assistant.verifying.book import Page
from assistant.verifying.rejection import Rejection

_OPEN, _CLOSE = "「", "」"
_EDGES = frozenset('。;,、:!?;,:!?\n\r\t 　()()“”"《》<>「」')


def check_quotes(sentence: Sentence, pages: tuple[Page, ...]) -> Rejection | None:
    """Return which quote does not stand in its clause as it is given, or None."""
    for quote in sentence.quotes:
        if not quote or quote not in sentence.text or not any(page.holds(quote) for page in pages):
            return Rejection(reason="quote", detail=quote)
    if sentence.kind is not SentenceKind.QUOTE:
        return None
    if len(sentence.quotes) != 1 or sentence.text != f"{_OPEN}{sentence.quotes[0]}{_CLOSE}":
        return Rejection(reason="quote", detail=sentence.text)
    quote = sentence.quotes[0]
    if len(pages) != 1 or not _stands_whole(quote, pages[0].clause.text):
        return Rejection(reason="quote", detail=quote)
    return None


def _stands_whole(quote: str, text: str) -> bool:
    """Whether a quote stands in a text from one mark of punctuation to another."""
    start = text.find(quote)
    while start >= 0:
        end = start + len(quote)
        opens = start == 0 or text[start - 1] in _EDGES or quote[0] in _EDGES
        closes = end == len(text) or text[end] in _EDGES or quote[-1] in _EDGES
        if opens and closes:
            return True
        start = text.find(quote, start + 1)
    return False
