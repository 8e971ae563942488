"""What a question mentions: units of government, numbers, words of the documents, places elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import cn2an

from assistant.lexicon import Places, UnitAliases
from assistant.understanding import Quantity, UnitMention

_UNIT_WORD = re.compile("[\u4e00-\u9fff]{1,10}?(?:局|委员会|委|办公室|办|厅|集团|管委会|区政府|县政府)")
_UNIT_ENDINGS = ("局", "委", "办", "厅", "集团", "管委会", "政府", "公司")
_LEADING_NOISE = re.compile(
    "^(?:我们|你们|咱们|湖州市|湖州|那个|这个|还有|以及|请问|和|跟|与|及|是|的|由|找|归|问|在|到|就|那|把|给|有|按|只|看|让|叫)+"
)
_NUMBER = re.compile(
    r"(?P<number>\d+(?:\.\d+)?|[零一二两三四五六七八九十百千万亿]+)\s*"
    r"(?P<unit>亿元|万元|千元|个亿|亿|万块|万|块钱|块|元|家|个|件|台|座|项|条|所|%|个点|个百分点|年底|年|名|人|处|批)"
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
_COMMON = 2
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
        for match in _UNIT_WORD.finditer(left):
            surface = _LEADING_NOISE.sub("", match.group())
            if len(surface) > _COMMON:
                found.append((match.start(), UnitMention(surface=surface, name=self._abbreviated(surface))))
        unique: dict[str, UnitMention] = {}
        for _, mention in sorted(found, key=lambda pair: pair[0]):
            unique.setdefault(mention.name or mention.surface, mention)
        return tuple(unique.values())

    def _abbreviated(self, surface: str) -> str | None:
        bare = surface.removeprefix("市")
        fits = [
            name
            for name in self._names
            if bare[-1] == name[-1]
            and (is_subsequence(bare, name) or is_subsequence(name.removeprefix("市"), bare))
        ]
        return min(fits, key=len) if fits else None


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
    except ValueError:
        return None


def find_elsewhere(text: str, places: Places) -> tuple[str, ...]:
    """Return places outside the region that the text names (ambiguous names only with 市 or 省)."""
    for local in sorted(places.huzhou, key=len, reverse=True):
        text = text.replace(local, "本地")
    named = [place for place in places.other if place in text and place not in places.ambiguous]
    named += [place for place in places.ambiguous if f"{place}市" in text or f"{place}省" in text]
    return tuple(dict.fromkeys(named))
