"""The command on the scope: what is answered that lies inside, and refused that lies outside."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from assistant.factory import build_assistant
from eval.factory import assistant_settings, ensure_documents
from eval.scope import SCOPE, read_scope, score_scope
from eval.statistics import Interval

_WIDTH = 100


def scope(
    golden: Annotated[Path, typer.Option(help="范围问题,YAML 文件")] = SCOPE,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """Ask all questions inside and outside the scope and print the shares refused."""
    questions = read_scope(golden)
    ensure_documents()
    scores = score_scope(questions, build_assistant(assistant_settings()).pipeline.answer)
    if as_json:
        typer.echo(scores.model_dump_json(indent=1))
        return
    table = Table(title="拒答的份额:范围内的应少,范围外的应多")
    for title in ("问题", "拒答", "95 % 区间", "n"):
        table.add_column(title, justify="left" if title == "问题" else "right")
    _add(table, "范围内", scores.inside_refused)
    _add(table, "范围外", scores.outside_refused)
    for kind, share in scores.by_kind.items():
        _add(table, kind, share)
    Console(width=_WIDTH).print(table)
    for title, texts in (("范围内被拒", scores.refused_inside), ("范围外作答", scores.answered_outside)):
        for text in texts:
            typer.echo(f"{title}:{text}")


def _add(table: Table, name: str, share: Interval) -> None:
    table.add_row(name, f"{share.mean:.3f}", f"{share.low:.3f}–{share.high:.3f}", str(share.n))
