"""The clauses as sentences are held against them: who is named where, what is counted, what is dated."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.normalizing import normalize
from assistant.verifying.dates import Date, find_dates
from assistant.verifying.quantities import Quantity, comparators_of, find_quantities
from vectorstore.models import Clause, ClauseKind, Target

_TITLE_END = re.compile(r"\n\s*\n|\n\s*\(征求意见稿\)")
_OWN_NUMBER = re.compile(r"^\s*\d+\.")
_HEADING_NUMBER = re.compile(r"^(?:\d+[.、]|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\))")
_DEADLINE = re.compile("截止(?:日期|时间)?(?:[::]|为|是)\\s*(?P<after>.{1,12})|请于(?P<before>.{1,14}?)前")
_PUBLISHED = re.compile("发布(?:日期|时间)?(?:[::]|为|是)\\s*(?P<after>.{1,12})")


@dataclass(frozen=True)
class Goal:
    """A target with its number as prose would say it."""

    target: Target
    quantity: Quantity
    due: tuple[Date, ...]


class Page:
    """A clause with what sentences about it are compared with, each read once."""

    def __init__(self, clause_id: str, clause: Clause) -> None:
        self.clause_id = clause_id
        self.document_id = clause_id.rsplit(":", 1)[0]
        self.clause = clause

    @cached_property
    def plain(self) -> str:
        """The clause in half width, without its own number."""
        return _OWN_NUMBER.sub("", normalize(self.clause.text))

    @cached_property
    def dates(self) -> tuple[Date, ...]:
        """The dates that the clause writes."""
        return find_dates(self.plain)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The numbers that the clause writes."""
        return tuple(find_quantities(self.plain))

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        """The targets of the clause."""
        return tuple(_goal(target) for target in self.clause.targets)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The units that the clause lists, in order."""
        return tuple(unit.name for unit in self.clause.units)

    @cached_property
    def written(self) -> tuple[str, ...]:
        """The units that the clause lists, in order, with what stands in <…> behind them."""
        return tuple(unit.written for unit in self.clause.units)

    @cached_property
    def headings(self) -> frozenset[str]:
        """Every way in which the clause is headed."""
        last = self.clause.heading_path.split(" > ")[-1]
        numbered = {self.clause.heading, last}
        bare = {_HEADING_NUMBER.sub("", heading) for heading in numbered}
        fallback = "" if last else self.clause.path
        return frozenset({*numbered, *bare, self.clause.heading_path, fallback} - {""})

    @cached_property
    def deadlines(self) -> frozenset[str]:
        """Dates named as the end of the consultation, as written: ISO, or month and day."""
        return _labelled(_DEADLINE, self.plain)

    @cached_property
    def published(self) -> frozenset[str]:
        """Dates named as those of publication."""
        return _labelled(_PUBLISHED, self.plain)

    def holds(self, words: str) -> bool:
        """Whether the clause or its headings hold words, verbatim."""
        return words in self.clause.text or any(words in heading for heading in self.headings)


class Book:
    """All clauses by id, with the names of all units."""

    def __init__(self, clauses: Mapping[str, Clause], unit_names: Iterable[str]) -> None:
        self.pages = {clause_id: Page(clause_id, clause) for clause_id, clause in clauses.items()}
        self.unit_names = tuple(dict.fromkeys(unit_names))

    def of(self, document_ids: frozenset[str]) -> Book:
        """Return the book of some documents; its pages are the same, read once."""
        if all(document_id in document_ids for document_id in self._by_document):
            return self
        part = Book({}, self.unit_names)
        for document_id in sorted(document_ids):
            part.pages.update(self._by_document.get(document_id, {}))
        return part

    @cached_property
    def _by_document(self) -> Mapping[str, Mapping[str, Page]]:
        found: dict[str, dict[str, Page]] = defaultdict(dict)
        for clause_id, page in self.pages.items():
            found[page.document_id][clause_id] = page
        return found

    @cached_property
    def titles(self) -> frozenset[str]:
        """The titles of the documents, without stray spaces."""
        titles = (one for one in self.pages.values() if one.clause.kind is ClauseKind.TITLE)
        return frozenset("".join(_TITLE_END.split(one.clause.text.strip())[0].split()) for one in titles)

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """All numbered headings, in half width, longest first."""
        found = {normalize(page.clause.heading) for page in self.pages.values() if page.clause.heading}
        return tuple(sorted(found, key=len, reverse=True))

    @cached_property
    def naming(self) -> Mapping[str, tuple[Page, ...]]:
        """The clauses that list a unit, by unit, in document order."""
        found: dict[str, list[Page]] = {}
        for page in self.pages.values():
            for name in dict.fromkeys(page.names):
                found.setdefault(name, []).append(page)
        return {name: tuple(pages) for name, pages in found.items()}

    @cached_property
    def instruments(self) -> frozenset[str]:
        """The names of all means of policy that any clause holds."""
        return frozenset(one.name for page in self.pages.values() for one in page.clause.instruments)

    @cached_property
    def goals(self) -> Mapping[str, tuple[Goal, ...]]:
        """The targets of each document."""
        found: dict[str, list[Goal]] = {}
        for page in self.pages.values():
            found.setdefault(page.document_id, []).extend(page.goals)
        return {document_id: tuple(goals) for document_id, goals in found.items()}

    def below(self, heading: Page, kind: ClauseKind) -> tuple[Page, ...]:
        """Return the nodes of a kind under a heading, in document order."""
        return tuple(
            page
            for page in self.pages.values()
            if page.clause.kind is kind
            and page.document_id == heading.document_id
            and page.clause.path.startswith(f"{heading.clause.path}/")
        )

    def headed(self, heading: str) -> tuple[Page, ...]:
        """Return the headings that read so."""
        return tuple(
            page for page in self.pages.values()
            if page.clause.kind is ClauseKind.HEADING and page.clause.heading == heading
        )  # fmt: skip

    def iso_dates(self, pages: Sequence[Page], labelled: str) -> frozenset[str]:
        """Return the `deadlines` or `published` of pages as ISO dates, with the years of their document."""
        documents = {page.document_id for page in pages}
        stated = {said for page in pages for said in getattr(page, labelled)}
        whole = {
            said
            for page in self.pages.values()
            if page.document_id in documents
            for said in getattr(page, labelled)
            if not said.startswith("-")
        }
        return frozenset(said for said in whole if said in stated or said[4:] in stated)


def value_of(target: Target) -> str:
    """Return the value of a target with its comparator, as composers say it."""
    value = target.value_text
    return value if target.comparator in value else f"{target.comparator}{value.lstrip('超')}"


def _goal(target: Target) -> Goal:
    quantity = next(find_quantities(normalize(target.value_text)))
    words = quantity.comparators | comparators_of(target.comparator)
    whole = Quantity(quantity.value, quantity.unit, words, 0, 0, quantity.said)
    return Goal(target, whole, find_dates(target.due or ""))


def _labelled(pattern: re.Pattern[str], text: str) -> frozenset[str]:
    """Return dates as ISO, those without a year as -07-10."""
    found = set()
    for match in pattern.finditer(text):
        groups = match.groupdict()
        for date in find_dates(groups.get("after") or groups.get("before") or "")[:1]:
            if date.day:
                found.add(date.iso or f"-{date.month:02}-{date.day:02}")
    return frozenset(found)
