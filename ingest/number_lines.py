"""The lines before the text that give its own 文号: by the title, over a letter, in an order (令)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.widths import halve
from vectorstore.models import Clause, ClauseKind

_NUMBER_LINE = re.compile(r"\(?[\u4e00-\u9fff]{1,14}[\[(<{]?(?:19|20)\d{2}[\])>}]?\s*第?\d{1,4}号\)?$")
_LABELLED = re.compile(r"(?:文\s*号|发文字号|文件编号|文件字号)\s*:\s*(?P<value>\S+号)")
_ORDER = re.compile(r"(?P<office>[\u4e00-\u9fff]{2,40})(?:令|公告)\s*第\s*\d{1,4}\s*号$")
_ORDER_HEAD = re.compile(r"[\u4e00-\u9fff]{2,40}(?:令|公告)$")
_ORDER_COUNT = re.compile(r"\(?第\s*\d{1,4}\s*号\)?$")
_ORDERING = re.compile(r"(?:中华人民共和国)?(?P<office>[\u4e00-\u9fff]{2,40})令第\d{1,4}号$")
_AROUND = frozenset({ClauseKind.TITLE, ClauseKind.METADATA})
_BEFORE = frozenset({ClauseKind.NOTICE, ClauseKind.PARAGRAPH})


def number_lines(clauses: Sequence[Clause]) -> Iterator[str]:
    """Yield what may be the document's own number, in half width; 某令 and 第179号 below it are one."""
    for line, following in pairwise([*front_lines(clauses), ""]):
        labelled = _LABELLED.search(line)
        if labelled or _NUMBER_LINE.match(line) or _ORDER.match(line):
            yield labelled.group("value") if labelled else line
        elif _ORDER_HEAD.match(line) and _ORDER_COUNT.match(following):
            yield line + following.strip("()")


def front_lines(clauses: Sequence[Clause]) -> Iterator[str]:
    """Yield the lines of title and metadata, and of a letter or an introduction up to its first sentence."""
    is_front = True
    for clause in clauses:
        is_front = is_front and (clause.kind in _AROUND or clause.kind in _BEFORE)
        if clause.kind not in _AROUND and not is_front:
            continue
        for line in clause.text.splitlines():
            half = halve(line.strip())
            if clause.kind in _BEFORE and half.endswith("。"):
                is_front = False
                break
            if half:
                yield half


def ordering_office(number: str | None) -> str | None:
    """Return the office of an order's number: 某市人民政府 of 某市人民政府令第179号."""
    found = _ORDERING.match(number or "")
    return found.group("office") if found else None
