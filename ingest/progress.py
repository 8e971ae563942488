"""Bars that show on a terminal how far reading and writing are; nothing is printed elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ingest import messages


@contextmanager
def reading_progress(console: Console, files: int) -> Iterator[Callable[[Path], None]]:
    """Show a bar over a number of files; what it yields is told each file before it is read."""
    with _bar(console) as bar:
        task = bar.add_task(messages.READING.format(name=""), total=files)
        begun = False

        def tell(path: Path) -> None:
            nonlocal begun
            line = escape(messages.READING.format(name=path.name))
            bar.update(task, advance=1 if begun else 0, description=line)
            begun = True

        yield tell


@contextmanager
def fetching_progress(console: Console, sources: int) -> Iterator[Callable[[str], None]]:
    """Show a bar over a number of sources; what it yields is told each title before it is fetched."""
    with _bar(console) as bar:
        task = bar.add_task(messages.FETCHING.format(title=""), total=sources)
        begun = False

        def tell(title: str) -> None:
            nonlocal begun
            bar.update(
                task, advance=1 if begun else 0, description=escape(messages.FETCHING.format(title=title))
            )
            begun = True

        yield tell


@contextmanager
def writing_progress(console: Console) -> Iterator[Callable[[int, int], None]]:
    """Show a bar over the chunks that are written; what it yields is told the chunks done and all chunks."""
    with _bar(console) as bar:
        task = bar.add_task(messages.PREPARING, total=None)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, description=messages.WRITING)

        yield tell


def _bar(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
