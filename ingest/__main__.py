"""The command line: python -m ingest add | list | show | remove | diff | sync | ensure."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from ingest import messages
from ingest.commands import Commands
from ingest.comparing.command import DiffCommand
from ingest.errors import IngestError
from ingest.factory import build_client, build_commands, build_sync
from ingest.settings import load_settings
from vectorstore import errors as index_errors

logger = logging.getLogger("ingest")

app = typer.Typer(add_completion=False, no_args_is_help=True, help="政策文件入库:解析条款、建立索引。")

_JSON = typer.Option("--json", help="输出 JSON。")
_FAULT, _REFUSED = 1, 2
_INTERRUPTED = 130
_RARE_COLLECTIONS = (200_000, 20, 1000)
"""Documents are many objects without cycles: looking for cycles all the time took a quarter of the time."""
_INDEX_MESSAGES: tuple[tuple[type[index_errors.VectorStoreError], str], ...] = (
    (index_errors.IndexLockedError, messages.INDEX_LOCKED),
    (index_errors.IndexMismatchError, messages.INDEX_MISMATCH),
    (index_errors.IndexDamagedError, messages.INDEX_DAMAGED),
    (index_errors.StoreUnreachableError, messages.STORE_UNREACHABLE),
)


@app.command(help="入库文件或整个目录,并列出新增、变更、未变、移除的条款数;没有变化的文件不再解析。")
def add(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="文件或目录的路径,可多个;目录连同子目录。")
    ],
) -> None:
    """Take files in."""
    _run(lambda commands: commands.add(paths))


@app.command("list", help="列出索引里的文档。")
def list_documents(as_json: Annotated[bool, _JSON] = False) -> None:
    """Print the documents of the index."""
    _run(lambda commands: commands.list(as_json))


@app.command(help="显示一份文档的条款与标注。")
def show(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="文档编号,见 list。")],
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """Print one document."""
    _run(lambda commands: commands.show(document, as_json))


@app.command(help="从索引移除一份文档。")
def remove(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="文档编号,见 list。")],
) -> None:
    """Take a document out of the index."""
    _run(lambda commands: commands.remove(document))


@app.command(
    help="逐条对照两份文件:新增、删除、修改、仅编号变,改了哪些字、哪些数值和日期。"
    "退出码:0 比完(无论有无不同);2 文件或编号有误。"
)
def diff(
    before: Annotated[str, typer.Argument(metavar="DOC_A", help="旧的一份:文件路径,或索引里的文档编号。")],
    after: Annotated[str, typer.Argument(metavar="DOC_B", help="新的一份:文件路径,或索引里的文档编号。")],
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="另写成一个网页文件。")] = None,
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """Compare two documents."""
    _run(lambda commands: comparison(commands).run(before, after, html=html, as_json=as_json))


@app.command(help="用对话模型为一份文档起草通俗解读,写入待核对的文件;核对之前不生效。")
def gloss(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="文档编号,见 list。")],
) -> None:
    """Draft glosses of a document."""
    _run(lambda commands: commands.gloss(document))


@app.command(
    help="从官方网站核对 sources.yaml 里的文件,有变化的重新入库,网页消失的保留快照并标明。"
    "退出码:0 都好;1 有网页消失或没取到;2 来源编号或设置有误。"
)
def sync(
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="ID", help="只核对这个来源,可写多次。")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列出会访问什么,不访问。")] = False,
) -> None:
    """Take documents in from their sites."""
    _run(lambda commands: _sync(commands, only or (), dry_run))


def _sync(commands: Commands, only: Sequence[str], dry_run: bool) -> int:
    settings = load_settings()
    with build_client(settings.ingest.sync) as client:
        return build_sync(commands, settings, client).run(only, dry_run)


@app.command(help="让索引跟上随产品附带的文件;已是最新则什么也不做。")
def ensure(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="全部重新向量化。")] = False,
) -> None:
    """Bring the index up to the shipped corpus."""
    _run(lambda commands: commands.ensure(rebuild))


def comparison(commands: Commands) -> DiffCommand:
    """Return the command that compares, over the same index and output."""
    return DiffCommand(commands.settings, commands.catalog, commands.out)


def _run(command: Callable[[Commands], int]) -> None:
    """Run one command; faults become one line on stderr and an exit code."""
    gc.set_threshold(*_RARE_COLLECTIONS)
    try:
        code = command(build_commands(load_settings()))
    except KeyboardInterrupt:
        code = _tell(messages.INTERRUPTED, _INTERRUPTED)
    except IngestError as error:
        code = _tell(str(error), _REFUSED)
    except index_errors.VectorStoreError as error:
        reason = " ".join(str(error).split())
        form = next((text for kind, text in _INDEX_MESSAGES if isinstance(error, kind)), messages.FAULT)
        code = _tell(form.format(reason=reason), _REFUSED)
    except Exception as error:
        logger.debug("unexpected fault", exc_info=True)
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        code = _tell(messages.FAULT.format(reason=reason), _FAULT)
    raise typer.Exit(code)


def _tell(line: str, code: int) -> int:
    typer.echo(line, err=True)
    return code


if __name__ == "__main__":
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.WARNING)
    logging.basicConfig(handlers=[handler])
    app(prog_name="python -m ingest")
