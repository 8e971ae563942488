"""Rules of fixed sentences about what stands under a heading and what does not, read again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from assistant.verifying.book import Page, value_of
from assistant.verifying.notices import is_free
from vectorstore.models import ClauseKind

if TYPE_CHECKING:
    from assistant.verifying.rules import Case


def rules() -> Mapping[str, Callable[[Case], bool]]:
    """Return the rules by key of the messages file."""
    return {
        "section.where": _where,
        "section.nowhere": _nowhere,
        "section.unsaid": _unsaid,
        "section.all_said": lambda case: any(_are_cited(case, members) for members in _lists(case)),
        "premise.members": _no_members,
        "premise.kind": _kind,
    }


def _lists(case: Case) -> Iterator[tuple[Page, ...]]:
    """Yield what stands under a heading: all its clauses, and its sections where it has some."""
    for heading in case.book.headed(case["heading"]):
        yield case.book.below(heading, ClauseKind.CLAUSE)
        yield case.book.below(heading, ClauseKind.HEADING)


def _are_cited(case: Case, members: tuple[Page, ...]) -> bool:
    cited = [page.clause_id for page in case.pages]
    return case.number("count") == len(members) > 0 and cited == [page.clause_id for page in members]


def _where(case: Case) -> bool:
    """The clause that is cited stands under the heading, and holds the name."""
    page = case.only
    return (
        page is not None
        and case["name"] in page.clause.text
        and case["member"] in page.headings
        and any(page in members for members in _lists(case))
    )


def _nowhere(case: Case) -> bool:
    """No clause under the heading holds the name."""
    return is_free(case["name"]) and any(
        _are_cited(case, members) and not any(page.holds(case["name"]) for page in members)
        for members in _lists(case)
    )


def _unsaid(case: Case) -> bool:
    """What is called unsaid stands under the heading, and is what is cited."""
    said = "、".join(page.clause.heading for page in case.pages)
    return said == case["members"] != "" and any(
        all(page in members for page in case.pages) for members in _lists(case)
    )


def _no_members(case: Case) -> bool:
    """No heading under the heading holds one of the names."""
    names = case["names"].split("、")
    return all(is_free(name) for name in names) and any(
        _are_cited(case, members)
        and not any(name in page.clause.heading for page in members for name in names)
        for members in _lists(case)
    )


def _kind(case: Case) -> bool:
    """A goal of the clause that is cited has the value, and no goal of this value is of that kind."""
    page = case.only
    targets = page.clause.targets if page else ()
    goals = [target for target in targets if value_of(target) == case["value"]]
    return (
        is_free(case["kind"])
        and any(target.indicator == case["indicator"] for target in goals)
        and not any(case["kind"] in f"{target.indicator}{target.quote}" for target in goals)
    )
