"""Answers about how many units clauses list, complete by counting: the most, so many, none by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.composing.context import Context
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.composing.units import say_unit_line
from assistant.ledger import Ledger, Place
from assistant.models import SentenceKind
from assistant.sectioning import number_said

_UNITS = "(?:责任)?(?:单位|部门)"
_CLAUSES_WITH_MOST = re.compile(
    f"{_UNITS}(?:数量?|个数|列得?)?最(?P<way>多|少)|最(?P<way2>多|少)(?:的)?{_UNITS}.{{0,6}}(?:哪|条|项|任务|措施|场景)"
)
_UNIT_WITH_MOST = re.compile(
    f"(?:哪|什么)(?:个|家|一个|一家)?(?:{_UNITS}|局|委办?局?).{{0,10}}最(?P<way>多|少|重)"
    f"|(?:任务|条款|措施|事|活|负责|承担|牵头|列名)[^,。]{{0,6}}最(?P<way2>多|少|重)的(?:是哪个)?(?:{_UNITS}|局)"
)
_SO_MANY = re.compile(
    f"(?P<number>[\\d一二两三四五六七八九十]{{1,3}})个?(?P<how>及以上|以上|或以上|多)?(?:的)?{_UNITS}"
)
_MORE_THAN = re.compile("(?:超过|多于|大于)$")
_AT_LEAST = re.compile("(?:至少|不少于|不低于|达到)$")
_LISTS = re.compile("哪|列|几[条项个]|多少[条项]|任务|条款|措施")
_NAMES_NONE = re.compile(
    f"(?:没有?|未|不)(?:有)?(?:写明|点名|点到|指定|明确|列出|落实)?到?(?:具体)?的?(?:{_UNITS}|局)|(?:只|都|光)写了?(?:统称|“?市级相关部门)"
)
_BY_NAME = re.compile("点名|具体|统称|写明|明确")


def compose_tallies(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """List the clauses, or the unit, that a question on the numbers of units means; False for another."""
    text = request.understanding.text
    if any(mention.name for mention in request.understanding.units) or not request.ledger.units:
        return False
    clauses = _with_units(request.ledger)
    if (match := _UNIT_WITH_MOST.search(text)) and (match["way"] or match["way2"]) != "少":
        return _say_busiest(request.ledger, context, builder)
    if match := _CLAUSES_WITH_MOST.search(text):
        pick = min if "少" in (match["way"], match["way2"]) else max
        return _say_extreme(clauses, pick, context, builder)
    if _NAMES_NONE.search(text) and _BY_NAME.search(text) and _LISTS.search(text):
        return _say_unnamed(request.ledger, context, builder)
    least = _at_least(text)
    return least > 0 and bool(_LISTS.search(text)) and _say_at_least(clauses, least, context, builder)


def _with_units(ledger: Ledger) -> tuple[Place, ...]:
    return tuple(place for place in ledger.places if place.clause.units)


def _at_least(text: str) -> int:
    """Return from how many units on clauses are asked for; 0 where no such number is asked."""
    for match in _SO_MANY.finditer(text):
        before = text[: match.start()]
        number = number_said(match["number"])
        if _MORE_THAN.search(before):
            return number + 1
        if match["how"] or _AT_LEAST.search(before):
            return number
    return 0


def _say_extreme(
    clauses: Sequence[Place], pick: Callable[..., int], context: Context, builder: DraftBuilder
) -> bool:
    number = pick(len(place.clause.units) for place in clauses)
    found = [place for place in clauses if len(place.clause.units) == number]
    key = "tally.most" if pick is max else "tally.least"
    text = context.messages(key, count=len(found), number=number)
    builder.add(SentenceKind.LEAD, text, found, [], [len(found), number])
    for place in found:
        _item(place, context, builder)
        say_unit_line(place, context, builder)
    return True


def _say_at_least(clauses: Sequence[Place], least: int, context: Context, builder: DraftBuilder) -> bool:
    found = [place for place in clauses if len(place.clause.units) >= least]
    key = "tally.at_least" if found else "tally.at_least_none"
    text = context.messages(key, count=len(found), number=least)
    builder.add(SentenceKind.LEAD, text, found, [], [len(found), least])
    for place in found:
        _item(place, context, builder)
    return True


def _say_unnamed(ledger: Ledger, context: Context, builder: DraftBuilder) -> bool:
    found = ledger.umbrellas()
    if not found:
        return False
    builder.add(
        SentenceKind.LEAD, context.messages("tally.unnamed", count=len(found)), found, [], [len(found)]
    )
    for place in found:
        builder.add(SentenceKind.ITEM, place.clause.heading_path, [place], [place.clause.heading])
        say_unit_line(place, context, builder)
    return True


def _say_busiest(ledger: Ledger, context: Context, builder: DraftBuilder) -> bool:
    """Name the unit that most clauses list, umbrella terms left aside."""
    names = dict.fromkeys(entry.unit.name for entry in ledger.units if not entry.unit.umbrella)
    listed = {name: ledger.naming(name) for name in names}
    most = max(len(entries) for entries in listed.values())
    for name, entries in listed.items():
        if len(entries) == most:
            leading = sum(entry.rank == 1 for entry in entries)
            text = context.messages("tally.busiest", unit=name, count=most, leading=leading)
            builder.add(SentenceKind.LEAD, text, entries, [], [most, leading])
            for entry in entries:
                builder.add(SentenceKind.ITEM, entry.clause.heading_path, [entry], [entry.clause.heading])
    return True


def _item(place: Place, context: Context, builder: DraftBuilder) -> None:
    number = len(place.clause.units)
    text = context.messages("tally.item", heading=place.clause.heading_path, number=number)
    builder.add(SentenceKind.ITEM, text, [place], [place.clause.heading], [number])
