"""Which documents a question names: by title, by 文号, by the words of a title and a year."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property

from pydantic import Field

from assistant.entities import is_subsequence
from assistant.matching import pairs
from assistant.normalizing import compact, normalize
from vectorstore.models import Document, Record
from vectorstore.works import number_key, title_key

_SHORTEST_NAME = 3
_SHORTEST_PART = 4
_COVERED = 0.45
_NEAR = 0.8
_PERIOD = re.compile(r"\([^()]*\)$")
_PRINTED = re.compile("关于(?:印发|发布|公布|转发)(?P<inner>.{4,}?)的(?:通知|公告)$")
_ABOUT = re.compile("^.{2,16}?关于")
_YEAR = re.compile("(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_YEAR_OF_DAY = re.compile(
    "(?:19|20)[0-9]{2}年(?=(?:[0-9]{1,2}月)?(?:的?时候|的?那时|那会|那阵|那年|当时|期间))"
)
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,10}[〔\[(【]?(?:19|20)\d{2}[〕\])】]?\d{1,4}号")
_SPOKEN_NUMBER = re.compile(r"(?P<year>(?:19|20)\d{2})年?第?(?P<count>\d{1,4})号")
_NUMBER_ALONE = re.compile(r"(?<![\d年〕\])】])(?P<count>\d{1,4})号文")
_KIND = re.compile("文件|计划|方案|办法|意见|措施|通知|条例|规定|政策|公告|细则|规划|法$|法的|这部法|稿")
_TITLED = re.compile("计划|方案|办法|意见|通知|条例|规定|公告|细则|措施|规划")
_FILLING = re.compile(
    "这个|那个|这份|那份|该|文件|现在|还|有效|了吗|吗|什么|时候|哪天|失效|施行|到期|正式|没有"
)

_CALLED_SHORT = re.compile(
    "[\u4e00-\u9fff]{5,20}?(?:行动方案|实施方案|工作方案|实施意见|管理办法|实施细则|若干政策)"
)


class Named(Record):
    """The documents that a question names."""

    documents: tuple[Document, ...] = ()
    versions: frozenset[str] = Field(
        default=frozenset(), description="ids named as a version of their own: by year, by 文号"
    )

    @property
    def ids(self) -> tuple[str, ...]:
        """Return their ids."""
        return tuple(one.document_id for one in self.documents)


class Naming:
    """Finds the documents that a question names among those that are held."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = tuple(documents)

    @cached_property
    def _names(self) -> dict[str, list[Document]]:
        """The documents by each name that people call them by."""
        names: dict[str, list[Document]] = defaultdict(list)
        for document in self._documents:
            for name in _names_of(document):
                names[name].append(document)
        return dict(names)

    @cached_property
    def _lengths(self) -> tuple[int, ...]:
        return tuple(sorted({len(name) for name in self._names}, reverse=True))

    @cached_property
    def _numbers(self) -> dict[str, list[Document]]:
        numbers: dict[str, list[Document]] = defaultdict(list)
        for document in self._documents:
            if document.number and (key := number_key(document.number)):
                numbers[key].append(document)
        return dict(numbers)

    @cached_property
    def _titled(self) -> dict[str, list[int]]:
        """The positions of the documents whose title holds a pair of characters, by the pair."""
        holding: dict[str, list[int]] = defaultdict(list)
        for position, document in enumerate(self._documents):
            for pair in set(pairs(title_key(document.title))):
                holding[pair].append(position)
        return dict(holding)

    def _rarity(self, pair: str) -> float:
        """Return how telling a pair of characters is, 0 where no title holds it."""
        count = len(self._titled.get(pair, ()))
        return math.log((len(self._documents) + 1) / (count + 0.5)) if count else 0.0

    def find(self, text: str) -> Named:
        """Return the documents that a text names outright: by 文号 or by a name; the longest name counts."""
        plain = normalize(text)
        numbered = [
            document
            for match in _NUMBER.finditer(_SPOKEN_NUMBER.sub(r"\g<year>\g<count>号", plain.replace(" ", "")))
            for key, found in self._numbers.items()
            for document in found
            if _is_number(match.group(), key)
        ]
        if numbered:
            documents = tuple(dict.fromkeys(numbered))
            return Named(documents=documents, versions=frozenset(one.document_id for one in documents))
        called = self._called(compact(plain))
        return _of_year(called, plain) if called else Named(documents=self._counted(plain))

    def _counted(self, plain: str) -> tuple[Document, ...]:
        """Return the documents whose 文号 ends in the number that alone is said: 23号文."""
        counts = {match["count"] for match in _NUMBER_ALONE.finditer(plain)}
        found = (
            one for key, of_key in self._numbers.items() if key.split("/")[2] in counts for one in of_key
        )
        return tuple(found)

    def shortened(self, text: str) -> tuple[Document, ...]:
        """Return the one document whose title holds the characters of a name in the text, in their order.

        湖州八大新兴产业链行动方案 of 湖州市聚焦八大新兴产业链建设…行动方案; none where several titles do.
        """
        for match in _CALLED_SHORT.finditer(compact(normalize(text))):
            name = match.group()
            found = [one for one in self._documents if is_subsequence(name, compact(normalize(one.title)))]
            if len(found) == 1:
                return tuple(found)
        return ()

    def guess(self, text: str) -> Named:
        """Return the documents that a text about a document most likely means; it need not give a name."""
        named = self.find(text)
        if named.documents or not _KIND.search(text):
            return named
        asked = pairs(_FILLING.sub(" ", normalize(text)))
        scored = [(score, self._documents[at]) for at, score in sorted(self._covered(asked).items())]
        best = max((score for score, _ in scored), default=0.0)
        if best < _COVERED:
            return Named()
        near = [one for score, one in scored if score >= _NEAR * best]
        kinds = _TITLED.findall(text)
        near = [one for one in near if any(kind in one.title for kind in kinds)] or near
        return _of_year(near, normalize(text))

    def _called(self, plain: str) -> list[Document]:
        found: list[Document] = []
        taken = [False] * len(plain)
        for length in self._lengths:
            for start in range(len(plain) - length + 1):
                here = plain[start : start + length]
                if here in self._names and not any(taken[start : start + length]):
                    found += self._names[here]
                    taken[start : start + length] = [True] * length
        return list(dict.fromkeys(found))

    def _covered(self, asked: Counter[str]) -> dict[int, float]:
        """Return the share of the rare pairs of a question that titles hold, by position of the document."""
        rarity = {pair: self._rarity(pair) for pair in asked}
        whole = sum(rarity.values())
        held: dict[int, float] = defaultdict(float)
        shared: Counter[int] = Counter()
        for pair, weight in rarity.items():
            for position in self._titled.get(pair, ()):
                held[position] += weight
                shared[position] += 1
        return {position: held[position] / whole for position, count in shared.items() if count > 1}


