"""Rules of fixed sentences that count: number and clauses cited are counted again over all clauses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from assistant.matters import MATTERS
from assistant.verifying import lists
from assistant.verifying.book import Page
from assistant.verifying.notices import is_free
from vectorstore.models import ClauseKind

if TYPE_CHECKING:
    from assistant.verifying.rules import Case

_NOT_LISTED = (ClauseKind.TITLE, ClauseKind.NOTICE)
_GAP_CHARACTERS = 4
_SHORTEST_HALF = 2
_SENTENCE_ENDS = re.compile("[。;!?]")


def rules() -> Mapping[str, Callable[[Case], bool]]:
    """Return the rules by key of the messages file."""
    return {
        "number.several": lambda case: case.number("count") == len(case.targets),
        "number.all": _all_targets,
        "number.all_of_year": _all_of_year,
        "number.no_year": _no_year,
        "number.not_among": _not_among,
        **{f"stake.{matter.key}": _is_open for matter in MATTERS},
        "listing.common": _common,
        "listing.common_none": _common,
        "listing.beyond": lambda case: case.number("count") == len(case.pages) < case.number("number"),
        "number.structure": _structure,
        "number.parts": _parts,
        "number.structure_sections": _sections,
        "listing.lead": _listing,
        "listing.lead_umbrella": _listing,
        "listing.lead_first": _listing_first,
        "listing.counts": _counts_of_two,
        "listing.same": _same_of_two,
        "listing.lead_without": _listing_without,
        "listing.item_first": _item,
        "listing.item_named": _item,
        "listing.item_umbrella": _umbrella_item,
        "listing.also_umbrella": _also_umbrella,
        "listing.among": _among,
        "premise.count": _structure,
        "section.member": _member,
        "section.no_member": _no_member,
        **lists.rules(),
        "kinds.lead": _kinds,
        "support.lead": _as_many_as_cited,
        "content.lead_many": _as_many_as_cited,
        "definition.lead": _term,
        "definition.lead_many": _every_mention,
        "compare.lead": _every_loose_mention,
        "compare.together": _together,
    }


def _as_many_as_cited(case: Case) -> bool:
    return case.number("count") == len(case.pages) > 0


def _all_targets(case: Case) -> bool:
    holding = [page.clause_id for page in case.book.pages.values() if page.clause.targets]
    return case.number("count") == len(case.targets) and _ids(case) == holding


def _all_of_year(case: Case) -> bool:
    due = [
        (page.clause_id, target)
        for page in case.book.pages.values()
        for target in page.clause.targets
        if target.due == case["due"]
    ]
    holding = list(dict.fromkeys(clause_id for clause_id, _ in due))
    return case.number("count") == len(due) > 0 and _ids(case) == holding


def _no_year(case: Case) -> bool:
    targets = [target for page in case.book.pages.values() for target in page.clause.targets]
    is_year = bool(re.fullmatch("20[0-9]{2}", case["year"]))
    return is_year and bool(targets) and not any(case["year"] in (one.due or "") for one in targets)


def _not_among(case: Case) -> bool:
    targets = [target for page in case.book.pages.values() for target in page.clause.targets]
    named = any(case["thing"] in f"{one.indicator} {one.quote}" for one in targets)
    return is_free(case["thing"]) and bool(targets) and not named


def _together(case: Case) -> bool:
    """Every sentence that holds one of two names holds the other, and it stands in a clause that is cited."""
    named = [
        (page.clause_id, case["first"] in sentence, case["second"] in sentence)
        for page in case.book.pages.values()
        if page.clause.kind not in _NOT_LISTED
        for sentence in _SENTENCE_ENDS.split(page.clause.text)
        if case["first"] in sentence or case["second"] in sentence
    ]
    cited = {page.clause_id for page in case.pages}
    return bool(named) and all(first and second and one in cited for one, first, second in named)


def _is_open(case: Case) -> bool:
    key = case.key.removeprefix("stake.")
    texts = [page.clause.text for page in case.book.pages.values()]
    return any(matter.key == key and matter.is_open(texts) for matter in MATTERS)


def _common(case: Case) -> bool:
    ours, theirs = (case.book.naming.get(case[slot], ()) for slot in ("first", "second"))
    both = tuple(page for page in ours if page in theirs)
    if case.key.endswith("_none"):
        return bool(ours) and bool(theirs) and not both
    return _is_whole(case, both, "count")


def _structure(case: Case) -> bool:
    return any(
        _is_whole(case, case.book.below(heading, ClauseKind.CLAUSE), "count")
        for heading in case.book.headed(case["heading"])
    )


def _parts(case: Case) -> bool:
    tops = tuple(
        page
        for page in case.book.pages.values()
        if page.clause.kind is ClauseKind.HEADING and "/" not in page.clause.path
    )
    return _is_whole(case, tops, "count")


def _sections(case: Case) -> bool:
    return any(
        _is_whole(case, case.book.below(heading, ClauseKind.HEADING), "count")
        and case.number("total") == len(case.book.below(heading, ClauseKind.CLAUSE))
        for heading in case.book.headed(case["heading"])
    )


def _is_whole(case: Case, members: tuple[Page, ...], slot: str) -> bool:
    return case.number(slot) == len(members) > 0 and _ids(case) == [page.clause_id for page in members]


def _listing(case: Case) -> bool:
    pages = case.book.naming.get(case["unit"], ())
    if not _is_whole(case, pages, "count"):
        return False
    if "leading" not in case.slots:
        return True
    leading = sum(1 for page in pages if page.names[0] == case["unit"])
    return case.number("leading") == leading and case.number("taking") == len(pages) - leading


def _listing_first(case: Case) -> bool:
    pages = case.book.naming.get(case["unit"], ())
    first = tuple(page for page in pages if page.names[0] == case["unit"])
    return _is_whole(case, first, "leading") and case.number("taking") == len(pages) - len(first)


def _counts_of_two(case: Case) -> bool:
    ours, theirs = (case.book.naming.get(case[slot], ()) for slot in ("first", "second"))
    return len(ours) == case.number("ours") > 0 and len(theirs) == case.number("theirs") > 0


def _same_of_two(case: Case) -> bool:
    ours, theirs = (case.book.naming.get(case[slot], ()) for slot in ("first", "second"))
    return _is_whole(case, ours, "ours") and ours == theirs


def _listing_without(case: Case) -> bool:
    listing = [page for page in case.book.pages.values() if page.names]
    lacking = tuple(page for page in listing if case["unit"] not in page.names)
    return (
        case["unit"] in case.book.naming
        and _is_whole(case, lacking, "count")
        and case.number("all") == len(listing)
    )


def _item(case: Case) -> bool:
    """An item says the rank of the unit whose list it belongs to."""
    page = case.only
    if page is None or case["heading"] != page.clause.heading_path:
        return False
    rank = case.number("rank") if "rank" in case.slots else 1
    if not 0 < rank <= len(page.names) or (rank == 1) == ("rank" in case.slots):
        return False
    return case.before is None or page.names[rank - 1] == case.listed()


def _umbrella_item(case: Case) -> bool:
    page = case.only
    if page is None or case["heading"] != page.clause.heading_path:
        return False
    umbrellas = [unit.name for unit in page.clause.units if unit.umbrella]
    return bool(umbrellas) and (case.before is None or case.listed() in umbrellas)


def _also_umbrella(case: Case) -> bool:
    pages = case.book.naming.get(case["umbrella"], ())
    is_umbrella = any(
        unit.umbrella for page in pages for unit in page.clause.units if unit.name == case["umbrella"]
    )
    is_asked = case["unit"] in case.book.naming and case.listed() in (None, case["unit"])
    return is_umbrella and is_asked and case.number("count") == len(pages)


def _among(case: Case) -> bool:
    named = {page.clause_id for page in case.book.naming.get(case["unit"], ())}
    return case.number("count") == len(case.pages) > 0 and all(one in named for one in _ids(case))


def _member(case: Case) -> bool:
    return any(
        case["member"] in page.headings
        for heading in case.book.headed(case["heading"])
        for page in case.book.below(heading, ClauseKind.CLAUSE)
    )


def _no_member(case: Case) -> bool:
    return bool(case["name"]) and any(
        _is_whole(case, members, "count") and not any(case["name"] in page.clause.heading for page in members)
        for heading in case.book.headed(case["heading"])
        for members in [case.book.below(heading, ClauseKind.CLAUSE)]
    )


def _kinds(case: Case) -> bool:
    """All means of policy with an ending are named, in order, and the text holds no other with it."""
    names = (one.name for page in case.book.pages.values() for one in page.clause.instruments)
    ending = [name for name in dict.fromkeys(names) if name.endswith(case["kind"])]
    stand = all(any(page.holds(name) for page in case.pages) for name in ending)
    rest = " ".join(page.clause.text for page in case.book.pages.values())
    for name in ending:
        rest = rest.replace(name, " ")
    stand = stand and case["kind"] not in rest
    return stand and "、".join(ending) == case["names"] != "" and case.number("count") == len(ending)


def _term(case: Case) -> bool:
    return bool(case["term"]) and case.only is not None and case.only.holds(case["term"])


def _every_mention(case: Case) -> bool:
    pages = [
        page
        for page in case.book.pages.values()
        if page.clause.kind is not ClauseKind.TITLE and case["term"] in page.clause.text
    ]
    return bool(case["term"]) and _is_whole(case, tuple(pages), "count")


def _every_loose_mention(case: Case) -> bool:
    pages = [
        page
        for page in case.book.pages.values()
        if page.clause.kind not in _NOT_LISTED and _holds_loosely(page, case["term"])
    ]
    return bool(case["term"]) and _is_whole(case, tuple(pages), "count")


def _holds_loosely(page: Page, term: str) -> bool:
    if term in page.clause.text:
        return True
    middle = len(term) // 2
    if middle < _SHORTEST_HALF:
        return False
    halves = f"{re.escape(term[:middle])}[^。;!?\n]{{0,{_GAP_CHARACTERS}}}{re.escape(term[middle:])}"
    return bool(re.search(halves, page.clause.text))


def _ids(case: Case) -> list[str]:
    return [page.clause_id for page in case.pages]
