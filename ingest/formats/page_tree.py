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
_MAX_TEXT = 4_000_000
"""Characters outside of scripts and styles; the largest page of the samples holds 40,000."""
_TAG = re.compile(r"<[a-zA-Z][^<>]*")
_MAX_TAG_WORDS = 1000
"""Words in one tag: the parser compares every attribute with all before it (300,000 took eight minutes)."""
_DROPPED = "dropped"
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
    if any(len(tag.split()) > _MAX_TAG_WORDS for tag in _TAG.findall(markup)):
        raise UnreadableFileError(messages.PAGE_TOO_MANY.format(name=name, limit=_MAX_TAG_WORDS))
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
    drop_all(tree, list(tree.iter(*_UNSEEN_TAGS)))
    if sum(map(len, tree.itertext())) > _MAX_TEXT:
        message = messages.PAGE_TOO_LARGE.format(name=name, size=len(data), limit=_MAX_TEXT)
        raise UnreadableFileError(message)
    return tree


def is_hidden(element: HtmlElement) -> bool:
    """Whether the page's markup itself hides the element."""
    return "hidden" in element.attrib or bool(_HIDING_STYLE.search(element.get("style", "")))


def drop_hidden(root: HtmlElement) -> int:
    """Remove what the markup hides below `root`; return how many characters of text went."""
    return drop_all(root, [one for one in root.iterdescendants() if is_hidden(one) and one.tag not in _ROOTS])


def drop_all(root: HtmlElement, elements: list[HtmlElement]) -> int:
    """Empty elements below `root`, the text behind them stays; return how many characters went.

    Their empty shells stay: joining the texts around thousands of removed elements in a row is quadratic.
    """
    before = _text_size(root)
    for element in elements:
        element.clear(keep_tail=True)
        element.tag = _DROPPED
    return before - _text_size(root)


def text_sizes(root: HtmlElement) -> dict[HtmlElement, int]:
    """Return the number of characters other than white space of every element, in one pass."""
    sizes: dict[HtmlElement, int] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        own = len(solid(element.text or ""))
        sizes[element] = own + sum(sizes.get(one, 0) + len(solid(one.tail or "")) for one in element)
    return sizes


def _text_size(root: HtmlElement) -> int:
    return sum(len(solid(part)) for part in root.itertext())


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
