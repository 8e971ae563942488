"""The command line: ask, ask --batch, serve."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError
from rich.console import Console
from rich.markdown import Markdown
from rich.progress import track

from assistant.batch import BatchLine, answer_json, read_batch, write_batch
from assistant.errors import AssistantError
from assistant.factory import Assistant, build_assistant
from assistant.models import Answer, Audience, Question, Status
from assistant.settings import RootSettings, load_settings
from assistant.staff_commands import hash_password, staff_bench
from assistant.support import commands as matching
from prompts.loader import PromptError, load_messages
from vectorstore.errors import IndexMismatchError, IndexMissingError, VectorStoreError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="湖小政:按政策原文回答,每句话注明出处。",
)
errors = Console(stderr=True)
FOUND_PROBLEM = 1
WRONG_USE = 2
_INDEX_FAULTS = (
    (IndexMissingError, "fault.index_missing"),
    (IndexMismatchError, "fault.index_mismatch"),
)
FAULTS = (AssistantError, VectorStoreError, PromptError)


@app.callback(help="湖小政:按政策原文回答,每句话注明出处。")
def root(
    verbose: Annotated[bool, typer.Option("--verbose", help="把每次回答的轨迹写到标准错误")] = False,
) -> None:
    """Set up logging for all commands."""
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING, stream=sys.stderr, format="%(message)s"
    )


@app.command(help="回答一个问题,或一个文件里的全部问题。")
def ask(
    question: Annotated[str | None, typer.Argument(help="问题;也可用 --batch 给一个文件")] = None,
    audience: Annotated[
        str, typer.Option(help="谁在问:citizen、enterprise 或 staff")
    ] = Audience.CITIZEN.value,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    batch: Annotated[
        Path | None, typer.Option(help='批量文件,每行 {"id", "turns": [...], "audience"?, "as_of"?}')
    ] = None,
    out: Annotated[Path | None, typer.Option(help="批量结果文件")] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="按哪一天有效的文件回答,如 2024-12-31;默认今天")
    ] = None,
) -> None:
    """Answer one question, or all questions of a file."""
    if (question is None) == (batch is None):
        _stop("请给出一个问题,或用 --batch 给出一个文件(二者取一)。")
    if batch is not None and out is None:
        _stop("用 --batch 时,请用 --out 指明结果文件。")
    if batch is not None and as_of is not None:
        _stop("用 --batch 时,请在文件里逐题写 as_of。")
    if audience not in list(Audience):
        _stop(f"--audience 只能是 {'、'.join(Audience)},得到 {audience}。")
    asker = Audience(audience)
    try:
        day = matching.asked_day(as_of, date.today()) if as_of else None
        lines = read_batch(batch) if batch else []
        assistant = build_assistant(_settings())
        if batch and out:
            _ask_batch(assistant, lines, out)
        elif question is not None:
            _ask_one(assistant, Question(turns=(question,), audience=asker, as_of=day), as_json)
    except FAULTS as fault:
        _stop(_told(fault))


def _ask_one(assistant: Assistant, question: Question, as_json: bool) -> None:
    answer = assistant.pipeline.answer(question)
    if as_json:
        typer.echo(json.dumps(answer_json(answer), ensure_ascii=False, indent=2))
    else:
        _print(answer)
    if answer.status is Status.FAILED:
        raise typer.Exit(FOUND_PROBLEM)


def _print(answer: Answer) -> None:
    console = Console()
    console.print(Markdown(answer.text))
    for citation in answer.citations:
        console.print(
            f"\n[{citation.marker}] 《{citation.title}》 {citation.heading_path}({citation.path})",
            markup=False,
        )
        if citation.excerpt:
            where = citation.url or ""
            console.print(f"{load_messages('support_messages')('cite.excerpt')} {where}", markup=False)
        for one in citation.references:
            words = " ".join(one.words.split()) if one.words else "(没有这一部分)"
            console.print(f"    引用 {one.text} → {one.path}{one.part}:{words}", markup=False)
    for notice in answer.notices:
        console.print(f"\n※ {notice}", markup=False)


def _ask_batch(assistant: Assistant, lines: list[BatchLine], out: Path) -> None:
    def progress(items: list[BatchLine]) -> Iterator[BatchLine]:
        return iter(track(items, description="作答", console=errors))

    _warm_up(assistant)
    failed = write_batch(lines, assistant.pipeline.answer, out, progress)
    errors.print(f"已作答 {len(lines)} 个问题,写入 {out}" + (f",其中 {failed} 个出了故障" if failed else ""))
    if failed:
        raise typer.Exit(FOUND_PROBLEM)


@app.command(help="打开问答页。")
def serve(
    host: Annotated[str | None, typer.Option(help="监听地址")] = None,
    port: Annotated[int | None, typer.Option(help="监听端口")] = None,
) -> None:
    """Serve the chat page."""
    try:
        settings = _settings()
        assistant = build_assistant(settings)
        _warm_up(assistant)
        _serve(assistant, settings, host or settings.ui.host, port or settings.ui.port)
    except FAULTS as fault:
        _stop(_told(fault))


app.command("hash-password", help="读入一个密码,打印它的哈希,供 HUXZ_STAFF__USERS 用。")(hash_password)
app.command("staff-bench", help="在临时数据库里放许多问题,量工作人员页打开要多久。")(staff_bench)


def _serve(assistant: Assistant, settings: RootSettings, host: str, port: int) -> None:
    from assistant.ui.errors import UiError
    from assistant.ui.factory import serve_pages

    try:
        serve_pages(assistant, settings, host, port)
    except UiError as fault:
        _stop(_told(fault))


@app.command("match", help="把企业情况与已收录的支持措施对照,列出哪些可直接对应、还缺什么条件。")
def match_profile(
    profile: matching.ProfileOption,
    as_json: matching.JsonOption = False,
    as_of: matching.AsOfOption = None,
    compare: matching.CompareOption = None,
) -> None:
    """Match the profile of a file and print the graded list."""
    try:
        settings = _settings()
        asked = matching.asked_profile(profile, compare)
        day = matching.asked_day(as_of, settings.assistant.today or date.today())
        typer.echo(matching.shown(build_assistant(settings).desk.match(asked, day), as_json))
    except FAULTS as fault:
        _stop(_told(fault))


def _warm_up(assistant: Assistant) -> None:
    """Answer once, so that nobody waits for what is loaded on first use."""
    for document in assistant.ledger.documents[:1]:
        assistant.pipeline.answer(Question(turns=(document.title,)))


def _settings() -> RootSettings:
    try:
        return load_settings()
    except (ValidationError, SettingsError) as error:
        _stop(f"设置有误:{error}")
        raise


def _told(fault: Exception) -> str:
    """Return a fault in words for people, with what to do."""
    for kind, key in _INDEX_FAULTS:
        if isinstance(fault, kind):
            return load_messages()(key, reason=" ".join(str(fault).split()))
    return str(fault)


def _stop(message: str) -> None:
    errors.print(message, style="red", markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(WRONG_USE)
