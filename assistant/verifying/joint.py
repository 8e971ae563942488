"""Rules of fixed sentences about several units at once: conditions and partners, counted again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.verifying.book import Page
from assistant.verifying.notices import is_free

if TYPE_CHECKING:
    from assistant.verifying.rules import Case

_CONDITION = re.compile(
    "没有列出(?P<lacks>[^、]+)|列有(?P<holds>[^、]+)|(?P<leads_not>[^、]+)没有列第一|(?P<leads>[^、]+)列第一"
)
_FIRST = re.compile("(?P<unit>[^、()]+)\\((?P<count>[1-9][0-9]?)项\\)")


def rules() -> Mapping[str, Callable[[Case], bool]]:
    """Return the rules by key of the messages file."""
    return {
        **dict.fromkeys(("sets.holds", "sets.lacks", "sets.leads", "sets.leads_not"), _no_sentence),
        "sets.lead": _set,
        "sets.none": _set,
        "sets.partners": _partners,
        "sets.first": _first,
        "county.unlisted": _county_unlisted,
        "listing.among_without": _among,
        "listing.among_all": _among,
    }


def _no_sentence(_: Case) -> bool:
    """Parts of a sentence never go out alone."""
    return False


def _set(case: Case) -> bool:
    """Every clause that fulfils the conditions is cited, and no other; none where none is said to."""
    matches = [_CONDITION.fullmatch(part) for part in case["conditions"].split("、")]
    named = [_unit_of(match) for match in matches if match]
    if not named or len(named) < len(matches) or any(name not in case.book.naming for name in named):
        return False
    fitting = [
        page.clause_id
        for page in case.book.pages.values()
        if page.names and all(_holds(match, page) for match in matches if match)
    ]
    count = case.number("count") if "count" in case.slots else 0
    return count == len(fitting) and [page.clause_id for page in case.pages] == fitting


def _unit_of(match: re.Match[str]) -> str:
    return next(value for value in match.groupdict().values() if value)


def _holds(match: re.Match[str], page: Page) -> bool:
    unit = _unit_of(match)
    if match["leads"] or match["leads_not"]:
        return (page.names[0] == unit) == bool(match["leads"])
    return (unit in page.names) == bool(match["holds"])


def _partners(case: Case) -> bool:
    pages = case.book.naming.get(case["unit"], ())
    others = dict.fromkeys(name for page in pages for name in page.names if name != case["unit"])
    whole = tuple(page.clause_id for page in pages) == tuple(page.clause_id for page in case.pages)
    return whole and case.number("count") == len(pages) > 0 and "、".join(others) == case["others"]


def _first(case: Case) -> bool:
    said = {match["unit"]: int(match["count"]) for match in _FIRST.finditer(case["leads"])}
    whole = "、".join(f"{unit}({count}项)" for unit, count in said.items()) == case["leads"]
    return whole and bool(said) and said == _counted([page.names[0] for page in case.pages if page.names])


def _county_unlisted(case: Case) -> bool:
    """Whether no unit is named after a place, nor taken in by name."""
    written = (one for page in case.book.pages.values() for one in page.written)
    return is_free(case["place"]) and not any(case["place"] in one for one in written)


def _among(case: Case) -> bool:
    """Whether each clause that is cited lists a unit, or none of them does."""
    lists = case.key == "listing.among_all"
    known = case["unit"] in case.book.naming
    return (
        known
        and case.number("count") == len(case.pages) > 0
        and all(page.names and (case["unit"] in page.names) == lists for page in case.pages)
    )


def _counted(names: Sequence[str]) -> Mapping[str, int]:
    return {name: names.count(name) for name in names}
