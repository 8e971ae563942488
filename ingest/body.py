"""The body of a document, or of one of its annexes: numbered headings and clauses, paragraphs, tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.annexes import ANNEX_RANKS, RANK_ENTRY, Annex
from ingest.lines import Line, Node, filled
from ingest.numbering import Marker
from ingest.tables import Table, table_nodes
from ingest.widths import halve
from vectorstore.models import ClauseKind

_ENDS = "。;!?"
_CONTINUES = re.compile(r"[(\[]?\s*(?:责任|牵头|配合|实施|落实|参与)(?:单位|部门)\s*:")
_PARTS = (
    *("函", "通知", "公告", "公示", "启事", "通告", "标题", "题注", "目录", "引言", "正文"),
    *("落款", "征集信息", "表单"),
)
"""Paths of the parts around the body; a heading of the same words gets a path of its own."""
_SPACES = re.compile(r"\s+")
_MAX_HEADING = 40
_MAX_LABEL = 20
_RANK_SECTION = 30


@dataclass(frozen=True)
class _Frame:
    marker: Marker
    path: str
    headings: tuple[str, ...]
    kind: ClauseKind


@dataclass(frozen=True)
class Passage:
    """The lines from index `begin` to before `end`, with their marks and tables by index of line."""

    begin: int
    end: int
    markers: Mapping[int, Marker]
    tables: Mapping[int, Table]


@dataclass
class Body:
    """Reads bodies into nodes; paths are told apart over all that it has read."""

    lines: Sequence[Line]
    nodes: list[Node] = field(default_factory=list)
    _stack: list[_Frame] = field(default_factory=list)
    _used: Counter[str] = field(default_factory=lambda: Counter(_PARTS))

    def begin_annex(self, annex: Annex) -> None:
        """Open an annex: what is read next stands under it."""
        self._close(annex.marker.rank)
        parent = self._stack[-1] if self._stack else None
        path = self._unique(_below(parent, annex.marker.number))
        heading = f"{annex.marker.number} {annex.title}".strip() if annex.is_marked else annex.title
        marker = replace(annex.marker, absorbs=False)
        if annex.body > annex.start:
            self._push(marker, path, heading, ClauseKind.HEADING, self.lines[annex.start])
        else:  # a table alone, which has a caption of its own
            self._stack.append(_Frame(marker, path, (), ClauseKind.HEADING))

    def end_section(self) -> None:
        """Close all headings."""
        self._stack.clear()

    def read(self, passage: Passage) -> None:
        """Add the nodes of a passage."""
        indices = list(filled(self.lines, passage.begin, passage.end))
        behind_table = 0
        for position, index in enumerate(indices):
            if index < behind_table:
                continue
            table = passage.tables.get(index)
            if table is not None:
                self._add_table(table)
                behind_table = table.end
                continue
            following = indices[position + 1] if position + 1 < len(indices) else None
            self._read_line(index, following, passage)

    def _read_line(self, index: int, following: int | None, passage: Passage) -> None:
        marker = passage.markers.get(index)
        if marker is not None and not self._absorbed(marker):
            follower = passage.markers.get(following) if following is not None else None
            is_leaf = following is None or (follower is not None and follower.rank <= marker.rank)
            self._open(self.lines[index], marker, is_leaf)
        elif self._starts_paragraph(self.lines[index]):
            self._add_paragraph(self.lines[index])

    def _absorbed(self, marker: Marker) -> bool:
        return any(_absorbs(frame.marker, marker) for frame in self._stack)

    def _open(self, line: Line, marker: Marker, is_leaf: bool) -> None:
        self._close(marker.rank)
        parent = self._stack[-1] if self._stack else None
        path = self._unique(_below(parent, marker.number))
        kind = _kind(line.content, marker, is_leaf)
        self._push(marker, path, heading_of(line.content, marker, kind), kind, line)

    def _close(self, rank: int) -> None:
        """Close the headings that a mark of this rank ends; a list of annexes holds nothing but entries."""
        while self._stack and (self._stack[-1].marker.rank >= rank or _is_list(self._stack[-1].marker)):
            self._stack.pop()

    def _push(self, marker: Marker, path: str, heading: str, kind: ClauseKind, line: Line) -> None:
        headings = (*self._stack[-1].headings, heading) if self._stack else (heading,)
        self._stack.append(_Frame(marker, path, headings, kind))
        self.nodes.append(Node(path, kind, line.start, " > ".join(headings), heading, marker.number))

    def _unique(self, path: str) -> str:
        """Return the path, told apart where a number is given twice under one heading: 一〔2〕."""
        self._used[path] += 1
        count = self._used[path]
        return path if count == 1 else self._unique(f"{path}〔{count}〕")

    def _starts_paragraph(self, line: Line) -> bool:
        """Lines behind a numbered clause, and lines of responsible units, stay with what they follow."""
        if not self._stack:
            return False
        last = self.nodes[-1].kind
        if self._stack[-1].kind is ClauseKind.CLAUSE:
            return last is ClauseKind.ROW
        return not (last is ClauseKind.PARAGRAPH and _CONTINUES.match(halve(line.content)))

    def _add_paragraph(self, line: Line) -> None:
        parent = self._stack[-1]
        path = f"{parent.path}/第{self._next(parent.path + '/')}段"
        self.nodes.append(Node(path, ClauseKind.PARAGRAPH, line.start, " > ".join(parent.headings)))

    def _add_table(self, table: Table) -> None:
        if not self._stack:
            return
        parent = self._stack[-1]
        number = self._next(parent.path + "/表")
        self.nodes += table_nodes(self.lines, table, parent.path, parent.headings, number)

    def _next(self, what: str) -> int:
        self._used[what] += 1
        return self._used[what]


def heading_of(content: str, marker: Marker, kind: ClauseKind) -> str:
    """Return a node's own heading: the whole line of a heading, the first short sentence of a clause."""
    plain = _SPACES.sub(" ", content.lstrip("#").strip())
    if kind is ClauseKind.HEADING:
        return plain.rstrip(":\uff1a。")
    if marker.absorbs:
        return marker.number
    half = halve(content)
    for end, limit in (("。", _MAX_HEADING), (":", _MAX_LABEL), (" ", _MAX_LABEL)):
        at = half.find(end, marker.length)
        if marker.length < at <= marker.length + limit:
            return content[:at].lstrip("#").strip()
    if len(content) - marker.length <= _MAX_HEADING:
        return plain.rstrip("。;\uff1b")
    return marker.number


def _below(parent: _Frame | None, number: str) -> str:
    return f"{parent.path}/{number}" if parent else number


def _is_list(marker: Marker) -> bool:
    return marker.absorbs and marker.rank in ANNEX_RANKS


def _absorbs(outer: Marker, inner: Marker) -> bool:
    if not outer.absorbs:
        return False
    return inner.rank >= RANK_ENTRY if outer.rank in ANNEX_RANKS else inner.rank > outer.rank


def _kind(content: str, marker: Marker, is_leaf: bool) -> ClauseKind:
    """A marked line is a bare heading if it holds no sentence and something stands under it."""
    if marker.absorbs:
        return ClauseKind.CLAUSE
    if marker.rank <= _RANK_SECTION or content.startswith("#"):
        return ClauseKind.HEADING
    body = halve(content)[marker.length :]
    is_title = not any(end in body for end in _ENDS) and len(body) <= 2 * _MAX_HEADING
    return ClauseKind.HEADING if is_title and not is_leaf else ClauseKind.CLAUSE
