"""From when to when a document says that it holds: 自公布之日起施行, 有效期5年, 执行期限为…至…."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.dates import SPAN, DateFound, find_dates, read_span
from ingest.statements import Statement, read_statements
from vectorstore.models import Clause
from vectorstore.spans import last_day, later
from vectorstore.standing import INFERRED

_SIGNS = re.compile(r"施行|实施|执行|生效|试行|试点|有效|暂行|期限|废止|失效|终止|停止")
"""What every statement on a term holds; other sentences are passed over."""
_BEGIN = (
    r"(?:正式|开始|同时|组织)?(?:施行|实施|执行|生效|试行|试点)"
    r"(?!的|前|后|之前|之后|以前|以后|中|情况|过程|方案|意见|细则|办法|条例)"
)
_AT_DATE = re.compile(rf"\s*(?:零时|0时)?(?:起|开始)?,?{_BEGIN}")
_EVENT = re.compile(
    r"(?:自|从|于)?(?:修订|正式|批准|对外)?(?P<event>公布|发布|印发|颁布|下发|发文|通过|批准|公告|签发|刊发|成文)之?日"
    rf"(?:起|后)?(?:满|的)?(?:(?P<next>次日)|{SPAN}(?:之?后|届满)?)?(?:起|开始)?,?{_BEGIN}"
)
_UNTIL = re.compile(
    r"(?:有效期限?|期限?|施行|实施|执行|试行|有效|暂行)[,为:]?(?:延长|调整|延续|截止|截至|暂定|顺延)?(?:至|到|为)\s*$"
)
_NOT_LAST = re.compile(r"\s*(?:起|开始|至|到|-|—|~)")
_OPENING = re.compile(
    r"(?:有效|执行|实施|试行|施行|政策)(?:期限?|时间|时限)(?:暂定)?[为:]?\s*(?:自|从)?\s*$|(?:自|从)\s*$"
)
_TO = re.compile(r"\s*(?:起|开始)?\s*(?:施行|实施|执行)?,?\s*(?:至|到|-+|—+|~)\s*")
_STOPS = re.compile(r"\s*(?:止|终止|期间?|有效|执行|施行|实施|[。;,)]|$)")
_FOR = re.compile(
    rf"(?:有效期限?|执行期限?|实施期限?|试行期限?|施行期限?|暂行期限?|政策期限?|试行|有效)[,为:]?(?:暂定)?为?\s*{SPAN}"
    r"(?!以?[内前])"
)
_LAPSES = re.compile(r"\s*起?,?(?:即|自动|自行)?(?:废止|失效|终止执行|停止执行|终止)")
_FIRST_DAY_WITHOUT = re.compile(r"\s*起,?(?:即|自动|自行)?(?:废止|失效|终止|停止)")
_END_RANK = 2
_NEAR = 80
"""Characters at most between 本办法 and its term, so that a hostile sentence costs little."""
_FILLER = re.compile(
    r"(?:[,:]|由[^,。;]*?解释,?|(?:自|从|于)[^,。;]{1,24}?(?:起|施行|实施|执行|生效|试行)+,?|的|试行,?|暂行,?|暂定|期限?)*"
)
"""What may stand between 本办法 and its term; anything else makes it the term of something else."""
_EVENTS: Mapping[str, str] = {
    **dict.fromkeys(("公布", "发布", "颁布", "公告", "刊发"), "published"),
    "通过": "adopted",
    "批准": "approved",
}
"""Which known day an event is of; of the others, 印发 and its like, it is the day of printing."""
_SOURCES: Mapping[str, tuple[str, ...]] = {
    "published": ("published", "signed", "approved", "adopted", "filed"),
    "adopted": ("adopted", "published", "signed", "filed"),
    "approved": ("approved", "adopted", "published", "signed", "filed"),
    "printed": ("printed", "signed", "approved", "adopted", "enacted", "filed"),
}
"""Whose day an event is reckoned from; the first is sure, the others are an inference.

