"""What stands after the body and its signature: the page's metadata line, the web form's leftovers."""

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
_FURTHER = re.compile(rf"{_LABEL}\s*:")
"""What goes on with the page's metadata, one label a line."""
_FORM = re.compile(
    r"\*$|\*?为?必填项|.*验证码|提交成功|提出问题和建议|(?:上|下)一篇|.*打印本页|.*关闭窗口|分享到"
)


def find_tail(lines: Sequence[Line], start: int) -> int:
    """Return the index of the first line after the body; `start` is the first line of the body.

    The page's metadata is the tail only behind the last number, and where nothing is numbered behind the
    greater part of the lines: pages also put it under the title.
    """
    inside = list(filled(lines, start))
    numbered = [index for index in inside if parse_marker(lines[index].content)]
    last_mark = numbered[-1] if numbered else start
    middle = start if numbered or not inside else inside[len(inside) // 2]
    for index in filled(lines, max(last_mark, middle)):
        if _METADATA.match(halve(lines[index].content)):
            return index
    for index in filled(lines, last_mark + 1):
        if _FORM.match(halve(lines[index].content)):
            return index
    return len(lines)


def read_tail(lines: Sequence[Line], tail: int) -> list[Node]:
    """Return the nodes after the body: 征集信息 as long as lines are labelled, then 表单 to the end."""
    nodes: list[Node] = []
    for index in filled(lines, tail):
        half = halve(lines[index].content)
        if _METADATA.match(half) or (nodes and _FURTHER.match(half)):
            if not nodes:
                nodes.append(Node("征集信息", ClauseKind.METADATA, lines[index].start, "征集信息"))
            continue
        nodes.append(Node("表单", ClauseKind.FORM, lines[index].start, "表单"))
        break
    return nodes
