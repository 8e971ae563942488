"""What stands before the first heading: notice (a letter), title, promulgation, introduction."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from ingest.lines import Line, Node, filled
from ingest.numbering import parse_marker
from ingest.signatures import PATH, Span, find_letter_signature
from ingest.tables import Table, table_nodes
from ingest.widths import close_gaps, halve
from vectorstore.models import ClauseKind

_NOTICE_END = re.compile(r"(函|通知|公告|公示|启事|通告)$")
_NAMED = re.compile(r"《(.+)》")
_TITLE_END = re.compile(
    r"(修正案|计划|方案|意见|办法|条例|规定|细则|措施|政策|通知|规划|法|决定|决议|规则|指南|纲要|清单|公告|解释|批复|函)$"
)
_SUFFIX = re.compile(r"(\((?:[^()]*稿|试行|暂行|\d{4}[^()]*|[一二三四五六七八九十]{1,3})\))+$")
_SUBTITLE = re.compile(r"\([^()]{2,60}\)$")
_DOCUMENT_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,14}\[(?:19|20)\d{2}\]\s*第?\d+号$")
_COMMENT = re.compile(r"<!--.*-->$")
_PROMULGATED = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日.*(通过|公布|发布|施行|实施|修正|修订|批准|印发)|(发布日期|发布时间|发布机构|来源|文号|索引号):"
)
_NOTE_START = re.compile(r"\(|#*\s*\d{4}年|根据|依据|按照")
"""What a line on a law's history begins with where it is a whole sentence; news under a title is none."""
_CONTENTS = re.compile(r"#*\s*目\s*[录次]$")
_ISSUE = re.compile(
    r"\(?(?:(?:19|20)\d{2}年)?\s*第\s*\d{1,4}\s*[期号辑卷]\)?$|[-—–]\s*\d{1,4}\s*[-—–]$|"
    r"(?:No|Vol|Issue)\b[.\s]*\d{1,4}(?:[,;\s]+(?:No|Issue)\b[.\s]*\d{1,4})?$",
    re.IGNORECASE,
)
"""The number of an issue or of a page, which is no title: No.17, 第17期, —1—."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ENGLISH_TITLE = re.compile(
    r"[A-Z][\w'’&,()\- ]{6,140}\b(?:Plan|Law|Measures|Opinions?|Notice|Regulations?|Provisions|Guidelines|"
    r"Strategy|Decision|Rules|Programme|Program|Policy|Policies|Standards?)$"
)
_ENGLISH_LINES = 12
"""An English title stands among so many lines: a cover names the office that translates it first."""
_MAX_TITLE = 100


@dataclass(frozen=True)
class Front:
    """Where the front ends and what it says.

    Attributes:
        nodes: 函, 标题, in order.
        title: the title, or None where no line is one.
        subtitle: the bracketed lines under it, e.g. (征求意见稿).
        notice_end: index of the first line after the notice (0 without a notice).
        end: index of the first line after notice, title and subtitle.
    """

    nodes: tuple[Node, ...]
    title: str | None
    subtitle: str
    notice_end: int
    end: int


def read_front(lines: Sequence[Line], known_title: str | None = None) -> Front:
    """Return notice and title of a document; what follows them is left to the caller.

    Args:
        lines: all lines.
        known_title: the title as the page's metadata gives it; a line of these words is the title.
    """
    nodes: list[Node] = []
    title_at = _title_behind_notice(lines)
    notice_end = title_at or 0
    if title_at is not None:
        nodes.append(_notice(lines))
    else:
        title_at = _title_on_top(lines, known_title)
    if title_at is None:
        return Front(tuple(nodes), None, "", notice_end, notice_end)
    title, end = _whole_title(lines, title_at)
    subtitle, end = _subtitle(lines, end)
    start = lines[title_at].start if nodes else 0
    nodes.append(Node("标题", ClauseKind.TITLE, start, "标题"))
    return Front(tuple(nodes), title, subtitle, notice_end, end)


@dataclass(frozen=True)
class Contents:
    """The lines of a table of contents: from index `start` to before `end`; equal where there is none."""

    start: int
    end: int


def names_a_document(title: str) -> bool:
    """Whether a title ends in a kind of official document: 批复, 通知, 修正案(二), 办法(试行)."""
    return _TITLE_END.search(_SUFFIX.sub("", halve(title))) is not None


def find_contents(lines: Sequence[Line], start: int) -> Contents:
    """Return the table of contents behind the title: from 目录 to where its first entry comes again."""
    heading = next((i for i in filled(lines, start) if _CONTENTS.match(halve(lines[i].content))), None)
    if heading is None:
        return Contents(start, start)
    entries = filled(lines, heading + 1)
    first = next(entries, None)
    wanted = _entry(lines[first].content) if first is not None else ""
    again = next((index for index in entries if _entry(lines[index].content) == wanted), None)
    return Contents(heading, again) if again is not None else Contents(start, start)


def introduction(
    lines: Sequence[Line],
    start: int,
    contents: Contents,
    end: int,
    tables: Mapping[int, Table],
    is_numbered: bool = True,
) -> list[Node]:
    """Return the nodes between the title and the first heading: 题注, 目录, 引言/第1段 ... and 落款.

    Where nothing is numbered this is the whole text, and its paragraphs are 正文/第1段 ...
    """
    nodes: list[Node] = []
    if contents.end > contents.start:
        before = introduction(lines, start, Contents(start, start), contents.start, tables)
        nodes += [*before, Node("目录", ClauseKind.FORM, lines[contents.start].start, "目录")]
        start = contents.end
    has_note = any(node.path == "题注" for node in nodes)
    body = start if has_note else _promulgation_end(lines, start, end)
    noted = next(filled(lines, start, body), None)
    if noted is not None:
        nodes.append(Node("题注", ClauseKind.METADATA, lines[noted].start, "题注"))
    earlier = sum(node.kind is ClauseKind.PARAGRAPH for node in nodes)
    part = "引言" if is_numbered else "正文"
    is_signed = any(node.path == PATH for node in nodes)
    signature = None if is_signed else find_letter_signature(lines, body, end)
    return nodes + _paragraphs(lines, range(body, end), tables, part, earlier, signature)


def _paragraphs(
    lines: Sequence[Line],
    within: range,
    tables: Mapping[int, Table],
    part: str,
    earlier: int,
    signature: Span | None,
) -> list[Node]:
    """Return one node a line, and those of tables, numbered on from the `earlier` ones; 落款 is one."""
    nodes: list[Node] = []
    count, behind_table, seen = earlier, within.start, 0
    for index in filled(lines, within.start, within.stop):
        table = tables.get(index)
        if index < behind_table:
            continue
        if signature is not None and signature.start <= index < signature.end:
            if index == signature.start:
                nodes.append(Node(PATH, ClauseKind.METADATA, lines[index].start, PATH))
        elif table is not None:
            seen += 1
            nodes += table_nodes(lines, table, part, (part,), seen)
            behind_table = table.end
        else:
            count += 1
            nodes.append(Node(f"{part}/第{count}段", ClauseKind.PARAGRAPH, lines[index].start, part))
    return nodes


def _is_comment(content: str) -> bool:
    """Whether a line is an HTML comment, e.g. the end mark of a law's header."""
    return _COMMENT.match(content) is not None