印发 is of the letter: the day on which a page was put on a site, often another's, says nothing of it.
"""


@dataclass(frozen=True, kw_only=True)
class KnownDays:
    """The days of a document that its other parts tell; ISO or None."""

    published: str | None = None
    printed: str | None = None
    signed: str | None = None
    adopted: str | None = None
    approved: str | None = None
    """批准 by a higher council, as the history under the title gives it."""
    enacted: str | None = None
    """公布, 发布 or 印发 as the history under the title gives it."""
    filed: str | None = None
    """The date in the file's name."""
    effective: str | None = None
    """施行日期 as the page gives it; a length of time counts from it where the text names no beginning."""


@dataclass(frozen=True, kw_only=True)
class Term:
    """From when to when a document holds, each with where that is from (Chinese); None where not said.

    Attributes:
        unresolved: the words on a term whose day could not be worked out.
    """

    effective: str | None = None
    effective_basis: str = ""
    expires: str | None = None
    expires_basis: str = ""
    unresolved: str = ""


@dataclass(frozen=True)
class _Day:
    """A day with the statement that gives it.

    Attributes:
        day: ISO; '' where it cannot be reckoned.
        basis: where it is from, in Chinese.
        rank: how surely it speaks of the document itself, 1 to 3.
        end: offset in the sentence behind the words that give it.
    """

    day: str
    basis: str
    rank: int = 0
    end: int = 0


_WRITTEN = "{path}写明“{words}”"
_RECKONED = "{written},{label}{base}"
_RECKONED_TERM = "{written},从{begin}起算到{day}"
_LABELS = {
    "published": "公布日期",
    "printed": "印发日期",
    "signed": "落款日期",
    "adopted": "成文或通过日期",
    "approved": "批准日期",
    "enacted": "题注中的公布日期",
    "filed": "文件名中的日期",
}


def read_term(clauses: Sequence[Clause], title: str, known: KnownDays) -> Term:
    """Return from when to when a document says of itself that it holds.

    What it says of one of its measures, of certificates or of other documents is left alone. Where statements
    that name no subject differ, none is taken.
    """
    begins: list[_Day] = []
    ends: list[_Day] = []
    unresolved = continued = ""
    paged = _Day(known.effective, "") if known.effective else None
    for statement in read_statements(clauses, title):
        if not _SIGNS.search(statement.half):
            continued = ""
            continue
        started = list(_begins(statement, known))
        begins += started
        anchors = _anchors(statement, started, continued)
        continued = statement.path if started else ""
        for end in _ends(statement, _surest(_chosen(begins), paged), anchors):
            ends += [end] if end.day else []
            unresolved = unresolved if end.day else end.basis
    effective, expires = _chosen(begins), _chosen(ends)
    return Term(
        effective=effective.day if effective else None,
        effective_basis=effective.basis if effective else "",
        expires=expires.day if expires else None,
        expires_basis=expires.basis if expires else "",
        unresolved="" if expires else unresolved,
    )


def _chosen(days: Sequence[_Day]) -> _Day | None:
    """Return the last day of the highest rank; of the lowest only where all agree."""
    best = max((day.rank for day in days), default=0)
    first = [day for day in days if day.rank == best]
    if not first or (best == 1 and len({day.day for day in first}) > 1):
        return None
    return first[-1]


def _surest(written: _Day | None, paged: _Day | None) -> _Day | None:
    """Return the day a term counts from: as the text writes it, else as the page has it, else as inferred."""
    is_inferred = written is not None and written.basis.startswith(INFERRED)
    return paged or written if is_inferred else written or paged


def _begins(statement: Statement, known: KnownDays) -> Iterator[_Day]:
    """Yield the days from which a statement says that the document holds."""
    half = statement.half
    for found in find_dates(statement.text):
        tail = _AT_DATE.match(half, found.end)
        start = found.start - (1 if half[: found.start].endswith(("自", "从", "于")) else 0)
        rank = statement.rank(start)
        if tail and found.is_exact and rank:
            yield _Day(found.day, _written(statement, start, tail.end()), rank, tail.end())
    for event in _EVENT.finditer(half):
        rank = statement.rank(event.start())
        if not rank:
            continue
        written = _written(statement, event.start(), event.end())
        resolved = _resolved(event, known, written)
        if resolved is not None:
            yield _Day(resolved.day, resolved.basis, rank, event.end())


