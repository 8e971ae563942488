"""The commands on golden questions and runs: golden, generate, score."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from eval.candidates import add, waiting
from eval.catalogue import METRICS
from eval.factory import (
    asking_day,
    assistant_settings,
    build_asker,
    build_judge,
    ensure_documents,
    shipped_documents,
)
from eval.generating import describe
from eval.generating import generate as ask_all
from eval.golden import FOLDER, check_golden, load_golden
from eval.judging import JUDGED, LABELLED, Aspect, JudgeReport, judge_run, read_labelled
from eval.remote import OverHttp, describe_server, open_server
from eval.runs import RUN, read_run
from eval.score import LATENCY, SCORES, Figure, Latency, Scores, measure_latency
from eval.score import score as score_run
from eval.showing import progress_bars

RUNS = Path("reports") / "eval"
FOUND_PROBLEM = 1
WIDTH = 150
_ASPECTS = {Aspect.FAITHFULNESS: "忠实", Aspect.RELEVANCE: "切题", Aspect.TONE: "语气"}

golden_app = typer.Typer(no_args_is_help=True, help="金标问题:校验、构成、候选。")
golden_app.command(help="把一个反馈变成金标候选,等人补证据。")(add)
GoldenOption = Annotated[Path, typer.Option("--golden", help="金标文件,或放金标文件的目录")]
RunArgument = Annotated[Path, typer.Argument(metavar="RUN", help="评测目录")]
JobsOption = Annotated[int, typer.Option(min=1, max=64, help="用几个进程作答")]


@golden_app.command(help="逐条校验金标问题;有坏记录时逐条列出,退出码 1。")
def check(golden: GoldenOption = FOLDER) -> None:
    """List every fault of the golden questions."""
    questions, faults = check_golden(golden, shipped_documents())
    for fault in faults:
        typer.echo(str(fault))
    typer.echo(f"{len(questions)} 题可用,{len(faults)} 处不能用")
    settings = assistant_settings()
    candidates = waiting(settings.feedback, settings.vectorstore.data_dir)
    if candidates:
        typer.echo(candidates)
    if faults:
        raise typer.Exit(FOUND_PROBLEM)


@golden_app.command(help="金标问题的构成:题型、人群、应有的结局。")
def stats(golden: GoldenOption = FOLDER) -> None:
    """Count the golden questions."""
    questions = load_golden(golden, shipped_documents())
    table = Table(title=f"金标问题 n = {len(questions)}")
    for title in ("题型", "市民", "企业", "工作人员", "合计"):
        table.add_column(title, justify="left" if title == "题型" else "right")
    kinds = Counter(one.record.type for one in questions)
    cells = Counter((one.record.type, one.record.audience.value) for one in questions)
    for kind, count in kinds.most_common():
        row = [str(cells[kind, audience]) for audience in ("citizen", "enterprise", "staff")]
        table.add_row(kind, *row, str(count))
    _console().print(table)
    statuses = Counter(one.record.expected_status.value for one in questions)
    typer.echo("应有的结局:" + "、".join(f"{name} {count}" for name, count in statuses.most_common()))
    typer.echo(
        f"有证据的 {sum(bool(one.evidence) for one in questions)} 题,"
        f"多轮的 {sum(len(one.record.turns) > 1 for one in questions)} 题,"
        f"指明日期的 {sum(one.record.as_of is not None for one in questions)} 题"
    )


def generate(
    out: Annotated[Path, typer.Option(help="评测目录;中断后给同一目录可接着做")],
    golden: GoldenOption = FOLDER,
    jobs: JobsOption = 1,
    url: Annotated[str | None, typer.Option(help="问这个地址上正在运行的服务;不给则在本机直接作答")] = None,
) -> None:
    """Ask the assistant, here or at an address, every golden question and keep the answers."""
    if url is None:
        ask_into(out, golden, jobs)
    else:
        ask_server_into(out, golden, jobs, url)
    typer.echo(f"回答在 {out}")


def score(
    run: RunArgument,
    judge: Annotated[
        bool, typer.Option("--judge", help="另请对话模型评判忠实、切题、语气;只供参考,不决定过不过")
    ] = False,
) -> None:
    """Score a run and print its figures."""
    judging = build_judge(assistant_settings()) if judge else None
    scores, latency = score_into(run)
    _console().print(figures_table(scores, latency))
    typer.echo(f"评分在 {run / SCORES}")
    if judging is not None:
        with progress_bars() as progress:
            said = judge_run(read_run(run), read_labelled(LABELLED), judging, progress)
        (run / JUDGED).write_text(said.model_dump_json(indent=1) + "\n", encoding="utf-8")
        _console().print(judge_table(said))
        typer.echo(f"模型评判在 {run / JUDGED},只供参考")


def ask_into(out: Path, golden: Path, jobs: int) -> None:
    """Ask every golden question of a file or folder, and write the run folder."""
    documents, settings = ensure_documents(), assistant_settings()
    questions = load_golden(golden, documents)
    manifest = describe(questions, documents, settings, asking_day(settings))
    with progress_bars() as progress:
        ask_all(out, questions, manifest, build_asker(settings, jobs), progress)


def ask_server_into(out: Path, golden: Path, jobs: int, url: str) -> None:
    """Ask a running server every golden question of a file or folder, and write the run folder."""
    documents, settings = shipped_documents(), assistant_settings()
    questions, day = load_golden(golden, documents), asking_day(settings)
    with open_server(url) as server, progress_bars() as progress:
        manifest = describe_server(server, questions, documents, day)
        ask_all(out, questions, manifest, OverHttp(server, day, jobs), progress)


def score_into(folder: Path) -> tuple[Scores, Latency]:
    """Score a run folder, and write scores and times into it."""
    run = read_run(folder)
    with progress_bars() as progress:
        scores = score_run(run, progress)
    latency = measure_latency(run)
    (folder / SCORES).write_text(scores.model_dump_json(indent=1) + "\n", encoding="utf-8")
    (folder / LATENCY).write_text(latency.model_dump_json() + "\n", encoding="utf-8")
    return scores, latency


def figures_table(scores: Scores, latency: Latency) -> Table:
    """Return the figures over all questions."""
    table = Table(title=f"n = {scores.overall.n}", caption=_caption(scores, latency))
    for title in ("指标", "值", "95 % 区间", "n", "怎么算"):
        table.add_column(title, justify="left" if title in ("指标", "怎么算") else "right")
    for metric in METRICS:
        figure = scores.overall.figures[metric.name]
        table.add_row(metric.title, *cells_of(figure), metric.formula)
    return table


def cells_of(figure: Figure) -> tuple[str, str, str]:
    """Return value, interval and n of a figure as they are shown."""
    if figure.mean is None:
        return "未定义", "", "0"
    return f"{figure.mean:.3f}", f"{figure.low:.3f}–{figure.high:.3f}", str(figure.n)


def judge_table(said: JudgeReport) -> Table:
    """Return what a model judge says, with its agreement with the labelled answers beside it."""
    table = Table(title=f"模型评判({said.model}),不决定过不过")
    for title in ("方面", "值", "95 % 区间", "n", "没评出", "与标注一致", "Cohen κ", "标注 n"):
        table.add_column(title, justify="left" if title == "方面" else "right")
    for aspect, one in said.aspects.items():
        agreed = one.agreement
        table.add_row(
            _ASPECTS[aspect],
            *cells_of(one.figure),
            str(one.unjudged),
            "未定义" if agreed.share is None else f"{agreed.share:.3f}",
            "未定义" if agreed.kappa is None else f"{agreed.kappa:.3f}",
            str(agreed.n),
        )
    return table


def _caption(scores: Scores, latency: Latency) -> str:
    return (
        f"用时 p50 {latency.p50.mean:.0f} ms、p95 {latency.p95.mean:.0f} ms;"
        f"回答长度中位数 {scores.length_median:.0f} 字;故障 {scores.failed} 题"
    )


def _console() -> Console:
    return Console(width=WIDTH)


def is_run(folder: Path) -> bool:
    """Whether a folder holds a run."""
    return (folder / RUN).is_file()
