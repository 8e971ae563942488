"""By which 文号 and which date a text tells a document that it names from others of the title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.dates import DateFound, find_dates
from ingest.named import Named, find_named
from ingest.numbers import find_number
from ingest.widths import halve

_BRACKETS = re.compile(r"\s*[(\[](?P<inside>(?:[^()\[\]]|[(\[][^()\[\]]*[)\]])*)[)\]]")
_MOST_BRACKETS = 3
_BEGINS = re.compile(r"\s*起?(?:施行|实施|生效|执行|废止|失效)")
"""A date that tells when a document holds, not which wording it is."""
_YEAR = re.compile(
    r"(?P<year>(?:19|20)\d{2})年?(?:第?[一二三四五六七八九\d]+次)?(?:修订|修正|修改|制定|公布|发布|通过|印发|版)"
)
_PUTS_OUT = re.compile(r"(?:文件?)?(?:公布|发布|颁布|印发|下发|制定|转发)?的?\s*$")
_CALLED = re.compile(r"(?:[(\[<]?(?:19|20)\d{2}[)\]>]?|令|公告)\s*第?\s*\d{1,4}\s*号$")
_PAUSE = re.compile(r"[,。;:!?、》\n]|(?<=号)[)\]]|\s(?=[\u4e00-\u9fff]{2})")
_LEADING = re.compile(
    r"^(?:(?:原|从|起|以|由|将|对|自(?!然)|根据|依据|按照|依照|同时|现行|和|与|及|以及|的|经|决定|废止|停止执行)\s*)+"
)
_ALONE = re.compile(
    r"(?P<number>[\u4e00-\u9fff]{2,16}[(\[<]\s*(?:19|20)\d{2}\s*[)\]>]\s*第?\s*\d{1,4}\s*号)(?:文件?|通知)?\s*$"
)
_BASIS = re.compile(r"根据|依据|按照|依照|落实|执行")


@dataclass(frozen=True)
class Identity:
    """What tells a named document from others: 文号, and ISO date or year of its wording."""

    number: str | None = None
    version: str | None = None


def identity_of(sentence: str, named: Named) -> Identity:
    """Return what the brackets behind a title and the words right before it say of the document."""
    half = halve(sentence)
    behind = list(_brackets(half, named.end))
    previous = max((one.end for one in find_named(sentence[: named.start])), default=0)
    before = half[previous : named.start]
    numbers = [*(_number(inside) for inside in behind), _number_before(before)]
    versions = [*(_version(inside) for inside in behind), _version_before(before)]
    return Identity(next(filter(None, numbers), None), next(filter(None, versions), None))


def numbers_alone(half: str, end: int) -> Sequence[str]:
    """Return the 文号 by which, before an offset, a sentence without titles names a document."""
    found = _ALONE.search(half[:end])
    if found is None or _BASIS.match(found.group("number")):
        return ()
    number = find_number(_LEADING.sub("", found.group("number")))
    return (number,) if number else ()


def _brackets(half: str, start: int) -> Iterator[str]:
    for _ in range(_MOST_BRACKETS):
        found = _BRACKETS.match(half, start)
        if found is None:
            return
        yield found.group("inside")
        start = found.end()


def _number(text: str) -> str | None:
    return find_number(_without_dates(text))


def _without_dates(text: str) -> str:
    """Return a text with its full dates blotted out: 2020年7月1日国务院令第728号."""
    for found in find_dates(text):
        if found.is_exact:
            text = text[: found.start] + "," * (found.end - found.start) + text[found.end :]
    return text


def _number_before(before: str) -> str | None:
    """Return the 文号 that directly leads to a title: 湖政发〔2023〕5号《…》, 国务院令第728号公布的《…》."""
    plain = _PUTS_OUT.sub("", _without_dates(before)).rstrip(")] ")
    if not _CALLED.search(plain):
        return None
    begin = max((found.end() for found in _PAUSE.finditer(plain)), default=0)
    return find_number(_LEADING.sub("", plain[begin:].lstrip("([ ")))


def _version(inside: str) -> str | None:
    dates = [found for found in find_dates(inside) if _is_of_wording(inside, found)]
    if dates:
        return dates[-1].day
    year = _YEAR.search(inside)
    return year.group("year") if year else None


def _is_of_wording(half: str, found: DateFound) -> bool:
    return found.is_exact and _BEGINS.match(half, found.end) is None


def _version_before(before: str) -> str | None:
    dates = [found.day for found in find_dates(before) if found.is_exact]
    return dates[-1] if dates and re.search(r"的\s*$", before) else None
