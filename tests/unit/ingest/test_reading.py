from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import UnreadableFileError
from ingest.reading import decode, read_text

TEXT = "一、总体目标\n发放算力券——鼓励企业。\n"
LIMIT = 10_000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_utf8_with_and_without_bom_and_gb18030_give_the_same_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert read_text(path, LIMIT) == TEXT


def test_line_ends_are_kept_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("一、甲\r\n乙\r\n".encode())
    assert read_text(path, LIMIT) == "一、甲\r\n乙\r\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "文件是空的"),
        (b" \r\n\t", "文件是空的"),
        ("\ufeff \u3000".encode(), "文件是空的"),
        (b"%PDF-1.7 ...", "二进制文件(PDF)"),
        (b"PK\x03\x04abc", "二进制文件(ZIP/DOCX/OFD)"),
        (b"\x89PNG\r\n", "二进制文件(PNG)"),
        (b"abc\x00\x01\x02", "二进制文件"),
        (bytes(range(1, 256)) * 8, "无法识别文字编码"),
        (TEXT.encode("utf-16"), "无法识别文字编码"),
        ("一、總體目標。請各單位遵照辦理人工智慧產業發展計劃。".encode("big5"), "无法识别文字编码"),
        ("café à la crème, déjà vu".encode("latin-1"), "无法识别文字编码"),
        (TEXT.encode() + b"\xe4\xb8", "无法识别文字编码"),
    ],
)
def test_what_is_no_text_is_refused_with_name_fault_and_advice(
    tmp_path: Path, data: bytes, message: str
) -> None:
    path = tmp_path / "坏文件.txt"
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError) as refused:
        read_text(path, LIMIT)
    line = str(refused.value)
    assert line.startswith("坏文件.txt:")
    assert message in line
    assert "请" in line
    assert "\n" not in line


def test_a_file_over_the_limit_is_refused_with_the_setting_to_change(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"1" * 11)
    with pytest.raises(UnreadableFileError, match=r"11 字节,超过上限 10 字节.*HUXZ_INGEST__MAX_FILE_BYTES"):
        read_text(path, 10)


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"1" * 10)
    assert read_text(path, 10) == "1" * 10


def test_directory_and_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="目录"):
        read_text(tmp_path, LIMIT)
    with pytest.raises(UnreadableFileError, match=r"没有\.txt:文件不存在"):
        read_text(tmp_path / "没有.txt", LIMIT)


def test_a_name_that_no_file_can_have_is_refused() -> None:
    with pytest.raises(UnreadableFileError):
        read_text(Path("a\0b.txt"), LIMIT)


def test_broken_utf8_names_the_first_bad_byte() -> None:
    with pytest.raises(UnreadableFileError, match="第 4 字节起"):
        decode("一".encode() + b"\xff\xfe\xfa\xfb\xfc\xfd", "a.txt")


def test_a_name_that_is_no_text_is_shown_with_marks(tmp_path: Path) -> None:
    path = tmp_path / "\udcff办法.txt"
    with pytest.raises(UnreadableFileError, match=r"^\?办法\.txt:文件不存在"):
        read_text(path, LIMIT)
