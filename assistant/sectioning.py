"""Which headings a question asks the whole contents of: 九大场景, 五大行动, 主要措施, 第二部分."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import cn2an

from assistant.ledger import Ledger, LedgerEntry, Place
from assistant.references import find_references
from vectorstore.models import Clause, ClauseKind

COUNTED = re.compile(
    "(?<![第十])(?P<number>几|[两二三四五六七八九十\\d]{1,3})(?:大|个|条|项|类|种)(?P<noun>[\u4e00-\u9fff]{2,6})"
)
_ASKS_ALL = re.compile(
    "哪些|哪[几两二三四五六七八九十\\d]+[个条项大]?|有啥|都有什么|分别|各是|各自|列全|列出|列个|列一下|列一列|叫什么|都是|是什么|是啥|[讲说写]的?了?些?(?:什么|啥)|讲的|名单|清单|名称|全部|几条|有几|多少[条个项]|几个|几大|几块|分几|(?:包括|包含|含|有)了?些?(?:什么|啥)|怎么没有|为什么没有"
)
_MEMBER = re.compile(
    "(?:(?:里面|里头|里边|里|中|其中|当中)(?:头)?(?:也|还|就)?"
    "(?:有没有|没有|包不包括|包不包含|不包括|不含|包括|包含|含|有)"
    "|(?<=场景|领域|措施|行动)(?:包不包括|包不包含|包括|包含))"
    "(?P<name>(?!几|多少|哪|什么|啥|些)[\u4e00-\u9fffA-Za-z+、]{2,12}?)"
    "(?:这一?[个项条])?(?:吗|嘛|没有|没|不|么|吧|对吧|[??]|$)"
)
_PUT_AMONG = re.compile(
    "(?:^(?:听说|据说|都说|我看|好像)?|[,。]|是不是|怎么|为什么|为啥|把)(?P<name>[\u4e00-\u9fffA-Za-z+、]{2,10}?)(?:是不是|有没有)?"
    "(?:没有?|未|不)?(?:被)?(?:列|放|算|归|纳|排)(?:进|入|在|到)了?(?P<where>[\u4e00-\u9fff]{2,8}?)"
    "(?:里面|里|中|内|之内)?(?:了|吗|么|没有|没|吧|啊|[,。??]|$)"
)
_IS_ONE = re.compile(
    "^(?:请问|那么?|听说|所以|好像)?(?P<name>[\u4e00-\u9fffA-Za-z+]{2,12}?)(?:这一?[个块项])?(?:也|到底|还)?"
    "(?:算不算|算不算是|算是|属不属于|属于|是不是|(?<![计预结概推])算|归在?|归入|列入|是)(?:单独|专门)?(?:列|设)?的?(?:其中)?"
    "(?P<where>(?![是不])[^,。??]{2,14}?)(?:之一|里头|里面|里|范围|这一?[个块类]|的)*(?:一个)?(?:吗|么|嘛|不|没|吧|啊|呢)?[??]?$"
)
"""脑机接口算不算重点领域: whether a thing is one of those that a heading lists."""
_COUNTING = re.compile("^(?:[一二三四五六七八九十几]+(?:大|个|项|类)?|一?个)?")
_PLUS = "+"
_TITLE_PARTS = 2
_PLUS_NAMED = re.compile(
    "(?:人工智能|AI)\\+(?P<name>[\u4e00-\u9fff]{2,4}?)(?=这|那|场景|吗|没|呢|是|有|怎|在|的|谁|[,。??]|$)"
)
_AND = re.compile("和|与|跟|及|、")
_GAP = 4
_CONFIRMS = re.compile("(?:对不对|对吗|是吗|是不是|对吧|没错吧|是吧)[??]?$")
_BARE = re.compile(r"^(?:\d+[.、]|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\))\s*")
_SHORTEST_NOUN = 2
_SHORTEST_PART = 5
_FEWEST = 3


def asked_sections(text: str, terms: Sequence[str], ledger: Ledger) -> tuple[LedgerEntry, ...]:
    """Return the headings whose whole contents a question asks for; () where it asks for no such list.

    Args:
        text: the question.
        terms: its words that the documents hold, most telling first.
        ledger: of the documents that it is about.
    """
    one = one_of(text, ledger)
    if one is not None:
        return (one.entry,)
    members = members_asked(text)
    if not _ASKS_ALL.search(text) and not members and not _CONFIRMS.search(text):
        return ()
    named = {place.clause_id for place in find_references(text, ledger)}
    found = [entry for entry in ledger.counts if entry.clause_id in named]
    found = found or [*_counted(text, ledger), *_titled(text, terms[:1], ledger), *_put_among(text, ledger)]
    distinct = {entry.clause_id: entry for entry in found if members or not _speaks_of_one(text, entry)}
    return tuple(distinct.values())


def members_asked(text: str) -> tuple[str, ...]:
    """Return what a question asks about whether it stands under a heading: 物流 of 九大场景里有物流吗."""
    match = _MEMBER.search(text) or _PUT_AMONG.search(text)
    return tuple(name for name in _AND.split(match["name"]) if name) if match else ()


@dataclass(frozen=True)
class OneOf:
    """A thing of which a question asks whether it is one of those that a heading lists."""

    name: str
    entry: LedgerEntry


@dataclass(frozen=True)
class Within:
    """A thing of which a question asks whether it is part of what a clause is on."""

    name: str
    place: Place


def one_of(text: str, ledger: Ledger) -> OneOf | None:
    """Return what a question asks to be one of a list, with the list's heading; None where it does not."""
    match = _IS_ONE.search(text)
    noun = _COUNTING.sub("", match["where"]) if match else ""
    if match is None or len(noun) < _SHORTEST_NOUN:
        return None
    called = [entry for entry in ledger.counts if title_words(entry.clause).endswith(noun)]
    return OneOf(match["name"].split(_PLUS)[-1], called[0]) if len(called) == 1 else None


