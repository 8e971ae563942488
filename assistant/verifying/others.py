"""Rules of fixed sentences on persons, facts, documents and members that a text names or does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from assistant.verifying.notices import holds_fact, is_free

if TYPE_CHECKING:
    from assistant.verifying.rules import Case

_LABELS = {"联系电话": "phone", "邮编": "postcode", "反馈地址": "address"}


def rules() -> Mapping[str, Callable[[Case], bool]]:
    """Return the rules by key of the messages file."""
    return {
        "person.named": _person,
        "person.unwritten": _person,
        "premise.fact": _fact,
        "premise.fact_right": _fact,
        "mention.document": _document,
        "section.within": _within,
        "gap.outsiders": _outsiders,
    }


def _person(case: Case) -> bool:
    """Whether the clause names whom it is said to support, and not the person."""
    page = case.only
    if page is None or not is_free(case["person"]) or case["person"] in page.clause.text:
        return False
    return "whom" not in case.slots or bool(case["whom"] and f"支持{case['whom']}" in page.clause.text)


def _fact(case: Case) -> bool:
    label = _LABELS.get(case["what"])
    return label is not None and holds_fact(case, label)


def _document(case: Case) -> bool:
    """Whether a clause names a document in passing, and none of that title is at hand."""
    name = re.escape(case["name"])
    named = any(re.search(name, page.clause.text) for page in case.pages)
    return named and is_free(case["name"]) and not any(case["name"] in title for title in case.book.titles)


def _within(case: Case) -> bool:
    page = case.only
    return (
        bool(case["name"])
        and page is not None
        and (case["heading"] in page.headings and case["name"] in page.clause.text)
    )


def _outsiders(case: Case) -> bool:
    texts = [page.clause.text for page in case.book.pages.values()]
    return is_free(case["place"]) and not any(case["place"] in text or "外地" in text for text in texts)
