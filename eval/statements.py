"""An answer's text as statements with their markers, and the facts (numbers, dates, units) that they state.

Written without the assistant's own verifier: a judge that shares its code with the judged sees with its eyes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from pydantic import BaseModel, ConfigDict, Field

_MARKER = re.compile(r"\[([0-9]{1,3})\]")
_QUOTE_LINE = re.compile(r"^>\s*「(?P<quote>.*)」(?:——.*)?$")
_PHONE = r"0[0-9]{2,3}-[0-9]{7,8}"
_ISO = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DATE = r"[0-9]{4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?|底)?|[0-9]{1,2}月[0-9]{1,2}日"
_NUMBER = r"[0-9]+(?:\.[0-9]+)?(?:亿元|万元|亿|万|元|家|个部分|个|%|种|类|大|条|项|处|位)?"
_FACT = re.compile(f"(?<![0-9A-Za-z.])(?:{_PHONE}|{_ISO}|{_DATE}|{_NUMBER})")
_COUNTED = ("条", "项", "处", "位", "个部分")
"""Measures that count clauses or places in them: the assistant's own counting, no words of a clause."""
_HOTLINE = "12345"
_DIFFERENCE = "相差"


class Statement(BaseModel):
    """A line of an answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(description="without markers and Markdown's signs")
    markers: tuple[int, ...]
    quote: str | None = Field(default=None, description="for a line that quotes: the words between 「 and 」")


def statements(text: str) -> tuple[Statement, ...]:
    """Return the lines of an answer that say something, in order."""
    return tuple(_statement(line.strip()) for line in text.splitlines() if line.strip())


def squeezed(text: str) -> str:
    """Return a text with full-width signs as half-width ones and without spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def facts(statement: Statement, unit_names: Sequence[str], question: str) -> tuple[str, ...]:
    """Return the numbers with their measures, dates and units of government that a statement states.

    What the question names is the person's and not judged; nor are, outside quotes, counts of clauses
    (共2项, 第4位) and the hotline 12345.
    """
    found = []
    said = squeezed(question)
    for match in _FACT.finditer(squeezed(statement.text)):
        fact = match.group()
        counted = statement.quote is None and fact.endswith(_COUNTED)
        if not counted and fact != _HOTLINE and not holds(said, fact):
            found.append(fact)
    return (*found, *(name for name in _units(squeezed(statement.text), unit_names) if name not in said))


def holds(source: str, fact: str) -> bool:
    """Whether a fact stands in a squeezed text; 40家 does not stand in 140家 nor in 40个."""
    return any(_stands(source, form) for form in _forms(fact))


def derived(statement: Statement, fact: str, source: str) -> bool:
    """Whether a fact is a difference that the statement announces (相差) of two numbers of the source."""
    if _DIFFERENCE not in statement.text:
        return False
    wanted = _value(fact)
    values = {_value(match.group()) for match in _FACT.finditer(source)} - {None}
    return wanted is not None and any(
        abs(abs(one - other) - wanted) < 1e-9
        for one, other in combinations([value for value in values if value is not None], 2)
    )


def _statement(line: str) -> Statement:
    markers = tuple(int(number) for number in _MARKER.findall(line))
    bare = _MARKER.sub("", line).strip()
    quoted = _QUOTE_LINE.match(bare)
    if quoted:
        return Statement(text=quoted["quote"], markers=markers, quote=quoted["quote"])
    return Statement(text=re.sub(r"^[->]\s+", "", bare), markers=markers)


def _units(text: str, names: Sequence[str]) -> Iterator[str]:
    for name in sorted(names, key=lambda one: (-len(one), one)):
        if name in text:
            yield name
            text = text.replace(name, " ")  # a shorter name within it is not named


def _forms(fact: str) -> Iterable[str]:
    yield fact
    if re.fullmatch(_ISO, fact):
        year, month, day = (int(part) for part in fact.split("-"))
        yield f"{year}年{month}月{day}日"
        yield f"{month}月{day}日"


def _stands(source: str, form: str) -> bool:
    before = "(?<![0-9.])" if form[:1].isdigit() else ""
    after = "(?![0-9])" if form[-1:].isdigit() else ""
    return re.search(f"{before}{re.escape(form)}{after}", source) is not None


def _value(fact: str) -> float | None:
    match = re.match(r"[0-9]+(?:\.[0-9]+)?", fact)
    return float(match.group()) if match else None
