"""A real PostgreSQL, private to a test run: a folder of its own, a socket in it, no port."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

_PLACES = "/usr/lib/postgresql/*/bin"
_SERVANT = "nobody"
"""Who runs the server where the tests are run by root: PostgreSQL refuses to be."""


def find_program(name: str) -> str | None:
    """Return the path of one of PostgreSQL's programs on this machine, or None."""
    found = shutil.which(name)
    if found:
        return found
    installed = sorted(Path("/").glob(f"{_PLACES.lstrip('/')}/{name}"))
    return str(installed[-1]) if installed else None


@contextmanager
def running_postgres() -> Iterator[str]:
    """Start a server; yield its address without the name of a database. Skips where it is not installed."""
    initdb, postgres = find_program("initdb"), find_program("pg_ctl")
    if initdb is None or postgres is None:
        message = "no PostgreSQL found; install Debian's `postgresql`"
        if os.environ.get("HUXZ_TEST_REQUIRE_POSTGRES") == "1":
            pytest.fail(message)
        pytest.skip(message)
    folder = Path(tempfile.mkdtemp(prefix="huxz-pg-"))
    try:
        _run_server(folder, initdb)
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        data, log = str(folder / "data"), str(folder / "log")
        _call(folder, postgres, "-D", data, "-l", log, "-o", options, "-w", "-t", "60", "start")
        try:
            yield f"postgresql+psycopg://tests@/{{database}}?host={folder}"
        finally:
            _call(folder, postgres, "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run_server(folder: Path, initdb: str) -> None:
    if os.geteuid() == 0:
        servant = pwd.getpwnam(_SERVANT)
        os.chown(folder, servant.pw_uid, servant.pw_gid)
    _call(folder, initdb, "-D", str(folder / "data"), "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-sync")


def _call(folder: Path, *command: str) -> None:
    servant: Mapping[str, str | int | list[str]] = {}
    if os.geteuid() == 0:
        servant = {"user": _SERVANT, "group": pwd.getpwnam(_SERVANT).pw_gid, "extra_groups": []}
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=120, check=False, **servant
    )  # type: ignore[call-overload]
    if done.returncode:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr or done.stdout}")
