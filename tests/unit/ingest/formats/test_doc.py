from __future__ import annotations

import io
import shlex
import sys
from pathlib import Path

import docx
import pytest

from ingest.errors import ReaderFaultError, UnreadableFileError
from ingest.formats.doc import read_doc
from ingest.formats.limits import ReadingLimits

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")


def office(tmp_path: Path, body: str) -> ReadingLimits:
    """Return limits whose LibreOffice is a program with this body; `outdir` is where it is to write."""
    program = tmp_path / "soffice"
    lines = (
        "import sys, time, shutil, pathlib\noutdir = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\n"
    )
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -c {shlex.quote(lines + body)} "$@"\n')
    program.chmod(0o755)
    return ReadingLimits(office_command=str(program), timeout_s=5)


def test_a_file_is_converted_and_read(tmp_path: Path) -> None:
    converted = tmp_path / "made.docx"
    document = docx.Document()
    document.add_paragraph("第一条 甲。")
    document.save(str(converted))
    limits = office(tmp_path, f"shutil.copy({str(converted)!r}, outdir / 'source.docx')")
    source = read_doc(OLD_WORD, "a.doc", limits)
    assert (source.text, source.format) == ("第一条 甲。\n", "doc")


def test_without_libreoffice_the_message_says_what_to_do() -> None:
    with pytest.raises(
        UnreadableFileError, match=r"^a\.wps:读取 DOC/WPS 需要 LibreOffice,本机没有找到\(no-such\)"
    ):
        read_doc(OLD_WORD, "a.wps", ReadingLimits(office_command="no-such"))


def test_a_conversion_that_hangs_is_ended(tmp_path: Path) -> None:
    limits = office(tmp_path, "time.sleep(60)").model_copy(update={"timeout_s": 1.0})
    with pytest.raises(ReaderFaultError, match=r"^a\.doc:读取超过 1 秒"):
        read_doc(OLD_WORD, "a.doc", limits)


@pytest.mark.parametrize(("body", "reason"), [("sys.exit(7)", "退出码 7"), ("pass", "没有生成结果")])
def test_a_conversion_that_fails_says_so(tmp_path: Path, body: str, reason: str) -> None:
    with pytest.raises(UnreadableFileError, match=f"LibreOffice 未能转换这个文件\\({reason}\\)"):
        read_doc(OLD_WORD, "a.doc", office(tmp_path, body))


def test_a_locked_word_file_and_another_office_file_are_told_apart() -> None:
    locked = b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(UnreadableFileError, match="有密码保护"):
        read_doc(locked, "a.docx", ReadingLimits())
    buffer = io.BytesIO(b"\xd0\xcf\x11\xe0" + b"\x00" * 100)
    with pytest.raises(UnreadableFileError, match="格式不受支持"):
        read_doc(buffer.getvalue(), "a.xls", ReadingLimits())
