"""The commands for the staff page: hash-password, staff-bench."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

from assistant.errors import AssistantError

_WRONG_USE = 2


def hash_password() -> None:
    """Read a password, twice from a terminal and once from a pipe, and print its hash."""
    from assistant.ui.staff.passwords import LONGEST, SHORTEST
    from assistant.ui.staff.passwords import hash_password as hashed

    if sys.stdin.isatty():
        password = getpass.getpass("新密码:")
        if getpass.getpass("再输一遍:") != password:
            _stop("两遍不一样,没有生成。请再来一次。")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    if not SHORTEST <= len(password) <= LONGEST:
        _stop(f"密码要 {SHORTEST} 到 {LONGEST} 个字符。")
    typer.echo(hashed(password))


def staff_bench(
    questions: Annotated[int, typer.Option(min=1, max=200_000, help="临时数据库里放多少个问题")] = 10_000,
    rounds: Annotated[int, typer.Option(min=1, max=200, help="量几次")] = 20,
) -> None:
    """Measure how long the staff page takes to open over many stored questions."""
    from assistant.factory import build_assistant
    from assistant.settings import load_settings
    from assistant.ui.staff.bench import measure
    from vectorstore.errors import VectorStoreError

    try:
        settings = load_settings()
        for line in measure(build_assistant(settings), settings, questions, rounds):
            typer.echo(line)
    except (AssistantError, VectorStoreError) as fault:
        _stop(str(fault))


def _stop(message: str) -> None:
    typer.echo(message, err=True)
    raise typer.Exit(_WRONG_USE)
