"""Whatever the bytes: a file is read or refused with an IngestError, never anything else.

The parsers run in this very process, without the cell that would turn any fault into one line.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache

import docx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from ingest.errors import IngestError
from ingest.formats.docx import read_docx
from ingest.formats.kinds import kind_of
from ingest.formats.limits import ReadingLimits
from ingest.formats.ofd import read_ofd
from ingest.formats.pdf import read_pdf
from ingest.formats.picture import open_pictures
from ingest.formats.recognition import Recogniser
from ingest.formats.source import SourceText
from tests.fakes.ofds import ofd_files, path_object, text_object, zip_of
from tests.fakes.pdfs import PdfPage, build_pdf

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # it warns of what it then mends
LIMITS = ReadingLimits(max_pixels=100_000)
_ODD = (
    "0", "-1", "1e308", "NaN", "99999999999999999999", "", "g", "g 9999999 1", "M", "<", "&amp;", "\u202e",
    "%1", "../..", "65535", "0 0 0 0", "\U0010ffff",
)  # fmt: skip


def pdf(data: bytes) -> None:
    read_pdf(data, "a.pdf", LIMITS, Recogniser("a.pdf", LIMITS))


def ofd(data: bytes) -> None:
    read_ofd(data, "a.ofd", LIMITS, Recogniser("a.ofd", LIMITS))


def word(data: bytes) -> None:
    read_docx(data, "a.docx", LIMITS)


def picture(data: bytes) -> None:
    for _ in open_pictures(data, "a.png", LIMITS):
        pass


@cache
def sample(kind: str) -> bytes:
    """Return a good file of a kind."""
    buffer = io.BytesIO()
    if kind == "pdf":
        page = PdfPage().write(60, 100, "第一条 甲。").table(60, 130, (("级别", "上限"), ("市", "10")))
        return build_pdf([page, PdfPage().write(60, 100, "乙")])
    if kind == "ofd":
        return zip_of(ofd_files([[text_object(30, 50, "第一条 甲。"), path_object(1, 1, 50, 1)]] * 2))
    if kind == "docx":
        document = docx.Document()
        document.add_paragraph("第一条 甲。", style="List Number")
        document.add_table(2, 2).cell(0, 0).text = "级别"
        document.save(buffer)
        return buffer.getvalue()
    Image.new("RGB", (40, 30)).save(buffer, format=kind.upper())
    return buffer.getvalue()


PARSERS: dict[str, Callable[[bytes], None]] = {
    "pdf": pdf, "ofd": ofd, "docx": word, "png": picture, "jpeg": picture, "tiff": picture, "gif": picture,
}  # fmt: skip


def survives(parse: Callable[[bytes], None], data: bytes) -> None:
    try:
        parse(data)
    except IngestError as error:
        assert "\n" not in str(error)


def mutated(data: bytes, places: list[tuple[int, bytes]], cut: int) -> bytes:
    """Return the file with bytes overwritten at some places and its end cut off."""
    changed = bytearray(data)
    for place, part in places:
        at = place % len(changed)
        changed[at : at + len(part)] = part
    return bytes(changed[: len(changed) - cut % len(changed)] if cut else changed)


changes = st.lists(st.tuples(st.integers(0, 1 << 20), st.binary(min_size=1, max_size=6)), max_size=8)


@pytest.mark.parametrize("kind", PARSERS)
@settings(max_examples=40, deadline=None)
@given(places=changes, cut=st.one_of(st.just(0), st.integers(0, 1 << 16)))
@example(places=[(8977, b"\x01")], cut=0)
def test_a_damaged_file_is_read_or_refused(kind: str, places: list[tuple[int, bytes]], cut: int) -> None:
    survives(PARSERS[kind], mutated(sample(kind), places, cut))


@pytest.mark.parametrize("kind", PARSERS)
@settings(max_examples=30, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(kind: str, data: bytes) -> None:
    survives(PARSERS[kind], data)
    survives(PARSERS[kind], sample(kind)[:20] + data)
    kind_of(data, "a.bin")


@settings(max_examples=80, deadline=None)
@given(
    places=st.lists(st.tuples(st.integers(0, 400), st.sampled_from(_ODD)), min_size=1, max_size=4),
    part=st.sampled_from(("OFD.xml", "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml")),
)
@example(places=[(258, "1e308")], part="Doc_0/Pages/Page_0/Content.xml")
@example(places=[(257, "1e308")], part="Doc_0/Pages/Page_0/Content.xml")
def test_odd_values_in_an_ofd_file_are_read_or_refused(places: list[tuple[int, str]], part: str) -> None:
    files = ofd_files([[text_object(30, 50, "第一条 甲。"), path_object(1, 1, 50, 1)]])
    pieces = str(files[part]).split('"')
    for place, value in places:
        pieces[place % len(pieces)] = value if place % 2 else pieces[place % len(pieces)]
        pieces[(2 * place + 1) % len(pieces)] = value.replace("<", "")
    survives(ofd, zip_of(files | {part: '"'.join(pieces)}))


@settings(max_examples=60, deadline=None)
@given(
    text=st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60),
    size=st.floats(0.01, 500),
    x=st.floats(-1000, 3000),
    y=st.floats(-1000, 3000),
)
def test_any_text_at_any_place_is_read(text: str, size: float, x: float, y: float) -> None:
    survives(ofd, zip_of(ofd_files([[text_object(x, y, text, size)]])))
    shown = "".join(one for one in text if ord(one) < 0x10000)
    survives(pdf, build_pdf([PdfPage().write(x, y, shown, size)]))


def test_the_good_files_are_read() -> None:
    def read(kind: str) -> SourceText:
        if kind == "pdf":
            return read_pdf(sample(kind), "a.pdf", LIMITS, Recogniser("a.pdf", LIMITS))
        return (
            read_ofd(sample(kind), "a.ofd", LIMITS, Recogniser("a.ofd", LIMITS))
            if kind == "ofd"
            else read_docx(sample(kind), "a", LIMITS)
        )

    assert all("第一条 甲。" in read(kind).text for kind in ("pdf", "ofd", "docx"))
