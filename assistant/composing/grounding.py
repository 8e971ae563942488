"""Holds a chat model's words against the clauses that it names: quotes found again, sentences borne out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from assistant.ledger import Place
from assistant.matching import pairs
from assistant.normalizing import normalize

_NUMERAL = re.compile(
    "(?:百分之)?[〇零一二两三四五六七八九十百千万亿]+(?:余|多)?"
    "(?:亿元|万元|元|家|个|项|条|台|座|所|名|人|处|批|位|倍|成|折|天|日|月|年|周|小时|大)"
    "|百分之[〇零一二两三四五六七八九十百点]+"
)
_UNIT = re.compile("[\u4e00-\u9fff]{2}(?:(?<![格布结大全开])局|厅|委员会|管委会|办公室|集团)")
_CITED_WORDS = re.compile("[「“『]([^」”』]{4,})[」”』]")
_ADDRESS = re.compile(r"https?://|www\.|\]\(|<|>", re.I)
_LEADING = re.compile("牵头|主管部门|主要负责")
_LONGEST = 200
_SHORTEST_QUOTE = 4
# Sentences of the shipped glosses share at most 0.25 of their character pairs with clauses that they do not
# explain (99th percentile of 523), rewordings close to the text 0.37 and more: below 0.3 it is not from it.
_LEAST_SHARED = 0.3


def find_quote(quote: str, places: Sequence[Place]) -> tuple[Place, str] | None:
    """Return the clause that holds a quote, and its own characters; widths and white space may differ."""
    wanted, _ = _folded(quote)
    if len(wanted) < _SHORTEST_QUOTE:
        return None
    for place in places:
        text = place.clause.text
        folded, offsets = _folded(text)
        start = folded.find(wanted)
        if start >= 0:
            return place, text[offsets[start] : offsets[start + len(wanted) - 1] + 1]
    return None


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the text in half width without white space, and where each of its characters came from."""
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        for part in unicodedata.normalize("NFKC", character):
            if not part.isspace():
                characters.append(part)
                offsets.append(offset)
    return "".join(characters), offsets


def ungrounded(text: str, places: Sequence[Place]) -> str | None:
    """Return why a sentence is not borne out by the clauses that it names, or None where it is."""
    if len(text) > _LONGEST or _ADDRESS.search(text):
        return "form"
    held = normalize("".join(_words(place) for place in places))
    if any(normalize(words) not in held for words in _CITED_WORDS.findall(text)):
        return "quote"
    plain = normalize(text)
    if any(numeral not in held for numeral in _NUMERAL.findall(plain) if numeral != "一个"):
        return "numeral"
    if any(unit not in held for unit in _UNIT.findall(plain)):
        return "unit"
    if any(word not in held for word in _LEADING.findall(plain)):
        return "leading"
    return None if _shared(plain, held) >= _LEAST_SHARED else "support"


def _words(place: Place) -> str:
    return f"{place.document.title}\n{place.clause.heading_path}\n{place.clause.text}\n"


def _shared(text: str, held: str) -> float:
    """Return the share of a text's neighbouring characters that the clauses hold."""
    own, theirs = pairs(text), pairs(held)
    return sum(count for pair, count in own.items() if pair in theirs) / max(sum(own.values()), 1)
