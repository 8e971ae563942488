"""A DOCX file -> its text: paragraphs with their automatic numbers, tables in place, no tracked deletions."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import OpcError
from lxml.etree import LxmlError

from ingest import messages
from ingest.errors import UnreadableFileError
from ingest.formats.archive import Archive
from ingest.formats.docx_numbering import Numbering
from ingest.formats.glyphs import drop_controls, repair
from ingest.formats.limits import ReadingLimits
from ingest.formats.pipes import MOST_COLUMNS, Placed, clean_cell, pipe_table
from ingest.formats.properties import glyph_flags, known_title
from ingest.formats.source import SourceText
from ingest.formats.xml import parse_xml

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_READ = frozenset(
    f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rt", "txbxContent", "pPr", "rPr")
)
_SIGNS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}ptab": " "}
_FAULTS = (
    KeyError,
    ValueError,
    AttributeError,
    TypeError,
    IndexError,
    OSError,
    LxmlError,
    OpcError,
    BadZipFile,
)
"""What python-docx raises on files whose parts do not fit together; it has no error of its own for them."""


def read_docx(data: bytes, name: str, limits: ReadingLimits, origin: str = "docx") -> SourceText:
    """Return the document of a DOCX file; `origin` is the format that it was converted from.

    Raises:
        UnreadableFileError: broken, protected by a password, or empty.
        UnsafeFileError: an archive or XML that is built to harm.
    """
    archive = Archive(data, name, "DOCX", limits)
    for path in archive.paths:
        if path.lower().endswith((".xml", ".rels")):
            parse_xml(archive.read(path), name, path, limits)
    try:
        document = docx.Document(io.BytesIO(data))
        body = _Body(Numbering.of(document), limits.max_depth)
        text = "\n".join(line for line in body.lines(document.element.body) if line.strip())
        properties = document.core_properties
        title, described = properties.title or "", _described(properties)
    except _FAULTS as error:
        raise UnreadableFileError(messages.DAMAGED.format(name=name, what="DOCX")) from error
    if not text.strip():
        raise UnreadableFileError(messages.EMPTY.format(name=name))
    return SourceText(
        text=text + "\n",
        format=origin,
        title=known_title(title, text),
        metadata=described,
        flags=(*_changes(document.element.body), *glyph_flags(text)),
    )


@dataclass
class _Body:
    """Reads the blocks of a document in order."""

    numbering: Numbering
    max_depth: int

    def lines(self, parent: Any) -> Iterator[str]:
        """Yield the lines of all paragraphs and tables below an element."""
        for block in parent:
            if block.tag == f"{_W}p":
                yield from self._paragraph(block)
            elif block.tag == f"{_W}tbl":
                yield from self._table(block)
            elif block.tag == f"{_W}sdt" and _is_contents(block):
                continue
            elif block.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins", f"{_W}smartTag"):
                yield from self.lines(block)

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        text = _text(paragraph)
        number = self.numbering.number_of(paragraph)
        if text.strip() and not _is_contents_line(paragraph):
            first, *further = text.strip().split("\n")
            yield number + first.strip()
            yield from (line.strip() for line in further)
        for box in paragraph.iter(f"{_W}txbxContent"):
            if not any(parent.tag == _FALLBACK for parent in box.iterancestors()):
                yield from self.lines(box)

    def _table(self, table: Any) -> Iterator[str]:
        cells = list(self._cells(table))
        rows = pipe_table(cells) if sum(1 for cell in cells if cell.text.strip()) > 1 else None
        if rows is None:
            yield from (line for cell in cells for line in cell.text.split("\n"))
        else:
            yield from rows

    def _cells(self, table: Any) -> Iterator[Placed]:
        """Yield the cells of a table, those merged downwards as one."""
        open_cells: dict[int, Placed] = {}
        for top, row in enumerate(table.iterchildren(f"{_W}tr")):
            left = _whole(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
            for cell in _cells_of(row):
                width = max(1, _whole(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1))
                merge = cell.find(f"{_W}tcPr/{_W}vMerge")
                above = open_cells.get(left)
                if merge is not None and merge.get(f"{_W}val") != "restart" and above is not None:
                    grown = Placed(above.text, above.row, left, top - above.row + 1, above.columns)
                    open_cells[left] = grown
                else:
                    if above is not None:
                        yield above
                    text = "\n".join(line for line in self.lines(cell) if line.strip())
                    open_cells[left] = Placed(text, top, left, 1, min(width, MOST_COLUMNS))
                left += width
        yield from open_cells.values()


def _cells_of(row: Any) -> Iterator[Any]:
    for one in row:
        if one.tag == f"{_W}tc":
            yield one
        elif one.tag == f"{_W}sdt":
            yield from one.iterfind(f"{_W}sdtContent/{_W}tc")


def _text(paragraph: Any) -> str:
    """Return what a paragraph shows, without deleted and hidden words, and without its text boxes."""
    parts: list[str] = []
    waiting = list(paragraph)[::-1]
    while waiting:
        one = waiting.pop()
        if one.tag in _NOT_READ or one.tag == _FALLBACK or _is_hidden(one):
            continue
        if one.tag in (f"{_W}t", _MATHS):
            parts.append(one.text or "")
        elif one.tag == f"{_W}sym":
            parts.append(_symbol(one))
        elif one.tag in _SIGNS:
            parts.append("" if one.get(f"{_W}type") in ("page", "column") else _SIGNS[one.tag])
        else:
            waiting += list(one)[::-1]
    return drop_controls(repair("".join(parts)))


def _symbol(element: Any) -> str:
    """Return a character of a symbol font; Wingdings' ticks and boxes as what they show."""
    code = element.get(f"{_W}char", "")
    shown = {"F0FE": "☑", "F0A8": "□", "F06F": "□", "F0FC": "√", "F0D8": "◆", "F0B7": "•", "F06C": "●"}
    if code.upper() in shown:
        return shown[code.upper()]
    number = (
        int(code, 16) if code and all(digit in "0123456789abcdefABCDEF" for digit in code[:6]) else 0xFFFD
    )
    return chr(number) if 0x20 <= number <= 0x10FFFF and not 0xD800 <= number < 0xE000 else "\ufffd"


