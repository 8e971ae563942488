"""Where a page holds the text of the document: a known container, else what trafilatura takes for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from itertools import islice

import trafilatura
from lxml import etree, html
from lxml.html import HtmlElement

from ingest import messages
from ingest.errors import UnreadableFileError
from ingest.formats.page_tree import parse_page, solid, text_sizes, tokens_of

_CONTAINERS = (
    "ucap-content",
    "ucapcontent",
    "zoomcon",
    "zoom",
    "fontzoom",
    "trs_editor",
    "trs_ueditor",
    "pages_content",
    "article-content",
    "article_content",
    "articlecontent",
    "content_article",
    "info_cont",
    "maintext",
    "detailcon",
    "detail-content",
    "detail_content",
    "newsmain",
    "news_content",
    "newscontent",
    "wp_articlecontent",
    "vsb_content",
    "v_news_content",
    "article-con",
    "article_con",
    "art_con",
    "artcon",
    "xl-cont",
    "con_text",
    "contenttext",
    "textcontent",
    "bt_content",
    "js_content",
    "zhengwen",
    "zwnr",
)
"""Ids, classes and tags that publishing systems of governments give to the text; earlier ones are surer."""
_CONTAINER_TAGS = frozenset({"ucapcontent"})
_JCMS_BEGIN = re.compile(r"<!--\s*ZJEG_RSS\.content\.begin\s*-->", re.IGNORECASE)
_JCMS_END = re.compile(r"<!--\s*ZJEG_RSS\.content\.end\s*-->", re.IGNORECASE)
_MIN_TEXT = 20
_MAX_EXTRACTED = 2_000_000
"""Characters of markup up to which trafilatura is asked; its work grows faster than the page."""
_ARTICLE = re.compile(r"第[一二三四五六七八九十百]{1,5}条\s")
_MAX_HOLDERS = 5_000
_ANCHORS = 8
_MIN_ANCHOR = 8


@dataclass(frozen=True)
class Page:
    """The part of a page with the document's text, and the page around it without that part."""

    body: HtmlElement
    frame: HtmlElement


def find_body(markup: str, name: str) -> Page:
    """Return body and frame of a page.

    Raises:
        UnreadableFileError: the page cannot be parsed, or no text of a document is found on it.
    """
    marked = _between_marks(markup, name)
    if marked is not None:
        return marked
    tree = parse_page(markup, name)
    body = _known_container(tree)
    if body is None:
        body = _extracted(tree, markup)
    if body is None:
        body = _with_articles(tree)
    if body is None:
        raise UnreadableFileError(messages.PAGE_NO_TEXT.format(name=name))
    if body.getparent() is not None:
        body.drop_tree()
        body.tail = None
    return Page(body, tree)


def _between_marks(markup: str, name: str) -> Page | None:
    """Return what stands between the marks that JCMS sets around the text; None without marks or text."""
    begin = _JCMS_BEGIN.search(markup)
    end = _JCMS_END.search(markup, begin.end()) if begin else None
    if begin is None or end is None or not markup[begin.end() : end.start()].strip():
        return None
    body = parse_page(f"<div>{markup[begin.end() : end.start()]}</div>", name)
    if text_sizes(body)[body] < _MIN_TEXT:
        return None
    return Page(body, parse_page(markup[: begin.start()] + markup[end.end() :], name))


def _known_container(tree: HtmlElement) -> HtmlElement | None:
    """Return the element of the surest known name, the fullest where several bear it."""
    by_name: dict[str, list[HtmlElement]] = {}
    for element in tree.iter():
        if element.tag in _CONTAINER_TAGS:
            by_name.setdefault(str(element.tag), []).append(element)
        for token in tokens_of(element):
            by_name.setdefault(token, []).append(element)
    sizes = text_sizes(tree)
    for known in _CONTAINERS:
        fullest = max(by_name.get(known, []), key=sizes.__getitem__, default=None)
        if fullest is not None and sizes[fullest] >= _MIN_TEXT:
            return fullest
    return None


def _extracted(tree: HtmlElement, markup: str) -> HtmlElement | None:
    """Return the element around what trafilatura takes for the text, so that tables and lists stay whole."""
    if len(markup) > _MAX_EXTRACTED:
        return None
    text = trafilatura.extract(
        etree.tostring(tree, encoding="unicode", method="html"), include_comments=False, favor_recall=True
    )
    lines = [line for line in (text or "").splitlines() if len(solid(line)) >= _MIN_ANCHOR]
    around = _around(tree, [*lines[:_ANCHORS], *lines[-_ANCHORS:]])
    if around is not None or not lines:
        return around
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in (text or "").splitlines())
    return html.fragment_fromstring(paragraphs, create_parent="div")


def _with_articles(tree: HtmlElement) -> HtmlElement | None:
    """Return the whole of a page that is too short to tell its text from the rest, but holds an article."""
    holders = islice(tree.iter("p", "td", "div", "li"), _MAX_HOLDERS)
    if not any(_ARTICLE.match((holder.text or "").strip()) for holder in holders):
        return None
    return next(tree.iter("body"), None)


def _around(tree: HtmlElement, lines: list[str]) -> HtmlElement | None:
    """Return the smallest element that holds the lines; None where most of them are not found in one."""
    holders = [holder for line in lines if (holder := _deepest(tree, solid(line))) is not None]
    if not holders or len(holders) < len(lines) / 2:
        return None
    shared = [holders[0], *holders[0].iterancestors()]
    for holder in holders[1:]:
        family = {holder, *holder.iterancestors()}
        shared = [one for one in shared if one in family]
    smallest = next((one for one in shared if one.tag not in ("p", "span", "td", "tr", "tbody")), None)
    return None if smallest is None or smallest.tag == "html" else smallest


def _deepest(tree: HtmlElement, wanted: str) -> HtmlElement | None:
    found = tree if wanted in solid("".join(tree.itertext())) else None
    while found is not None:
        deeper = next((one for one in found.iterchildren() if wanted in solid("".join(one.itertext()))), None)
        if deeper is None:
            return found
        found = deeper
    return None
