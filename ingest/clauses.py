"""Text -> clause tree (条款): a flat list of nodes in document order whose texts joined are the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest import front, signatures, tail
from ingest.annexes import Annex, Annexes, annex_behind, find_annexes
from ingest.body import Body, Passage
from ingest.glued import find_glued
from ingest.lines import Line, Node, filled, split_lines
from ingest.numbering import (
    RANK_ARTICLE,
    RANK_ARTICLE_WITHIN,
    RANK_CHINESE,
    Marker,
    parse_marker,
)
from ingest.tables import find_tables
from vectorstore.models import ClauseKind


@dataclass(frozen=True)
class Outline:
    """The nodes of a document and what its front says.

    Attributes:
        nodes: all nodes in document order; the first starts at 0.
        title: title line without stray spaces, or None.
        subtitle: bracketed lines under the title, e.g. (征求意见稿).
        numbered: how many nodes came from a number or a heading mark.
        paragraphs: how many nodes are paragraphs or rows.
    """

    nodes: tuple[Node, ...]
    title: str | None
    subtitle: str
    numbered: int
    paragraphs: int

    @property
    def is_official(self) -> bool:
        """Whether there are clauses, or paragraphs under the title of an official document (批复, 决定)."""
        named = self.title is not None and front.names_a_document(self.title)
        return self.numbered > 0 or (named and self.paragraphs > 0)


def outline(text: str, known_title: str | None = None) -> Outline:
    """Return the clause tree of a text as nodes with start offsets; the page may say what its title is."""
    lines = split_lines(text)
    head = front.read_front(lines, known_title)
    contents = front.find_contents(lines, head.end)
    end = tail.find_tail(lines, contents.end)
    annexes = find_annexes(lines, contents.end, end)
    stop = annexes.bodies[0].start if annexes.bodies else end
    tables = find_tables(lines, contents.end, stop)
    markers = _markers(lines, contents.end, stop, annexes)
    begin = min(markers, default=stop)
    signature = signatures.find_last_signature(lines, begin if markers else contents.end, stop)
    inner = None if signature is not None else _signed_within(lines, begin, stop)
    if inner is not None:
        signature, annexes = inner.signature, replace(annexes, bodies=(inner.annex, *annexes.bodies))
        markers = {index: marker for index, marker in markers.items() if index < signature}
    main = stop if signature is None else signature
    body = Body(lines)
    body.read(Passage(begin, main, markers, tables))
    introduction = front.introduction(lines, head.end, contents, min(begin, main), tables, bool(markers))
    nodes = [*head.nodes, *introduction, *body.nodes]
    if signature is not None:
        nodes.append(_signature(lines, signature, nodes))
    nodes += _read_annexes(body, annexes)
    nodes += tail.read_tail(lines, end)
    if nodes:
        nodes[0] = replace(nodes[0], start=0)
    paragraphs = sum(node.kind in (ClauseKind.PARAGRAPH, ClauseKind.ROW) for node in nodes)
    return Outline(tuple(nodes), head.title, head.subtitle, len(body.nodes), paragraphs)


@dataclass(frozen=True)
class _Signed:
    """A signature in the middle of the lines, and what stands behind it without the word 附件."""

    signature: int
    annex: Annex


def _signed_within(lines: Sequence[Line], begin: int, stop: int) -> _Signed | None:
    """Return the first signature of a body that a table or a titled text follows, or None."""
    at = begin
    while (span := signatures.find_letter_signature(lines, at, stop, one_line=True)) is not None:
        annex = annex_behind(lines, span.end, stop)
        if annex is not None:
            return _Signed(span.start, annex)
        at = span.end
    return None


def _signature(lines: Sequence[Line], index: int, before: Sequence[Node]) -> Node:
    """Return the node of the signature at the end; a letter before the text may have one already."""
    is_second = any(node.path == signatures.PATH for node in before)
    path = f"{signatures.PATH}〔2〕" if is_second else signatures.PATH
    return Node(path, ClauseKind.METADATA, lines[index].start, signatures.PATH)


def _read_annexes(body: Body, annexes: Annexes) -> Sequence[Node]:
    """Return the nodes of the annexes; each has a numbering of its own."""
    already = len(body.nodes)
    body.end_section()
    for annex in annexes.bodies:
        body.begin_annex(annex)
        tables = find_tables(body.lines, annex.body, annex.end)
        markers = _markers(body.lines, annex.body, annex.end, annexes)
        body.read(Passage(annex.body, annex.end, markers, tables))
    return body.nodes[already:]


def _markers(lines: Sequence[Line], start: int, end: int, annexes: Annexes) -> dict[int, Marker]:
    """Return the marks of lines by index, 第X条 ranked below 一、 where chapters are numbered 一、.

    A line 附件 is a mark where it lists annexes; those that begin one are no lines of the body.
    """
    found: dict[int, Marker] = {}
    for index in filled(lines, start, end):
        marker = annexes.lists.get(index) or parse_marker(lines[index].content)
        if marker is not None and (index in annexes.lists or marker.rank >= 10):
            found[index] = marker
    found |= find_glued(lines, start, end, found)
    ranks = (marker.rank for _, marker in sorted(found.items()))
    outermost = next((rank for rank in ranks if rank in (RANK_ARTICLE, RANK_CHINESE)), None)
    if outermost != RANK_CHINESE:
        return found
    return {
        i: replace(marker, rank=RANK_ARTICLE_WITHIN) if marker.rank == RANK_ARTICLE else marker
        for i, marker in found.items()
    }
