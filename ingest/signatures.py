"""Signatures (落款): the offices or the officer over a date, at the end or behind a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.lines import Line, filled, split_lines
from ingest.numbering import parse_marker
from ingest.widths import close_gaps, halve
from vectorstore.models import Clause, ClauseKind

PATH = "落款"
_DATE = (
    r"(?:(?:\d{4}|[二〇○零一三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日|"
    r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))$"
)
"""2025年12月24日; 20251224 as some pages run it together."""
_DATE_LINE = re.compile(_DATE)
_SIGNED_LINE = re.compile(rf"(?P<signers>[^\d。;]{{4,60}}?)\s*(?P<date>{_DATE})")
"""Office and date on one line."""
_REMARK = re.compile(r"\(.{2,60}\)$")
"""What may stand under the date: (此件公开发布), (联系科室:…)."""
_COLOPHON = re.compile(
    r"(?:(?:公开|发布)(?:方式|属性|范围|日期|时间)|信息公开(?:选项|属性)|抄送|抄报|分送)\s*:.{1,200}$|此件(?:主动|依申请)?公开.{0,8}$|"
    r"[^。]{0,60}\d{4}年\d{1,2}月\d{1,2}日\s*印发$"
)
"""What may be printed below: 公开方式:主动公开, 抄送:…, 某办公室 2021年4月16日印发."""
_PRINTED_BELOW = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日\s*印发$")
_OFFICE = re.compile(
    r"[\u4e00-\u9fff()]{2,30}(?:政府|国务院|委|委员会|局|厅|部|法院|检察院|科学院|研究院|总院|(?<![主承举协经督])办|办公室|办公厅|中心|"
    r"协会|学会|联合会|联合社|总社|总会|总工会|银行|总公司|集团|指挥部|领导小组|管委会|总队|支队|大队|街道办事处|署)$"
)
_OFFICER = re.compile(
    r"[\u4e00-\u9fff\s]{0,14}(?:长|主\s*任|总\s*理|主\s*席)(?:\s*:\s*|\s+)[\u4e00-\u9fff·\s]{2,8}$"
)
_NAMES_A_DOCUMENT = re.compile(r"《|\[(?:19|20)\d{2}\]\s*\d+号")
_SENTENCE_END = ("。", ";", "!")
_LONGEST, _LEAST_NAME, _MOST_LINES, _FREE_LINES = 80, 4, 6, 2


@dataclass(frozen=True)
class Span:
    """The lines of a signature: from index `start` to before `end`, remarks under the date included."""

    start: int
    end: int


def is_date_line(content: str) -> bool:
    """Whether a line is nothing but a date, as signatures end."""
    return _DATE_LINE.match(re.sub(r"\s", "", halve(content))) is not None


def is_signed_line(content: str) -> bool:
    """Whether a line holds the offices that sign and the date: 某市人民政府办公室20251224."""
    found = _SIGNED_LINE.match(halve(content))
    return found is not None and _is_signer(found.group("signers"))


def find_last_signature(lines: Sequence[Line], start: int, tail: int) -> int | None:
    """Return the index of the line where the signature before the tail begins, or None.

    Two short lines over the date may be any; what stands further up is of it only where it names offices.
    """
    last = list(filled(lines, max(start, tail - 40), tail))
    _drop_colophon(lines, last)
    if last and last[-1] > start and is_signed_line(lines[last[-1]].content):
        return last[-1]
    if not last or not is_date_line(lines[last[-1]].content):
        return None
    begin = None
    for count, index in enumerate(reversed(last[-_MOST_LINES - 1 : -1])):
        content = halve(lines[index].content)
        if index <= start or (len(content) > _LONGEST // 2 and not _is_signer(content)):
            break
        if (
            content[-1] in "。;:,!|"
            or _NAMES_A_DOCUMENT.search(content)
            or parse_marker(content)
            or (count >= _FREE_LINES and not _is_signer(content))
        ):
            break
        begin = index
    return begin


def find_letter_signature(
    lines: Sequence[Line], start: int, end: int, *, one_line: bool = False
) -> Span | None:
    """Return the first signature in a range that offices or an officer sign, behind at least one sentence.

    With `one_line`, offices and date on one line are one, too.
    """
    indices = list(filled(lines, start, end))
    is_letter = False
    for place, index in enumerate(indices):
        if not is_date_line(lines[index].content):
            if one_line and is_letter and is_signed_line(lines[index].content):
                return Span(index, index + 1)
            is_letter = is_letter or halve(lines[index].content).endswith(_SENTENCE_END)
            continue
        begin = place
        while begin and place - begin < _MOST_LINES and _is_signer(halve(lines[indices[begin - 1]].content)):
            begin -= 1
        if begin == place or not is_letter:
            continue
        behind = place + 1
        while behind < len(indices) and _REMARK.match(halve(lines[indices[behind]].content)):
            behind += 1
        return Span(indices[begin], indices[behind - 1] + 1)
    return None


def read_signature(clauses: Sequence[Clause]) -> str:
    """Return the text of the document's signature, '' without one: the letter's before the one at the end."""
    first = clauses[0] if clauses else None
    if first is not None and first.kind is ClauseKind.NOTICE:
        lines = split_lines(first.text)
        span = find_letter_signature(lines, 0, len(lines))
        if span is not None:
            return first.text[lines[span.start].start : lines[span.end - 1].end]
    return next((clause.text for clause in clauses if clause.path == PATH), "")


def read_signers(signature: str) -> str | None:
    """Return the offices of a signature, joined with 、 where they are several; None where a person signs."""
    names: list[str] = []
    for line in signature.splitlines():
        if is_date_line(line):
            break
        if is_signed_line(line.strip()):
            found = _SIGNED_LINE.match(halve(line.strip()))
            names += _names(line.strip()[: found.end("signers")] if found else "")
            break
        if line.strip():
            names += _names(line.strip())
    if not names or any(re.search(r"\d", name) or _OFFICER.match(halve(name)) for name in names):
        return None
    return "、".join(dict.fromkeys(filter(_is_office, names))) or names[0]


def _names(line: str) -> Iterator[str]:
    """Yield the offices of a line that names several, else the line without the gaps of its setting."""
    parts = re.split(r"[\s、]+", line)
    if len(parts) > 1 and all(len(part) >= _LEAST_NAME and _is_office(part) for part in parts):
        yield from parts
    else:
        yield line if _OFFICER.match(halve(line)) else close_gaps(line)


def _is_office(name: str) -> bool:
    return name == "国务院" or _OFFICE.match(halve(name)) is not None


def _is_signer(content: str) -> bool:
    if len(content) > _LONGEST or parse_marker(content):
        return False
    return _OFFICER.match(content) is not None or _is_office(re.sub(r"[\s、]", "", content)[-30:])


def _drop_colophon(lines: Sequence[Line], last: list[int]) -> None:
    """Take off the lines printed below the date, the office over its own 2021年4月16日印发 too."""
    while last:
        content = halve(lines[last[-1]].content)
        if not (_REMARK.match(content) or _COLOPHON.match(content)):
            return
        last.pop()
        is_bare = _PRINTED_BELOW.match(content) is not None
        if is_bare and last and _is_office(re.sub(r"\s", "", lines[last[-1]].content)):
            last.pop()
