"""Files that a page links or names as attachments (附件)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from lxml.html import HtmlElement

from ingest.formats.page_tree import collapse, solid, text_of
from ingest.widths import halve
from vectorstore.validity import Attachment

_TYPES = frozenset(
    ["pdf", "doc", "docx", "xls", "xlsx", "ofd", "zip", "rar", "7z", "wps", "et", "ppt", "pptx", "txt", "csv"]
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|footer|header|foot|top|sidebar|links?)(?:$|[\s_-])", re.IGNORECASE
)
_NO_NAME = re.compile(r"(?:点击)?(?:下载|查看|附件|文件|浏览|打开|这里|此处)*(?:原文|正文|附件)?\d*$")
_HEAD = re.compile(r"附\s*件\s*(?P<number>\d{0,2}|[一二三四五六七八九十]{0,3})\s*[::]\s*(?P<rest>.*)$")
_ITEM = re.compile(r"\d{1,2}\s*[..、]\s*(?P<name>\S.*)$")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(?P<url>https?://\S+)\s*-->")
_MAX_ATTACHMENTS = 200
_MAX_NAME = 200


def page_url(frame: HtmlElement, markup: str) -> str | None:
    """Return the page's own web address: canonical link, og:url, meta Url, or where it was saved from."""
    named = [
        link.get("href", "") for link in frame.iter("link") if link.get("rel", "").lower() == "canonical"
    ]
    for meta in frame.iter("meta"):
        key = (meta.get("property") or meta.get("name") or "").lower()
        if key in ("og:url", "url"):
            named.append(meta.get("content", ""))
    if saved := _SAVED_FROM.search(markup[:2000]):
        named.append(saved["url"])
    return next((url for one in named if (url := _web_address(one.strip()))), None)


def base_url(frame: HtmlElement, url: str | None) -> str | None:
    """Return the address that relative links start from."""
    written = next((one.get("href", "").strip() for one in frame.iter("base") if one.get("href")), "")
    return _web_address(_join(url, written)) or url


def find_attachments(
    body: HtmlElement, frame: HtmlElement, lines: Sequence[str], base: str | None
) -> tuple[Attachment, ...]:
    """Return linked files of text and frame, then the 附件 that the text names without a link."""
    found: dict[str, Attachment] = {}
    for link in (*body.iter("a"), *_frame_links(frame)):
        attachment = _linked(link, base)
        if attachment is not None:
            found.setdefault(attachment.url or solid(attachment.name), attachment)
    linked = [_bare(one.name) for one in found.values()][:_MAX_ATTACHMENTS]
    for name in islice(_named(lines), _MAX_ATTACHMENTS):
        bare = _bare(name)
        if not any(bare in one or one in bare for one in linked):
            found.setdefault(bare, Attachment(name=name[:_MAX_NAME]))
    return tuple(found.values())[:_MAX_ATTACHMENTS]


def _frame_links(frame: HtmlElement) -> Iterator[HtmlElement]:
    """Yield links outside the text, without those of the page's furniture."""
    for link in frame.iter("a"):
        around = (f"{one.tag} {one.get('id', '')} {one.get('class', '')}" for one in link.iterancestors())
        if not any(_FURNITURE.search(names) for names in around):
            yield link


def _linked(link: HtmlElement, base: str | None) -> Attachment | None:
    href = "".join((link.get("href") or "").split())
    file_name = _file_name(href)
    if file_name is None:
        return None
    absolute = _web_address(_join(base, href))
    if absolute is None and re.match(r"[a-zA-Z][\w+.-]*:", href):
        return None
    shown = text_of(link)
    if _NO_NAME.match(shown):
        shown = collapse(link.get("title") or link.get("alt") or link.get("download") or "") or file_name
    return Attachment(name=shown[:_MAX_NAME], url=absolute)


def _file_name(href: str) -> str | None:
    """Return the name of the file that a link leads to, also where a script serves it; None for a page."""
    try:
        parts = urlsplit(href)
        candidates = [parts.path, *(value for _, value in parse_qsl(parts.query)[:20])]
    except ValueError:
        return None
    for candidate in candidates:
        name = PurePosixPath(unquote(candidate)).name
        if "." in name and name.rsplit(".", 1)[1].lower() in _TYPES:
            return collapse(name)
    return None


def _join(base: str | None, href: str) -> str:
    try:
        return urljoin(base or "", href)
    except ValueError:
        return ""


def _web_address(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return url if is_web and len(url) <= 2000 else None


def _named(lines: Sequence[str]) -> Iterator[str]:
    """Yield the names after `附件:`, on its line or numbered on the lines below it."""
    expecting = False
    for line in lines:
        head = _HEAD.match(halve(line))
        item = _ITEM.match(halve(line))
        if head:
            expecting = True
            rest = line[head.start("rest") :].strip()
            first = _ITEM.match(halve(rest))
            name = rest[first.start("name") :] if first else rest
            if name:
                yield name
        elif expecting and item:
            yield line[item.start("name") :]
        else:
            expecting = False


def _bare(name: str) -> str:
    """Return a name for comparison: no white space, no number or 附件 before it, no file type behind it."""
    plain = re.sub(r"\.[a-z0-9]{2,4}$", "", halve(solid(name)).lower())
    return re.sub(r"^(?:附件)?\d{0,2}[:.、]?", "", plain).strip("《》。;")
