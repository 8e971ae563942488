"""What stands after the body: signature (落款), the page's metadata line, the web form's leftovers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.lines import Line, Node, filled
from ingest.numbering import parse_marker
from ingest.widths import halve
from vectorstore.models import ClauseKind

_LABEL = (
    r"(?:征集部门|征集单位|征集机构|征集时间|发布日期|发布时间|发布机构|发布单位|"
    r"截止日期|截止时间|信息来源|责任编辑)"
)
_METADATA = re.compile(
    rf"(?:征集部门|征集单位|征集机构|发布日期|发布机构|信息来源|责任编辑)\s*:|{_LABEL}\s*:.*{_LABEL}\s*:"
)
_FORM = re.compile(
    r"\*$|\*?为?必填项|.*验证码|提交成功|提出问题和建议|(?:上|下)一篇|.*打印本页|.*关闭窗口|分享到"
)
_DATE_LINE = re.compile(
    r"(?:\d{4}|[二〇○零一三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日$"
)
_REMARK = re.compile(r"\(.{2,30}\)$")
"""What may stand under the date: (此件公开发布)."""


def find_tail(lines: Sequence[Line], start: int) -> int:
    """Return the index of the first line after the body; `start` is the first line of the body."""
    last_mark = start
    for index in filled(lines, start):
        content = halve(lines[index].content)
        if _METADATA.match(content):
            return index
        if parse_marker(content):
            last_mark = index
    for index in filled(lines, last_mark + 1):
        if _FORM.match(halve(lines[index].content)):
            return index
    return len(lines)


def is_date_line(content: str) -> bool:
    """Whether a line is nothing but a date, as signatures end."""
    return _DATE_LINE.match(re.sub(r"\s", "", halve(content))) is not None


def find_signature(lines: Sequence[Line], start: int, tail: int) -> int | None:
    """Return the index of the line where the signature (unit, date) before the tail begins, or None."""
    last = list(filled(lines, max(start, tail - 40), tail))[-4:]
    if last and _REMARK.match(halve(lines[last[-1]].content)):
        last.pop()
    last = last[-3:]
    if not last or not is_date_line(lines[last[-1]].content):
        return None
    begin = None
    for index in reversed(last[:-1]):
        content = halve(lines[index].content)
        if index <= start or len(content) > 40 or content[-1] in "。;:,!|" or parse_marker(content):
            break
        begin = index
    return begin


def read_tail(lines: Sequence[Line], tail: int) -> list[Node]:
    """Return the nodes after the body: 征集信息 as long as lines are labelled, then 表单 to the end."""
    nodes: list[Node] = []
    for index in filled(lines, tail):
        if _METADATA.match(halve(lines[index].content)):
            if not nodes:
                nodes.append(Node("征集信息", ClauseKind.METADATA, lines[index].start, "征集信息"))
            continue
        nodes.append(Node("表单", ClauseKind.FORM, lines[index].start, "表单"))
        break
    return nodes
