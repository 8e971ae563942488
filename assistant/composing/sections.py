"""What stands under a heading, complete by construction."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composing.context import Context
from assistant.composing.evidence import body_text, sentences_of
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.composing.units import say_unit_line
from assistant.ledger import LedgerEntry, Place
from assistant.models import SentenceKind
from assistant.sectioning import (
    COUNTED,
    children_of,
    members_asked,
    missing_siblings,
    number_said,
    one_of,
    said_in_text,
    sizes_of,
    within_clause,
)
from vectorstore.models import ClauseKind

_MOST_ELSEWHERE = 3
_OF_UNITS = re.compile("责任单位|牵头|负责|部门|哪个局|哪家|归谁|谁管")


def compose_sections(
    request: ComposeRequest, entries: Sequence[LedgerEntry], context: Context, builder: DraftBuilder
) -> bool:
    """List everything under the headings, with the units of each clause where units are asked for."""
    for entry in entries:
        _correct_count(request, entry, context, builder)
        for name in _named(request):
            _say_member(name, request, entry, context, builder)
        said = said_in_text(entry, request.ledger)
        if said is not None:
            text = context.messages("number.named", phrase=said.value)
            builder.add(SentenceKind.LEAD, text, [said], [said.value])
            builder.quote(said, said.quote)
        say_structure(entry, context, builder, with_units=bool(_OF_UNITS.search(request.understanding.text)))
    return True


def compose_within(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Say whether a clause that a question names writes of a thing: 智能手表 of 智能穿戴设备."""
    asked = within_clause(request.understanding.text, request.ledger)
    if asked is None or any(mention.name for mention in request.understanding.units):
        return False
    heading, body = asked.place.clause.heading, body_text(asked.place.clause.text)
    if asked.name in body:
        text = context.messages("section.within", heading=heading, name=asked.name)
        builder.add(SentenceKind.LEAD, text, [asked.place], [asked.name])
    else:
        text = context.messages("content.not_here", heading=heading, place=asked.name)
        builder.add(SentenceKind.LEAD, text, [asked.place])
    builder.quote(asked.place, body)
    return True


def _named(request: ComposeRequest) -> tuple[str, ...]:
    """Return what a question asks about whether it is among what a heading lists."""
    text = request.understanding.text
    one = one_of(text, request.ledger)
    return (one.name,) if one else members_asked(text)


def say_missing_siblings(request: ComposeRequest, context: Context, builder: DraftBuilder) -> None:
    """Say which list lacks what a question names like one of its clauses: 人工智能+能源 is none of nine."""
    for entry, name in missing_siblings(request.understanding.text, request.ledger):
        heading, members = entry.clause.heading, entry.members
        text = context.messages("section.no_member", heading=heading, name=name, count=len(members))
        builder.add(SentenceKind.LEAD, text, members, [], [len(members)])


def _correct_count(
    request: ComposeRequest, entry: LedgerEntry, context: Context, builder: DraftBuilder
) -> None:
    """Correct a number of things that a heading does not have, with the number that the text itself names."""
    for match in COUNTED.finditer(request.understanding.text):
        said = number_said(match["number"])
        if not said or said in sizes_of(entry):
            continue
        nouns = [one for one in request.ledger.named_counts if one.indicator[-2:] in match["noun"]]
        if nouns:
            text = context.messages("premise.named", phrase=nouns[0].value)
            builder.add(SentenceKind.LEAD, text, [nouns[0]], [nouns[0].value])
        else:
            heading, total = entry.clause.heading, len(entry.members)
            text = context.messages("premise.count", heading=heading, count=total)
            builder.add(SentenceKind.LEAD, text, entry.members, [], [total])
        return


def _say_member(
    name: str, request: ComposeRequest, entry: LedgerEntry, context: Context, builder: DraftBuilder
) -> None:
    """Say whether what is asked for stands among what a heading lists, and else where it stands."""
    heading, members = entry.clause.heading, entry.members
    holding = [member for member in members if name in member.clause.heading]
    for member in holding:
        said = member.clause.heading
        text = context.messages("section.member", heading=heading, member=said)
        builder.add(SentenceKind.LEAD, text, [member], [said])
        builder.quote(member, body_text(member.clause.text))
    if holding:
        return
    text = context.messages("section.no_member", heading=heading, name=name, count=len(members))
    builder.add(SentenceKind.LEAD, text, members, [], [len(members)])
    say_elsewhere(name, request, members, context, builder)


def say_elsewhere(
    name: str, request: ComposeRequest, members: Sequence[Place], context: Context, builder: DraftBuilder
) -> None:
    """Say where the text writes of what is no heading of a list: in its clauses, elsewhere, or nowhere."""
    for member in members:
        if name in body_text(member.clause.text):
            text = context.messages("section.within", heading=member.clause.heading, name=name)
            builder.add(SentenceKind.LEAD, text, [member], [name])
    elsewhere = [place for place in request.ledger.mentioning(name) if place.clause.numbered]
    for place in elsewhere[:_MOST_ELSEWHERE]:
        for sentence in sentences_of(place.clause.text):
            if name in sentence:
                builder.quote(place, sentence)
    if not elsewhere and not request.ledger.mentioning(name):
        builder.note(context.messages("content.absent", term=name))


def say_structure(
    entry: LedgerEntry, context: Context, builder: DraftBuilder, with_units: bool = False
) -> None:
    """Say how much stands under a heading, and list it: sections, and the clauses of each."""
    children = children_of(entry)
    total = len(entry.members)
    builder.states_number = True
    is_sections = bool(children) and children[0].clause.kind is ClauseKind.HEADING
    if is_sections:
        key, counted = "number.structure_sections", [len(children), total]
        text = context.messages(key, heading=entry.clause.heading, count=len(children), total=total)
    else:
        counted = [total]
        text = context.messages("number.structure", heading=entry.clause.heading, count=total)
    builder.add(SentenceKind.LEAD, text, children, [], counted)
    for child in children:
        _list(child, context, builder, with_units)
        for member in _below(child, entry.members) if is_sections else ():
            _list(member, context, builder, with_units)


def _below(section: Place, members: Sequence[Place]) -> tuple[Place, ...]:
    return tuple(one for one in members if one.clause.path.startswith(f"{section.clause.path}/"))


def _list(place: Place, context: Context, builder: DraftBuilder, with_units: bool) -> None:
    builder.add(SentenceKind.ITEM, place.clause.heading, [place], [place.clause.heading])
    if with_units:
        say_unit_line(place, context, builder)
