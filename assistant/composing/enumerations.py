"""Holds a list that a question takes for granted (四大领域是甲、乙、丙吧) against the heading it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.composing.context import Context
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.composing.sections import say_elsewhere, say_structure
from assistant.entities import is_subsequence
from assistant.ledger import LedgerEntry, Place
from assistant.models import SentenceKind
from assistant.scoping import scope_of
from assistant.sectioning import children_of, title_words

_LIST = re.compile(
    "(?P<list>[\u4e00-\u9fffA-Za-z+/]{2,12}(?:、[\u4e00-\u9fffA-Za-z+/]{1,12})+(?:(?:和|与|跟|以及|及)[\u4e00-\u9fffA-Za-z+/]{2,12})?)"
)
_OPENS = re.compile(
    "^.*(?:分别是|就是|指的是|包括|包含|是指|是|有|为|即|指)|^.*(?:领域|场景|方面|行动|措施|部分)(?:里|中)?"
)
_CLOSES = re.compile(
    "(?:这|共|一共|总共)?(?:[两三四五六七八九十几\\d]+[个样项大条种类]?)?"
    "(?:对不对|对吧|对吗|是吧|是吗|没错吧|没错|吧|吗|嘛|么|呗|啊|对)*$"
)
_JOINS = re.compile("、|以及|和|与|跟|及")
_NAMED_LIKE = re.compile("^(?:人工智能|AI)\\+")
_CLAIMS = re.compile("对不对|对吧|对吗|是吧|是吗|没错|吧|吗|是不是|对[??]?$")
_FEWEST = 2


@dataclass(frozen=True)
class _Held:
    """A list that is taken for granted, against the clauses under a heading."""

    entry: LedgerEntry
    wrong: tuple[str, ...]
    unsaid: tuple[Place, ...]


def compose_enumeration(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Say which of the things that a question lists are none of those under a heading; whether it does."""
    held = _held(request)
    if held is None:
        return False
    heading, members = held.entry.clause.heading, children_of(held.entry)
    if held.wrong:
        slots = {"heading": heading, "names": "、".join(held.wrong), "count": len(members)}
        text = context.messages("premise.members", **slots)
        builder.add(SentenceKind.LEAD, text, members, [], [len(members)])
    if held.unsaid:
        names = "、".join(one.clause.heading for one in held.unsaid)
        text = context.messages("section.unsaid", heading=heading, members=names)
        builder.add(SentenceKind.LEAD, text, held.unsaid, [one.clause.heading for one in held.unsaid])
    elif not held.wrong:
        text = context.messages("section.all_said", heading=heading, count=len(members))
        builder.add(SentenceKind.LEAD, text, members, [], [len(members)])
    for name in held.wrong:
        say_elsewhere(name, request, held.entry.members, context, builder)
    say_structure(held.entry, context, builder)
    return True


def _held(request: ComposeRequest) -> _Held | None:
    """Return a list of a question against the heading that it names; None where it holds none."""
    text = request.understanding.text
    entry = scope_of(text, request.ledger) or _named(text, request)
    names = enumerated(text)
    if entry is None or len(names) < _FEWEST or request.understanding.units or not _CLAIMS.search(text):
        return None
    members = children_of(entry)
    titles = {one.clause_id: title_words(one.clause) for one in members}
    right = {name: [one for one in members if _is_called(name, titles[one.clause_id])] for name in names}
    if not any(right.values()):
        return None
    said = {one.clause_id for found in right.values() for one in found}
    return _Held(
        entry=entry,
        wrong=tuple(name for name, found in right.items() if not found),
        unsaid=tuple(one for one in members if one.clause_id not in said),
    )


def _named(text: str, request: ComposeRequest) -> LedgerEntry | None:
    """Return the only heading whose words a question names: 重点领域是…."""
    named = [entry for entry in request.ledger.counts if title_words(entry.clause) in text]
    return named[0] if len(named) == 1 else None


def enumerated(text: str) -> tuple[str, ...]:
    """Return what a question lists with 、, without what opens and closes its list."""
    found: Sequence[str] = ()
    for piece in re.split("[,。;!??]", text):
        match = _LIST.search(piece)
        names = [_CLOSES.sub("", one) for one in _JOINS.split(match["list"])] if match else []
        names = [_OPENS.sub("", names[0]), *names[1:]] if names else []
        found = names if len(names) > len(found) else found
    return tuple(name for name in found if name)


def _is_called(name: str, title: str) -> bool:
    """Whether a name means what a clause is headed by: 机器人 or 具身机器人 of 具身智能机器人."""
    bare, whole = _NAMED_LIKE.sub("", name), _NAMED_LIKE.sub("", title)
    return bool(bare) and (bare in whole or whole in bare or is_subsequence(bare, whole))
