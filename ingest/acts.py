"""What a sentence does to the documents it names: repeal or prolong them, from or up to which day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.dates import SPAN, find_dates, read_span
from ingest.widths import halve
from vectorstore.validity import Extension

REPEAL = re.compile(
    r"(?:同时|即行|即|相应|予以|自行|一并|均|也|亦|全部|已|宣布)?(?:废止|失效|停止执行|停止使用|不再执行|不再适用|停止施行)(?!的|后|前|之|期|时|或者)"
)
_LENGTH = re.sub(r"\?P<\w+>", "?:", SPAN)
PROLONG = re.compile(
    r"(?:续?延长|延续|顺延|延期|展期|续延|续期|续展)(?!的|后|前|之|率|性)|"
    rf"继续(?:有效|执行|实施|施行)(?=[^。;《]{{0,6}}?(?:至|到)|\s*(?:{_LENGTH}))"
)
_NEGATED = re.compile(
    r"(?:不|未|尚未|并未|不得|不予|没有|不再)(?:同时|即行|予以)?(?:废止|失效|延长|延续|顺延)"
)
_FROM = re.compile(r"(?:自|从|于)\s*$")
_START = re.compile(r"\s*(?:零时|0时)?(?:之日)?(?:起|开始)?[,、]?")
_BETWEEN = re.compile(
    r"(?:正式|将|对|由|应当|分别|决定|下列|以下|文件|规范性|行政|等|及|和|与|以及|其|\d+|[一二三四五六七八九十两]+|[件个份部项]|[、,:\s])*"
)
_TITLES = re.compile(r"《[^。;]*》(?:\s*\([^()]*\))*")
_TO = re.compile(r"(?:至|到|为)\s*$")
_TERM = re.compile(r"有效期|(?:执行|实施|施行|试行|政策|有效)(?:期限?|时间|时限)|文件的?(?:期限|时限)")
_BY = re.compile(
    rf"(?:至|到|为|的?(?:有效期限?|(?:执行|实施|施行|试行)(?:期限?|时间))|再|继续|[,:])*?(?P<to>至|到|为)?\s*(?:再|续)?{SPAN}(?!以?[内前上])"
)
_AT_END = re.compile(r"(?:到期|期满|届满|失效|有效期满)(?:之日|次日|后|之后)?(?:起|,|$|(?=[延续展顺再继]))")
_DOCUMENT = re.compile(
    r"(?:办法|政策|文件|规定|通知|意见|措施|细则|方案)\s*(?:[自从]?(?:到期|期满|届满)(?:之日|后)?起?,?)?$"
)
"""What is prolonged is a term or a document, no deadline of applicants and no lease."""


@dataclass(frozen=True)
class Verb:
    """A verb in a sentence: its offsets there."""

    start: int
    end: int


def repeals(half: str) -> list[Verb]:
    """Return the verbs of a half-width sentence that end a document."""
    return _verbs(REPEAL, half)


def repeal_day(sentence: str, verbs: Sequence[Verb]) -> str | None:
    """Return the day from which a sentence says that documents end: 自2026年6月1日起废止, in either order.

    The day stands next to the verb, or only titles stand between them.
    """
    half = halve(sentence)
    days = []
    for found in find_dates(sentence):
        if not found.is_exact or not _FROM.search(half[: found.start]):
            continue
        for verb in verbs:
            start = _START.match(half, found.end)
            begin = start.end() if start else found.end
            if begin <= verb.start and _BETWEEN.fullmatch(_TITLES.sub("", half[begin : verb.start])):
                days.append(found.day)
                break
    return days[0] if len(set(days)) == 1 else None


@dataclass(frozen=True)
class Prolonging:
    """A sentence that prolongs documents.

    Attributes:
        start: offset of the verb in the sentence.
        until: ISO, the new last day; None where it gives a length of time only.
        extension: the length of time, where it gives no day.
    """

    start: int
    until: str | None
    extension: Extension | None = None


def prolonging(sentence: str) -> Prolonging | None:
    """Return up to which day a sentence prolongs the term of documents; None where it does not."""
    half = halve(sentence)
    for verb in _verbs(PROLONG, half):
        dates = (found for found in find_dates(sentence) if found.start >= verb.end)
        last = next((found for found in dates if _TO.search(half[: found.start])), None)
        before = _TITLES.sub("文件", half[: verb.start])
        if _TERM.search(_TITLES.sub("文件", half)) or _DOCUMENT.search(before):
            extension = None if last else _extension(sentence, half, verb)
            return Prolonging(verb.start, last.day if last else None, extension)
    return None


def _extension(sentence: str, half: str, verb: Verb) -> Extension | None:
    """Return by how long a verb prolongs: 延长2年, 延长有效期三年, 延长为5年; None where it does not say."""
    found = _BY.match(_TITLES.sub("", half[verb.end :]))
    span = read_span(found.group("count"), found.group("unit")) if found else None
    if found is None or span is None or span.unit not in ("年", "个月") or span.count < 1:
        return None
    starts = (
        day.day
        for day in find_dates(sentence)
        if day.is_exact and _FROM.search(half[: day.start]) and _START.match(half, day.end)
    )
    return Extension(
        count=span.count,
        unit=span.unit,
        is_total=found.group("to") is not None,
        start=next(starts, None),
        from_end=bool(_AT_END.search(half[: verb.end])),
    )


def _verbs(pattern: re.Pattern[str], half: str) -> list[Verb]:
    return list(_read(pattern, half))


def _read(pattern: re.Pattern[str], half: str) -> Iterator[Verb]:
    for found in pattern.finditer(half):
        if not _NEGATED.search(half[max(0, found.end() - 8) : found.end()]):
            yield Verb(found.start(), found.end())
