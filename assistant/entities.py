"""What a question mentions: units of government, numbers, words of the documents, places elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import cn2an
import rjieba

from assistant.lexicon import Places, UnitAliases
from assistant.understanding import Quantity, UnitMention

_UNIT_ENDINGS = ("委员会", "办公室", "管委会", "集团", "局", "委", "办", "厅")
_CITY_UNIT = re.compile(
    "(?<![城都超门])市(?![场民里级直区值属委政])(?P<name>[^\\W\\d_a-zA-Z怎么哪个的和与在有是给归让找如何应该这那各种]{2,10}?"
    "(?:委员会|办公室|局(?![面部限势])|委(?![托任员派])|办(?=[在里负管干做承参有是的呢吗和与归、,。?!]|$)))"
)
"""市X局, 市X委, 市X办, also where the words around it hide it from the reading word by word."""
_NO_UNIT = re.compile(
    "怎么|如何|咋|哪|几个|我们|你们|(?:这|那|每|各)个?.$|(?:布|格|大|全|结|僵|时|战|开)局$|(?:[举承主协创停开通代好难上快网掌帮照]|可以)办$|原委$"
)
_BODY = re.compile("(?:湖州)?市?(?:总工会|妇联|残联|科协|工商联|红十字会)|团市委")
"""Bodies beside the government, which end in no 局 or 委."""
_NAMING = ("n", "v", "j", "l", "i")
_NUMBER = re.compile(
    r"(?P<number>\d+(?:\.\d+)?|[零一二两三四五六七八九十百千万亿]+)\s*"
    r"(?P<unit>亿元|万元|千元|个百分点|个亿|个点|亿|万块|万|块钱|块|元|家|个|件|台|座|项|条|所|%|年底|年|名|人|处|批)"
)
_SCALE = {
    "个亿": "亿元",
    "亿": "亿元",
    "万": "万元",
    "万块": "万元",
    "块": "元",
    "块钱": "元",
    "年底": "年",
    "个点": "%",
    "个百分点": "%",
}
_OWN_FIRM = re.compile(
    "我们|我司|本公司|我公司|我厂|我们?家|本企业|咱们|咱厂|注册在|公司在|企业在|厂在|我账|的?(?:公司|企业|工厂|厂)[,,]"
)
_ORIGIN = re.compile("从[\u4e00-\u9fff]{2,6}?(?:搬|迁|过来|回来|来的|回到|转到|毕业)")
_RIVAL = re.compile("(?:比不[过上]|不如|赶不上|拼不过|抢不过|争不过)[\u4e00-\u9fff]{2,3}")
_LOCAL = "本地"
_COLLECTIVE = re.compile("^(?:市属|市级|国有|国资|[一二三四五六两几各]家?大?)+")
_COMMON = 2
_OF_CITY = "湖州"
"""移动 alone is no unit; beside 湖州电信 it is 湖州移动."""
_VAGUE_UNITS = frozenset({"块", "个", "家", "件", "条", "人", "处", "名", "批", "所", "台", "项"})
_VAGUE_BELOW = 3  # 一块儿, 一家, 两个: figures of speech rather than figures


def is_subsequence(short: str, full: str) -> bool:
    """Whether the characters of `short` occur in `full` in order, as abbreviations do."""
    position = 0
    for character in short:
        position = full.find(character, position) + 1
        if position == 0:
            return False
    return True


class UnitNames:
    """Recognises the units that the documents name, by name, alias or abbreviation."""

    def __init__(self, names: Iterable[str], aliases: Sequence[UnitAliases]) -> None:
        self._names = tuple(dict.fromkeys(names))
        table = {name: name for name in self._names}
        for entry in aliases:
            if entry.name in table:
                table.update({alias: entry.name for alias in entry.aliases if alias not in table})
        for name in self._names:
            bare = name.removeprefix("市")
            if len(bare) > _COMMON:
                table.setdefault(bare, name)
        self._table = sorted(table.items(), key=lambda pair: -len(pair[0]))

    def find(self, text: str) -> tuple[UnitMention, ...]:
        """Return the units mentioned, in the order of the text; unknown ones with name None."""
        found: list[tuple[int, UnitMention]] = []
        left = text
        for alias, name in self._table:
            start = left.find(alias)
            while start >= 0:
                found.append((start, UnitMention(surface=alias, name=name)))
                left = left[:start] + "\0" * len(alias) + left[start + len(alias) :]
                start = left.find(alias)
        for name in self._names if found else ():
            bare = name.removeprefix(_OF_CITY)
            beside = name != bare and len(bare) == _COMMON and bare in left
            if beside and any((one.name or "").startswith(_OF_CITY) for _, one in found):
                found.append((left.find(bare), UnitMention(surface=bare, name=name)))
        for start, surface in _unit_words(left):
            names: list[str | None] = [*self._of_kind(surface)] or [self._abbreviated(surface)]
            found += [(start, UnitMention(surface=surface, name=name)) for name in names]
        unique: dict[str, UnitMention] = {}
        for _, mention in sorted(found, key=lambda pair: pair[0]):
            unique.setdefault(mention.name or mention.surface, mention)
        return tuple(unique.values())

    def _of_kind(self, surface: str) -> list[str]:
        """Return the units that a collective name stands for: 市属集团; none where it ends no two names."""
        kind = _COLLECTIVE.sub("", surface)
        members = [name for name in self._names if name.endswith(kind)]
        is_collective = kind != surface and len(kind) >= _COMMON
        return members if is_collective and len(members) > 1 else []

    def _abbreviated(self, surface: str) -> str | None:
        bare = surface.removeprefix("市")
        fits = [
            name
            for name in self._names
            if bare[-1] == name[-1]
            and (is_subsequence(bare, name) or is_subsequence(name.removeprefix("市"), bare))
        ]
        return min(fits, key=len) if fits else None


def _unit_words(text: str) -> list[tuple[int, str]]:
    """Return the words that name a unit of government, with their place; 哪个局 and 我们局 name none."""
    found, start, before = [], 0, ("", "")
    for word, kind in rjieba.tag(text):
        ending = next((one for one in _UNIT_ENDINGS if word.endswith(one)), None)
        if ending is not None and len(word) > len(ending) + 1:
            found.append((start, word))
        elif ending == word and len(before[0]) >= _COMMON and before[1].startswith(_NAMING):
            found.append((start - len(before[0]), before[0] + word))
        start += len(word)
        before = (word, kind)
    of_city = [
        (match.start(), match.group()) for pattern in (_CITY_UNIT, _BODY) for match in pattern.finditer(text)
    ]
    return of_city + [
        (place, word)
        for place, word in found
        if not _NO_UNIT.search(word)
        and not any(first <= place < first + len(name) for first, name in of_city)
    ]


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers with units in a question; Chinese numerals are understood."""
    found: list[Quantity] = []
    for match in _NUMBER.finditer(text):
        number = _value(match["number"])
        vague = (
            match["unit"] in _VAGUE_UNITS
            and not match["number"][0].isdigit()
            and (number or 0) < _VAGUE_BELOW
        )
        if number is not None and not vague:
            unit = _SCALE.get(match["unit"], match["unit"])
            found.append(Quantity(text=match.group(), number=number, unit=unit))
    return tuple(found)


def _value(numeral: str) -> float | None:
    try:
        return (
            float(numeral)
            if numeral[0].isdigit()
            else float(cn2an.cn2an(numeral.replace("两", "二"), "smart"))
        )
    except (ValueError, KeyError):
        return None


def find_elsewhere(text: str, places: Places) -> tuple[str, ...]:
    """Return places outside the region that the text names (ambiguous names only with 市 or 省).

    Where one comes from and what one cannot keep up with is not what is asked about: 从上海搬来, 比不过杭州.
    """
    for local in sorted(places.huzhou, key=len, reverse=True):
        text = text.replace(local, _LOCAL)
    text = _ORIGIN.sub(" ", _RIVAL.sub(" ", text))
    named = [place for place in places.other if place in text and place not in places.ambiguous]
    named += [place for place in places.ambiguous if f"{place}市" in text or f"{place}省" in text]
    return tuple(dict.fromkeys(named))


def names_home(text: str, places: Places) -> bool:
    """Whether the text names a place of the region of the documents, or 本地."""
    return any(place in text for place in (*places.huzhou, _LOCAL))


def speaks_of_own_firm(text: str) -> bool:
    """Whether the asker speaks of us, our company, where it is registered."""
    return bool(_OWN_FIRM.search(text))
