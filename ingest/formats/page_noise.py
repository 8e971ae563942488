"""What a page puts into its text that is none: share bars, print links, breadcrumbs, forms, neighbours."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from ingest.formats.page_tree import drop_all, solid, text_sizes
from ingest.widths import halve

_CONTROL_TAGS = frozenset(
    ["button", "input", "select", "textarea", "option", "optgroup", "datalist", "nav", "aside", "footer"]
)
_NOISE_NAMES = frozenset(
    [
        "share",
        "bdshare",
        "bshare",
        "social",
        "print",
        "printbtn",
        "qrcode",
        "ewm",
        "erweima",
        "crumb",
        "crumbs",
        "breadcrumb",
        "dqwz",
        "curb",
        "prev",
        "next",
        "prevnext",
        "pagination",
        "pager",
        "related",
        "xgwj",
        "xgxw",
        "toolbar",
        "fontsize",
        "setfont",
        "comment",
        "comments",
        "captcha",
        "yzm",
        "verify",
        "nav",
        "menu",
        "footer",
        "sidebar",
        "copyright",
        "visit",
        "hits",
        "feedback",
        "vote",
        "login",
        "search",
    ]
)
_FURNITURE = frozenset(
    [
        "search",
        "nav",
        "menu",
        "footer",
        "sidebar",
        "related",
        "xgwj",
        "xgxw",
        "login",
        "captcha",
        "comment",
        "comments",
    ]
)
_NAME_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_MOST_OF_TEXT = 0.2
_FORM_SHARE = 0.5

_CONTROLS = re.compile(
    r"\[?(?:"
    r"打印(?:本页|此页|页面|本文|正文)?|关闭(?:窗口|本页|页面|此页)?|返回(?:顶部|首页|上一页|列表)|回到顶部|收藏(?:本页)?|"
    r"分享(?:到|至|文章到)?|微信|朋友圈|新浪微博|微博|QQ空间|QQ|"
    r"扫一扫在手机(?:上)?打开当前页(?:面)?|扫一扫(?:分享本页)?|"
    r"(?:浏览)?(?:字号|字体大小|字体|背景色|视力保护色|保护视力色)|[大中小]|A[+-]|"
    r"(?:浏览|阅读|点击|访问)(?:次数|量|数|率):?[-\d]*次?|仅打印(?:内容|正文|本文)|我要纠错|网页纠错|纠错|下载正文|导出|复制链接|"
    r"验证码|看不清\??(?:换一张)?|提交|重置|登录|注册|听全文|语音播报|上一页|下一页|首页|尾页|末页"
    r")\]?"
)
_SEPARATORS = re.compile(r"[\s:|/>·,、\-—_\[\]()]+")
_NEIGHBOUR = re.compile(r"(?:上|下)一[篇条则](?:文章|新闻|信息)?\s*:")
_CRUMBS = re.compile(r"(?:您?(?:当前|现在)(?:所在)?的?(?:位置|栏目)|位置)(?:是)?\s*:")
_INTERPRETATION = re.compile(
    r"(?:点击)?(?:查看)?(?:相关)?"
    r"(?:政策解读|文字解读|图文解读|图解|解读|一图读懂|链接|阅读|新闻|文章|稿件)\s*(?::|$)"
)
_MAX_CONTROL_LINE = 80


def drop_noise(body: HtmlElement) -> None:
    """Remove the elements of a body that are tools of the page; text of size is never removed by its name."""
    sizes = text_sizes(body)
    whole = max(1, sizes[body])
    drop_all(body, [one for one in body.iterdescendants() if _is_tool(one, sizes[one] / whole)])


def _is_tool(element: HtmlElement, share: float) -> bool:
    """Whether an element with that share of the text is a tool of the page."""
    if element.tag == "form":
        return share < _FORM_SHARE
    return element.tag in _CONTROL_TAGS or (share < _MOST_OF_TEXT and _named_noise(element))


def drop_furniture(frame: HtmlElement) -> None:
    """Remove search forms, menus and lists of other pages from what is around the text."""
    drop_all(frame, [one for one in frame.iterdescendants() if _is_furniture(one)])


def _is_furniture(element: HtmlElement) -> bool:
    if element.tag in _CONTROL_TAGS:
        return True
    return bool(_parts(element) & _FURNITURE) and not _holds_headline(element)


def _holds_headline(element: HtmlElement) -> bool:
    return next(element.iter("h1", "ucaptitle", "meta", "body"), None) is not None


def is_control_line(line: str) -> bool:
    """Whether a line consists of tools only: 【打印】【关闭】, 上一篇: ..., 当前位置: ..."""
    line = halve(line)
    if _NEIGHBOUR.match(line) or (_CRUMBS.match(line) and len(line) <= _MAX_CONTROL_LINE):
        return True
    if len(line) > _MAX_CONTROL_LINE or not _CONTROLS.search(line):
        return False
    return not _SEPARATORS.sub("", _CONTROLS.sub("", solid(line)))


def without_interpretations(lines: list[str]) -> list[str]:
    """Return the lines without those at either end that only lead to an explanation: 政策解读:http..."""
    kept = list(lines)
    while len(kept) > 1 and _INTERPRETATION.match(halve(kept[0])):
        del kept[0]
    while len(kept) > 1 and _INTERPRETATION.match(halve(kept[-1])):
        del kept[-1]
    return kept


def _named_noise(element: HtmlElement) -> bool:
    parts = _parts(element)
    return bool(parts & _NOISE_NAMES) or any(part.startswith(("bdshare", "bshare")) for part in parts)


def _parts(element: HtmlElement) -> set[str]:
    """Return the words that id and classes are made of: article-shareBtn -> article, share, btn."""
    names = f"{element.get('id', '')} {element.get('class', '')}"
    return {part.lower() for part in _NAME_PARTS.findall(names)}
