"""Tables as files for spreadsheets: nothing that people wrote is ever run as a formula."""

from __future__ import annotations

import csv
import unicodedata
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from assistant.ui.staff.tables import Cell, Table

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""In half width; spreadsheets of East Asia take the full width for the same."""
_LONGEST_CELL = 32_767
"""Most characters of a cell in a spreadsheet."""


def as_csv(table: Table) -> bytes:
    """Return a table as CSV in UTF-8 with a byte order mark, which spreadsheets need to read Chinese."""
    text = StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow(table.headings)
    writer.writerows([_safe(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def as_xlsx(table: Table, title: str) -> bytes:
    """Return a table as a workbook of one sheet; texts are texts, numbers are numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title=title[:31])
    sheet.freeze_panes = "A2"
    headings = [WriteOnlyCell(sheet, value=heading) for heading in table.headings]
    for heading in headings:
        heading.font = Font(bold=True)
    sheet.append(headings)
    for row in table.rows:
        sheet.append([_safe(cell) for cell in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _safe(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe before what looks like one."""
    if not isinstance(cell, str):
        return cell
    clean = ILLEGAL_CHARACTERS_RE.sub("", cell)[: _LONGEST_CELL - 1]
    first = unicodedata.normalize("NFKC", clean.lstrip(" \u3000\u00a0\ufeff")[:1])
    return f"'{clean}" if first in _STARTS_A_FORMULA else clean
