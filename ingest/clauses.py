"""Text -> clause tree (条款): a flat list of nodes in document order whose texts joined are the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest import front, tail
from ingest.lines import Line, Node, filled, split_lines
from ingest.numbering import (
    RANK_ANNEX,
    RANK_ARTICLE,
    RANK_ARTICLE_WITHIN,
    RANK_CHINESE,
    Marker,
    parse_marker,
)
from ingest.widths import halve
from vectorstore.models import ClauseKind

_ENDS = "。;!?"
_CONTINUES = re.compile(r"[(\[]?\s*(?:责任|牵头|配合|实施|落实|参与)(?:单位|部门)\s*:")
_PARTS = (
    "函", "通知", "公告", "公示", "启事", "通告", "标题", "题注", "目录", "引言", "落款", "征集信息", "表单",
)  # fmt: skip
"""Paths of the parts around the body; a heading of the same words gets a path of its own."""
_MAX_HEADING = 40
_MAX_LABEL = 20


@dataclass(frozen=True)
class Outline:
    """The nodes of a document and what its front says.

    Attributes:
        nodes: all nodes in document order; the first starts at 0.
        title: title line without stray spaces, or None.
        subtitle: bracketed lines under the title, e.g. (征求意见稿).
        numbered: how many nodes came from a number or a heading mark.
    """

    nodes: tuple[Node, ...]
    title: str | None
    subtitle: str
    numbered: int


@dataclass(frozen=True)
class _Frame:
    marker: Marker
    path: str
    headings: tuple[str, ...]
    kind: ClauseKind


@dataclass
class _Body:
    """The body under construction: open headings and the nodes so far."""

    stack: list[_Frame] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    used: Counter[str] = field(default_factory=lambda: Counter(_PARTS))


def outline(text: str) -> Outline:
    """Return the clause tree of a text as nodes with start offsets."""
    lines = split_lines(text)
    head = front.read_front(lines)
    contents = front.find_contents(lines, head.end)
    markers = _markers(lines, contents.end)
    begin = min(markers, default=len(lines))
    end = tail.find_tail(lines, contents.end)
    begin = min(begin, end)
    signature = tail.find_signature(lines, begin, end)
    stop = end if signature is None else signature
    nodes = [*head.nodes, *front.introduction(lines, head.end, contents, min(begin, stop))]
    body = _read_body(lines, markers, begin, stop)
    nodes += body
    if signature is not None:
        nodes.append(Node("落款", ClauseKind.METADATA, lines[signature].start, "落款"))
    nodes += tail.read_tail(lines, end)
    if nodes:
        nodes[0] = replace(nodes[0], start=0)
    return Outline(tuple(nodes), head.title, head.subtitle, len(body))


def _markers(lines: Sequence[Line], start: int) -> dict[int, Marker]:
    """Return the marks of lines by index, 第X条 ranked below 一、 where chapters are numbered 一、."""
    found = {i: marker for i in filled(lines, start) if (marker := parse_marker(lines[i].content))}
    ranks = (marker.rank for marker in found.values())
    outermost = next((rank for rank in ranks if rank in (RANK_ARTICLE, RANK_CHINESE)), None)
    if outermost != RANK_CHINESE:
        return found
    return {
        i: replace(marker, rank=RANK_ARTICLE_WITHIN) if marker.rank == RANK_ARTICLE else marker
        for i, marker in found.items()
    }


def _read_body(lines: Sequence[Line], markers: dict[int, Marker], begin: int, end: int) -> list[Node]:
    body = _Body()
    indices = list(filled(lines, begin, end))
    for position, index in enumerate(indices):
        marker = markers.get(index)
        following = indices[position + 1] if position + 1 < len(indices) else None
        if marker is not None and not _absorbed(body, marker):
            is_leaf = following is None or _shallower(markers.get(following), marker)
            _open(body, lines[index], marker, is_leaf)
        elif _starts_paragraph(body, lines[index]):
            _add_paragraph(body, lines[index])
    return body.nodes


def _absorbed(body: _Body, marker: Marker) -> bool:
    return any(frame.marker.absorbs and marker.rank > frame.marker.rank for frame in body.stack)


def _shallower(following: Marker | None, marker: Marker) -> bool:
    return following is not None and following.rank <= marker.rank


def _open(body: _Body, line: Line, marker: Marker, is_leaf: bool) -> None:
    while body.stack and body.stack[-1].marker.rank >= marker.rank:
        body.stack.pop()
    parent = body.stack[-1] if body.stack else None
    path = _unique(body, f"{parent.path}/{marker.number}" if parent else marker.number)
    kind = _kind(line.content, marker, is_leaf)
    heading = heading_of(line.content, marker, kind)
    headings = (*parent.headings, heading) if parent else (heading,)
    body.stack.append(_Frame(marker, path, headings, kind))
    body.nodes.append(Node(path, kind, line.start, " > ".join(headings), heading, marker.number))


def _kind(content: str, marker: Marker, is_leaf: bool) -> ClauseKind:
    """A marked line is a bare heading if it holds no sentence and something stands under it."""
    if marker.absorbs:
        return ClauseKind.CLAUSE
    if marker.rank <= 30 or content.startswith("#"):
        return ClauseKind.HEADING
    body = halve(content)[marker.length :]
    is_title = not any(end in body for end in _ENDS) and len(body) <= 2 * _MAX_HEADING
    return ClauseKind.HEADING if is_title and not is_leaf else ClauseKind.CLAUSE


def heading_of(content: str, marker: Marker, kind: ClauseKind) -> str:
    """Return a node's own heading: the whole line of a heading, the first short sentence of a clause."""
    plain = re.sub(r"\s+", " ", content.lstrip("#").strip())
    if kind is ClauseKind.HEADING:
        return plain.rstrip(":\uff1a。")
    if marker.absorbs and marker.rank != RANK_ANNEX:
        return marker.number
    half = halve(content)
    for end, limit in (("。", _MAX_HEADING), (":", _MAX_LABEL), (" ", _MAX_LABEL)):
        at = half.find(end, marker.length)
        if marker.length < at <= marker.length + limit:
            return content[:at].lstrip("#").strip()
    if len(content) - marker.length <= _MAX_HEADING:
        return plain.rstrip("。;\uff1b")
    return marker.number


def _unique(body: _Body, path: str) -> str:
    """Return the path, told apart where a document gives one number twice under one heading: 一〔2〕."""
    body.used[path] += 1
    count = body.used[path]
    return path if count == 1 else _unique(body, f"{path}〔{count}〕")


def _starts_paragraph(body: _Body, line: Line) -> bool:
    """Lines behind a numbered clause, and lines of responsible units, stay with what they follow."""
    if not body.stack or body.stack[-1].kind is ClauseKind.CLAUSE:
        return False
    has_node = body.nodes[-1].kind is ClauseKind.PARAGRAPH
    return not (has_node and _CONTINUES.match(halve(line.content)))


def _add_paragraph(body: _Body, line: Line) -> None:
    parent = body.stack[-1]
    body.used[parent.path + "/"] += 1
    path = f"{parent.path}/第{body.used[parent.path + '/']}段"
    body.nodes.append(Node(path, ClauseKind.PARAGRAPH, line.start, " > ".join(parent.headings)))