def _entry(content: str) -> str:
    """Return an entry of a table of contents for comparison: no white space, dots and page number."""
    return re.sub(r"[\s#]+|[.…·\-]*\d*$", "", halve(content).strip())


def _notice(lines: Sequence[Line]) -> Node:
    first = halve(lines[next(filled(lines))].content)
    ending = _NOTICE_END.search(first)
    name = ending.group(1) if ending else "函"
    return Node(name, ClauseKind.NOTICE, 0, name)


def _title_behind_notice(lines: Sequence[Line]) -> int | None:
    """Return the line that repeats, as a title, the 《...》 which the letter's first line names."""
    first = next(filled(lines), None)
    if first is None or not _NOTICE_END.search(halve(lines[first].content)):
        return None
    named = _NAMED.search(lines[first].content)
    if named is None:
        return None
    wanted = _bare(named.group(1))
    return next((i for i in filled(lines, first + 1) if _bare(lines[i].content) == wanted), None)


def _bare(title: str) -> str:
    """Return a title for comparison: no white space, no (征求意见稿), half width."""
    plain = re.sub(r"\s+", "", halve(title)).strip("#《》")
    while (shorter := re.sub(r"\([^()]*稿\)$", "", plain)) != plain:
        plain = shorter
    return plain


def _title_on_top(lines: Sequence[Line], known_title: str | None) -> int | None:
    for index in filled(lines):
        content = halve(lines[index].content)
        if _DOCUMENT_NUMBER.match(content) or _is_comment(content) or _ISSUE.match(content):
            continue
        if content.startswith("# ") or (known_title and _bare(content) == _bare(known_title)):
            return index
        if not _CHINESE.search(content) and (named := _english_title(lines, index)) is not None:
            return named
        is_title = len(content) <= _MAX_TITLE and content[-1] not in "。;,:!?、" and not parse_marker(content)
        return index if is_title else None
    return None


def _english_title(lines: Sequence[Line], start: int) -> int | None:
    nearby = islice(filled(lines, start), _ENGLISH_LINES)
    return next((index for index in nearby if _ENGLISH_TITLE.match(lines[index].content)), None)


def _whole_title(lines: Sequence[Line], index: int) -> tuple[str, int]:
    """Return the title, joined where it is broken over two lines, and the index behind it."""
    first = lines[index].content.lstrip("#").strip()
    behind = index + 1
    if not names_a_document(first) and behind < len(lines):
        second = lines[behind].content
        if second and not parse_marker(second) and names_a_document(second):
            return close_gaps(first + second), behind + 1
    return close_gaps(first), behind


def _subtitle(lines: Sequence[Line], start: int) -> tuple[str, int]:
    parts: list[str] = []
    end = start
    for index in filled(lines, start):
        content = halve(lines[index].content)
        if not _SUBTITLE.match(content) or parse_marker(content):
            break
        parts.append(lines[index].content)
        end = index + 1
    return "".join(parts), end


def _promulgation_end(lines: Sequence[Line], start: int, end: int) -> int:
    """Return the index behind the promulgation lines: up to the header's end mark, or while they look so."""
    for index in range(start, end):
        if _is_comment(lines[index].content):
            return index + 1
    behind = start
    for index in filled(lines, start, end):
        content = halve(lines[index].content)
        is_sentence = content[-1] in "。!?" and not _NOTE_START.match(content)
        if len(content) > 150 or is_sentence or not _PROMULGATED.search(content):
            break
        behind = index + 1
    return behind
