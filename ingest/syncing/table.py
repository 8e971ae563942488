"""The tables that `sync` prints."""

from __future__ import annotations

from collections.abc import Sequence

from rich.markup import escape
from rich.table import Column, Table

from ingest.syncing.snapshots import Snapshots
from ingest.syncing.sources import Source
from ingest.syncing.visiting import State, Visit, day_of

_COLOURS = {State.VANISHED: "yellow", State.FAILED: "red", State.NEW: "green", State.CHANGED: "green"}


def visit_table(visits: Sequence[Visit]) -> Table:
    """Return what became of each source."""
    table = Table("来源编号", "标题", "结果", "核对日期", "说明")
    for visit in visits:
        state = visit.state
        colour = _COLOURS.get(state)
        table.add_row(
            escape(visit.source.id),
            escape(visit.source.title),
            f"[{colour}]{state.value}[/]" if colour else state.value,
            day_of(visit.snapshot.checked_at) if visit.snapshot else "",
            escape(visit.line),
        )
    return table


def plan_table(sources: Sequence[Source], snapshots: Snapshots) -> Table:
    """Return what would be fetched, and what is held of it."""
    table = Table("来源编号", "标题", Column("网址", overflow="fold"), "上次核对")
    for source in sources:
        last = snapshots.last(source.id)
        checked = day_of(last.checked_at) if last else ""
        table.add_row(escape(source.id), escape(source.title), escape(source.url), checked)
    return table
