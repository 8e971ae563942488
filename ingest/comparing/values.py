"""The values that changed between two clauses: targets, quantities, dates, responsible units."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from ingest.comparing.models import ValueChange, ValueKind
from ingest.comparing.said_units import said_units
from ingest.dates import find_dates
from ingest.widths import halve
from vectorstore.models import Clause

_NUMBER = r"(?:\d+(?:[.,]\d+)*|[一二三四五六七八九十百千两零]+(?:分之[一二三四五六七八九十百千]+)?)"
_UNIT = (
    r"(?:万亿元|亿元|万元|千元|元|美元|亿|万|%|%|‰|个百分点|个工作日|工作日|个自然日|日|天|个月|周|小时|分钟|年|倍|家|个|项|人次|人|名|次|"
    r"件|批|台|套|辆|张|户|所|处|平方米|平方公里|公里|米|亩|吨|公斤|千瓦时|千瓦|度|条|例|种|座|支|部|P|PB|TB|EFLOPS)"
)
_QUANTITY = re.compile(
    rf"(?:不少于|不低于|不高于|不超过|不得超过|至少|最高|最低|超过|超|达到|力争|约|近|低于|高于)?(?<![\d第])(?!(?:19|20)\d\d年){_NUMBER}\s*{_UNIT}(?:以上|以下|以内|之内)?"
)
_REFERENCE = re.compile(r"第[一二三四五六七八九十百千零\d]+(?:条|款|项|章|节|编|次|届|号)")


def changed_values(before: Clause, after: Clause) -> tuple[ValueChange, ...]:
    """Return the values that only one of two clauses holds, those that replace each other side by side."""
    return (
        *_targets(before, after),
        *_dates(before, after),
        *_quantities(before, after),
        *_units(before, after),
    )


def _targets(before: Clause, after: Clause) -> Iterator[ValueChange]:
    """Targets are the same by what they count; a changed number or due date is one change."""
    olds, news = _by_label(before), _by_label(after)
    for label in dict.fromkeys((*olds, *news)):
        for change in _replaced(ValueKind.TARGET, olds.get(label, ()), news.get(label, ())):
            yield change.model_copy(update={"label": label})


def _by_label(clause: Clause) -> dict[str, list[str]]:
    values: dict[str, list[str]] = defaultdict(list)
    for target in clause.targets:
        due = f"({target.due})" if target.due else ""
        values[re.sub(r"\s+", "", target.indicator)].append(target.value_text + due)
    return values


def _dates(before: Clause, after: Clause) -> Iterator[ValueChange]:
    sides = [[c.text[d.start : d.end].strip() for d in find_dates(c.text)] for c in (before, after)]
    yield from _replaced(ValueKind.DATE, *sides)


def _quantities(before: Clause, after: Clause) -> Iterator[ValueChange]:
    """Quantities outside dates, references to clauses and targets, which are told on their own."""
    yield from _replaced(ValueKind.QUANTITY, *(_plain_quantities(clause) for clause in (before, after)))


def _plain_quantities(clause: Clause) -> list[str]:
    taken = [(d.start, d.end) for d in find_dates(clause.text)]
    taken += [(t.start - clause.start, t.end - clause.start) for t in clause.targets]
    half = halve(clause.text)
    taken += [found.span() for found in _REFERENCE.finditer(half)]
    return [
        found.group(0).strip()
        for found in _QUANTITY.finditer(half)
        if not any(start < found.end() and found.start() < end for start, end in taken)
    ]


def _units(before: Clause, after: Clause) -> Iterator[ValueChange]:
    yield from _replaced(ValueKind.UNIT, _named(before), _named(after), is_paired=False)


def _named(clause: Clause) -> list[str]:
    """Return the units of the clause's lists, and those that its sentences make responsible."""
    return list(dict.fromkeys((*(unit.name for unit in clause.units), *said_units(clause.text))))


def _replaced(
    kind: ValueKind, olds: Sequence[str], news: Sequence[str], *, is_paired: bool = True
) -> Iterator[ValueChange]:
    """Yield what one side has more of; as many old as new values stand side by side, in order."""
    gone, come = _surplus(olds, news), _surplus(news, olds)
    if is_paired and len(gone) == len(come):
        for old, new in zip(gone, come, strict=True):
            yield ValueChange(kind=kind, before=old, after=new)
        return
    for old in gone:
        yield ValueChange(kind=kind, before=old, after=None)
    for new in come:
        yield ValueChange(kind=kind, before=None, after=new)


def _surplus(own: Sequence[str], other: Sequence[str]) -> list[str]:
    """Return the values that `own` holds more often than `other`, in order."""
    left = Counter(halve(value) for value in other)
    surplus = []
    for value in own:
        if left[halve(value)]:
            left[halve(value)] -= 1
        else:
            surplus.append(value)
    return surplus
