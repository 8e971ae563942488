"""Progress bars and tables of the command line; bars go to stderr, so that stdout stays the result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from eval.ablation import AblationRow
from eval.retrieval import METRICS, RetrievalReport
from eval.retrieval import Progress as Report
from eval.statistics import Interval


@contextmanager
def progress_bars() -> Iterator[Report]:
    """Show one bar for each thing that is reported while the body runs."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks = {}

        def report(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield report


def retrieval_table(report: RetrievalReport) -> Table:
    """Return the report as a table: a leg a row, each figure with its 95 % interval."""
    table = Table(title=f"n = {report.n}, {report.model}", caption=_caption(report))
    table.add_column("leg")
    for name in METRICS:
        table.add_column(name, justify="right")
    table.add_column("p50 / p95 ms", justify="right")
    for leg, metrics in report.legs.items():
        cells = [f"{m.mean:.3f}\n[{m.low:.3f}, {m.high:.3f}]" for m in (metrics[name] for name in METRICS)]
        times = report.latency_ms[leg]
        table.add_row(leg, *cells, f"{times.p50:.1f} / {times.p95:.1f}")
    return table


def _caption(report: RetrievalReport) -> str:
    tests = [
        f"nDCG@10 {name}: {test.difference:+.3f} [{test.low:+.3f}, {test.high:+.3f}], p = {test.p:.4f}"
        for name, test in report.paired.items()
    ]
    built = report.indexing
    speed = f"indexed {built.documents} in {built.seconds:.1f} s ({built.documents_per_s:.0f}/s)"
    return "\n".join([*tests, f"{speed}; peak memory {report.peak_memory_mb:.0f} MB"])


def ablation_table(rows: Sequence[AblationRow]) -> Table:
    """Return the rows as a table."""
    table = Table(title="recall@5 of evidence clauses")
    for name in _header(rows):
        table.add_column(name, justify="right", overflow="fold")
    for row in rows:
        table.add_row(*_cells(row))
    return table


def ablation_markdown(rows: Sequence[AblationRow]) -> str:
    """Return the rows as a table in Markdown."""
    header = _header(rows)
    lines = [header, ["---"] * len(header), *(_cells(row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _header(rows: Sequence[AblationRow]) -> list[str]:
    types = [f"{kind} (n={value.n})" for kind, value in rows[0].by_type.items()]
    return ["variant", f"recall@5 (n={rows[0].recall.n})", "hit_rate@1", *types]


def _cells(row: AblationRow) -> list[str]:
    return [
        row.name,
        _shown(row.recall),
        _shown(row.hit_rate),
        *(f"{value.mean:.2f}" for value in row.by_type.values()),
    ]


def _shown(value: Interval) -> str:
    return f"{value.mean:.3f} [{value.low:.3f}, {value.high:.3f}]"
