"""A DOC, WPS or RTF file -> DOCX by LibreOffice, where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from ingest import messages
from ingest.errors import ReaderFaultError, UnreadableFileError
from ingest.formats.docx import read_docx
from ingest.formats.limits import ReadingLimits
from ingest.formats.source import SourceText

_OLE = b"\xd0\xcf\x11\xe0"
_WORD = "WordDocument".encode("utf-16-le")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SHARE_OF_TIME = 0.8
"""Share of the time for one file that the conversion may take; reading what comes of it needs the rest."""


def read_doc(data: bytes, name: str, limits: ReadingLimits) -> SourceText:
    """Return the document of a file in one of the older Word formats.

    Raises:
        UnreadableFileError: LibreOffice is not installed, or could not convert the file.
        ReaderFaultError: the conversion took too long.
    """
    if _ENCRYPTED in data:
        raise UnreadableFileError(messages.LOCKED.format(name=name, what="DOCX"))
    if data.startswith(_OLE) and _WORD not in data:
        raise UnreadableFileError(messages.NOT_OF_KIND.format(name=name, what="OLE"))
    command = shutil.which(limits.office_command)
    if command is None:
        raise UnreadableFileError(messages.NO_OFFICE.format(name=name, command=limits.office_command))
    with tempfile.TemporaryDirectory(prefix="huxz-") as folder:
        source = Path(folder) / "source.doc"
        source.write_bytes(data)
        _convert(command, source, name, limits)
        converted = source.with_suffix(".docx")
        if not converted.is_file():
            raise UnreadableFileError(messages.OFFICE_FAILED.format(name=name, reason="没有生成结果"))
        if converted.stat().st_size > limits.max_unpacked_bytes:
            raise UnreadableFileError(messages.OFFICE_FAILED.format(name=name, reason="结果过大"))
        return read_docx(converted.read_bytes(), name, limits, origin="doc")


def _convert(command: str, source: Path, name: str, limits: ReadingLimits) -> None:
    """Run LibreOffice in a profile of its own: no lock of a running office, nothing left behind."""
    folder = source.parent
    arguments = [
        command,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless", "--invisible", "--norestore", "--nologo", "--nolockcheck", "--nodefault",
        "--convert-to", "docx", "--outdir", str(folder), str(source),
    ]  # fmt: skip
    seconds = _SHARE_OF_TIME * limits.timeout_s
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "C.UTF-8"}
    process = subprocess.Popen(
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    try:
        code = process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        line = messages.READER_TIMEOUT.format(name=name, seconds=round(seconds), key="TIMEOUT_S")
        raise ReaderFaultError(line) from error
    finally:
        _end_group(process)
    if code != 0:
        raise UnreadableFileError(messages.OFFICE_FAILED.format(name=name, reason=f"退出码 {code}"))


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End the office and what it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
