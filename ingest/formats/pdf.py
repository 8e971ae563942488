"""A PDF -> its text: the text layer where it has one, pages that are pictures through recognition."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pypdfium2 as pdfium

from ingest import messages
from ingest.errors import UnreadableFileError
from ingest.formats.flow import paragraphs
from ingest.formats.furniture import drop_furniture, printed_address
from ingest.formats.glyphs import count_unreadable
from ingest.formats.grid import lines_with_tables
from ingest.formats.layout import Line, Page, arrange
from ingest.formats.limits import ReadingLimits
from ingest.formats.page_labels import labelled_values, value_under
from ingest.formats.page_noise import is_control_line
from ingest.formats.pdf_page import PdfPage, read_page
from ingest.formats.properties import glyph_flags, known_title
from ingest.formats.recognition import Recogniser, Seen
from ingest.formats.source import SourceText

_FEW_CHARACTERS = 20
"""A page with fewer characters and a picture over half of it is a scan."""
_SCAN_SHARE = 0.5
_UNREADABLE_SHARE = 0.3
"""Share of unreadable characters from which a page is recognised as a picture; below it they are flagged."""
_SCAN_SCALE = 2.0
"""Dots of the picture to be recognised for one point of the page: 144 dpi, 12 pt type is 24 dots high."""
_TOP_LINES = 6


def read_pdf(data: bytes, name: str, limits: ReadingLimits, recogniser: Recogniser) -> SourceText:
    """Return the document of a PDF; `name` is the file's, for messages.

    Raises:
        UnreadableFileError: broken, protected by a password, too long, or without a text.
    """
    document = _open(data, name)
    try:
        if len(document) > limits.max_pages:
            line = messages.TOO_MANY_PAGES.format(name=name, pages=len(document), limit=limits.max_pages)
            raise UnreadableFileError(line)
        flags: list[str] = []
        pages = [_page(document, index, flags, recogniser) for index in range(len(document))]
        described = document.get_metadata_dict()
    except pdfium.PdfiumError as error:
        raise UnreadableFileError(messages.DAMAGED.format(name=name, what="PDF")) from error
    finally:
        document.close()
    text = paragraphs(drop_furniture(pages))
    if not text.strip():
        raise UnreadableFileError(messages.NO_TEXT.format(name=name, pages=len(pages)))
    url = printed_address(pages)
    text, labelled = _without_page_data(text) if url else (text, {})
    return SourceText(
        text=text + "\n",
        format="scan" if recogniser.pages and recogniser.pages == len(pages) else "pdf",
        title=known_title(described.get("Title", ""), text),
        metadata=labelled | _described(described),
        flags=(*flags, *recogniser.flags(), *glyph_flags(text)),
        recognition=recogniser.recognition(),
        url=url,
    )


def _open(data: bytes, name: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        form = messages.LOCKED if locked else messages.DAMAGED
        raise UnreadableFileError(form.format(name=name, what="PDF")) from error


def _page(document: pdfium.PdfDocument, index: int, flags: list[str], recogniser: Recogniser) -> Page:
    """Return the lines of a page; what is odd about it is added to `flags`."""
    page = document[index]
    try:
        found = read_page(page)
        if _is_to_be_seen(found):
            seen = recogniser.page(index + 1, lambda: page.render(scale=_SCAN_SCALE).to_numpy())
            if seen is not None:
                return _seen_page(index + 1, seen)
    finally:
        page.close()
    if found.askew > 0:
        flags.append(messages.ASKEW.format(page=index + 1, count=found.askew))
    lines = lines_with_tables(found.pieces, found.rulings, unit=1.0)
    return Page(index + 1, found.width, found.height, (*lines, *_aside(found)))


def _is_to_be_seen(page: PdfPage) -> bool:
    """Whether a page is a picture, or its text cannot be read without looking at it."""
    characters = sum(len(piece.text) for piece in page.pieces)
    unreadable = sum(count_unreadable(piece.text) for piece in page.pieces)
    is_scan = characters < _FEW_CHARACTERS and page.picture_share >= _SCAN_SHARE
    return is_scan or unreadable >= max(1.0, _UNREADABLE_SHARE * characters)


def _seen_page(number: int, seen: Seen) -> Page:
    return Page(number, seen.width, seen.height, tuple(arrange(seen.pieces)))


def _aside(page: PdfPage) -> Sequence[Line]:
    return arrange(page.aside) if page.aside else ()


def _without_page_data(text: str) -> tuple[str, dict[str, str]]:
    """Return the text of a printed web page without the page's tools and its line of data, and that data."""
    metadata: dict[str, str] = {}
    lines = [line for line in text.split("\n") if not is_control_line(line)]
    for place, line in enumerate(lines[:_TOP_LINES]):
        found = list(labelled_values(line))
        if len(found) < 2 or all(one.label for one in found):
            continue
        for one in found:
            if one.label and (value := value_under(one.label, one.value)):
                metadata.setdefault(one.label, value)
        del lines[place]
        break
    return "\n".join(lines), metadata


def _described(properties: Mapping[str, str]) -> dict[str, str]:
    """Return who made the file and when: dates of the file, never those of the document in it."""
    described = {}
    if author := " ".join(properties.get("Author", "").split()):
        described["文件作者"] = author
    for key, label in (("CreationDate", "文件创建日期"), ("ModDate", "文件修改日期")):
        if found := re.match(r"D:(\d{4})(\d{2})(\d{2})", properties.get(key, "")):
            described[label] = "-".join(found.groups())
    return described
