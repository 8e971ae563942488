"""The commands that judge: compare, report, run, accept, impact."""

from __future__ import annotations

import getpass
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from eval.baseline import FOLDER as BASELINE
from eval.baseline import accept as store_baseline
from eval.baseline import load_scores
from eval.catalogue import BY_NAME
from eval.commands import (
    RUNS,
    WIDTH,
    GoldenOption,
    JobsOption,
    RunArgument,
    ask_into,
    figures_table,
    is_run,
    score_into,
)
from eval.comparing import Comparison, Verdict
from eval.comparing import compare as compare_scores
from eval.errors import RunError
from eval.factory import (
    asking_day,
    assistant_settings,
    build_asker,
    default_run,
    ensure_documents,
)
from eval.generating import current_commit
from eval.golden import FOLDER as GOLDEN
from eval.golden import check_golden
from eval.impact import find_impact, mark
from eval.reporting import write_report
from eval.runs import Run, read_manifest, read_run
from eval.score import answer_digest
from eval.showing import progress_bars

_SHOWN_FLIPS = 20
_SHOWN_ANSWER = 300
BaselineOption = Annotated[Path, typer.Option(help="基线目录")]


def compare(
    base: Annotated[Path, typer.Argument(metavar="BASE", help="评测目录,或基线目录")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="新的评测目录")],
) -> None:
    """Compare two runs; exits with 0, 1 or 2 as the verdict says."""
    comparison = compare_scores(load_scores(base), load_scores(new))
    _show(comparison, base, new)
    raise typer.Exit(comparison.verdict.exit_code)


def report(
    run: RunArgument,
    base: Annotated[Path | None, typer.Option(help="与哪次评测(或基线)比较")] = None,
) -> None:
    """Write the report of a run as HTML and Markdown."""
    comparison = None if base is None else compare_scores(load_scores(base), load_scores(run))
    for path in write_report(run, comparison, base, BASELINE):
        typer.echo(f"报告在 {path}")


def run(
    out: Annotated[Path | None, typer.Option(help="评测目录;不给则在 reports/eval 下新建")] = None,
    golden: GoldenOption = GOLDEN,
    baseline: BaselineOption = BASELINE,
    jobs: JobsOption = 1,
) -> None:
    """Ask, score, compare with the baseline and report; exits with 0, 1 or 2 as the verdict says."""
    folder = out or default_run(current_commit(), RUNS)
    ask_into(folder, golden, jobs)
    scores, latency = score_into(folder)
    _console().print(figures_table(scores, latency))
    try:
        comparison = compare_scores(load_scores(baseline), scores)
    except RunError as error:
        comparison = Comparison(verdict=Verdict.UNKNOWN, reasons=(str(error),))
    _show(comparison, baseline, folder)
    for path in write_report(folder, comparison, baseline, baseline):
        typer.echo(f"报告在 {path}")
    if comparison.verdict is Verdict.UNKNOWN:
        typer.echo(f'核对报告后,可用 python -m eval accept {folder} --why "原因" 换基线。')
    raise typer.Exit(comparison.verdict.exit_code)


def accept(
    run: RunArgument,
    why: Annotated[str, typer.Option(help="为什么接受;会记下来")],
    baseline: BaselineOption = BASELINE,
    who: Annotated[str | None, typer.Option(help="谁接受的;不给则取 git 的用户名")] = None,
) -> None:
    """Make a run the baseline, and record who did, when and why."""
    manifest = read_manifest(run)
    if manifest is None:
        raise RunError(f"{run} 不是一次评测的目录。")
    when = datetime.now(UTC).replace(microsecond=0)
    made = store_baseline(baseline, load_scores(run), manifest, who or _user(), when, why)
    typer.echo(f"基线已换:{made.who} {made.when:%Y-%m-%d %H:%M} UTC,原因:{made.why}")


