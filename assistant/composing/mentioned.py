"""All places of a kind of thing that a question wants listed: 哪些国家级试点, 点名的园区和载体有哪些."""

from __future__ import annotations

import re

from assistant.composing.context import Context
from assistant.composing.passages import mentions_of, say_mentions
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.composing.subjects import COMMON_WORDS
from assistant.ledger import Place
from assistant.phrases import ASKED_FOR, ATTRIBUTES, DOCUMENTS, last_thing, leading_things
from assistant.references import find_references
from assistant.understanding import Route

_WHICH = re.compile("(?:哪些|哪几[个种类处]|什么样的|多少个)(?P<behind>[^,。;!?]{2,14})")
_LISTED = re.compile(
    "(?P<before>[^,。;!?]{2,20}?)(?:都|具体|一共|总共)*(?:有|是|包括)"
    "(?:(?:哪些|哪几[个种类处])|(?:些?什么|些?啥)(?=[,。;!?]|$))"
    "|(?P<named>[^,。;!?]{2,20}?)(?:一条条|一个个|一一|全部?|都)*列(?:出来|一下|个表|举)"
)
_JOINS = re.compile("和|与|跟|及|、")
_FEWEST = 2
_MOST = 12
_OF_LISTS = frozenset({Route.CONTENT, Route.COMPARE, Route.DEFINITION, Route.UNIT_LIST})


def compose_mentioned(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Show every clause that names the kind of thing that a question wants listed; whether there are several.

    The list is whole by the words of the text: a thing that is called otherwise is not on it.
    """
    asked = request.understanding
    if asked.route not in _OF_LISTS or any(mention.name for mention in asked.units):
        return False
    if find_references(asked.text, request.ledger):  # what one clause holds, and no kind of things
        return False
    found: dict[str, tuple[Place, ...]] = {
        name: mentions_of(name, request) for name in kinds_listed(asked.text)
    }
    found = {name: places for name, places in found.items() if places}
    whole = {place.clause_id for places in found.values() for place in places}
    if not _FEWEST <= len(whole) <= _MOST:
        return False
    for name, places in found.items():
        say_mentions(name, places, context, builder)
    return True


def kinds_listed(text: str) -> tuple[str, ...]:
    """Return the kinds of things that a question wants listed: 园区 and 载体."""
    which = _WHICH.search(text)
    if which:
        names = leading_things(which["behind"])[-1:]
    else:
        listed = _LISTED.search(text)
        pieces = _JOINS.split(listed["before"] or listed["named"]) if listed else []
        names = tuple(name for piece in pieces if (name := last_thing(piece)))
    return tuple(name for name in names if name not in ATTRIBUTES | DOCUMENTS | ASKED_FOR | COMMON_WORDS)
