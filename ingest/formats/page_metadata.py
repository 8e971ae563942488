"""What a page says about its document: table, list, line and meta tags -> values by normalised label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from ingest.formats.page_labels import Labelled, label_of, labelled_values, starts_labelled, value_under
from ingest.formats.page_noise import is_control_line
from ingest.formats.page_tree import collapse, is_hidden, text_of
from ingest.widths import halve

_META = {
    "articletitle": "标题",
    "pubdate": "发布日期",
    "maketime": "发布日期",
    "publishdate": "发布日期",
    "firstpublishedtime": "发布日期",
    "contentsource": "来源",
    "sitename": "网站名称",
    "columnname": "栏目",
    "description": "网页描述",
}
_CELLS = frozenset({"td", "th", "dt", "dd"})
_LINES = frozenset({"li", "p", "div", "dd", "dt", "td", "th", "span", "h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = frozenset(
    [
        "li",
        "p",
        "div",
        "dd",
        "dt",
        "td",
        "th",
        "ul",
        "ol",
        "dl",
        "table",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
    ]
)
_ROWS = frozenset({"tr", "tbody", "thead", "table", "ul", "ol", "dl"})
_EVERYDAY = frozenset({"标题", "来源", "主题分类", "主题词", "体裁分类", "服务对象"})
"""Labels that pages also use as plain words; outside of a table they need their colon or bracket."""
_ENDS_OF_LABELS = ":\uff1a]\u3011"
_MAX_TEXT = 400
_MAX_NODES = 80
_MAX_ELEMENTS = 50_000
_ORNAMENTS = 4
_MIN_TITLE = 4
_TITLE_ISSUERS = re.compile(r"(?P<issuers>[\u4e00-\u9fff\s]{4,120}?)关于")
_FULL_NAME = re.compile(
    r"(?:中共|中国|中华|国务院|国家|[\u4e00-\u9fff]{2,4}?(?:自治区|省|市|区|县))[\u4e00-\u9fff]*"
    r"(?:局|厅|委员会|委|办公室|政府|部|院|联合会|中心)$"
)
_REPRINT = re.compile(r"^\s*[\[(\uff08\u3010\uff3b]\s*转载\s*[\])\uff09\u3011\uff3d]\s*")


def read_metadata(page: HtmlElement) -> dict[str, str]:
    """Return values by label: what the page shows before its meta tags, the first before later ones."""
    found: dict[str, str] = {}
    for labelled in (*_shown(page), *_meta_tags(page)):
        value = value_under(labelled.label, labelled.value) if labelled.label else None
        if value is not None and not is_control_line(value):
            found.setdefault(labelled.label, value)
    return found


def count_labels(table: HtmlElement) -> int:
    """Return how many cells of a table are labels of metadata, alone or before their value."""
    cells = [one for one in table.iter("td", "th") if (_short_text(one) is not None)]
    return sum(1 for cell in cells if label_of(_short_text(cell) or "") or _starts_labelled(cell))


def _starts_labelled(cell: HtmlElement) -> bool:
    return any(one.label for one in labelled_values(_short_text(cell) or ""))


def _shown(page: HtmlElement) -> Iterator[Labelled]:
    for element in islice(page.iter(), _MAX_ELEMENTS):
        if is_hidden(element):
            continue
        text = _short_text(element)
        if not text:
            continue
        label = label_of(text)
        if label in _EVERYDAY and element.tag not in _CELLS and text[-1] not in _ENDS_OF_LABELS:
            continue
        if label is not None:
            yield Labelled(label, _value_beside(element))
        elif element.tag in _LINES and not any(child.tag in _BLOCKS for child in element):
            yield from labelled_values(text)


def _value_beside(element: HtmlElement) -> str:
    """Return the text behind an element that is a label: its tail, the next element, or the next cell.

    A row with nothing but a label has an empty value: the next row is another field.
    """
    if element.tag in _ROWS:
        return ""
    tail = collapse(element.tail or "")
    if tail and element.tag not in _CELLS:
        return tail.lstrip(":\uff1a ")
    beside = _next_filled(element)
    parent = element.getparent()
    if beside is None and element.tag not in _CELLS and parent is not None and parent.tag in _CELLS:
        beside = _next_filled(parent)
    if beside is None or starts_labelled(beside) or any(one.label for one in labelled_values(beside)):
        return ""
    return beside


def _next_filled(element: HtmlElement) -> str | None:
    """Return the text of the next sibling; an empty cell ends the search, an empty ornament does not."""
    for sibling in islice(element.itersiblings(), _ORNAMENTS):
        text = _short_text(sibling) or ""
        if text or sibling.tag in _CELLS:
            return text
    return None


def _short_text(element: HtmlElement) -> str | None:
    """Return the text of an element unless it is long; work is bounded, however much it holds."""
    parts: list[str] = []
    size = 0
    for count, part in enumerate(element.itertext()):
        size += len(part.strip())
        if size > _MAX_TEXT or count > _MAX_NODES:
            return None
        parts.append(part)
    return collapse("".join(parts))


def _meta_tags(page: HtmlElement) -> Iterator[Labelled]:
    for meta in page.iter("meta"):
        label = _META.get((meta.get("name") or "").strip().lower())
        if label is not None:
            yield Labelled(label, collapse(meta.get("content") or ""))


def page_title(page: HtmlElement, metadata: dict[str, str]) -> str | None:
    """Return the title: the page's own field, its headline, og:title, or the browser's without the site."""
    stated = _REPRINT.sub("", metadata.get("标题", ""))
    if len(stated) >= _MIN_TITLE:
        return stated
    for headline in page.iter("h1", "ucaptitle"):
        text = text_of(headline)
        if _MIN_TITLE <= len(text) <= 200 and not is_hidden(headline) and "位置" not in text:
            return text
    for meta in page.iter("meta"):
        if meta.get("property") == "og:title" and collapse(meta.get("content") or ""):
            return collapse(meta.get("content") or "")
    named = next((text_of(one) for one in page.iter("title")), "")
    return _without_site(named, metadata.get("网站名称", "")) or None


def is_reprint(stated: str, title: str, publisher: str) -> bool:
    """Whether a page repeats a document of others: it says (转载), or its title names them in full."""
    if _REPRINT.match(stated):
        return True
    named = _TITLE_ISSUERS.match(title)
    issuers = named["issuers"].split() if named else []
    names = [*issuers, halve(publisher).split("(")[0]]
    if not issuers or not all(_FULL_NAME.match(one) for one in names):  # 市府办 may be any of them
        return False
    return not any(one in publisher or publisher in one for one in issuers)


def _without_site(named: str, site: str) -> str:
    """Return a browser's title without the site and column behind it: `标题_政策文件_首都之窗`."""
    for mark in ("_", " - ", " – ", "--", "|"):
        named = named.split(mark)[0].strip()
    return named.removesuffix(site).strip(" -_") if site else named
