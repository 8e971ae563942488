from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import UnreadableFileError
from ingest.formats.kinds import Kind, kind_of
from ingest.formats.reading import read_source
from ingest.settings import IngestSettings
from ingest.taking import corpus_files


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.7", "a.bin", Kind.PDF), (b"\n\n%PDF-1.4", "a", Kind.PDF), (b"%PDF", "a.txt", Kind.TEXT),
        ("%PDF-1 是一种格式".encode(), "a.md", Kind.TEXT), (b"PK\x03\x04", "a.pdf", Kind.ARCHIVE),
        (b"\x89PNG\r\n\x1a\n", "a.jpg", Kind.PICTURE), (b"\xff\xd8\xff\xe0", "a", Kind.PICTURE),
        (b"RIFF\x00\x00\x00\x00WEBP", "a", Kind.PICTURE), (b"II*\x00", "a", Kind.PICTURE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.wps", Kind.DOC), (b"{\\rtf1", "a", Kind.DOC),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "a.txt", Kind.HTML), (b"<!-- x --><HTML lang='zh'>", "a", Kind.HTML),
        (b"plain", "a.HTM", Kind.HTML), ("BM 是缩写。".encode(), "a.txt", Kind.TEXT),
        ("第一条 <html> 不是标签。".encode(), "a.txt", Kind.TEXT), (b"", "a.txt", Kind.TEXT),
    ],
)  # fmt: skip
def test_a_kind_is_told_by_the_first_bytes_before_the_name(data: bytes, name: str, kind: Kind) -> None:
    assert kind_of(data, name) is kind


def test_plain_text_is_returned_byte_for_byte_and_needs_no_process(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("﻿# 办法\r\n\r\n第一条 ⼈工。\r\n".encode())
    source = read_source(path, IngestSettings(), reader=None)
    assert (source.text, source.format) == ("# 办法\r\n\r\n第一条 ⼈工。\r\n", "text")


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a.ofd"])
def test_an_empty_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b" \n")
    with pytest.raises(UnreadableFileError, match="文件是空的"):
        read_source(tmp_path / name, IngestSettings())


def test_a_corpus_folder_holds_files_of_every_kind_and_no_others(tmp_path: Path) -> None:
    for name in (
        "1.TXT",
        "2.md",
        "3.pdf",
        "4.docx",
        "5.wps",
        "6.ofd",
        "7.png",
        "8.html",
        "measures.yaml",
        "x",
    ):
        (tmp_path / name).write_bytes(b"x")
    assert [path.stem for path in corpus_files(tmp_path)] == list("12345678")
