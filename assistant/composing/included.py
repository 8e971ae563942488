"""Whether a unit is one of those that another expressly takes in: 长合区 of 各区县政府."""

from __future__ import annotations

import re

from assistant.composing.context import Context
from assistant.composing.evidence import units_tail
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.models import SentenceKind

_ASKS = re.compile("包不包括|包不包含|包括|包含|含不含|含|算不算|算|在不在|在里面|在内|不在|没在|没有?列|漏")
_OFFICE = "管委会"


def compose_included(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Say which units the text expressly takes in, where a question asks of one of them; whether it did."""
    text = request.understanding.text
    if not _ASKS.search(text):
        return False
    for entry in request.ledger.units:
        if any(name.removesuffix(_OFFICE) in text for name in entry.unit.includes):
            said = context.messages("listing.includes", includes="含" + "、".join(entry.unit.includes))
            builder.add(SentenceKind.UNITS, said, [entry])
            builder.quote(entry, units_tail(entry.clause.text) or "")
            return True
    return False
