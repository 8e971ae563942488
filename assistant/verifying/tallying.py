"""Rules of fixed sentences on how many units clauses list: counted again over all clauses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from assistant.verifying.book import Page

if TYPE_CHECKING:
    from assistant.verifying.rules import Case


def rules() -> Mapping[str, Callable[[Case], bool]]:
    """Return the rules by key of the messages file."""
    return {
        "tally.most": lambda case: _extreme(case, max),
        "tally.least": lambda case: _extreme(case, min),
        "tally.at_least": _at_least,
        "tally.at_least_none": _at_least,
        "tally.unnamed": _unnamed,
        "tally.busiest": _busiest,
        "tally.item": _item,
        "unit.count": _count,
    }


def _listing(case: Case) -> list[Page]:
    return [page for page in case.book.pages.values() if page.names]


def _are(case: Case, pages: list[Page]) -> bool:
    return [page.clause_id for page in case.pages] == [page.clause_id for page in pages]


def _extreme(case: Case, pick: Callable[..., int]) -> bool:
    number = pick((len(page.names) for page in _listing(case)), default=0)
    found = [page for page in _listing(case) if len(page.names) == number]
    return case.number("number") == number and case.number("count") == len(found) > 0 and _are(case, found)


def _at_least(case: Case) -> bool:
    found = [page for page in _listing(case) if len(page.names) >= case.number("number")]
    said = case.number("count") if "count" in case.slots else 0
    return case.number("number") > 0 and said == len(found) and _are(case, found)


def _unnamed(case: Case) -> bool:
    found = [page for page in _listing(case) if all(unit.umbrella for unit in page.clause.units)]
    return case.number("count") == len(found) > 0 and _are(case, found)


def _busiest(case: Case) -> bool:
    named = {unit.name for page in _listing(case) for unit in page.clause.units if not unit.umbrella}
    most = max((len(case.book.naming.get(name, ())) for name in named), default=0)
    pages = list(case.book.naming.get(case["unit"], ()))
    leading = sum(page.names[0] == case["unit"] for page in pages)
    counted = case.number("count") == len(pages) == most > 0 and case.number("leading") == leading
    return case["unit"] in named and counted and _are(case, pages)


def _item(case: Case) -> bool:
    page = case.only
    return (
        page is not None
        and case["heading"] == page.clause.heading_path
        and case.number("number") == len(page.names) > 0
    )


def _count(case: Case) -> bool:
    page = case.only
    return page is not None and case["heading"] in page.headings and case.number("number") == len(page.names)
