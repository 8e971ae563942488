"""What must hold of a fixed sentence: each is recomputed from the clauses that it cites, slot by slot."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from assistant.models import Sentence, SentenceKind
from assistant.verifying import counting, following, joint, notices, others, parts, standings, tallying
from assistant.verifying.book import Book, Page, value_of
from assistant.verifying.notices import is_free
from assistant.verifying.standings import Shelf
from vectorstore.models import ClauseKind, Target

_TWO = 2
_OVERLAPS = ("unit.overlap", "unit.overlap_none")
_DEFINING = "(?:是指|指的是|,?即|所称)"
_EXPLAINING = re.compile("[”」]即|是指|指的是")


@dataclass(frozen=True)
class Said:
    """A sentence that was let through, with the fixed sentence it is; '' where it is none."""

    sentence: Sentence
    key: str = ""
    slots: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Case:
    """A filled fixed sentence before the clauses that it cites."""

    key: str
    slots: Mapping[str, str]
    pages: tuple[Page, ...]
    book: Book
    before: tuple[Said, ...] | None = None
    around: tuple[Sentence, ...] | None = None
    today: date | None = None
    shelf: Shelf | None = None

    def __getitem__(self, slot: str) -> str:
        return self.slots[slot]

    @property
    def only(self) -> Page | None:
        """The one clause that is cited; None where it is not one."""
        return self.pages[0] if len(self.pages) == 1 else None

    def number(self, slot: str) -> int:
        """Return a slot as a number, -1 where it is none in plain digits."""
        said = self.slots[slot]
        return int(said) if re.fullmatch("0|[1-9][0-9]{0,5}", said) else -1

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets of the cited clauses."""
        return tuple(target for page in self.pages for target in page.clause.targets)

    @property
    def topic(self) -> Page | None:
        """The clause that 这一条 means: the one cited, or else the last one that was."""
        if self.pages:
            return self.only
        cited = [said.sentence.clause_ids for said in self.before or () if said.sentence.clause_ids]
        return self.book.pages.get(cited[-1][0]) if cited and len(cited[-1]) == 1 else None

    def listed(self) -> str | None:
        """Return the unit whose list is being read out; None where that is not known."""
        leads = ("listing.lead", "listing.lead_umbrella", "listing.lead_first")
        found = [said.slots["unit"] for said in self.before or () if said.slots and said.key in leads]
        return found[-1] if found else None


Rule = Callable[[Case], bool]


def _target(case: Case) -> bool:
    due = case.slots.get("due") or None
    return any(
        target.indicator == case["indicator"] and value_of(target) == case["value"] and target.due == due
        for target in case.targets
    )


def _stated(case: Case) -> list[Target]:
    """Return the targets of the cited clauses that the answer states in sentences of their own."""
    texts = [one.text for one in case.around or () if one.kind in (SentenceKind.LEAD, SentenceKind.ITEM)]
    return [
        target
        for target in case.targets
        if any(target.indicator in text and value_of(target) in text for text in texts)
    ]


def _difference(case: Case) -> bool:
    stated = _stated(case)
    return any(
        one.unit == other.unit
        and f"{abs(one.number - other.number):g}{one.unit}" == case["difference"] + case["unit"]
        for one, other in combinations(stated, 2)
    )


def _heading(case: Case) -> bool:
    return case.only is not None and case["heading"] in case.only.headings


def _lead(case: Case) -> bool:
    names = case.only.names if case.only and _heading(case) else ()
    alone = case.key.endswith("_only")
    return bool(names) and names[0] == case["lead"] and (len(names) == 1) == alone


def _other_units(case: Case) -> bool:
    return case.only is not None and "、".join(case.only.written[1:]) == case["others"] != ""


def _all_units(case: Case) -> bool:
    return case.only is not None and "、".join(case.only.written) == case["units"] != ""


def _umbrella(case: Case) -> bool:
    return _heading(case) and _all_units(case) and all(one.umbrella for one in case.pages[0].clause.units)


def _no_units(case: Case) -> bool:
    return _heading(case) and not case.pages[0].names


def _position(case: Case) -> bool:
    names = case.only.names if case.only else ()
    unit = case.slots.get("claimed") or case["unit"]
    is_lead = "lead" not in case.slots or (bool(names) and names[0] == case["lead"])
    return is_lead and unit in names and names.index(unit) + 1 == case.number("rank")


def _absent(case: Case) -> bool:
    names = case.topic.names if case.topic else ()
    unit = case.slots.get("claimed") or case["unit"]
    is_lead = "lead" not in case.slots or (bool(names) and names[0] == case["lead"])
    return is_lead and bool(names) and unit not in names and is_free(unit) and not _is_included(unit, case)


def _is_included(unit: str, case: Case) -> bool:
    """Whether one of the clause's units expressly includes a unit, here or where it is first named (下同)."""
    names = case.topic.names if case.topic else ()
    return any(
        unit in one.includes and one.name in names
        for page in case.book.pages.values()
        for one in page.clause.units
    )