def within_clause(text: str, ledger: Ledger) -> Within | None:
    """Return what a question asks to be part of a clause, with the clause that it names by its title."""
    match = _IS_ONE.search(text)
    named = [one for one in ledger.places if match and title_words(one.clause) == match["where"]]
    return Within(match["name"], named[0]) if match and len(named) == 1 and named[0].clause.numbered else None


def missing_siblings(text: str, ledger: Ledger) -> list[tuple[LedgerEntry, str]]:
    """Return what a question names like a clause of a list and the list does not have: 人工智能+能源."""
    found = []
    for entry in ledger.counts:
        titles = [title_words(child.clause).split(_PLUS) for child in children_of(entry)]
        firsts = {title[0] for title in titles}
        if len(firsts) != 1 or any(len(title) < _TITLE_PARTS for title in titles):
            continue
        for name in _PLUS_NAMED.findall(text):
            if not any(title[-1].startswith(name[:2]) for title in titles):
                found.append((entry, name))
    return found


def _put_among(text: str, ledger: Ledger) -> list[LedgerEntry]:
    """Return the headings among which a question asks whether something is put: 列进重点场景."""
    match = _PUT_AMONG.search(text)
    if match is None:
        return []
    half = len(match["where"]) // 2
    loosely = re.compile(f"{match['where'][:half]}.{{0,{_GAP}}}{match['where'][half:]}")
    return [entry for entry in ledger.counts if loosely.search(entry.clause.heading)]


def _counted(text: str, ledger: Ledger) -> list[LedgerEntry]:
    """Return the headings that numbered nouns mean: of nine children that are all 场景, or under 场景."""
    return [entry for match in COUNTED.finditer(text) if (entry := _meant(match, ledger)) is not None]


def _meant(match: re.Match[str], ledger: Ledger) -> LedgerEntry | None:
    for length in range(len(match["noun"]), _SHORTEST_NOUN - 1, -1):
        called = [entry for entry in ledger.counts if _is_called(entry, match["noun"][:length])]
        fitting = [entry for entry in called if number_said(match["number"]) in sizes_of(entry)]
        if fitting:
            return fitting[0]
        several = [entry for entry in called if len(children_of(entry)) >= _FEWEST]
        plural = [entry for entry in several if _are_all_called(entry, match["noun"][:length])]
        for found in (plural, several):
            if len(found) == 1:
                return found[0]
    return None


def _titled(text: str, terms: Sequence[str], ledger: Ledger) -> list[LedgerEntry]:
    """Return the headings whose words are what a question names first of all."""
    return [
        entry
        for entry in ledger.counts
        if any(
            words in text and any(term in words or words in term for term in terms)
            for words in _called(entry.clause)
        )
    ]


def _called(clause: Clause) -> tuple[str, ...]:
    """Return what a heading is called by: its words, or a part of them: 聚焦资源要素,实施产业生态护航行动."""
    whole = title_words(clause)
    parts = [part.removeprefix("实施") for part in whole.split(",")]
    return (whole, *(part for part in parts if part != whole and len(part) >= _SHORTEST_PART))


def _speaks_of_one(text: str, entry: LedgerEntry) -> bool:
    """Whether a question names one of the things under a heading rather than all: 农业 of 人工智能+农业."""
    return any(title_words(child.clause).split("+")[-1] in text for child in children_of(entry))


def said_in_text(entry: LedgerEntry, ledger: Ledger) -> LedgerEntry | None:
    """Return where the text itself says how many things stand under a heading: 九大场景 of 重点应用场景."""
    fitting = (
        one
        for one in ledger.named_counts
        if one.indicator in entry.clause.heading and int(one.number) in sizes_of(entry)
    )
    return next(fitting, None)


def title_words(clause: Clause) -> str:
    """Return a heading without its number."""
    return _BARE.sub("", clause.heading).strip()


def _is_called(entry: LedgerEntry, noun: str) -> bool:
    return noun in entry.clause.heading or _are_all_called(entry, noun)


def _are_all_called(entry: LedgerEntry, noun: str) -> bool:
    children = children_of(entry)
    return bool(children) and all(noun in child.clause.heading for child in children)


def sizes_of(entry: LedgerEntry) -> frozenset[int]:
    """Return how many things stand under a heading: directly, and in all."""
    return frozenset({len(children_of(entry)), len(entry.members)})


def number_said(said: str) -> int:
    """Return the value of a number; 0 of 几."""
    if said == "几":
        return 0
    return int(said) if said.isdecimal() else int(cn2an.cn2an(said.replace("两", "二"), "smart"))


def children_of(entry: LedgerEntry) -> tuple[Place, ...]:
    """Return what stands directly under a heading: its sections, or its clauses where it has none."""
    sections = tuple(
        Place(document=entry.document, clause=clause)
        for clause in entry.document.clauses
        if clause.kind is ClauseKind.HEADING and clause.path.startswith(f"{entry.clause.path}/")
    )
    return sections or entry.members
