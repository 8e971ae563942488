"""Rules of fixed sentences about the answers before: sums, comparisons, what is all, plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.verifying.book import Page, value_of
from assistant.verifying.notices import is_free
from vectorstore.models import ClauseKind, Target

if TYPE_CHECKING:
    from assistant.verifying.rules import Case

_AT_LEAST = ("以上", "超")
_NOT_LISTED = (ClauseKind.TITLE, ClauseKind.NOTICE, ClauseKind.METADATA)
_TWO = 2
_WHOLE = frozenset(
    f"{group}.{name}"
    for group, names in {
        "listing": "lead lead_umbrella lead_first lead_without common among among_all among_without",
        "number": "all all_of_year structure structure_sections",
        "tally": "most least at_least unnamed busiest",
        "sets": "lead partners",
        "kinds": "lead",
        "compare": "lead",
        "definition": "lead_many",
        "after": "mentions goals",
    }.items()
    for name in names.split()
)
"""Sentences that count all there is, each counted again by its own rule."""


def rules() -> Mapping[str, Callable[[Case], bool]]:
    """Return the rules by key of the messages file."""
    return {
        "together.sum": _sum,
        "together.sum_least": _sum,
        "together.units": _units_apart,
        "together.same": lambda case: _is_twice(told(case)),
        "together.equal": lambda case: len({one.number for one in told(case)}) == 1,
        "together.more": lambda case: _is_most(told(case), case["indicator"], None),
        "together.more_due": lambda case: _is_most(told(case), case["indicator"], case["due"]),
        "together.earlier": _earlier,
        "together.same_due": lambda case: {one.due for one in told(case)} == {case["due"]},
        "together.listed": _listed,
        "together.more_units": _more_units,
        "together.equal_units": lambda case: len({len(page.names) for page in case.pages}) == 1,
        "after.source": _headed,
        "after.short": _headed,
        "after.plain": _plain,
        "after.mentions": _mentions,
        "after.all_units": _all_units,
        "after.all_mentions": lambda case: _said_last(case, "after.mentions"),
        "after.all_listed": lambda case: any(said.key in _WHOLE for said in case.before or ()),
        "after.goals": lambda case: case.number("count") == len(case.targets) > 0,
    }


def told(case: Case) -> tuple[Target, ...]:
    """Return the targets that the sentences before say, each with its value and the date it is due."""
    keys = ("number.lead", "number.lead_due")
    slots = [said.slots or {} for said in case.before or () if said.key in keys]
    return tuple(
        target
        for slot in slots
        for target in case.targets
        if target.indicator == slot.get("indicator")
        and value_of(target) == slot.get("value")
        and (target.due or "") == (slot.get("due") or "")
    )


def _sum(case: Case) -> bool:
    targets = told(case)
    least = any(word in value_of(one) for one in targets for word in _AT_LEAST)
    return (
        len(targets) >= _TWO
        and not _is_twice(targets)
        and len({one.unit for one in targets}) == 1
        and f"{sum(one.number for one in targets):g}{targets[0].unit}" == case["total"] + case["unit"]
        and least == case.key.endswith("_least")
    )


def _is_twice(targets: Sequence[Target]) -> bool:
    return len({one.indicator for one in targets}) < len(targets)


def _units_apart(case: Case) -> bool:
    units = list(dict.fromkeys(one.unit for one in told(case)))
    return len(units) > 1 and "、".join(units) == case["units"]


def _is_most(targets: Sequence[Target], indicator: str, due: str | None) -> bool:
    if len(targets) != _TWO or len({one.unit for one in targets}) > 1:
        return False
    most = max(targets, key=lambda one: one.number)
    apart = targets[0].number != targets[1].number
    return apart and most.indicator == indicator and (due is None or most.due == due)


def _earlier(case: Case) -> bool:
    dues = [one.due or "" for one in told(case)]
    return len(set(dues)) > 1 and all(dues) and min(dues) == case["due"]


def _listed(case: Case) -> bool:
    names = {name for page in case.pages for name in page.names}
    whole = bool(case.pages) and all(page.names for page in case.pages)
    return whole and case.number("count") == len(case.pages) and case.number("total") == len(names)


def _more_units(case: Case) -> bool:
    if len(case.pages) != _TWO:
        return False
    less, more = sorted(case.pages, key=lambda page: len(page.names))
    difference = len(more.names) - len(less.names)
    return (
        case["heading"] in more.headings and bool(less.names) and case.number("difference") == difference > 0
    )


def _headed(case: Case) -> bool:
    return case.only is not None and case["heading"] in case.only.headings


def _plain(case: Case) -> bool:
    """Whether the plain words are those written for the clause."""
    return _headed(case) and case["gloss"] == (case.pages[0].clause.gloss or "") != ""


def _mentions(case: Case) -> bool:
    """Whether the clauses cited are all of their documents that hold a name."""
    holding = [page for page in case.book.pages.values() if _holds(page, case["term"])]
    whole = [page.clause_id for page in case.pages] == [page.clause_id for page in holding]
    return is_free(case["term"]) and whole and case.number("count") == len(holding) > 0


def _holds(page: Page, term: str) -> bool:
    return page.clause.citable and page.clause.kind not in _NOT_LISTED and term in page.clause.text


def _all_units(case: Case) -> bool:
    """Whether the list of units of the clause was said just before."""
    said = [one for one in case.before or () if one.key == "quote.units"]
    return case.only is not None and bool(said) and said[-1].sentence.clause_ids == (case.only.clause_id,)


def _said_last(case: Case, key: str) -> bool:
    return any(said.key == key for said in case.before or ())