def _overlap(case: Case) -> bool:
    if len(case.pages) < 2:
        return False
    shared = [name for name in case.pages[0].names if all(name in other.names for other in case.pages[1:])]
    return "、".join(shared) == case.slots.get("units", "")


def _only_here(case: Case) -> bool:
    if len(case.pages) != _TWO or case["heading"] not in case.pages[0].headings:
        return False
    one, other = case.pages
    compared = [said.sentence.clause_ids for said in case.before or () if said.key in _OVERLAPS]
    if case.before is not None and (not compared or set(compared[-1]) != {one.clause_id, other.clause_id}):
        return False
    return "、".join(name for name in one.names if name not in other.names) == case["units"] != ""


def _ask(case: Case) -> bool:
    units = case.only.clause.units if case.only else ()
    return bool(units) and units[0].name == case["unit"] and not units[0].umbrella


def _not_listed(case: Case) -> bool:
    return case["unit"] not in case.book.naming and is_free(case["unit"])


def _includes(case: Case) -> bool:
    return any("含" + "、".join(unit.includes) == case["includes"]
               for page in case.pages for unit in page.clause.units if unit.includes)  # fmt: skip


def _not_defined(case: Case) -> bool:
    term = re.escape(case["term"])
    texts = [page.clause.text for page in case.book.pages.values()]
    return any(case["term"] in text for text in texts) and not any(
        re.search(f'{term}[”」"]?{_DEFINING}', text) or (case["term"] in text and _EXPLAINING.search(text))
        for text in texts
    )


def _word_absent(case: Case) -> bool:
    return is_free(case["term"]) and not any(
        case["term"] in page.clause.text for page in case.book.pages.values()
    )


def _place_absent(case: Case) -> bool:
    return _heading(case) and is_free(case["place"]) and case["place"] not in case.pages[0].clause.text


def _of_whole_city(case: Case) -> bool:
    said = [target.quote for target in _stated(case) or case.targets]
    return bool(said) and is_free(case["place"]) and not any(case["place"] in quote for quote in said)


def _corrected_number(case: Case) -> bool:
    return any(value_of(target) == case["value"] for target in _stated(case) or case.targets)


def _corrected_target(case: Case) -> bool:
    said = (case["indicator"], case["value"])
    return any((target.indicator, value_of(target)) == said for target in case.targets)


def _corrected_year(case: Case) -> bool:
    said = (case["indicator"], case["value"], case["due"])
    return any((target.indicator, value_of(target), target.due) == said for target in case.targets)


def _period(case: Case) -> bool:
    is_title = case.only is not None and case.only.clause.kind is ClauseKind.TITLE
    return is_title and _whole_in(case["period"], case.pages)


def _phrase(case: Case) -> bool:
    return _whole_in(case["phrase"], case.pages)


def _whole_in(words: str, pages: Sequence[Page]) -> bool:
    pattern = f"(?<![0-9]){re.escape(words)}(?![0-9])"
    return bool(words) and any(re.search(pattern, page.clause.text) for page in pages)


def _for_all(rule: Rule, keys: Iterable[str]) -> dict[str, Rule]:
    return dict.fromkeys(keys, rule)


RULES: Mapping[str, Rule] = {
    **_for_all(_target, ("number.lead", "number.lead_due", "number.item", "number.item_due")),
    **_for_all(_lead, ("unit.lead", "unit.lead_only")),
    **_for_all(_position, ("unit.position", "premise.lead")),
    **_for_all(_absent, ("unit.absent", "premise.lead_absent")),
    **_for_all(_overlap, ("unit.overlap", "unit.overlap_none")),
    **_for_all(_not_listed, ("listing.absent", "listing.absent_umbrella")),
    **_for_all(_heading, ("support.item", "compare.item", "content.lead", "content.lead_yes")),
    "number.difference": _difference,
    **_for_all(_period, ("number.period", "premise.period")),
    "content.elsewhere": lambda case: is_free(case["place"]),
    "number.named": _phrase,
    "premise.named": _phrase,
    "premise.written": _phrase,
    "unit.others": _other_units,
    "unit.only": _only_here,
    "unit.umbrella": _umbrella,
    "unit.none": _no_units,
    "quote.units": _all_units,
    "support.ask": _ask,
    "listing.includes": _includes,
    "definition.not_defined": _not_defined,
    "content.absent": _word_absent,
    "content.not_here": _place_absent,
    "number.whole_city": _of_whole_city,
    "premise.number": _corrected_number,
    "premise.target": _corrected_target,
    "premise.year": _corrected_year,
    "premise.target_due": _corrected_year,
    **counting.rules(),
    **tallying.rules(),
    **joint.rules(),
    **following.rules(),
    **others.rules(),
    **notices.rules(),
    **parts.rules(),
    **standings.rules(),
}
"""By key of the messages file. A sentence with slots that has no rule here is no fixed sentence."""
