"""The command on official formats: formats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from eval.formats import (
    FIELDS,
    FieldFigure,
    Judgement,
    Reading,
    figures,
    judge,
    official_files,
    read_all,
    read_labels,
    shares,
)
from eval.showing import progress_bars
from eval.statistics import Interval
from ingest.settings import IngestSettings

_NOTE = (
    "由 `python -m eval formats` 写出。召回的分母是写明了该项的文件,被拒收的算漏;"
    "精确的分母是读出了该项的文件;括号里是 95 % 区间。"
)


def formats(
    samples: Annotated[list[Path], typer.Option(help="放样本的目录,连同下级目录;可以多个")],
    labels: Annotated[Path, typer.Option(help="人工标注(YAML)")],
    out: Annotated[Path | None, typer.Option(help="把表写进这个 Markdown 文件")] = None,
    labelled_only: Annotated[bool, typer.Option(help="只读标注过的文件")] = False,
) -> None:
    """Measure what ingest reads out of real files, against labels made by hand."""
    known = read_labels(labels)
    files = [one for one in official_files(samples) if not labelled_only or one.name in known]
    with progress_bars() as progress:
        readings = read_all(files, IngestSettings(), progress)
    judged = judge(known, readings)
    text = "\n".join(_report(len(known), readings, judged)) + "\n"
    if out is not None:
        out.write_text(text, encoding="utf-8")
    typer.echo(text)


def _report(labelled: int, readings: Sequence[Reading], judged: Sequence[Judgement]) -> Iterator[str]:
    yield from (
        "# 官方格式读得怎么样",
        "",
        _NOTE,
        "",
        f"## 标题、文号、发文机关、日期(人工标注 {labelled} 份)",
        "",
    )
    yield "| 项 | 写明 n | 读出 n | 读对 n | 精确 | 召回 |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    yield from map(_row, figures(judged))
    yield from (
        "",
        f"## 读得了的份数(全部 {len(readings)} 份)",
        "",
        "| 格式 | 份数 | 读入 | 说明原因后拒收 |",
    )
    yield "| --- | ---: | ---: | ---: |"
    for name, counted in shares(readings).items():
        yield f"| {name} | {counted.total()} | {counted['read']} | {counted['refused']} |"
    yield from ("", "## 拒收的", "", *_refusals(readings), "", "## 没读对的", "")
    yield from ("| 文件 | 项 | 文件写的 | 读出的 |", "| --- | --- | --- | --- |", *_misses(judged))


def _row(figure: FieldFigure) -> str:
    counts = f"{figure.stated} | {figure.found} | {figure.right}"
    return f"| {FIELDS[figure.field]} | {counts} | {_shown(figure.precision)} | {_shown(figure.recall)} |"


def _shown(share: Interval | None) -> str:
    return f"{share.mean:.3f}({share.low:.3f}–{share.high:.3f})" if share else "—"


def _refusals(readings: Sequence[Reading]) -> list[str]:
    return [f"- {reading.reason}" for reading in readings if reading.values is None] or ["没有。"]


def _misses(judged: Sequence[Judgement]) -> Iterator[str]:
    for one in judged:
        if not one.is_right and (one.expected or one.actual):
            expected = " 或 ".join(one.expected) if one.field != "issuer" else "、".join(one.expected)
            actual = _cell(one.actual or "")
            yield f"| {_cell(one.name)} | {FIELDS[one.field]} | {_cell(expected)} | {actual} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ") or "(无)"