def years_of(document: Document) -> frozenset[str]:
    """Return the years by which people tell a version: of its dates and its 文号."""
    dates = document.validity.dates
    # the first wording's days stand in every later version of a law: its own day is that of the version
    days = [dates.version] if dates.version else [dates.adopted, dates.signed, document.published]
    days += [] if dates.version else [dates.published, dates.effective]
    years = {day[:4] for day in days if day}
    return frozenset(years | set(_YEAR.findall(document.number or "" if not dates.version else "")))


def _of_year(found: Sequence[Document], plain: str) -> Named:
    """Return what was found, of the years that the text names where that tells versions apart."""
    years = set(_YEAR.findall(_YEAR_OF_DAY.sub("", plain)))
    of_year = [one for one in found if years_of(one) & years]
    if years and of_year:
        return Named(documents=tuple(of_year), versions=frozenset(one.document_id for one in of_year))
    return Named(documents=tuple(found))


def _names_of(document: Document) -> frozenset[str]:
    """Return the names of a document: its title, without place, issuer, period or 关于印发 around it."""
    whole = normalize(document.title)
    names = {whole, _PERIOD.sub("", whole), title_key(whole)}
    for one in tuple(names):
        printed = _PRINTED.search(_ABOUT.sub("关于", one))
        names.add(printed["inner"] if printed else one)
        names.add(_ABOUT.sub("关于", one))
    region = document.region or ""
    names |= {_PERIOD.sub("", name) for name in names}
    names |= {name.removeprefix(region) for name in names if region}
    kept = {compact(name) for name in names}
    return frozenset(name for name in kept if len(name) >= _SHORTEST_NAME)


def _is_number(said: str, key: str) -> bool:
    """Whether words that end in a 文号 name a document number; more may stand before it."""
    found = number_key(said)
    if not found:
        return False
    office, year, count = found.split("/")
    own, own_year, own_count = key.split("/")
    return (year, count) == (own_year, own_count) and office.endswith(own)
