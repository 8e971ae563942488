"""Corrects what a number of the text is taken for: 200亿 is of 产值/营收, and no 利润."""

from __future__ import annotations

import re

from assistant.composing.context import Context
from assistant.composing.goals import value_of
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.composing.subjects import is_of, names_something
from assistant.ledger import LedgerEntry
from assistant.models import SentenceKind
from assistant.phrases import ATTRIBUTES, DOCUMENTS, last_thing

_TAKEN_FOR = re.compile(
    "(?:是不是(?:指|说|讲)?(?:的是?)?|(?:指|说|讲)的是|算的?是?|指|就是|(?<![不还总])是)(?:全市|湖州)?的?"
    "(?P<kind>[\u4e00-\u9fff]{2,8}?)(?:的)?(?:对吧|对不对|对吗|是吧|是吗|没错吧|吧|吗|嘛|么|[??])*$"
)
_NO_KIND = re.compile(
    "什么|啥|哪|谁|几|多少|还是|目标|指标|怎么|同|一[样回码个]|这|那|[真假对错]的?$|^(?:新|旧|老|现有|已)"
)


def correct_kind(request: ComposeRequest, context: Context, builder: DraftBuilder) -> bool:
    """Say what the text states a number of, where a question takes it for something else; whether it did."""
    text = request.understanding.text
    match = _TAKEN_FOR.search(text)
    kind = match["kind"] if match else ""
    if not kind or kind in ATTRIBUTES | DOCUMENTS or _NO_KIND.search(kind) or not _is_noun(kind):
        return False
    goals = [entry for entry in request.ledger.targets if _is_said(entry, request)]
    if not goals or any(kind in entry.quote or is_of(kind, entry, context) for entry in goals):
        return False
    for goal in goals:
        slots = {"value": value_of(goal), "indicator": goal.indicator, "kind": kind}
        builder.add(SentenceKind.LEAD, context.messages("premise.kind", **slots), [goal])
    return True


def _is_noun(kind: str) -> bool:
    """Whether what a number is taken for is a thing by name: 利润, but not 国家级 or 新建."""
    return bool(last_thing(kind)) and names_something(kind)


def _is_said(entry: LedgerEntry, request: ComposeRequest) -> bool:
    """Whether a question says the number of a goal with its unit."""
    said = request.understanding.quantities
    return any(one.number == entry.number and one.unit == entry.unit for one in said)