def _resolved(event: re.Match[str], known: KnownDays, written: str) -> _Day | None:
    """Return the day of 自公布之日起…, reckoned from the day of the event or, as an inference, a near one."""
    name = event.group("event")
    sources = _SOURCES[_EVENTS.get(name, "printed")]
    source = next((source for source in sources if getattr(known, source)), None)
    if source is None:
        return None
    base = date.fromisoformat(getattr(known, source))
    day = _shifted(event, base)
    if day is None:
        return None
    basis = _RECKONED.format(written=written, label=_LABELS[source], base=base.isoformat())
    is_sure = source == sources[0] and day == base
    return _Day(day.isoformat(), basis if is_sure else INFERRED + basis)


def _shifted(event: re.Match[str], base: date) -> date | None:
    if event.group("next"):
        return later(base, 1, "日")
    if not event.group("count"):
        return base
    span = read_span(event.group("count"), event.group("unit"))
    return later(base, span.count, span.unit) if span else None


def _anchors(statement: Statement, started: Sequence[_Day], continued: str) -> tuple[int, ...]:
    """Return the offsets behind which a term is the document's own.

    They stand behind 本办法, behind its 起施行, and at the start of a sentence that follows one with 起施行.
    """
    own = (statement.subject_end,) if statement.self_rank else ()
    follows = (statement.body,) if continued == statement.path else ()
    return (*own, *follows, *(day.end for day in started))


def _is_own(half: str, anchors: Sequence[int], start: int) -> bool:
    near = (anchor for anchor in anchors if 0 <= start - anchor <= _NEAR)
    return any(_FILLER.fullmatch(half, anchor, start) for anchor in near)


def _ends(statement: Statement, begin: _Day | None, anchors: Sequence[int]) -> Iterator[_Day]:
    """Yield the last days that a statement gives the document; `day` is '' where it cannot be reckoned."""
    half, previous = statement.half, None
    for found in find_dates(statement.text):
        start, end = found.start, found.end
        if previous and _is_range(half, previous, found) and _STOPS.match(half, end):
            start = previous.start
        elif (until := _UNTIL.search(half[:start])) and not _NOT_LAST.match(half, end):
            start = until.start()
        elif lapse := _LAPSES.match(half, end):
            end = lapse.end()
        else:
            previous = found
            continue
        is_first_day_without = _FIRST_DAY_WITHOUT.match(half, found.end)
        day = last_day(found.day, 0, "日") if is_first_day_without else found.day
        opening = _OPENING.search(half[:start])
        if _is_own(half, anchors, opening.start() if opening else start):
            yield _Day(day, _written(statement, start, end), _END_RANK, end)
    yield from _spans(statement, begin, anchors)


def _is_range(half: str, first: DateFound, second: DateFound) -> bool:
    """Whether two dates are the ends of a term: 执行期限为2025年1月1日至2027年12月31日."""
    return bool(_OPENING.search(half[: first.start]) and _TO.fullmatch(half, first.end, second.start))


def _spans(statement: Statement, begin: _Day | None, anchors: Sequence[int]) -> Iterator[_Day]:
    """Yield the ends of terms that are given by their length: 有效期5年."""
    for found in _FOR.finditer(statement.half):
        span = read_span(found.group("count"), found.group("unit"))
        if span is None or not _is_own(statement.half, anchors, found.start()):
            continue
        written = _written(statement, found.start(), found.end())
        if begin is None:
            yield _Day("", written)
            continue
        day = last_day(begin.day, span.count, span.unit)
        basis = _RECKONED_TERM.format(written=written, begin=begin.day, day=day)
        yield _Day(day, (INFERRED if begin.basis.startswith(INFERRED) else "") + basis, _END_RANK)


def _written(statement: Statement, start: int, end: int) -> str:
    return _WRITTEN.format(path=statement.path, words=statement.text[start:end].strip())
