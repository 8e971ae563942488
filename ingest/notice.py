"""Facts of the notice around a document: deadline, address, contact, telephone, dates of the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ingest.widths import halve
from vectorstore.models import Clause, ClauseKind, Fact, FactKind

_SOURCES = frozenset({ClauseKind.NOTICE, ClauseKind.METADATA})
_DATE = r"(?:20\d{2}\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*日|20\d{2}[-/.]\d{1,2}[-/.]\d{1,2}"
_FULL_DATE = re.compile(r"(20\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_SHORT_DATE = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*日")

_FACT_FORMS: tuple[tuple[FactKind, str], ...] = (
    (FactKind.DEADLINE, rf"(?P<value>{_DATE})\s*(?:\d{{1,2}}[时点:]\d{{0,2}}分?)?\s*(?:之前|以前|前)"),
    (FactKind.DEADLINE, rf"(?:截止|截至)(?:日期|时间)?\s*(?:为|到|至|:)?\s*(?P<value>{_DATE})"),
    (FactKind.PUBLISHED, rf"(?:发布|发文|公布|成文)(?:日期|时间)\s*:\s*(?P<value>{_DATE})"),
    (FactKind.ADDRESS, r"(?:通讯|通信|联系)?地址\s*:\s*(?P<value>[^(,;。\n]*[^(,;。\s])"),
    (FactKind.POSTCODE, r"(?:邮编|邮政编码)\s*:\s*(?P<value>\d{6})(?!\d)"),
    (FactKind.CONTACT, r"联系人\s*:\s*(?P<value>[^\s,;。(:]{2,20})"),
    (
        FactKind.PHONE,
        r"(?:电话|传真|手机)\s*:\s*"
        r"(?P<value>(?:\(?0\d{2,3}\)?[-— ]?)?\d{7,11}(?:-\d{1,5})?)(?!\d)",
    ),
    (
        FactKind.RECIPIENT,
        r"(?:反馈|报送|寄送|邮寄|寄|发送|提交|报|送)(?:至|到|给)\s*(?P<value>[^,;。:\n]{4,60})",
    ),
    (
        FactKind.ISSUER,
        r"(?:征集部门|征集单位|征集机构|发布机构|发布单位)\s*:\s*(?P<value>\S+)",
    ),
    (FactKind.BASIS, r"(?:^|[\s。,;])(?P<value>(?:根据|依据|按照)[^,。;\n]{4,80})"),
)
_PATTERNS = tuple((kind, re.compile(form)) for kind, form in _FACT_FORMS)


def find_facts(clauses: Sequence[Clause]) -> tuple[Fact, ...]:
    """Return the facts that notice and page metadata state, in document order.

    A date without a year is completed from the page's date of publication, else from a full date in the
    notice; a month before the publication's belongs to the next year.
    """
    sources = [clause for clause in clauses if clause.kind in _SOURCES]
    published = _reference_date(sources)
    facts = [fact for clause in sources for fact in _facts_of(clause, published)]
    return tuple(sorted(facts, key=lambda fact: (fact.start, fact.end)))


def iso_date(value: str, reference: date | None = None) -> str | None:
    """Return a date as YYYY-MM-DD, or None where it cannot be completed or is no date of the calendar."""
    half = halve(value)
    full = _FULL_DATE.search(half)
    if full:
        return _iso(int(full.group(1)), int(full.group(2)), int(full.group(3)))
    short = _SHORT_DATE.search(half)
    if short is None or reference is None:
        return None
    month, day = int(short.group(1)), int(short.group(2))
    year = reference.year + (1 if month < reference.month else 0)
    return _iso(year, month, day)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _reference_date(sources: Sequence[Clause]) -> date | None:
    published = next(pattern for kind, pattern in _PATTERNS if kind is FactKind.PUBLISHED)
    texts = [halve(clause.text) for clause in sources]
    labelled = [found.group("value") for text in texts for found in published.finditer(text)]
    any_full = [found.group(0) for text in texts for found in _FULL_DATE.finditer(text)]
    for value in (*labelled, *any_full):
        iso = iso_date(value)
        if iso is not None:
            return date.fromisoformat(iso)
    return None


def _facts_of(clause: Clause, reference: date | None) -> list[Fact]:
    half = halve(clause.text)
    facts: list[Fact] = []
    for kind, pattern in _PATTERNS:
        if kind is FactKind.BASIS and clause.kind is not ClauseKind.NOTICE:
            continue
        for found in pattern.finditer(half):
            start, end = found.span("value")
            value = clause.text[start:end]
            is_date = kind in (FactKind.DEADLINE, FactKind.PUBLISHED)
            facts.append(
                Fact(
                    start=clause.start + start,
                    end=clause.start + end,
                    kind=kind,
                    value=value,
                    date=iso_date(value, reference) if is_date else None,
                    path=clause.path,
                )
            )
    return facts
