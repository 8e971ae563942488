"""The line under a law's title that says who adopted, published and amended it, and when (题注)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.dates import DateFound, find_dates
from ingest.widths import halve
from vectorstore.models import Clause, ClauseKind
from vectorstore.validity import Relation, RelationKind

_ACTION = re.compile(r"修正|修订|修改通过|通过|批准|公布|发布|颁布|印发|施行|实施")
_CITED = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》?")
_ORDER = re.compile(
    r"(?P<order>[\u4e00-\u9fff]{2,40}?(?:令|公告)\s*(?:\[(?:19|20)\d{2}\])?\s*第?\s*\d{1,4}\s*号)|"
    r"(?P<file>法释\s*\[(?:19|20)\d{2}\]\s*\d{1,3}\s*号)"
)
_COUNCIL = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{0,12}?)第[一二三四五六七八九十百]+届(?P<body>(?:全国)?(?:人民代表大会|人大)(?:常务委员会|常委会)?)"
)
_OFFICES = re.compile(
    r"^(?:中华人民共和国)?(?P<office>[\u4e00-\u9fff、]{2,30}?)(?=令|公告|第|发布|公布|审判|检察委员会|批准)"
)
_TRAILING = " \u3000。;;,,、))"
_JOINED = re.compile(r"(?:并经|经|由|及|和|、|的)\s*$")
_DECISION = re.compile(r"(?:决定|决议|修正案|命令|通知|修改|废止)")
_COURTS = ("最高人民法院", "最高人民检察院")
_PLACES = frozenset({"题注", "标题"})


@dataclass(frozen=True)
class Entry:
    """One step of a law's history: its day, what happened, and its words verbatim."""

    day: str
    actions: tuple[str, ...]
    text: str
    decision: str

    @property
    def is_amendment(self) -> bool:
        """Whether a decision changed words of it (修正, or 修订 by a decision named in 《》)."""
        by_decision = bool(self.decision) and ("修订" in self.actions or "关于修改" in self.decision)
        return "修正" in self.actions or by_decision

    @property
    def is_revision(self) -> bool:
        """Whether the whole text was made new (修订)."""
        return "修订" in self.actions and not self.decision

    def has(self, *actions: str) -> bool:
        """Whether one of the actions happened on that day."""
        return any(action in self.actions for action in actions)


@dataclass(frozen=True)
class Promulgation:
    """What the history of a law says; days are ISO, None where it says nothing.

    Attributes:
        adopted: day on which this text as a whole was adopted (通过; 修订 by a council, made new).
        approved: day on which a higher council approved it (批准).
        published: day on which this text as a whole was published (公布, 发布).
        effective: day stated under the title.
        version: day of the last change of its wording.
        issuer: who adopted or published it.
        number: the order that published it, e.g. 中华人民共和国国务院令第802号.
        relations: amendments and earlier wordings.
    """

    adopted: str | None = None
    approved: str | None = None
    published: str | None = None
    effective: str | None = None
    version: str | None = None
    issuer: str | None = None
    number: str | None = None
    relations: tuple[Relation, ...] = ()


def read_promulgation(clauses: Sequence[Clause], title: str) -> Promulgation:
    """Return the history that stands under the title; empty where there is none."""
    told = [entry for clause in clauses if _holds_history(clause) for entry in read_entries(clause.text)]
    entries = [entry for index, entry in enumerate(told) if not _adopts_amendment(told, index)]
    whole = _whole(entries)
    approved = max((e.day for e in whole if e.has("批准")), default=None)
    worded = [entry for entry in entries if entry.actions and not entry.has("施行", "实施")]
    return Promulgation(
        adopted=max((e.day for e in whole if _adopts(e)), default=approved),
        approved=approved,
        published=min((e.day for e in whole if _publishes(e)), default=None),
        effective=next((e.day for e in reversed(entries) if e.has("施行", "实施")), None),
        version=max((entry.day for entry in worded), default=None),
        issuer=next((i for e in sorted(whole, key=_publishes, reverse=True) if (i := _issuer(e.text))), None),
        number=next((number for entry in reversed(whole) if (number := _number(entry))), None),
        relations=tuple(_relations(entries, title)),
    )


