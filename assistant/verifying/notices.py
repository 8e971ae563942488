"""Rules of fixed sentences about the document and its notice: dates, address, contact, title."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from vectorstore.models import ClauseKind

if TYPE_CHECKING:
    from assistant.verifying.rules import Case

_LABELS = {
    "address": ("地址",),
    "postcode": ("邮编", "邮政编码"),
    "contact": ("联系人",),
    "phone": ("联系电话", "电话"),
    "recipient": ("反馈至", "意见反馈至"),
    "issuer": ("征集部门", "起草单位", "征集单位"),
}
_NAMELESS = "已收录文件"
_LONGEST_FREE_SLOT = 12


def rules() -> Mapping[str, Callable[[Case], bool]]:
    """Return the rules by key of the messages file."""
    return {
        **dict.fromkeys((f"contact.{label}" for label in _LABELS), _fact),
        **dict.fromkeys(("contact.deadline", "contact.deadline_passed", "contact.deadline_open"), _deadline),
        **dict.fromkeys(
            ("refusal.out_of_scope", "refusal.elsewhere", "refusal.blocked", "meta.about"), _title
        ),
        "premise.deadline": _deadline,
        "contact.basis": _basis,
        "contact.published": _published,
        "contact.status": _status,
        "contact.gap": _not_held,
        "refusal.too_long": _limit,
    }


def is_free(words: str) -> bool:
    """Whether words may stand in a slot that nothing is compared with: a few, and no figures."""
    return 0 < len(words) <= _LONGEST_FREE_SLOT and not re.search(r"[0-9%,。;:、()\s]", words)


def _fact(case: Case) -> bool:
    return holds_fact(case, case.key.rsplit(".", 1)[-1])


def holds_fact(case: Case, label: str) -> bool:
    """Whether the clause that is cited states a value behind one of the labels of a fact."""
    labels = _LABELS[label]
    value = re.escape(case["value"])
    pattern = f"(?:{'|'.join(labels)})[::]?\\s*{value}(?=[\\s(),。;、)(]|发布日期|$)"
    return bool(case["value"]) and case.only is not None and bool(re.search(pattern, case.only.clause.text))


def _basis(case: Case) -> bool:
    is_basis = case["value"].startswith(("根据", "依据", "按照"))
    return is_basis and any(page.holds(case["value"]) for page in case.pages)


def _deadline(case: Case) -> bool:
    if case["date"] not in case.book.iso_dates(case.pages, "deadlines"):
        return False
    if "today" not in case.slots:
        return True
    today = _iso(case["today"])
    if today is None or (case.today is not None and today != case.today):
        return False
    return (today > date.fromisoformat(case["date"])) == case.key.endswith("_passed")


def _published(case: Case) -> bool:
    return case["date"] in case.book.iso_dates(case.pages, "published")


def _status(case: Case) -> bool:
    return (
        case["title"] in case.book.titles
        and all(page.deadlines or page.published for page in case.pages)
        and case["published"] in case.book.iso_dates(case.pages, "published")
        and case["deadline"] in case.book.iso_dates(case.pages, "deadlines")
    )


def _not_held(case: Case) -> bool:
    notices = (ClauseKind.NOTICE, ClauseKind.METADATA)
    texts = [page.clause.text for page in case.book.pages.values() if page.clause.kind in notices]
    return is_free(case["what"]) and not any(case["what"] in text for text in texts)


def _title(case: Case) -> bool:
    return (case["title"] in case.book.titles or case["title"] == _NAMELESS) and all(
        is_free(value) for slot, value in case.slots.items() if slot != "title"
    )


def _limit(case: Case) -> bool:
    return case.number("limit") > 0


def _iso(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", said) else None
    except ValueError:
        return None
