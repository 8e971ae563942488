"""A page of an official site -> the text of its document, what the page says about it, its attachments."""

from __future__ import annotations

from lxml.html import HtmlElement

from ingest import messages
from ingest.errors import UnreadableFileError
from ingest.formats.page_attachments import base_url, find_attachments, page_url
from ingest.formats.page_body import Page, find_body
from ingest.formats.page_decoding import decode_page
from ingest.formats.page_labels import labelled_values
from ingest.formats.page_lines import body_lines, drop_struck
from ingest.formats.page_metadata import count_labels, is_reprint, page_title, read_metadata
from ingest.formats.page_noise import drop_furniture, drop_noise, without_interpretations
from ingest.formats.page_tree import drop_all, drop_hidden, solid
from ingest.formats.source import SourceText

_METADATA_TABLE = 3
_TOP_LINES = 6
_FEW_CHARACTERS = 200
_TOLERATED = 20
"""Hidden or struck-out characters that need no word to a person."""


def read_html(data: bytes, name: str) -> SourceText:
    """Return the document of a page; `name` is the file's, for messages.

    Raises:
        UnreadableFileError: empty, not a page, unknown encoding, beyond the bounds, or without a text.
    """
    markup = decode_page(data, name)
    page = find_body(markup, name)
    flags = _cleaned(page.body)
    drop_furniture(page.frame)
    metadata = _metadata(page)
    title = page_title(page.frame, metadata)
    lines = without_interpretations(_without_headline_data(body_lines(page.body)))
    if not lines:
        raise UnreadableFileError(messages.PAGE_NO_TEXT.format(name=name))
    text = "\n".join(_titled(lines, title)) + "\n"
    flags += _without_reprinter(metadata, title)
    flags += _pictures(page.body, text)
    url = page_url(page.frame, markup)
    return SourceText(
        text=text,
        format="html",
        title=title,
        metadata=metadata,
        attachments=find_attachments(page.body, page.frame, lines, base_url(page.frame, url)),
        flags=tuple(flags),
        url=url,
    )


def _cleaned(body: HtmlElement) -> list[str]:
    """Remove from the body what is not its text; return what a person should know of it."""
    drop_noise(body)
    hidden, struck = drop_hidden(body), drop_struck(body)
    flags = []
    if hidden > _TOLERATED:
        flags.append(messages.PAGE_HIDDEN.format(count=hidden))
    if struck:
        flags.append(messages.PAGE_STRUCK.format(count=struck))
    return flags


def _metadata(page: Page) -> dict[str, str]:
    """Return the page's metadata; a table of it within the body is read and taken out."""
    within: dict[str, str] = {}
    tables = [
        one
        for one in page.body.iterdescendants("table")
        if next(one.iterdescendants("table"), None) is None and count_labels(one) >= _METADATA_TABLE
    ]
    for table in tables:
        within |= read_metadata(table)
    drop_all(page.body, tables)
    return read_metadata(page.frame) | within


def _without_headline_data(lines: list[str]) -> list[str]:
    """Return the lines without those at the top that hold only data of the page: 发布日期:... 浏览次数:..."""
    return [line for place, line in enumerate(lines) if place >= _TOP_LINES or not _is_page_data(line)]


def _is_page_data(line: str) -> bool:
    found = list(labelled_values(line))
    return len(found) > 1 and any(not one.label for one in found)


def _titled(lines: list[str], title: str | None) -> list[str]:
    """Return the lines with the page's headline: whole where it is broken, on top where the text lacks it."""
    if not title:
        return lines
    wanted = solid(title)
    top = [solid(line) for line in lines[:_TOP_LINES]]
    for start in range(len(top)):
        for end in range(start + 1, len(top) + 1):
            if "".join(top[start:end]) == wanted:
                return [*lines[:start], title, *lines[end:]]
    return lines if wanted in "".join(top) else [title, *lines]


def _without_reprinter(metadata: dict[str, str], title: str | None) -> list[str]:
    """Take 发布机构 for who put a page up, not for the issuer, where the title says so; return the flag."""
    publisher = metadata.get("发布机构")
    if publisher is None or not is_reprint(metadata.get("标题", ""), title or "", publisher):
        return []
    metadata["转载单位"] = metadata.pop("发布机构")
    return [messages.PAGE_REPRINT.format(publisher=publisher)]


def _pictures(body: HtmlElement, text: str) -> list[str]:
    count = sum(1 for _ in body.iter("img"))
    if not count:
        return []
    few = messages.PAGE_MOSTLY_PICTURES if len(text) < _FEW_CHARACTERS else messages.PAGE_PICTURES
    return [few.format(count=count)]
