"""Holds the telephone, postcode or house number that a question says against those of the notice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composing.context import Context
from assistant.composing.request import DraftBuilder
from assistant.ledger import FactEntry
from assistant.models import SentenceKind
from assistant.normalizing import normalize
from vectorstore.models import FactKind

_SAID: dict[FactKind, re.Pattern[str]] = {
    FactKind.PHONE: re.compile(r"(?<!\d)(?:0\d{2,3}-?)?\d{7,8}(?!\d)"),
    FactKind.POSTCODE: re.compile(r"(?<!\d)\d{6}(?!\d)"),
    FactKind.ADDRESS: re.compile(r"(?<!\d)\d{1,4}号"),
}
_CALLED = {FactKind.PHONE: "联系电话", FactKind.POSTCODE: "邮编", FactKind.ADDRESS: "反馈地址"}
_NO_DIGIT = re.compile(r"\D")
_DATE = re.compile(r"\d{1,2}月\d{1,2}号")


def hold_facts(said: str, entries: Sequence[FactEntry], context: Context, builder: DraftBuilder) -> None:
    """Correct each value of the notice that a question says with other digits; confirm a right one."""
    text = _DATE.sub(" ", normalize(said))
    for entry in entries:
        pattern = _SAID.get(entry.fact.kind)
        values = [_NO_DIGIT.sub("", one) for one in pattern.findall(text)] if pattern else []
        if not pattern or not values:
            continue
        written = [_NO_DIGIT.sub("", one) for one in pattern.findall(normalize(entry.fact.value))]
        right = any(own.endswith(one) for one in values for own in written)
        key = "premise.fact_right" if right else "premise.fact"
        what = _CALLED[entry.fact.kind]
        builder.add(SentenceKind.LEAD, context.messages(key, what=what, value=entry.fact.value), [entry])
