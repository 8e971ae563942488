"""Markup of a web page -> a bounded tree without anything that a reader of the page does not see as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html
from lxml.html import HtmlElement

from ingest import messages
from ingest.errors import UnreadableFileError

MAX_PAGE_BYTES = 20_000_000
_MAX_ELEMENTS = 200_000
_UNSEEN_TAGS = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "frame",
        "object",
        "embed",
        "applet",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "map",
    ]
)
_HIDING_STYLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_ROOTS = frozenset({"html", "head", "body"})
_SPACE = re.compile(r"[\s\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]+")


def parse_page(markup: str, name: str) -> HtmlElement:
    """Return the tree of a page: no scripts, styles, comments; hidden parts still in it.

    Raises:
        UnreadableFileError: too large, nested too deeply (the parser would drop the rest silently), empty.
    """
    data = markup.encode("utf-8", "replace")
    if len(data) > MAX_PAGE_BYTES:
        message = messages.PAGE_TOO_LARGE.format(name=name, size=len(data), limit=MAX_PAGE_BYTES)
        raise UnreadableFileError(message)
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        tree = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableFileError(messages.PAGE_EMPTY.format(name=name)) from error
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise UnreadableFileError(messages.PAGE_TOO_DEEP.format(name=name))
    if sum(1 for _ in tree.iter()) > _MAX_ELEMENTS:
        raise UnreadableFileError(messages.PAGE_TOO_MANY.format(name=name, limit=_MAX_ELEMENTS))
    _drop_unseen(tree)
    return tree


def is_hidden(element: HtmlElement) -> bool:
    """Whether the page's markup itself hides the element."""
    return "hidden" in element.attrib or bool(_HIDING_STYLE.search(element.get("style", "")))


def drop_hidden(root: HtmlElement) -> int:
    """Remove what the markup hides below `root`; return how many characters of text went."""
    hidden = [element for element in root.iterdescendants() if is_hidden(element)]
    dropped = 0
    for element in hidden:
        if element.tag not in _ROOTS:
            dropped += len(collapse("".join(element.itertext())))
            drop(element)
    return dropped


def drop(element: HtmlElement) -> None:
    """Remove an element that may have gone already with one around it; the text behind it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def collapse(text: str) -> str:
    """Return the text on one line: white space and invisible characters as one space each run."""
    return _SPACE.sub(" ", text).strip()


def solid(text: str) -> str:
    """Return the text without any white space, for comparison."""
    return _SPACE.sub("", text)


def text_of(element: HtmlElement) -> str:
    """Return the text of an element on one line."""
    return collapse("".join(element.itertext()))


def tokens_of(element: HtmlElement) -> Iterator[str]:
    """Yield the id and the classes of an element in lower case."""
    yield from f"{element.get('id', '')} {element.get('class', '')}".lower().split()


def _drop_unseen(tree: HtmlElement) -> None:
    for element in [one for one in tree.iter() if one.tag in _UNSEEN_TAGS]:
        drop(element)
