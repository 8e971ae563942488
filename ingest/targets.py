"""Targets (指标) of a clause: what is counted, comparator, number, unit, due date, verbatim quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.numbering import parse_marker
from ingest.widths import halve
from vectorstore.models import Target

_UNITS = (
    "万亿元|亿美元|亿元|万元|个百分点|%|EFLOPS|PFLOPS|Eflops|Pflops|EF|PF|P|万人次|亿人次|人次|万人|万户|万家|万台|万辆|万吨|万亩|万件|万个|"
    "万平方米|平方米|平方公里|公里|万千瓦|兆瓦|千瓦|台\\(套\\)|台套|个|家|项|名|人|件|所|条|座|辆|台|套|处|次|款|种|类|批|场|户|"
    "亩|张|例|支|只|门|篇|倍|位|对|艘|架|元|吨|TB|PB"
)
_BEFORE = (
    "不低于|不少于|不小于|不超过|不高于|力争超过|力争突破|力争达到|力争达|力争超|超过|超|突破|高于|低于|至少|达到|达|约|近|"
    "提高到|提升到|提高至|提升至|增长到|增加到|增至|下降到|下降至|降至|控制在|稳定在|保持在|增长|提高|提升|下降|降低"
)
_COMPARATORS = frozenset(
    [
        *(
            "不低于",
            "不少于",
            "不小于",
            "不超过",
            "不高于",
            "超过",
            "超",
            "突破",
            "高于",
            "低于",
            "至少",
            "约",
            "近",
        ),
        *("力争超过", "力争突破", "力争达到", "力争达", "力争超", "控制在"),
    ]
)
"""Words before a number that compare; the others (达到, 提高到, 增长 ...) only say that it is reached."""
_AFTER = "以上|以下|以内|左右|及以上"
_VALUE = re.compile(
    rf"(?P<before>(?:{_BEFORE})?)(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?)\s*(?P<unit>{_UNITS})(?P<after>(?:{_AFTER})?)"
)
_PERIOD = "“十[四五六]五”(?:末|期末|期间)"
_YEAR = r"20\d{2}年"
_END = r"(?:年?底|年?末|上半年|\d{1,2}月底)"
_DUE = re.compile(
    rf"(?:力争|确保)?(?:(?:到|至)(?P<to>{_YEAR}{_END}?|{_PERIOD})|(?P<by>{_YEAR}{_END}|{_PERIOD})"
    rf"|(?P<bare>{_YEAR}(?:\d{{1,2}}月)?(?=之?以?前|$)))(?!\d)(?:之前|以前|前|为止)?"
)
_PAST = re.compile(r"截至|截止|已累计|目前|去年|上年|同比|比上年|累计已|已(?:建成|引育|培育|集聚|达)")
_MONEY_OFFER = re.compile(
    r"补助|补贴|奖励|奖补|资助|给予|贴息|返还|缴纳|收费|费率|期限|罚款|最高|贷款|额度|资金支持|兑付|抵扣|按.{0,12}比例"
)
_VERBS = (
    "累计引育|累计培育|累计打造|累计建成|遴选培育|招引培育|引进培育|培育形成|新增|引育|培育|建成|打造|遴选|集聚|引进|建设|形成|组建|创建|"
    "认定|推广|突破|实现|累计|力争|完成|开发|推出|发布|攻克|布局|落地|新建|拥有|招引|培养|制定|入选|获评|举办"
)
_ACHIEVING = re.compile(
    "(?:累计|新增|每年)?(?:引育|遴选培育|招引培育|培育|建成|打造|遴选|集聚|引进|建设|组建|创建|力争|培养|招引|认定)"
)
_ADVERBS = re.compile(r"^(?:全[市省国县区]|[我本]市|我省|[、和及 ]|每年|力争|确保|再)*")
_NOT_COUNTED = re.compile(r"工作日|月|自然日|级|百分|小时")
_NOUN = r"[^,;。、]+?(?=[和及与]\d|[,;。、]|$)"
_MIN_INDICATOR, _MAX_INDICATOR = 2, 60
_LEADING = re.compile(
    rf"(?:全市|全省|全国|全县|全区|我市|我省|本市|其中|年均|每年|并|和|及|以及|与|、|力争|确保|再|共|各|({_VERBS}))+"
)
_SENTENCE = re.compile(r"[^。!?\n]+[。!?\n]*")
_SEGMENT = re.compile(r"[^,;。!?\n:]+")


@dataclass(frozen=True)
class _Context:
    """What earlier segments of the clause say about a later one."""

    due: str | None = None
    indicator: str = ""
    is_goal: bool = False


def find_targets(text: str, offset: int = 0) -> tuple[Target, ...]:
    """Return the targets that a clause states, in order; spans are document offsets of the quotes.

    A number is a target if a due date governs it or a verb of achieving stands before it; amounts that are
    offered (补助, 奖励 ...) and figures of the past are not.
    """
    half = halve(text)
    targets: list[Target] = []
    context = _Context()
    for sentence in _SENTENCE.finditer(half):
        if _PAST.search(sentence.group(0)):
            continue
        context = replace(context, is_goal=False)
        begin = sentence.start() + _mark_length(sentence.group(0))
        for start, end in _segments(half, begin, sentence.end()):
            context = _read_segment(text, half, start, end, offset, context, targets)
    return tuple(targets)


def _mark_length(sentence: str) -> int:
    """Return the length of the number that a sentence starts with, e.g. 1. or (一), white space included."""
    indent = len(sentence) - len(sentence.lstrip())
    marker = parse_marker(sentence.strip())
    return indent + marker.length if marker and marker.number[0] not in "第附" else indent


def _due(found: re.Match[str] | None) -> str | None:
    return next((group for group in found.groups() if group), None) if found else None


def _segments(half: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges between commas, without a thousands comma parting a number."""
    begin = start
    for match in _SEGMENT.finditer(half, start, end):
        is_thousands = (
            match.end() < end
            and half[match.end()] == ","
            and re.match(r"\d{3}(?!\d)", half[match.end() + 1 : match.end() + 5]) is not None
            and half[match.end() - 1].isdigit()
        )
        if is_thousands:
            continue
        if begin < match.end():
            yield _stripped(half, begin, match.end())
        begin = match.end() + 1


