"""Files that are built to harm cost one clear line each; what comes after them is read."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from ingest.document import read_document
from ingest.errors import BadInputError, UnreadableFileError, UnsafeFileError
from ingest.formats.isolation import IsolatedReader
from ingest.formats.limits import ReadingLimits
from ingest.formats.reading import read_source
from ingest.formats.source import SourceText
from ingest.settings import IngestSettings
from tests.fakes.ofds import ofd_files, text_object, zip_of
from tests.fakes.pdfs import PdfPage, build_pdf

GOOD_PAGE = [text_object(30, 50, "第一条 甲。")]
LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><l>&j;</l>"
)
OUTSIDE = '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l>&a;</l>'


@pytest.fixture(scope="module")
def reader() -> Iterator[IsolatedReader]:
    isolated = IsolatedReader()
    yield isolated
    isolated.close()


@pytest.fixture
def read(tmp_path: Path, reader: IsolatedReader):  # type: ignore[no-untyped-def]
    def read_it(data: bytes, name: str = "a.ofd", **limits: float) -> SourceText:
        path = tmp_path / name
        path.write_bytes(data)
        bounds = ReadingLimits.model_validate(limits)
        return read_source(path, IngestSettings(reading=bounds), reader)

    return read_it


def word(files: dict[str, bytes | str]) -> bytes:
    """Return a DOCX file in which some parts are replaced or added."""
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        parts: dict[str, bytes | str] = {path: archive.read(path) for path in archive.namelist()}
    return zip_of(parts | files)


def bomb(size: int) -> bytes:
    return zip_of(ofd_files([GOOD_PAGE]) | {"Doc_0/x.bin": b"0" * size})


def test_a_zip_bomb_is_refused_before_it_is_unpacked(read) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(
        UnsafeFileError, match=r"^a\.ofd:解压后膨胀 \d+ 倍,超过上限 200 倍,疑似压缩炸弹,已拒绝。$"
    ):
        read(bomb(50_000_000))
    with pytest.raises(
        UnsafeFileError, match=r"^a\.ofd:解压后有 \d+ 字节,超过上限 1000000 字节|超过上限 1000000,"
    ):
        read(bomb(2_000_000), max_unpacked_bytes=1_000_000)


def test_a_zip_that_lies_about_its_sizes_is_refused(read) -> None:  # type: ignore[no-untyped-def]
    data = bytearray(bomb(3_000_000))
    for at in range(len(data) - 30):
        if data[at : at + 4] in (b"PK\x01\x02", b"PK\x03\x04"):
            place = at + (24 if data[at + 2] == 1 else 22)
            if struct.unpack_from("<I", data, place)[0] == 3_000_000:
                struct.pack_into("<I", data, place, 10)
    assert read(bytes(data)).text == "第一条 甲。\n"  # the part is not needed, and never unpacked


def test_too_many_files_in_an_archive_are_refused(read) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UnsafeFileError, match="压缩包里有 52 个文件,超过上限 40"):
        read(zip_of(ofd_files([GOOD_PAGE]) | {f"x/{n}": b"" for n in range(49)}), max_entries=40)


@pytest.mark.parametrize("path", ["../../etc/cron.d/x", "/etc/passwd", "C:/x", "a\\..\\b", "a/../../b"])
@pytest.mark.parametrize("name", ["a.ofd", "a.docx"])
def test_a_path_that_leads_out_of_the_archive_is_refused(read, path: str, name: str) -> None:  # type: ignore[no-untyped-def]
    data = word({path: b"x"}) if name == "a.docx" else zip_of(ofd_files([GOOD_PAGE]) | {path: b"x"})
    with pytest.raises(UnsafeFileError, match="压缩包里的文件名不安全"):
        read(data, name)


@pytest.mark.parametrize("markup", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize("part", ["OFD.xml", "Doc_0/Document.xml", "word/document.xml", "docProps/core.xml"])
def test_entities_are_refused_in_every_part(read, markup: str, part: str) -> None:  # type: ignore[no-untyped-def]
    is_word = not part.startswith(("OFD", "Doc_0"))
    data = word({part: markup}) if is_word else zip_of(ofd_files([GOOD_PAGE]) | {part: markup})
    with pytest.raises(
        UnsafeFileError, match=rf"其中的 XML\({part}\)含实体或外部声明,疑似恶意文件,已拒绝。$"
    ):
        read(data, "a.docx" if is_word else "a.ofd")


def test_elements_nested_ten_thousand_deep_are_refused(read) -> None:  # type: ignore[no-untyped-def]
    deep = "<a>" * 10_000 + "</a>" * 10_000
    with pytest.raises(UnsafeFileError, match="嵌套超过 200 层"):
        read(zip_of(ofd_files([GOOD_PAGE]) | {"Doc_0/Document.xml": deep}))
    with pytest.raises(UnsafeFileError, match="嵌套超过 200 层"):
        read(word({"word/document.xml": deep}), "a.docx")
    with pytest.raises(UnreadableFileError, match="嵌套过深"):
        read(("<html><body>" + "<div>" * 10_000 + "第一条 甲。").encode(), "a.html")


def test_a_file_of_two_hundred_megabytes_is_refused_unread(read, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "huge.pdf"
    with path.open("wb") as stream:
        stream.write(b"%PDF-1.7\n")
        stream.truncate(200_000_000)
    with pytest.raises(UnreadableFileError, match="文件有 200000000 字节,超过上限 20000000 字节"):
        read_source(path, IngestSettings())


def test_a_picture_of_too_many_points_is_refused(read) -> None:  # type: ignore[no-untyped-def]
    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    png = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    with pytest.raises(UnreadableFileError, match="图片有 1600000000 个像素"):
        read(png + struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT")), "a.png")


def test_text_beyond_the_limit_is_refused(read) -> None:  # type: ignore[no-untyped-def]
    objects = [text_object(30, 20 + 6 * n, "甲" * 40) for n in range(40)]
    with pytest.raises(UnreadableFileError, match="超过上限 1000"):
        read(zip_of(ofd_files([objects])), max_characters=1000)


def test_a_pdf_whose_pages_hold_each_other_is_refused_or_read(read) -> None:  # type: ignore[no-untyped-def]
    data = build_pdf([PdfPage().write(60, 100, "第一条 甲。")])
    loop = data.replace(b"/Kids [6 0 R]", b"/Kids [2 0 R]")
    assert loop != data
    with pytest.raises(BadInputError):
        read(loop, "a.pdf", timeout_s=10)


def test_scripts_of_a_page_are_not_text(read) -> None:  # type: ignore[no-untyped-def]
    page = "<html><body><div id='zoom'><p>第一条 甲乙丙丁。</p><script>alert(1)</script></div></body></html>"
    assert "alert" not in read(page.encode(), "a.html").text


def test_an_archive_that_is_neither_word_nor_ofd_is_named(read) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UnreadableFileError, match=r"格式不受支持\(ZIP\)"):
        read(zip_of({"a.txt": b"x"}), "a.zip")


def test_bad_files_leave_the_others_and_each_says_one_line(tmp_path: Path) -> None:
    bad = {
        "1.ofd": bomb(50_000_000), "2.ofd": zip_of({"OFD.xml": LAUGHS}), "3.pdf": b"%PDF-1.7\nbroken",
        "4.docx": b"PK\x03\x04 cut off", "5.png": b"\x89PNG\r\n\x1a\n cut off", "6.html": b"<html>",
        "7.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    }  # fmt: skip
    good = {"8.ofd": zip_of(ofd_files([GOOD_PAGE])), "9.txt": "一、甲\n1.乙。\n".encode()}
    read, lines = [], []
    for name, data in (bad | good).items():
        (tmp_path / name).write_bytes(data)
        try:
            read.append(read_document(tmp_path / name).document_id)
        except BadInputError as error:
            lines.append(str(error))
    assert read == ["8", "9"]
    assert [line.split(":")[0] for line in lines] == list(bad)
    assert not any("\n" in line for line in lines)