def _adopts_amendment(entries: Sequence[Entry], index: int) -> bool:
    """Whether a step adopts the decision that the next one approves: …通过, then …批准的《…决定》修正."""
    following = entries[index + 1] if index + 1 < len(entries) else None
    if index == 0 or following is None or entries[index].actions != ("通过",):
        return False
    return following.is_amendment and "批准的" in following.text


def _holds_history(clause: Clause) -> bool:
    """Whether a clause stands under the title: 题注, the title itself, or a first paragraph in brackets."""
    is_bracketed = clause.path == "引言/第1段" and halve(clause.text.lstrip())[:1] == "("
    return is_bracketed or (clause.path in _PLACES and clause.kind in (ClauseKind.METADATA, ClauseKind.TITLE))


def read_entries(text: str) -> Iterator[Entry]:
    """Yield the steps of a history: from one date to the next, line by line.

    Steps that the text joins are one, of the later day: 2019年…通过并经2020年…批准的《…决定》修正.
    """
    for line in text.splitlines():
        begin: DateFound | None = None
        latest = ""
        for found, following in pairwise([*find_dates(line), None]):
            if found is None:
                continue
            begin = begin or found
            latest = max(latest, found.day)
            end = following.start if following else len(line)
            if following and _JOINED.search(line[found.end : end]):
                continue
            entry = _entry(line[begin.start : end].strip().rstrip(_TRAILING), latest)
            begin, latest = None, ""
            if entry.actions:
                yield entry


def _entry(words: str, day: str) -> Entry:
    cited = _CITED.search(words)
    decision = cited.group(0).strip("《》") if cited else ""
    actions = tuple(dict.fromkeys(_ACTION.findall(_CITED.sub("", halve(words)))))
    return Entry(day, actions, words, decision if _DECISION.search(decision) else "")


def _whole(entries: Sequence[Entry]) -> list[Entry]:
    """Return the steps that made the text as a whole: from its last revision on, else from its adoption."""
    whole = [entry for entry in entries if not entry.is_amendment and not entry.has("施行", "实施")]
    begin = max((index for index, entry in enumerate(whole) if entry.is_revision), default=0)
    return whole[begin:]


def _adopts(entry: Entry) -> bool:
    """Whether a step adopts the text as a whole; an order that publishes its revision does not."""
    return entry.has("通过", "修改通过") or (entry.has("修订") and not _publishes(entry))


def _publishes(entry: Entry) -> bool:
    return entry.has("公布", "发布", "颁布", "印发") or (entry.is_revision and _number(entry) is not None)


def _relations(entries: Sequence[Entry], title: str) -> Iterator[Relation]:
    earlier: str | None = None
    for entry in entries:
        if entry.is_amendment:
            cited = entry.decision or title
            yield Relation(kind=RelationKind.AMENDED_BY, title=cited, version=entry.day, quote=entry.text)
        elif entry.is_revision and earlier:
            yield Relation(kind=RelationKind.SUPERSEDES, title=title, version=earlier, quote=entry.text)
        if not entry.has("施行", "实施"):
            earlier = entry.day


def _number(entry: Entry) -> str | None:
    found = _ORDER.search(re.sub(r"\s", "", halve(_after_date(entry.text))))
    if found is None or entry.is_amendment:
        return None
    return found.group(0).replace("[", "〔").replace("]", "〕")


def _issuer(text: str) -> str | None:
    rest = re.sub(r"\s", "", halve(_after_date(text)))
    council = _COUNCIL.match(rest)
    if council:
        body = council.group("body").replace("人大", "人民代表大会").replace("常委会", "常务委员会")
        return council.group("place") + body
    court = "、".join(name for name in _COURTS if name in rest)
    if court:
        return court
    office = _OFFICES.match(rest)
    return office.group("office") if office else None


def _after_date(text: str) -> str:
    dates = list(find_dates(text))
    return text[dates[0].end :].strip() if dates else text