def _stripped(half: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (half[start].isspace() or half[start] in ",;:—-"):
        start += 1
    while end > start and half[end - 1].isspace():
        end -= 1
    return start, end


def _read_segment(
    text: str, half: str, start: int, end: int, offset: int, context: _Context, found: list[Target]
) -> _Context:
    """Add the targets of one segment to `found` and return the context for the next."""
    segment = half[start:end]
    due_match = _DUE.search(segment)
    due = _due(due_match) or context.due
    governed = due_match is not None or context.is_goal
    if _MONEY_OFFER.search(segment):
        return _Context(due, context.indicator, governed)
    indicator = context.indicator
    position = 0
    for value in _VALUE.finditer(segment):
        if value.start() < position:
            continue
        lead_in = segment[position : value.start()]
        has_verb = _ACHIEVING.match(_ADVERBS.sub("", lead_in, count=1)) is not None
        if not _is_goal(segment, value, governed, has_verb):
            continue
        name = _indicator(segment, position, value, indicator)
        if not _MIN_INDICATOR <= len(name) <= _MAX_INDICATOR:
            continue
        indicator = name
        quote_start, quote_end = _quote(segment, position, value)
        found.append(
            Target(
                start=offset + start + quote_start,
                end=offset + start + quote_end,
                indicator=_verbatim(text, start, segment, name),
                comparator=_comparator(segment[position : value.start()], value),
                number=float(value.group("number").replace(",", "")),
                unit=value.group("unit"),
                value_text=text[start + value.start() : start + value.end()],
                due=due,
                quote=text[start + quote_start : start + quote_end],
            )
        )
        position = quote_end
    return _Context(due, indicator, governed)


def _is_goal(segment: str, value: re.Match[str], governed: bool, has_verb: bool) -> bool:
    if segment[: value.start()].endswith(("第", "前", "每", "了")) or _NOT_COUNTED.match(
        segment, value.end()
    ):
        return False
    return governed or has_verb


def _indicator(segment: str, position: int, value: re.Match[str], previous: str) -> str:
    """Return what is counted, understandable alone: the words before the number, or those behind it."""
    before = _DUE.sub("", segment[position : value.start()]).strip()
    name = _LEADING.sub("", before, count=1) if _LEADING.match(before) else before
    name = re.sub(r"(?:力争|数量|总数|总量)?(?:在|为|将|均)?$", "", name).strip("、 的")
    if not name:
        behind = re.match(_NOUN, segment[value.end() :])
        name = behind.group(0).strip("的 ") if behind else ""
    if previous and previous != name and previous.endswith(name):
        return previous
    return name


def _quote(segment: str, position: int, value: re.Match[str]) -> tuple[int, int]:
    """Return the range of the segment that states indicator and value."""
    start = position
    while start < value.start() and segment[start] in "、和及 ":
        start += 1
    end = value.end()
    before = _LEADING.sub("", _DUE.sub("", segment[start : value.start()]).strip(), count=1)
    if not before.strip("、 的"):
        behind = re.match(_NOUN, segment[end:])
        end += behind.end() if behind else 0
    return start, end


def _comparator(lead_in: str, value: re.Match[str]) -> str:
    before = value.group("before") if value.group("before") in _COMPARATORS else ""
    if "力争" in lead_in and not before.startswith("力争"):
        before = "力争" + before
    return before + value.group("after")


def _verbatim(text: str, start: int, segment: str, name: str) -> str:
    """Return the indicator as the text writes it (full width kept) where it stands in this segment."""
    at = segment.find(name)
    return text[start + at : start + at + len(name)] if at >= 0 else name
