"""Nodes -> clauses with what their texts name: units, targets, instruments, references."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.clauses import Outline
from ingest.instruments import InstrumentFinder, shipped_instruments
from ingest.lines import Node
from ingest.references import ReferenceFinder
from ingest.tables import cell_spans, header_of, is_table
from ingest.targets import find_targets
from ingest.units import find_units, units_in
from ingest.widths import halve
from vectorstore.models import Clause, ClauseKind, ResponsibleUnit, text_digest

_ANNOTATED = frozenset({ClauseKind.CLAUSE, ClauseKind.PARAGRAPH, ClauseKind.HEADING})
_UNIT_COLUMN = re.compile(r"(?:责任|牵头|配合|实施|落实|参与)(?:单位|部门)")


def annotate(text: str, tree: Outline) -> Iterator[Clause]:
    """Yield the clauses of a text: each node with its verbatim text and what that names."""
    references = ReferenceFinder.over(tree.nodes, tree.title)
    instruments = _instruments()
    header: tuple[str, ...] = ()
    ends = [*(node.start for node in tree.nodes[1:]), len(text)]
    for node, end in zip(tree.nodes, ends, strict=True):
        part = text[node.start : end]
        is_prose = node.kind in _ANNOTATED
        is_article = (node.number or "").startswith("第")  # the numbers of a law are conditions, not goals
        is_row = node.kind is ClauseKind.ROW
        if is_table(node.number):
            header = header_of(part)
        yield Clause(
            path=node.path,
            kind=node.kind,
            number=node.number,
            heading=node.heading,
            heading_path=node.heading_path,
            text=part,
            start=node.start,
            end=end,
            units=find_units(part, node.start) if is_prose else _row_units(node, part, header),
            targets=find_targets(part, node.start) if is_prose and not is_article else (),
            instruments=instruments.find(part, node.start) if is_prose or is_row else (),
            digest=text_digest(part),
            references=references.find(node, part),
        )


@cache
def _instruments() -> InstrumentFinder:
    return shipped_instruments()


def _row_units(node: Node, row: str, header: tuple[str, ...]) -> tuple[ResponsibleUnit, ...]:
    """Return the units in the columns 责任单位, 牵头单位 ... of a row."""
    if node.kind is not ClauseKind.ROW:
        return ()
    columns = zip(header, cell_spans(row), strict=False)
    return units_in(row, [span for name, span in columns if _UNIT_COLUMN.search(halve(name))], node.start)
