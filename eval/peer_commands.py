"""`python -m eval peers`: the product beside the stock recipes."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from eval.golden import SHIPPED, GoldenEvidence, read_golden
from eval.langchain_peers import stock_peers
from eval.peers import BUDGETS, PeerRow, ProductPeer, WholePeer, compare
from eval.retrieval import Progress
from eval.settings import IndexSettings
from eval.showing import progress_bars
from eval.statistics import Interval
from ingest.factory import build_documents, build_readable
from ingest.settings import IngestSettings
from ingest.taking import corpus_files
from vectorstore.factory import load_embedder, open_index, open_writer
from vectorstore.models import IndexedDocument


def peers(
    golden: Annotated[Path, typer.Option(help="golden questions, JSON lines")] = SHIPPED,
    beside: Annotated[
        Path | None, typer.Option(help="folder of documents that lie beside the plan, e.g. all laws")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print the rows as JSON")] = False,
    markdown: Annotated[bool, typer.Option(help="print a table in Markdown")] = False,
) -> None:
    """Compare the search with stock recipes: same questions, same model, equal budgets of context."""
    questions = [one for one in read_golden(golden) if one.evidence]
    section = IngestSettings()
    with progress_bars() as progress:
        items = build_documents(corpus_files(section.corpus_dir), section)
        if beside is not None:
            items = (*items, *build_readable(beside, section))
        rows = measure_peers(items, questions, progress)
    if as_json:
        typer.echo(json.dumps([row.model_dump() for row in rows], ensure_ascii=False, indent=2))
    elif markdown:
        cells = [_header(rows), ["---"] * 6, *(_cells(row) for row in rows)]
        typer.echo("\n".join(f"| {' | '.join(line)} |" for line in cells))
    else:
        Console(width=160).print(_table(rows))


def measure_peers(
    items: Sequence[IndexedDocument], questions: Sequence[GoldenEvidence], progress: Progress
) -> tuple[PeerRow, ...]:
    """Return the rows of all recipes over an index that is made and thrown away."""
    settings = IndexSettings().vectorstore
    embedder = load_embedder(settings)
    documents = [item.document for item in items]
    with tempfile.TemporaryDirectory(prefix="huxz-eval-") as folder:
        fresh = settings.model_copy(update={"data_dir": Path(folder)})
        open_writer(fresh, embedder=embedder).apply(items)
        index = open_index(fresh, embedder=embedder)
        try:
            ours = ProductPeer(index.retriever)
            recipes = (*stock_peers(documents, embedder), WholePeer(documents[0]), ours)
            return compare(recipes, questions, documents, progress)
        finally:
            index.close()


def _header(rows: Sequence[PeerRow]) -> list[str]:
    n = rows[0].one_clause.n
    budgets = [f"recall, {budget} characters" for budget in BUDGETS]
    return [f"recipe (n={n})", *budgets, "within one clause", "p50 ms"]


def _cells(row: PeerRow) -> list[str]:
    recalls = [_shown(row.recall[budget]) for budget in BUDGETS]
    return [row.name, *recalls, f"{row.one_clause.mean:.2f}", f"{row.p50_ms:.1f}"]


def _shown(value: Interval) -> str:
    return f"{value.mean:.3f} [{value.low:.3f}, {value.high:.3f}]"


def _table(rows: Sequence[PeerRow]) -> Table:
    table = Table(title="evidence within equal budgets of context")
    for name in _header(rows):
        table.add_column(name, justify="right", overflow="fold")
    for row in rows:
        table.add_row(*_cells(row))
    return table
