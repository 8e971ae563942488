"""The body of a page -> lines of text in reading order: paragraphs, list items, tables as pipe rows."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from ingest.formats.page_noise import is_control_line
from ingest.formats.page_tables import table_lines
from ingest.formats.page_tree import collapse, drop_all
from ingest.widths import halve

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ucapcontent",
        "ul",
    ]
)
_STRUCK = frozenset({"del", "s", "strike"})
_SUPERSCRIPTS = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_SUBSCRIPTS = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
_UPRIGHT = re.compile(r"(?:[\u4e00-\u9fff] )+[\u4e00-\u9fff]$")
"""A cell set character by character, as in narrow columns: 基 础 指 标."""
_RAISED = re.compile(r"[0-9+\-()]{1,6}$")
_NUMBERED = re.compile(r"\(?[0-9一二三四五六七八九十]{1,3}[).、]|[①-⑳]|第[一二三四五六七八九十百]+")


def body_lines(body: HtmlElement) -> list[str]:
    """Return the lines of a body, none of them blank, tools of the page left out."""
    writer = _Writer()
    writer.write(body)
    writer.end_line()
    return writer.lines


def drop_struck(body: HtmlElement) -> int:
    """Remove text that is struck out; return how many characters went."""
    return drop_all(body, list(body.iterdescendants(*_STRUCK)))


class _Writer:
    """Collects text into lines; a block starts and ends one.

    Args:
        flat: write tables as their text, as within a cell of another table.
    """

    def __init__(self, *, flat: bool = False) -> None:
        self.lines: list[str] = []
        self._line: list[str] = []
        self._flat = flat
        self._items: dict[HtmlElement, int] = {}

    def write(self, element: HtmlElement) -> None:
        """Write an element and all within it; the depth of a page is bounded where it is parsed."""
        if element.tag == "table" and not self._flat:
            self._write_table(element)
        elif element.tag == "br":
            self.end_line()
        elif element.tag in ("sup", "sub"):
            self._line.append(_raised(element))
        elif element.tag in _BLOCKS:
            self.end_line()
            self._line.append(self._list_number(element))
            self._write_content(element)
            self.end_line()
        else:
            self._write_content(element)

    def end_line(self) -> None:
        """Close the line that is being written."""
        line = collapse("".join(self._line))
        self._line = []
        if line and not is_control_line(line):
            self.lines.append(line.replace("|", "\uff5c") if line.startswith("|") else line)

    def _write_content(self, element: HtmlElement) -> None:
        self._line.append(element.text or "")
        for child in element.iterchildren():
            self.write(child)
            self._line.append(child.tail or "")

    def _write_table(self, table: HtmlElement) -> None:
        self.end_line()
        rows = table_lines(table, cell_text)
        if rows is None:
            self._write_content(table)
        else:
            self.lines += rows
        self.end_line()

    def _list_number(self, element: HtmlElement) -> str:
        """Return the number that a browser sets before a list item, where the text has none of its own."""
        items = element.getparent()
        if element.tag != "li" or items is None or not _numbers_items(items, element):
            return ""
        number = self._items[items] = self._items.get(items, _first_number(items) - 1) + 1
        start = collapse("".join(islice(element.itertext(), 5)))[:12]
        return "" if _NUMBERED.match(halve(start)) else f"{number}. "


def cell_text(cell: HtmlElement) -> str:
    """Return the text of a table cell on one line."""
    writer = _Writer(flat=True)
    writer.write(cell)
    writer.end_line()
    text = " ".join(writer.lines)
    return text.replace(" ", "") if _UPRIGHT.match(text) else text


def _raised(element: HtmlElement) -> str:
    """Return 10<sup>4</sup> as 10⁴ and CO<sub>2</sub> as CO₂: set level they would be other numbers."""
    text = collapse("".join(element.itertext()))
    if not _RAISED.match(text):
        return text
    return text.translate(_SUPERSCRIPTS if element.tag == "sup" else _SUBSCRIPTS)


def _numbers_items(items: HtmlElement, item: HtmlElement) -> bool:
    """Whether a browser sets Arabic numbers before the items of a list."""
    style = f"{items.get('style', '')} {item.get('style', '')}".replace(" ", "").lower()
    is_other = "list-style" in style and "decimal" not in style
    return items.tag == "ol" and (items.get("type") or "1").strip() == "1" and not is_other


def _first_number(items: HtmlElement) -> int:
    start = (items.get("start") or "1").strip()
    return int(start) if start.isascii() and start.isdigit() and len(start) < 5 else 1
