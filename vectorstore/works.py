"""Which documents are versions of one work (the same law of two years), and which a citation means."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from vectorstore.models import Document
from vectorstore.validity import Relation

_MARKS = re.compile(r"[\s《》<>〈〉“”\"'‘’·,、]")
_STATE = re.compile(r"^中华人民共和国")
_VERSION = re.compile(
    r"\((?:[^()]*(?:稿|草案|修订|修正|修改|废止|失效)[^()]*|(?:19|20)\d{2}(?:年版?|版|-\d\d-\d\d)?)\)$"
)
_PRINTED = re.compile(r"(?:关于)?(?:印发|发布|公布)(?P<inner>.{4,})的(?:通知|公告|命令)$")
_NUMBER = re.compile(
    r"(?P<office>[\u4e00-\u9fff]+)\D{0,2}(?P<year>(?:19|20)\d{2})\D{0,3}?(?P<count>\d{1,4})号?$"
)


def title_key(title: str) -> str:
    """Return a title for comparison: without marks, 中华人民共和国, (征求意见稿) or (2023修订) at its end."""
    key = unicodedata.normalize("NFKC", title)
    while (shorter := _VERSION.sub("", key.strip())) != key:
        key = shorter
    return _STATE.sub("", _MARKS.sub("", key))


def number_key(number: str) -> str:
    """Return a 文号 for comparison, e.g. 湖政办发/2025/15; `''` where it is none."""
    found = _NUMBER.search(re.sub(r"\s", "", unicodedata.normalize("NFKC", number)))
    if found is None:
        return ""
    return f"{found.group('office')}/{found.group('year')}/{int(found.group('count'))}"


class Works:
    """Finds the versions of one work, and the documents that a citation means."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._by_title: dict[str, list[Document]] = defaultdict(list)
        self._by_number: dict[str, list[Document]] = defaultdict(list)
        for document in documents:
            for key in _keys(document.title):
                self._by_title[key].append(document)
            if document.number and (number := number_key(document.number)):
                self._by_number[number].append(document)

    def versions(self, document: Document) -> tuple[Document, ...]:
        """Return the documents of the same title and place, the document itself among them."""
        same = self._by_title[title_key(document.title)]
        return tuple(other for other in same if other is document or _same_place(document, other))

    def cited(self, relation: Relation, by: Document) -> tuple[Document, ...]:
        """Return the documents that a relation of `by` means: those of the 文号, else those of the title."""
        numbered = self._by_number.get(number_key(relation.number), []) if relation.number else []
        found = numbered or [other for other in self._titled(relation.title) if _same_place(by, other)]
        if relation.version:
            found = [other for other in found if _is_of(other, relation.version)] or found
        return tuple(other for other in found if other is not by)

    def _titled(self, title: str) -> list[Document]:
        keys = _keys(title)
        return next((found for key in keys if (found := self._by_title.get(key))), [])


def _keys(title: str) -> tuple[str, ...]:
    """Return the keys of a title: its own, and that of the document that a notice puts into the world."""
    key = title_key(title)
    printed = _PRINTED.search(key)
    return (key, title_key(printed.group("inner"))) if printed else (key,)


def _is_of(document: Document, version: str) -> bool:
    """Whether a document is the wording of a day or a year."""
    dates = document.validity.dates
    days = (dates.version, dates.adopted, dates.signed, dates.published, document.published, dates.printed)
    return any(day and day.startswith(version) for day in days)


def _same_place(one: Document, other: Document) -> bool:
    """Whether two documents can be of one place; a place not known excludes nothing."""
    if not one.region or not other.region:
        return True
    return one.region in other.region or other.region in one.region
