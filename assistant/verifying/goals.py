"""Numbers and dates of free sentences: a cited clause says each, of the same thing, by the same date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.verifying.book import Book, Goal, Page
from assistant.verifying.dates import Date, blank, find_dates
from assistant.verifying.quantities import Quantity, find_quantities
from assistant.verifying.rejection import Rejection
from assistant.verifying.roles import places_said

_FILLER = re.compile(
    "的?(?:数量|总数|规模)?的?(?:目标|指标|任务)?(?:数|值)?(?:力争|争取|累计|总共|一共|合计|要|应|将|达到|达|为|是|有|到|至|共|在|:|,|、|“|”|「|」|\\s)*$"
)
_AIM = re.compile("力争|争取")
_STOP = re.compile("[,、;。!?]")
_NOT_HAN = re.compile("[^\u4e00-\u9fffA-Za-z0-9]")
_CODE = re.compile(r"[0-9A-Za-z+.\-/]*[0-9][0-9A-Za-z+.\-/]*")
_COMPARED = re.compile(r"[0-9]{1,4}(?:\.[0-9]+)?")  # short digits were compared as numbers already
_NOUN = 10
_HEAD = 4
_COMMON = 3
_LEAST_NAMED = 0.3
_LIMITED = "级及以上"
_LABEL = re.compile("(?P<deadlines>截止|截至|最晚|之前反馈|前反馈)|(?P<published>发布|公布|印发)")


@dataclass(frozen=True)
class Window:
    """A number of a sentence with what the words around it say of it."""

    quantity: Quantity
    aimed: bool
    due: tuple[Date, ...]
    named: tuple[Goal, ...]


class Figures:
    """Holds numbers and dates of sentences against the clauses that they cite."""

    def __init__(self, book: Book) -> None:
        self._book = book

    @cached_property
    def _common(self) -> frozenset[str]:
        """Pairs of characters that tell no indicator from another, such as 企业."""
        counts = Counter(
            pair
            for indicator in {
                goal.target.indicator for page in self._book.pages.values() for goal in page.goals
            }
            for pair in _pairs(indicator)
        )
        return frozenset({"以上"} | {pair for pair, count in counts.items() if count >= _COMMON})

    def check(self, text: str, pages: Sequence[Page]) -> Rejection | None:
        """Return why a number or date does not hold, or None."""
        dates = find_dates(text)
        for date in dates:
            if not self._is_held(date, pages):
                return Rejection(reason="date", detail=date.said)
        return self._check_labels(text, dates, pages) or self._check_numbers(text, dates, pages)

    def _is_held(self, date: Date, pages: Sequence[Page]) -> bool:
        if any(date.agrees(other) for page in pages for other in page.dates):
            whole = self._book.iso_dates(pages, "deadlines") | self._book.iso_dates(pages, "published")
            known = {iso for iso in whole if date.day and iso.endswith(f"-{date.month:02}-{date.day:02}")}
            return not date.iso or not known or date.iso in known
        return False

    def _check_labels(self, text: str, dates: Sequence[Date], pages: Sequence[Page]) -> Rejection | None:
        """A date called deadline or day of publication is that."""
        for date in dates:
            if not date.day:
                continue
            start = max((stop.end() for stop in _STOP.finditer(text, 0, date.start)), default=0)
            stop = _STOP.search(text, date.end)
            labels = [*_LABEL.finditer(text, start, date.start)][-1:] or [
                *_LABEL.finditer(text, date.end, stop.start() if stop else len(text))
            ]
            for label in labels[:1]:
                known = self._book.iso_dates(pages, label.lastgroup or "")
                if not any(_same_day(date, iso) for iso in known):
                    return Rejection(reason="date", detail=text[start : date.end])
        return None

    def _check_numbers(self, text: str, dates: tuple[Date, ...], pages: Sequence[Page]) -> Rejection | None:
        bare = blank(text, dates)
        places = places_said(bare)
        previous = 0
        due: tuple[Date, ...] = ()
        goals = [goal for page in pages for goal in page.goals]
        documents = {page.document_id for page in pages}
        rivals = [one for document_id in documents for one in self._book.goals.get(document_id, ())]
        named: list[Goal] = []
        found = [
            one
            for one in find_quantities(bare)
            if not any(start < one.end and one.start < end for start, end in places)
        ]
        for quantity in found:
            reach = _next_stop(bare, quantity.end) if quantity is not found[-1] else len(bare)
            due = tuple(one for one in dates if previous <= one.start < reach) or due
            named = self._best_named(quantity, bare, previous, rivals, named)
            aimed = bool(_AIM.search(bare[previous : quantity.end]))
            window = Window(quantity, aimed, due, tuple(named))
            rejection = _check_number(window, goals, pages)
            if rejection:
                return rejection
            previous = quantity.end
        return self._check_codes(bare, pages)

    def _best_named(
        self, quantity: Quantity, bare: str, previous: int, goals: Sequence[Goal], before_it: list[Goal]
    ) -> list[Goal]:
        """Return the targets that the words next to a number name best; without such words, those before."""
        before = bare[previous : quantity.start]
        after = bare[quantity.end : _next_stop(bare, quantity.end)]
        nouns = (_noun(before), _NOT_HAN.sub("", after.lstrip("的"))[:_NOUN])
        if not any(nouns):
            return before_it
        is_unlimited = "级" in before and _LIMITED not in before
        for noun in nouns:
            scores = [
                self._named(noun, goal.target.indicator)
                if not (is_unlimited and _LIMITED in goal.target.indicator)
                else 0.0
                for goal in goals
            ]
            best = max(scores, default=0.0)
            if best >= _LEAST_NAMED:
                return [goal for goal, score in zip(goals, scores, strict=True) if score == best]
        return []

    def _named(self, noun: str, indicator: str) -> float:
        """Return the share of the pairs of a noun, common ones apart, that an indicator holds.

        Of the noun's endings the best counts: what stands before it (全市要有上市企业) names nothing.
        """
        plain = _NOT_HAN.sub("", indicator)
        best = 0.0
        for start in range(max(len(noun) - _HEAD, 0) + 1):
            pairs = [pair for pair in _pairs(noun[start:]) if pair not in self._common]
            if pairs:
                best = max(best, sum(1 for pair in pairs if pair in plain) / len(pairs))
        return best

    def _check_codes(self, bare: str, pages: Sequence[Page]) -> Rejection | None:
        """Digits with no unit, as telephone numbers, stand in the clause as a whole."""
        held = {code.strip(".-/+") for page in pages for code in _CODE.findall(page.plain)}
        for code in _CODE.findall(bare):
            plain = code.strip(".-/+")
            if plain not in held and not _COMPARED.fullmatch(plain):
                return Rejection(reason="number", detail=code)
        return None


def _check_number(window: Window, goals: Sequence[Goal], pages: Sequence[Page]) -> Rejection | None:
    quantity = window.quantity
    said = quantity.comparators | ({"aim"} if window.aimed else set())
    fitting = [one for one in goals if one.quantity.same(quantity) and one.quantity.comparators == said]
    if fitting:
        if not any(one in window.named and _due_agrees(one, window.due) for one in fitting):
            return Rejection(reason="target", detail=quantity.said)
        return None
    if any(goal.quantity.same(quantity) for goal in goals):
        return Rejection(reason="number", detail=quantity.said)
    if quantity.ordinal and any(page.clause.number == f"{quantity.value or 0:g}" for page in pages):
        return None
    held = any(
        other.same(quantity) and other.comparators == quantity.comparators and _is_same_vague(other, quantity)
        for page in pages
        for other in page.quantities
    )
    return None if held else Rejection(reason="number", detail=quantity.said)


def _next_stop(bare: str, start: int) -> int:
    stop = _STOP.search(bare, start)
    return stop.start() if stop else len(bare)


def _is_same_vague(one: Quantity, other: Quantity) -> bool:
    return one.value is not None or one.said == other.said


def _due_agrees(goal: Goal, due: tuple[Date, ...]) -> bool:
    return all(any(date.agrees(other) for other in goal.due) for date in due)


def _same_day(date: Date, iso: str) -> bool:
    return date.iso == iso or (not date.year and iso.endswith(f"-{date.month:02}-{date.day:02}"))


def _noun(before: str) -> str:
    return _NOT_HAN.sub("", _FILLER.sub("", before.rstrip(" ,、:(")))[-_NOUN:]


def _pairs(text: str) -> list[str]:
    plain = _NOT_HAN.sub("", text)
    return [plain[start : start + 2] for start in range(len(plain) - 1)]
