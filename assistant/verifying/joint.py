"""Rules of fixed sentences about several units at once: conditions and partners, counted again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.verifying.book import Page
from assistant.verifying.notices import is_free
from vectorstore.models import ClauseKind

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
        "sets.kind": _kind,
        "sets.within": _within,
        "sets.within_none": _within,
        "sets.no_units": _no_units,
        "sets.umbrella_within": _umbrella_within,
        **dict.fromkeys(
            ("sets.exactly", "sets.exactly_none", "sets.exactly_within", "sets.exactly_none_within"), _exactly
        ),
        "tally.unnamed_within": _unnamed_within,
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
    fitting = _fitting(case, case.book.pages.values())
    if fitting is None:
        return False
    count = case.number("count") if "count" in case.slots else 0
    return count == len(fitting) and [page.clause_id for page in case.pages] == fitting


def _fitting(case: Case, pages: Iterable[Page]) -> list[str] | None:
    """Return the clauses of some that fulfil the conditions; None where these are not to be read."""
    matches = [_CONDITION.fullmatch(part) for part in case["conditions"].split("、")]
    named = [_unit_of(match) for match in matches if match]
    if not named or len(named) < len(matches) or any(name not in case.book.naming for name in named):
        return None
    return [
        page.clause_id
        for page in pages
        if page.names and all(_holds(match, page) for match in matches if match)
    ]


def _members(case: Case) -> Iterator[tuple[Page, ...]]:
    """Yield the clauses below each heading that reads like the one said."""
    for heading in case.book.headed(case["heading"]):
        yield case.book.below(heading, ClauseKind.CLAUSE)


def _within(case: Case) -> bool:
    """The clauses under a heading that fulfil the conditions are cited; none where none does."""
    cited = [page.clause_id for page in case.pages]
    for members in _members(case):
        fitting = _fitting(case, members)
        if fitting is None or case.number("all") != len(members):
            continue
        if "count" in case.slots and case.number("count") == len(fitting) > 0 and cited == fitting:
            return True
        if "count" not in case.slots and not fitting and not cited:
            return any(page.names for page in members)
    return False


def _kind(case: Case) -> bool:
    """Every clause that lists one of the units is cited, and each unit is listed."""
    names = case["units"].split("、")
    listing = [page.clause_id for page in case.book.pages.values() if set(names) & set(page.names)]
    whole = case.number("count") == len(listing) > 0 and [page.clause_id for page in case.pages] == listing
    return whole and is_free(case["kind"]) and all(name in case.book.naming for name in names)


def _no_units(case: Case) -> bool:
    """No clause under a heading lists units, and all are cited."""
    cited = [page.clause_id for page in case.pages]
    return any(
        case.number("count") == len(members) > 0
        and cited == [page.clause_id for page in members]
        and not any(page.names for page in members)
        for members in _members(case)
    )


def _umbrella_within(case: Case) -> bool:
    """A clause under a heading names its units by umbrella terms alone."""
    return any(_is_open(page) for members in _members(case) for page in members)


def _is_open(page: Page) -> bool:
    return bool(page.names) and all(unit.umbrella for unit in page.clause.units)


def _exactly(case: Case) -> bool:
    """The clauses whose units are these alone are cited: of the book, or of those under a heading."""
    names = set(case["units"].split("、"))
    if any(name not in case.book.naming for name in names):
        return False
    groups = list(_members(case)) if "heading" in case.slots else [tuple(case.book.pages.values())]
    cited = [page.clause_id for page in case.pages]
    for pages in groups:
        fitting = [page.clause_id for page in pages if set(page.names) == names]
        if fitting and "count" in case.slots and case.number("count") == len(fitting) and cited == fitting:
            return True
        if not fitting and "count" not in case.slots:
            return bool(pages) and not cited
    return False


def _unnamed_within(case: Case) -> bool:
    """The clauses under a heading that name units by umbrella terms alone are cited and counted."""
    cited = [page.clause_id for page in case.pages]
    return any(
        case.number("all") == len(members)
        and case.number("count") == len(cited) > 0
        and cited == [page.clause_id for page in members if _is_open(page)]
        for members in _members(case)
    )


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
