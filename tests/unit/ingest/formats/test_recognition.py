from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.errors import UnreadableFileError
from ingest.formats import recognition
from ingest.formats.isolation import IsolatedReader
from ingest.formats.kinds import Kind
from ingest.formats.layout import Piece
from ingest.formats.limits import ReadingLimits
from ingest.formats.pdf import read_pdf
from ingest.formats.picture import open_pictures, read_picture
from ingest.formats.recognition import Recogniser, Seen
from tests.fakes.pdfs import PdfPage, build_pdf

LIMITS = ReadingLimits()
FONTS = (
    "opentype/noto/NotoSansCJK-Regular.ttc",
    "truetype/wqy/wqy-microhei.ttc",
    "truetype/arphic/uming.ttc",
)
LINES = ("第一条 每家企业最高补助200万元。", "第二条 算力券按30%抵扣。")


def drawn(lines: tuple[str, ...]) -> Image.Image:
    """Return a picture with lines of Chinese text; the test is skipped where no font for it is installed."""
    font = next((path for name in FONTS if (path := Path("/usr/share/fonts") / name).is_file()), None)
    if font is None:
        pytest.skip("no font for Chinese is installed here")
    picture = Image.new("RGB", (900, 120 + 80 * len(lines)), "white")
    pen = ImageDraw.Draw(picture)
    for row, line in enumerate(lines):
        pen.text((60, 60 + 80 * row), line, fill="black", font=ImageFont.truetype(str(font), 36))
    return picture


def png(picture: Image.Image, form: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, format=form)
    return buffer.getvalue()


def seen(*scored: tuple[str, float]) -> Seen:
    pieces = tuple(Piece(text, 60, 700, 60 + 80 * n, 96 + 80 * n, 36) for n, (text, _) in enumerate(scored))
    doubtful = tuple(text for text, score in scored if score < LIMITS.ocr_flag_below)
    return Seen(900, 400, pieces, doubtful, 0, min((score for _, score in scored), default=0.0))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"])
def test_theopen_pictures_of_every_form_are_opened(form: str) -> None:
    half_clear = Image.new("RGBA", (40, 30), (0, 0, 0, 0))
    pictures = list(
        open_pictures(png(half_clear.convert("RGB" if form == "JPEG" else "RGBA"), form), "a", LIMITS)
    )
    assert [(one.size, one.mode) for one in pictures] == [((40, 30), "RGB")]


def test_a_picture_of_chinese_text_is_read_in_a_process_without_network() -> None:
    reader = IsolatedReader()
    source = reader.read(png(drawn(LINES), "TIFF"), "a.tiff", Kind.PICTURE, LIMITS)
    reader.close()
    assert "200万元" in source.text and "30%" in source.text
    assert source.format == "scan"
    assert source.flags[0].startswith("1 页由图片识别得来,平均把握 ")
    assert source.recognition is not None and 0.5 < source.recognition.confidence <= 1


def test_a_scanned_page_of_a_pdf_is_recognised_and_the_others_are_read() -> None:
    picture = Image.new("RGB", (900, 1273), "white")
    picture.paste(drawn(LINES), (0, 100))
    scan = PdfPage().show(picture.tobytes(), picture.width, picture.height)
    recogniser = Recogniser("a.pdf", LIMITS)
    source = read_pdf(build_pdf([PdfPage().write(60, 100, "前言"), scan]), "a.pdf", LIMITS, recogniser)
    assert source.format == "pdf" and source.text.startswith("前言\n") and "200万元" in source.text


def test_a_pdf_of_scans_alone_is_a_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "_recognise", lambda picture, name, flag_below: seen(("甲", 0.99)))
    scan = PdfPage().show(Image.new("RGB", (9, 9)).tobytes(), 9, 9)
    assert read_pdf(build_pdf([scan]), "a.pdf", LIMITS, Recogniser("a.pdf", LIMITS)).format == "scan"


def test_a_page_that_lies_upside_down_is_turned() -> None:
    picture = np.asarray(drawn(LINES).rotate(180))
    page = Recogniser("a", LIMITS).page(1, lambda: picture)
    assert page is not None and "200万元" in "".join(piece.text for piece in page.pieces)


def test_models_lie_in_the_package() -> None:
    assert len(recognition.model_files()) >= 2


def test_doubtful_lines_are_flagged_for_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    page = seen(("第一条 甲。", 0.99), ("补助2OO万元", 0.62))
    monkeypatch.setattr(recognition, "_recognise", lambda picture, name, flag_below: page)
    source = read_picture(png(Image.new("RGB", (9, 9))), "a.png", LIMITS, Recogniser("a.png", LIMITS))
    assert source.flags[1] == "第1页识别把握不足:1 行,如「补助2OO万元」,请人工核对。"
    assert source.recognition is not None
    assert (source.recognition.pages, source.recognition.doubtful) == (1, 1)


def test_noise_is_left_out_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    class Found:
        boxes = (((0, 0), (90, 0), (90, 20), (0, 20)), ((0, 40), (90, 40), (90, 60), (0, 60)))
        txts = ("第一条 甲。", "#口目")
        scores = (0.98, 0.31)

    monkeypatch.setattr(recognition, "_engine", lambda: lambda picture: Found())
    recogniser = Recogniser("a", LIMITS)
    page = recogniser.page(1, lambda: np.zeros((80, 100, 3), dtype=np.uint8))
    assert page is not None and [piece.text for piece in page.pieces] == ["第一条 甲。"]
    assert recogniser.flags()[-1] == "第1页有 1 行无法辨认,未读入,请对照原件。"


def test_more_pages_than_are_recognised_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "_recognise", lambda picture, name, flag_below: seen(("甲", 0.99)))
    recogniser = Recogniser("a", ReadingLimits(max_ocr_pages=1))
    assert recogniser.page(1, lambda: None) and recogniser.page(2, lambda: None) is None
    assert recogniser.flags()[-1] == "第2页是图片,超过识别上限 1 页,未读入。"


def test_without_recognition_a_picture_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "_engine", lambda: None)
    with pytest.raises(
        UnreadableFileError, match=r"^a\.png:没有读得出的文字.*需要文字识别,本机没有安装 rapidocr"
    ):
        read_picture(png(Image.new("RGB", (9, 9))), "a.png", LIMITS, Recogniser("a.png", LIMITS))


def test_an_empty_picture_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "_recognise", lambda picture, name, flag_below: seen())
    with pytest.raises(UnreadableFileError, match="没有找到文字"):
        read_picture(png(Image.new("RGB", (9, 9))), "a.png", LIMITS, Recogniser("a.png", LIMITS))
