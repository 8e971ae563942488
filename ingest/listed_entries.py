"""One entry of a list of documents: 1.湖州市某办法(湖政发〔2020〕4号), with or without 《》, or a row."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.front import names_a_document
from ingest.named import find_named
from ingest.numbering import parse_marker
from ingest.numbers import find_number
from ingest.tables import cells
from ingest.widths import close_gaps, halve

_NUMBER = r"[\u4e00-\u9fff]{1,14}\s*[\[(<]\s*(?:19|20)\d{2}\s*[\])>]\s*第?\s*\d{1,4}\s*号"
_BEHIND = re.compile(rf"\s*(?:\((?P<inside>[^()]*(?:\([^()]*\))?[^()]*)\)|(?P<bare>{_NUMBER}))?\s*")
_FRONT = re.compile(rf"(?P<number>{_NUMBER})\s*[,:、]?\s*")
_BARE = re.compile(
    rf"(?P<title>[^,。;:|]{{6,120}}?)(?:\s*\((?P<inside>[^()]*(?:\(\d{{4}}\))?[^()]*(?:19|20)\d{{2}}[^()]*)\)|"
    rf"(?:\s+|(?<=[)>]))(?P<bare>{_NUMBER}))?\s*(?:[。;,、]\s*)?$"
)
_OWN_END = re.compile(r"\s*,?\s*(?:自|从|于)[^,。;]{4,24}(?:废止|失效|停止执行)\s*[。;,]?$|[。;,、]?\s*$")
_OFFICIAL = re.compile(r"关于|[省市区县州旗]|中华人民共和国|国务院")
"""What the title of a document without 《》 and 文号 holds; 三、其他规定 is a heading."""
_KEPT = re.compile(r"(?:拟|建议|予以)?(?:继续有效|继续执行|保留|修改|修订|修正|有效)")


@dataclass(frozen=True)
class Entry:
    """A document that a list names; `rank` is that of the mark before it, None without one."""

    title: str
    number: str | None
    rank: int | None


def entry_of(line: str) -> Entry | None:
    """Return the document that a line names and nothing else; None where the line says more."""
    marker = parse_marker(line)
    rank = marker.rank if marker else None
    text = line[marker.length if marker else 0 :].strip()
    front = _FRONT.match(halve(text))
    number = find_number(front.group("number")) if front else None
    text = text[front.end() if front else 0 :]
    if text.startswith("《"):
        return _bracketed(text, number, rank)
    bare = _BARE.match(halve(text))
    if bare is None:
        return None
    title = text[: bare.end("title")].strip()
    number = number or _number(bare.group("inside") or bare.group("bare"))
    is_title = names_a_document(title) and (number is not None or _OFFICIAL.search(title))
    return Entry(close_gaps(title), number, rank) if is_title else None


def row_entry(line: str) -> Entry | None:
    """Return the document that a row of a table names; None where a cell says that it is kept or changed."""
    values = cells(line)
    if any(_KEPT.match(halve(value)) for value in values):
        return None
    named = ((value, next(find_named(value), None)) for value in values)
    titles = [one.title if one else value for value, one in named if one or names_a_document(value)]
    numbers = [number for value in values if (number := _number(halve(value)))]
    if not titles or len(titles[0]) < 6:
        return None
    return Entry(close_gaps(titles[0]), numbers[0] if numbers else None, None)


def _bracketed(text: str, number: str | None, rank: int | None) -> Entry | None:
    named = next(find_named(text), None)
    if named is None:
        return None
    half = halve(text)
    behind = _BEHIND.match(half, named.end)
    end = behind.end() if behind else named.end
    if not _OWN_END.match(half, end):
        return None
    found = _number((behind.group("inside") or behind.group("bare")) if behind else None)
    return Entry(named.title, number or found, rank)


def _number(text: str | None) -> str | None:
    return find_number(text) if text else None
