"""Rules of fixed sentences about whether documents hold, held against the catalog itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.labels import labels_of
from vectorstore.models import Document
from vectorstore.standing import StandingBook, StandingOn

if TYPE_CHECKING:
    from assistant.verifying.rules import Case

_DATE = re.compile("(?P<name>[^0-9、]+)(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})")
_FIELDS = {
    "成文或通过日期": "adopted",
    "落款日期": "signed",
    "发布日期": "published",
    "施行日期": "effective",
    "有效期截止日": "expires",
    "这一版的日期": "version",
}
_NO_BASIS = "没有写明"
_NO_URL = "未收录网址"


class Shelf:
    """The documents by their labels, with how each stands."""

    def __init__(self, documents: Mapping[str, Document], standing: StandingBook) -> None:
        self._documents = documents
        self._standing = standing

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        return labels_of(self._documents.values())

    @cached_property
    def _by_label(self) -> Mapping[str, Document]:
        return {self._labels[key]: document for key, document in self._documents.items()}

    def document(self, label: str) -> Document | None:
        """Return the document of a label."""
        return self._by_label.get(label)

    def on(self, document: Document, day: str) -> StandingOn | None:
        """Return how a document stands on an ISO day, None where that is none."""
        try:
            return self._standing.on(document.document_id, date.fromisoformat(day))
        except ValueError:
            return None

    def groundless(self, clause_ids: Iterable[str], day: date) -> tuple[str, ...]:
        """Return the labels of the documents of clauses that are drafts or without force on a day."""
        ids = dict.fromkeys(clause_id.rsplit(":", 1)[0] for clause_id in clause_ids)
        return tuple(
            self._labels[one]
            for one in ids
            if one in self._documents
            and (self._documents[one].is_draft or self._standing.on(one, day).lacks_force)
        )

    @property
    def count(self) -> int:
        """Number of documents whose official text is held."""
        return sum(1 for one in self._documents.values() if not one.is_excerpt)


def rules() -> Mapping[str, Callable[[Case], bool]]:
    """Return the rules by key of the messages file."""
    return {
        "validity.status": _status,
        "validity.replaced": _replaced,
        "validity.number": _number,
        "validity.number_unknown": _no_number,
        "validity.no_number": _no_number,
        "validity.dates": _dates,
        "validity.no_dates": _no_dates,
        "validity.checked": _checked,
        "validity.excerpt": _excerpt,
        "validity.no_ground": _no_ground,
        "validity.not_yet": _not_yet,
        "validity.levels": _levels,
        **dict.fromkeys(
            (
                "refusal.out_of_scope_many",
                "refusal.elsewhere_many",
                "refusal.blocked_many",
                "meta.about_many",
            ),
            _count,
        ),
    }


def _meant(case: Case) -> Document | None:
    """Return the document that a sentence is about; whatever it cites must be of that document."""
    document = case.shelf.document(case["label"]) if case.shelf else None
    ours = document and all(page.document_id == document.document_id for page in case.pages)
    return document if ours else None


def _status(case: Case) -> bool:
    document = _meant(case)
    found = case.shelf.on(document, case["day"]) if document and case.shelf else None
    return found is not None and (found.standing.value, found.basis or _NO_BASIS) == (
        case["standing"],
        case["basis"],
    )


def _replaced(case: Case) -> bool:
    document = _meant(case)
    found = case.shelf.on(document, case["day"]) if document and case.shelf else None
    by = case.shelf.document(case["by"]) if case.shelf else None
    return found is not None and by is not None and found.superseded_by == by.document_id


def _number(case: Case) -> bool:
    document = _meant(case)
    return document is not None and bool(document.number) and document.number == case["number"]


def _no_number(case: Case) -> bool:
    document = _meant(case)
    return document is not None and not document.number


def _dates(case: Case) -> bool:
    document = _meant(case)
    said = {match["name"].strip("、"): match["day"] for match in _DATE.finditer(case["dates"])}
    whole = "、".join(f"{name}{day}" for name, day in said.items()) == case["dates"]
    return (
        document is not None
        and bool(said)
        and whole
        and all(day == _date_of(document, _FIELDS.get(name, "")) for name, day in said.items())
    )


def _date_of(document: Document, field: str) -> str | None:
    known: str | None = getattr(document.validity.dates, field, None)
    return known or (document.published if field == "published" else None)


def _no_dates(case: Case) -> bool:
    document = _meant(case)
    return document is not None and not any(_date_of(document, field) for field in _FIELDS.values())


def _checked(case: Case) -> bool:
    document = _meant(case)
    return document is not None and document.validity.checked == case["checked"] != ""


def _excerpt(case: Case) -> bool:
    document = _meant(case)
    return document is not None and document.is_excerpt and case["url"] == (document.url or _NO_URL)


def _no_ground(case: Case) -> bool:
    """Whether a document is a draft or without force on the day told, as the sentence says."""
    document = _meant(case)
    found = case.shelf.on(document, case["day"]) if document and case.shelf else None
    if found is None or document is None:
        return False
    return (found.lacks_force or document.is_draft) and found.standing.value == case["standing"]


def _not_yet(case: Case) -> bool:
    """Whether a document's earliest date lies after the day told, and is the date told."""
    document = _meant(case)
    found = case.shelf.on(document, case["day"]) if document and case.shelf else None
    return found is not None and found.not_before == case["since"] != ""


def _levels(case: Case) -> bool:
    """Whether each label stands with the level of its document, and the levels differ."""
    if case.shelf is None:
        return False
    levels = set()
    for part in case["levels"].split("、"):
        match = re.fullmatch("(?P<label>《.*》.*?)是(?P<level>[^是]+)级文件", part)
        document = case.shelf.document(match["label"]) if match else None
        if match is None or document is None or document.level != match["level"]:
            return False
        levels.add(match["level"])
    return len(levels) > 1


def _count(case: Case) -> bool:
    shelf = case.shelf
    free = all(0 < len(value) <= 12 for slot, value in case.slots.items() if slot != "count")
    return shelf is not None and case.number("count") == shelf.count and free
