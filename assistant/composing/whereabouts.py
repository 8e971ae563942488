"""To which of the things under a heading something belongs: 灵巧手 is written of under 具身智能机器人."""

from __future__ import annotations

import re

from assistant.composing.context import Context
from assistant.composing.passages import mentions_of, sentences_with
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.ledger import LedgerEntry, Place
from assistant.models import SentenceKind, Status
from assistant.scoping import scope_of
from assistant.sectioning import title_words

_BELONGS = re.compile(
    "^(?:请问|那么?|听说|这个)?(?P<name>[^,。;!??]{2,14}?)(?:这一?[个块项种样])?(?:到底|应该|应当|具体|究竟|都)?"
    "(?:属于|归属于?|归|算是?|是|在|放|写|列|划|落)(?:[在到入进于]了?)?(?P<where>[^,。;!??]{3,16})[??]?$"
)
_WHICH = re.compile(
    "^(?:的是)?哪一?[个条项块类大](?P<kind>[\u4e00-\u9fff]{2,8}?)(?:之?下面?|里面?|中|范围|内|的)*$"
)
_OF_THOSE = re.compile(
    "^(?:[\u4e00-\u9fff\\d]{1,2}[大个项])?(?P<kind>[\u4e00-\u9fff]{2,8}?)(?:里面?|中|当中)?的?哪一?[个块项类条种](?:里面?|的)?$"
)
_MOST_ELSEWHERE = 3


def compose_whereabouts(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Say under which clause of a heading a thing is written of, or that it is under none; whether asked."""
    match = _BELONGS.search(request.understanding.text)
    kind = (_WHICH.search(match["where"]) or _OF_THOSE.search(match["where"])) if match else None
    entry = scope_of(f"哪个{kind['kind']}", request.ledger) if kind else None
    if match is None or entry is None or request.understanding.units:
        return False
    name = _name_in(match["name"], entry, request)
    holding = [member for member in entry.members if name in f"{member.clause.heading}{member.clause.text}"]
    for member in holding:
        _say_where(name, member, entry, context, builder)
    if not holding:
        _say_nowhere(name, entry, request, context, builder)
    return True


def _name_in(said: str, entry: LedgerEntry, request: ComposeRequest) -> str:
    """Return a name as people write it, or else the words of it that stand under the heading."""
    texts = [member.clause.text for member in entry.members]
    held = [term for term in request.understanding.terms if term in said]
    held = [term for term in held if any(term in text for text in texts)]
    return said if any(said in text for text in texts) or not held else max(held, key=len)


def _say_where(name: str, member: Place, entry: LedgerEntry, context: Context, builder: DraftBuilder) -> None:
    if name in title_words(member.clause):
        text = context.messages("section.member", heading=entry.clause.heading, member=member.clause.heading)
        builder.add(SentenceKind.LEAD, text, [member], [member.clause.heading])
    else:
        slots = {"name": name, "heading": entry.clause.heading, "member": member.clause.heading}
        builder.add(SentenceKind.LEAD, context.messages("section.where", **slots), [member], [name])
    for sentence in sentences_with(member, name):
        builder.quote(member, sentence)


def _say_nowhere(
    name: str, entry: LedgerEntry, request: ComposeRequest, context: Context, builder: DraftBuilder
) -> None:
    """Say that no clause under a heading writes of a thing, and where else the text does."""
    members = entry.members
    text = context.messages("section.nowhere", heading=entry.clause.heading, name=name, count=len(members))
    builder.add(SentenceKind.LEAD, text, members, [], [len(members)])
    elsewhere = [place for place in mentions_of(name, request) if place.clause.numbered]
    for place in elsewhere[:_MOST_ELSEWHERE]:
        for sentence in sentences_with(place, name):
            builder.quote(place, sentence)
    if not request.ledger.mentioning(name):
        builder.note(context.messages("content.absent", term=name))
        builder.status = Status.UNSPECIFIED
