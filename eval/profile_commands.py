"""The command on golden profiles: how well enterprises are matched to support."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from assistant.ledger import Ledger
from assistant.support.factory import build_desk
from eval.factory import ensure_documents
from eval.profiles import PROFILES, ProfileScores, read_profiles, score_profiles
from vectorstore.embeddings import StaticEmbedder

FOUND_PROBLEM = 1
_WIDTH = 120
_EXPLAINED = {
    "direct_precision": "判为可直接对应的,有多少确实是",
    "direct_recall": "应为可直接对应的,判出多少",
    "possible_precision": "判为可能对应的,有多少确实是",
    "possible_recall": "应为可能对应的,判出多少",
    "direction_recall": "应为仅方向无标准的,判出多少",
    "not_recall": "应为不适用的,判出多少",
    "sum_right": "测算的金额与门槛,对多少",
    "profile_right": "一处不差的企业,占多少",
}

Split = Literal["dev", "held", "all"]


def profiles(
    golden: Annotated[Path, typer.Option(help="金标企业,YAML 文件")] = PROFILES,
    split: Annotated[Split, typer.Option(help="dev:边做边看过的;held:最后才看的;all:全部")] = "all",
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """Match every golden profile and print the figures; exit code 1 where a trap was fallen into."""
    wanted = [one for one in read_profiles(golden) if split in ("all", one.split)]
    desk = build_desk(Ledger(ensure_documents()), StaticEmbedder())
    scores = score_profiles(wanted, desk)
    if as_json:
        typer.echo(scores.model_dump_json(indent=1))
    else:
        _print(scores)
    if scores.traps_avoided < scores.traps:
        raise typer.Exit(FOUND_PROBLEM)


def _print(scores: ProfileScores) -> None:
    table = Table(
        title=f"企业匹配 n = {scores.n}", caption=f"陷阱 {scores.traps} 处,避开 {scores.traps_avoided}"
    )
    for title in ("指标", "值", "95 % 区间", "n", "怎么算"):
        table.add_column(title, justify="left" if title in ("指标", "怎么算") else "right")
    for name, figure in scores.figures.items():
        span = f"{figure.low:.3f}–{figure.high:.3f}"
        table.add_row(name, f"{figure.mean:.3f}", span, str(figure.n), _EXPLAINED.get(name, ""))
    Console(width=_WIDTH).print(table)
    for outcome in scores.outcomes:
        for fault in outcome.faults:
            typer.echo(f"{outcome.id}:{fault}")