def impact(
    golden: GoldenOption = GOLDEN,
    baseline: BaselineOption = BASELINE,
    ask: Annotated[bool, typer.Option(help="重新作答,看哪些回答变了")] = True,
) -> None:
    """List the golden questions that a changed corpus touches; exits with 1 where there are some."""
    base = load_scores(baseline).questions
    documents, settings = ensure_documents(), assistant_settings()
    questions, faults = check_golden(golden, documents)
    answers: dict[str, str] = {}
    if ask:
        records = [one.record for one in questions]
        with progress_bars() as progress:
            asker = build_asker(settings, 1)
            for done, (record, answer) in enumerate(zip(records, asker(records), strict=True), start=1):
                answers[record.id] = answer_digest(answer)
                progress("作答", done, len(records))
    found = find_impact(base, documents, answers)
    for one in found.to_review:
        clauses = "、".join([*one.changed, *(f"{gone}(已删)" for gone in one.gone)])
        state = {None: "没有重问", True: "回答变了", False: "回答没变"}[one.answer_changed]
        typer.echo(f"{one.id}:证据所在条款有改动,金标待复核:{clauses};{state}")
    for fault in faults:
        typer.echo(f"{fault}(金标待复核)")
    typer.echo(f"金标待复核 {len(found.to_review)} 题,记在 {mark(baseline, found)}")
    typer.echo(
        f"回答变了 {len(found.answers_changed)} 题"
        + (f":{'、'.join(found.answers_changed)}" if found.answers_changed else "")
        + f"(提问日期 {asking_day(settings)})"
    )
    if found.to_review or faults:
        raise typer.Exit(1)


def _show(comparison: Comparison, base: Path, new: Path) -> None:
    console = _console()
    console.print(f"结论:{comparison.verdict.value}", style="bold")
    for reason in comparison.reasons:
        typer.echo(f"  {reason}")
    if comparison.overall:
        console.print(_table(comparison))
    if comparison.flips:
        typer.echo(f"有变化的题 {len(comparison.flips)} 道(全部见报告):")
    answers = [_answers(base), _answers(new)]
    for flip in comparison.flips[:_SHOWN_FLIPS]:
        names = "、".join(BY_NAME[name].title for name in flip.metrics)
        typer.echo(f"\n{flip.id} {flip.type} {'变差' if flip.worse else '变好'}:{names}")
        for title, texts in zip(("旧", "新"), answers, strict=True):
            text = texts.get(flip.id)
            typer.echo(f"  {title}:{text[:_SHOWN_ANSWER] if text else '(基线不存回答)'}")


def _answers(folder: Path) -> dict[str, str]:
    if not is_run(folder):
        return {}
    found: Run = read_run(folder)
    return {line.id: " ".join(line.answer.text.split()) for line in found.answers}


def _table(comparison: Comparison) -> Table:
    table = Table()
    for title in ("指标", "旧", "新", "变化", "95 % 区间", "单侧 p", "McNemar p", "n", "结论"):
        table.add_column(title, justify="left" if title in ("指标", "结论") else "right")
    for one in comparison.overall:
        metric = BY_NAME[one.metric]
        if one.change is None:
            table.add_row(metric.title, "", "", "", "", "", "", "0", "未定义")
            continue
        table.add_row(
            metric.title,
            f"{one.base:.3f}",
            f"{one.new:.3f}",
            f"{one.change:+.3f}",
            f"{one.low:+.3f}–{one.high:+.3f}",
            f"{one.p:.4f}",
            "" if one.mcnemar is None else f"{one.mcnemar:.4f}",
            str(one.n),
            one.verdict.value + ("" if metric.gated else "(不计入)"),
        )
    return table


def _user() -> str:
    try:
        named = subprocess.run(["git", "config", "user.name"], capture_output=True, text=True, check=True)
        return named.stdout.strip() or getpass.getuser()
    except (OSError, subprocess.CalledProcessError):
        return getpass.getuser()


def _console() -> Console:
    return Console(width=WIDTH)