def _is_hidden(run: Any) -> bool:
    hidden = run.find(f"{_W}rPr/{_W}vanish") if run.tag == f"{_W}r" else None
    return hidden is not None and hidden.get(f"{_W}val") not in ("0", "false")


def _is_contents(block: Any) -> bool:
    gallery = block.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
    return gallery is not None and gallery.get(f"{_W}val") == "Table of Contents"


def _is_contents_line(paragraph: Any) -> bool:
    """Tell whether a paragraph is an entry of a table of contents that Word made."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style is not None and str(style.get(f"{_W}val", "")).upper().startswith("TOC")


def _whole(element: Any, otherwise: int) -> int:
    value = element.get(f"{_W}val", "") if element is not None else ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 4 else otherwise


def _changes(body: Any) -> Iterator[str]:
    """Yield what a person should know of tracked changes."""
    deleted = sum(1 for _ in body.iter(f"{_W}delText"))
    inserted = sum(1 for one in body.iter(f"{_W}ins") if next(one.iter(f"{_W}t"), None) is not None)
    if deleted:
        yield messages.TRACKED_DELETIONS.format(count=deleted)
    if inserted:
        yield messages.TRACKED_INSERTIONS.format(count=inserted)


def _described(properties: Any) -> dict[str, str]:
    """Return who made the file and when: dates of the file, never those of the document in it."""
    described = {}
    if author := clean_cell(properties.author or ""):
        described["文件作者"] = author
    for label, moment in (("文件创建日期", properties.created), ("文件修改日期", properties.modified)):
        if moment is not None:
            described[label] = moment.date().isoformat()
    return described
