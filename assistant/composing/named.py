"""Says of a programme or document that the text names in passing that its own text is not at hand."""

from __future__ import annotations

import re

from assistant.composing.context import Context
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.models import SentenceKind
from assistant.understanding import Route

_NAMED = re.compile("“(?P<quoted>[^“”]{2,12}(?:计划|方案|办法|工程))”|(?P<plain>若干政策)")
_OF_ITS_TEXT = re.compile(
    "原文|全文|细则|怎么|如何|多少|几|条件|名额|报名|申请|申报|领|补|奖|钱|标准|内容|什么时候|看|在哪"
)
_NOT_OF_IT = frozenset({Route.UNIT, Route.UNIT_LIST})


def say_named_only(request: ComposeRequest, context: Context, builder: DraftBuilder) -> None:
    """Say which programme of the question is only named, where the question asks for its terms."""
    asked = request.understanding
    if asked.route in _NOT_OF_IT or not _OF_ITS_TEXT.search(asked.text):
        return
    for place in request.ledger.places:
        for match in _NAMED.finditer(place.clause.text):
            name = match["quoted"] or match["plain"]
            held = any(name in document.title for document in request.ledger.all_documents)
            if name in asked.asked and not held and (place.clause.numbered or match["plain"]):
                text = context.messages("mention.document", name=name)
                builder.add(SentenceKind.LEAD, text, [place], [name])
                return
