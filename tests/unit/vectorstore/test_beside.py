"""Work on a stream in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from vectorstore.beside import Beside

MANY = 200


def write(path: Path, things: Iterator[str]) -> None:
    path.write_text("\n".join([str(os.getpid()), *things]), "utf-8")


def fail(things: Iterator[str]) -> None:
    next(things)
    raise ValueError("一件都不行")


def die(things: Iterator[str]) -> None:
    next(things)
    os.kill(os.getpid(), signal.SIGKILL)


def sent(beside: Beside[str], many: int = MANY) -> None:
    with beside:
        for number in range(many):
            beside.send(str(number) * 1_000)
        beside.finish()


@pytest.mark.parametrize(("worth", "is_apart"), [(3, True), (MANY + 1, False)])
def test_all_things_arrive_in_order_apart_where_they_are_many(
    tmp_path: Path, worth: int, is_apart: bool
) -> None:
    sent(Beside(partial(write, tmp_path / "out"), worth))
    process, *things = (tmp_path / "out").read_text("utf-8").splitlines()
    assert things == [str(number) * 1_000 for number in range(MANY)]
    assert (int(process) != os.getpid()) is is_apart


@pytest.mark.parametrize("worth", [1, MANY + 1])
@pytest.mark.parametrize("many", [2, MANY])
def test_what_the_work_raises_is_raised_here(worth: int, many: int) -> None:
    with pytest.raises(ValueError, match="一件都不行"):
        sent(Beside(fail, worth), many)


@pytest.mark.parametrize("many", [2, MANY])
def test_a_process_that_is_killed_is_told_of(many: int) -> None:
    with pytest.raises(RuntimeError, match="-9"):
        sent(Beside(die, 1), many)


def test_an_error_here_stops_the_process(tmp_path: Path) -> None:
    beside: Beside[str] = Beside(partial(write, tmp_path / "out"), 1)
    with pytest.raises(KeyError), beside:
        beside.send("1")
        raise KeyError
    assert not (tmp_path / "out").exists()


def test_a_process_ends_when_this_one_is_killed() -> None:
    code = (
        "import time; from functools import partial; from pathlib import Path\n"
        "from tests.unit.vectorstore.test_beside import write\n"
        "from vectorstore.beside import Beside\n"
        "beside = Beside(partial(write, Path('/dev/null')), 1); beside.send('1')\n"
        "print(beside._process._process.pid, flush=True); time.sleep(600)\n"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        process = int(parent.stdout.readline())
        assert is_running(process)
        parent.kill()
    deadline = time.monotonic() + 30
    while is_running(process) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(process)


def is_running(process: int) -> bool:
    """Tell whether a process is there and no zombie that nobody has asked about."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
