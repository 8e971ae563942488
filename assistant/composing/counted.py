"""What a question asks the number of: 多少工人 asks for no number of 产业园."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composing.context import Context
from assistant.ledger import LedgerEntry, sentence_around
from assistant.phrases import ATTRIBUTES, first_thing

_ALIKE = 0.3
_MEASURES = frozenset({*"家个座所条项亿万元钱%点类种大", "亿元", "万元", "千万"})
_PEOPLE = frozenset(["人", "名", "位"])
_HOW_MANY = re.compile(
    "(?:多少|几)(?P<measure>家|个|座|所|条|项|名|位|人(?!工|形|才|机)|台|件|套|只|亩|平方米|平米|平|吨|公里|[PpTG](?![a-zA-Z])|次|张|亿元?|万元?|千万|元|钱)?"
    "的?(?P<behind>[\u4e00-\u9fffA-Za-z]{0,8})"
)


def counts_what_is_asked(text: str, entry: LedgerEntry, context: Context) -> bool:
    """Whether a target counts what a question asks the number of: 多少工人 is no number of 产业园."""
    match = _HOW_MANY.search(text)
    if match is None:
        return True
    measure, noun = match["measure"] or "", first_thing(match["behind"])
    if measure in _PEOPLE or (measure and measure not in _MEASURES):
        return entry.unit == measure
    if not noun or noun in ATTRIBUTES:
        return True
    known = f"{entry.indicator} {sentence_around(entry.clause.text, entry.quote)}"
    return noun in known or context.matcher.similarity(noun, [entry.indicator])[0] >= _ALIKE


def lacks_count(text: str, said: Sequence[str]) -> bool:
    """Whether what is said holds no number of what a question asks the number of, if it names that."""
    match = _HOW_MANY.search(text)
    measure, noun = (match["measure"] or "", first_thing(match["behind"])) if match else ("", "")
    if measure and (measure in _PEOPLE or measure not in _MEASURES):
        return not any(re.search(rf"\d\s*(?:余|多)?{measure}", text) for text in said)
    if measure or not noun or noun in ATTRIBUTES:
        return False
    near = re.compile(f"{re.escape(noun)}[^,。;、]{{0,6}}\\d|\\d[^,。;、]{{0,6}}{re.escape(noun)}")
    return not any(near.search(text) or noun in text for text in said)
