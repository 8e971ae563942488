"""Checks every sentence of a draft against the clauses that it cites; what fails does not go out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from pydantic import Field

from assistant.models import Draft, Sentence, SentenceKind
from assistant.normalizing import normalize
from vectorstore.models import Clause, Record, Target

_BEFORE = "(?:力争到|力争超|力争|不低于|不少于|不超过|超过|超|达到|约|近|至少|最多)?"
_AFTER = "(?:以上|以下|以内|左右|多)?"
_NUMBER = re.compile(
    rf"{_BEFORE}(?P<value>\d+(?:[.,]\d+)?)\s*(?P<unit>亿元|万元|元|亿|万|家|个|件|台|座|项|条|所|名|人|处|批|%|位)?{_AFTER}"
)
_ISO_DATE = re.compile(r"(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)")
_YEAR_END = re.compile(r"20\d\d年底?")
_LEAD_CLAIM = re.compile("列第一的(?:责任单位|一?般?是)?(?:责任单位)?是?(?P<unit>[\u4e00-\u9fff]+)")
_LEAD_WORDS = re.compile("列第一|第一责任单位|首位|牵头|主责")
_PLACE_CLAIM = re.compile("(?P<unit>[\u4e00-\u9fff]{2,14}?)列(?:在)?第(?P<rank>\\d+)位")
_CHECKED = frozenset(
    {SentenceKind.LEAD, SentenceKind.UNITS, SentenceKind.ITEM, SentenceKind.QUOTE, SentenceKind.ADVICE}
)
_PAIR = 2
_INDICATOR_SHARE = 0.5


class Rejection(Record):
    """Why a sentence does not go out."""

    reason: str = Field(
        description="unknown_clause, quote, number, date, unit, lead, rank, target, count, bare"
    )
    detail: str = ""


class Verifier:
    """Checks sentences against the clauses of the documents."""

    def __init__(self, clauses: Mapping[str, Clause], unit_names: Iterable[str]) -> None:
        """Take the clauses by id, and the names of all units (longest match wins)."""
        self._clauses = clauses
        self._unit_names = sorted(set(unit_names), key=len, reverse=True)

    def verify(self, draft: Draft) -> tuple[Draft, tuple[Rejection, ...]]:
        """Return the draft without the sentences that fail, and why each failed."""
        kept: list[Sentence] = []
        rejections: list[Rejection] = []
        for sentence in draft.sentences:
            rejection = self.check(sentence)
            if rejection is None:
                kept.append(sentence)
            else:
                rejections.append(rejection)
        return draft.model_copy(update={"sentences": tuple(kept)}), tuple(rejections)

    def check(self, sentence: Sentence) -> Rejection | None:
        """Return why a sentence fails, or None where it holds."""
        clauses = [
            self._clauses[clause_id] for clause_id in sentence.clause_ids if clause_id in self._clauses
        ]
        if len(clauses) != len(sentence.clause_ids) or any(not clause.citable for clause in clauses):
            return Rejection(reason="unknown_clause", detail=" ".join(sentence.clause_ids))
        if sentence.kind in _CHECKED and not clauses and self._states_something(sentence):
            return Rejection(reason="bare", detail=sentence.text)
        rest = sentence.text
        for quote in sorted(sentence.quotes, key=len, reverse=True):
            if quote not in rest or not any(quote in clause.text for clause in clauses):
                return Rejection(reason="quote", detail=quote)
            rest = rest.replace(quote, " ")
        return self._check_statement(rest, sentence, clauses) if clauses else None

    def _states_something(self, sentence: Sentence) -> bool:
        return bool(sentence.quotes) or bool(_NUMBER.search(sentence.text.replace("12345", "")))

    def _check_statement(self, rest: str, sentence: Sentence, clauses: Sequence[Clause]) -> Rejection | None:
        rest, unbacked = self._strip_dates(_without_headings(rest, clauses), clauses)
        if unbacked:
            return Rejection(reason="date", detail=unbacked)
        for check in (self._check_numbers, self._check_targets, self._check_units, self._check_ranks):
            rejection = check(rest, sentence, clauses)
            if rejection is not None:
                return rejection
        return None

    def _strip_dates(self, rest: str, clauses: Sequence[Clause]) -> tuple[str, str | None]:
        text = "".join(clause.text for clause in clauses)
        for match in _ISO_DATE.finditer(rest):
            spoken = f"{int(match['month'])}月{int(match['day'])}日"
            if match.group() not in text and spoken not in text and not _is_today(rest, match.start()):
                return rest, match.group()
        return _ISO_DATE.sub(" ", rest), None

    def _check_numbers(self, rest: str, sentence: Sentence, clauses: Sequence[Clause]) -> Rejection | None:
        text = "".join(clause.text for clause in clauses)
        for match in _NUMBER.finditer(rest.replace("12345", "")):
            said = match.group().strip()
            if _counted(match, sentence):
                continue
            if not _stands_alone(said, text) and not any(
                said == _with_comparator(target) for clause in clauses for target in clause.targets
            ):
                return Rejection(reason="number", detail=said)
        return None

    def _check_targets(self, rest: str, sentence: Sentence, clauses: Sequence[Clause]) -> Rejection | None:
        targets = [target for clause in clauses for target in clause.targets]
        if sentence.kind is SentenceKind.QUOTE or not targets:
            return None
        dues = set(_YEAR_END.findall(rest))
        for match in _NUMBER.finditer(_YEAR_END.sub(" ", rest)):
            said = match.group().strip()
            if _counted(match, sentence):
                continue
            fitting = [target for target in targets if said in (target.value_text, _with_comparator(target))]
            if fitting and not any(
                _names(rest, target, targets) and dues <= _due(target) for target in fitting
            ):
                return Rejection(reason="target", detail=said)
            if not fitting and any(
                target.value_text in said or said in target.value_text for target in targets
            ):
                return Rejection(reason="target", detail=said)
        return None

    def _check_units(self, rest: str, sentence: Sentence, clauses: Sequence[Clause]) -> Rejection | None:
        text = "".join(clause.text for clause in clauses)
        left = rest
        for name in self._unit_names:
            if name in left:
                left = left.replace(name, " ")
                if name not in text:
                    return Rejection(reason="unit", detail=name)
        return self._check_lead(rest, clauses) or self._check_order(rest, sentence, clauses)

    def _check_lead(self, rest: str, clauses: Sequence[Clause]) -> Rejection | None:
        match = _LEAD_CLAIM.search(rest)
        leads = {clause.units[0].name for clause in clauses if clause.units}
        if match and match["unit"] and not any(match["unit"].startswith(lead) for lead in leads):
            return Rejection(reason="lead", detail=match["unit"])
        if match is None and _LEAD_WORDS.search(rest) and leads:
            named = self._units_in(rest)
            if named and not set(named) & leads:
                return Rejection(reason="lead", detail="、".join(named))
        return None

    def _check_order(self, rest: str, sentence: Sentence, clauses: Sequence[Clause]) -> Rejection | None:
        """A list of units follows the order of its clause, and claims nothing left out in between."""
        if sentence.kind is not SentenceKind.UNITS or len(clauses) != 1:
            return None
        named = self._units_in(rest)
        listed = [unit.name for unit in clauses[0].units]
        listed += [name for unit in clauses[0].units for name in unit.includes]
        if any(name not in listed for name in named):
            return Rejection(reason="unit", detail="、".join(named))
        if [name for name in listed if name in named] != named:
            return Rejection(reason="unit", detail="、".join(named))
        return None

    def _check_ranks(self, rest: str, sentence: Sentence, clauses: Sequence[Clause]) -> Rejection | None:
        for match in _PLACE_CLAIM.finditer(rest):
            named = self._units_in(match["unit"])
            for clause in clauses:
                names = [unit.name for unit in clause.units]
                if named and (named[-1] not in names or names.index(named[-1]) + 1 != int(match["rank"])):
                    return Rejection(reason="rank", detail=match.group())
        return None

    def _units_in(self, text: str) -> list[str]:
        found: list[tuple[int, str]] = []
        left = text
        for name in self._unit_names:
            start = left.find(name)
            while start >= 0:
                found.append((start, name))
                left = left[:start] + "\0" * len(name) + left[start + len(name) :]
                start = left.find(name)
        return [name for _, name in sorted(found)]


def _without_headings(rest: str, clauses: Sequence[Clause]) -> str:
    for clause in clauses:
        for heading in (clause.heading_path, clause.heading, clause.heading_path.split(" > ")[-1]):
            if heading:
                rest = rest.replace(heading, " ")
    return rest


def _counted(match: re.Match[str], sentence: Sentence) -> bool:
    said = match.group()
    plain = said == f"{match['value']}{match['unit'] or ''}"
    return plain and match["value"].isdigit() and int(match["value"]) in sentence.counted


def _stands_alone(said: str, text: str) -> bool:
    """Whether a number with its unit and comparator stands in a text, not as a part of a longer one."""
    for match in _NUMBER.finditer(normalize(text)):
        whole = match.group()
        if whole == said or (whole.startswith(("力争到", "力争")) and whole.endswith(said)):
            return True
    return bool(re.search(rf"(?<![\d.]){re.escape(said)}(?![\d以超])", normalize(text)))


def _with_comparator(target: Target) -> str:
    value = target.value_text
    return value if value.startswith(target.comparator) else f"{target.comparator}{value.lstrip('超')}"


def _due(target: Target) -> set[str]:
    return {target.due, (target.due or "").removesuffix("底")} if target.due else set()


def _names(rest: str, target: Target, targets: Sequence[Target]) -> bool:
    """Whether a sentence names the indicator of a target better than those of the others."""
    best = max(_overlap(rest, other.indicator) for other in targets)
    own = _overlap(rest, target.indicator)
    return best < _INDICATOR_SHARE or own >= best


def _overlap(text: str, indicator: str) -> float:
    wanted = {indicator[start : start + _PAIR] for start in range(len(indicator) - 1)}
    return sum(1 for pair in wanted if pair in text) / max(len(wanted), 1)


def _is_today(rest: str, start: int) -> bool:
    return rest[:start].endswith("今天是")
