"""Rules of the fixed sentences on paragraphs and items of an article."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from assistant.parts import part_of
from vectorstore.parts import count_paragraphs, find_part

if TYPE_CHECKING:
    from assistant.verifying.rules import Case


def rules() -> Mapping[str, Callable[[Case], bool]]:
    """Return the rules by key of the messages file."""
    return {"part.lead": _lead, "part.absent": _absent}


def _lead(case: Case) -> bool:
    part, page = part_of(case["part"]), case.only
    if part is None or page is None or case["article"] not in (page.clause.number, page.clause.heading):
        return False
    return find_part(page.clause.text, part) is not None


def _absent(case: Case) -> bool:
    part, page = part_of(case["part"]), case.only
    if part is None or page is None or case["article"] not in (page.clause.number, page.clause.heading):
        return False
    is_absent = find_part(page.clause.text, part) is None
    return is_absent and case.number("count") == count_paragraphs(page.clause.text)
