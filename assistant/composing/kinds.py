"""All means of policy of one kind: 哪几种券 are 算力券, 模型券 and 场景券."""

from __future__ import annotations

import re
from collections import Counter

from assistant.composing.context import Context
from assistant.composing.passages import sentences_with
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.models import SentenceKind
from assistant.understanding import Route

_ASKS_KINDS = "哪几种|哪些|哪几个|几种|什么|啥|多少种|有几个"
_TAKES = re.compile("领|拿|申请|申报|享受|补")
_LONGEST_KIND = 2
_FEWEST = 2


def kind_asked(request: ComposeRequest) -> str | None:
    """Return the ending that several means of policy share and that a question asks the kinds of, or None."""
    text = request.understanding.text
    names = request.ledger.instrument_names
    if request.understanding.route is Route.SUPPORT or any(name in text for name in names):
        return None
    for length in range(_LONGEST_KIND, 0, -1):
        shared = Counter(name[-length:] for name in names if len(name) > length)
        for kind, count in shared.items():
            asked = f"(?:{_ASKS_KINDS}){kind}|{kind}(?:一共|总共|都|具体)?有?(?:{_ASKS_KINDS})"
            if count >= _FEWEST and re.search(asked, text) and _are_all(kind, request):
                return kind
    return None


def _are_all(kind: str, request: ComposeRequest) -> bool:
    """Whether every mention of a kind is of a known means of policy: else a list of these is not whole."""
    texts = [place.clause.text for place in request.ledger.places]
    for name in request.ledger.instrument_names:
        texts = [text.replace(name, " ") for text in texts] if name.endswith(kind) else texts
    return not any(kind in text for text in texts)


def compose_kinds(request: ComposeRequest, kind: str, context: Context, builder: DraftBuilder) -> bool:
    """List the means of policy of a kind, each with the sentences that name it."""
    names = [name for name in request.ledger.instrument_names if name.endswith(kind)]
    places = {name: request.ledger.mentioning(name) for name in names}
    cited = [place for found in places.values() for place in found]
    text = context.messages("kinds.lead", kind=kind, count=len(names), names="、".join(names))
    builder.add(SentenceKind.LEAD, text, cited, [], [len(names)])
    for name in names:
        for place in places[name]:
            for sentence in sentences_with(place, name):
                builder.quote(place, sentence)
    if _TAKES.search(request.understanding.text) and any(place.document.is_draft for place in cited):
        builder.add(SentenceKind.GAP, context.messages("support.money_gap"))
        builder.note(context.messages("support.draft"))
    return True
