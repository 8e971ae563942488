"""Reads numbers with unit and comparator out of policy prose, in digits or Chinese numerals, as values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "○": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10**4, "亿": 10**8}
_MONEY = {"亿元": 10**8, "万元": 10**4, "千元": 1000, "百元": 100, "元": 1, "块钱": 1, "块": 1, **_GROUPS}
_MEASURES = (
    "亿元|万元|千元|百元|美元|块钱|块|元|个百分点|个工作日|个月|工作日|平方米|公里|小时|分钟|亿|万|千|百"
    "|家|个|件|台|座|项|条|所|名|人|位|处|批|倍|成|折|%|‰|大|类|种|年|天|日|月|周|级|款|张|份|次|期|轮|号|部|路|户|亩|篇|步|辆|套"
)
_BEFORE = (
    "(?P<before>(?:力争|争取|达到|达|突破|不超过|超过|超|不少于|不低于|不多于|不高于|至少|起码|至多|最多|最高|最低"
    "|低于|高于|少于|多于|大于|小于|大约|约|接近|将近|近|逾|仅|只有|到)*)"
)
_AFTER = "(?P<after>(?:及?以上|及?以下|以内|之内|左右|上下|封顶|不到|起)?)"
_QUANTITY = re.compile(
    rf"{_BEFORE}(?P<percent>百分之)?"
    r"(?P<value>\d[\d,]*(?:\.\d+)?|[〇○零一二两三四五六七八九十][〇○零一二两三四五六七八九十百千万亿]*(?:点[〇零一二三四五六七八九]+)?"
    r"|(?:数|几|上|成)[十百千万亿]+)"
    rf"(?P<some>[多余几]?)\s*(?P<unit>{_MEASURES})?(?P<more>[多余]?){_AFTER}"
)
_ORDINAL = "第"
_COMPARATORS = {
    "aim": ("力争", "争取"),
    "over": ("突破", "超", "高于", "多于", "大于", "逾"),
    "floor": ("不少于", "不低于", "至少", "起码", "最低", "以上", "起"),
    "cap": (
        "不超过", "不多于", "不高于", "至多", "最多", "最高", "低于", "少于", "小于", "以下", "以内", "之内",
        "封顶", "不到", "仅", "只有",
    ),
    "about": ("约", "近", "左右", "上下"),
}  # fmt: skip
_NEGATED = re.compile("不(?:超过|少于|低于|多于|高于|到)")
_OF_NEGATED = dict.fromkeys(("不超过", "不多于", "不高于", "不到"), "cap")
_OF_NEGATED |= dict.fromkeys(("不少于", "不低于"), "floor")
_FIGURES_OF_SPEECH = frozenset("一")


@dataclass(frozen=True)
class Quantity:
    """A number in prose; equal where value, unit and comparators say the same."""

    value: float | None
    unit: str
    comparators: frozenset[str]
    start: int
    end: int
    said: str
    ordinal: bool = False

    def same(self, other: Quantity) -> bool:
        """Whether both say the same number of the same unit."""
        return self.value == other.value and self.unit == other.unit and self.ordinal == other.ordinal


def find_quantities(text: str) -> Iterator[Quantity]:
    """Yield the numbers of a text in half width; 一 as an article (一批, 一个) is none."""
    for match in _QUANTITY.finditer(text):
        numeral, unit = match["value"], match["unit"] or ""
        comparators = _comparators(match["before"]) | _comparators(match["after"])
        if match["some"] or match["more"]:
            comparators |= {"about"}
        if _is_no_number(numeral, unit, match["percent"], comparators):
            continue
        value = _value(numeral)
        if match["percent"]:
            unit = "%"
        elif unit == "成":
            value, unit = (None if value is None else 10 * value), "%"
        elif unit in _MONEY:
            value = None if value is None else value * _MONEY[unit]
            unit = "" if unit in _GROUPS else "元"
        yield Quantity(
            value, unit, frozenset(comparators), match.start(), match.end(), match.group(),
            ordinal=text[: match.start("value")].endswith(_ORDINAL),
        )  # fmt: skip


def comparators_of(words: str) -> frozenset[str]:
    """Return the kinds of comparators among some words."""
    return frozenset(_comparators(words))


def _comparators(words: str) -> set[str]:
    found = {_OF_NEGATED[negated] for negated in _NEGATED.findall(words)}
    rest = _NEGATED.sub("", words)
    return found | {kind for kind, forms in _COMPARATORS.items() if any(form in rest for form in forms)}


def _is_no_number(numeral: str, unit: str, percent: str | None, comparators: set[str]) -> bool:
    if numeral[0].isascii() or percent or comparators:
        return False
    if numeral[0] in _FIGURES_OF_SPEECH and len(numeral) == 1:
        return unit not in _MONEY or unit in ("块", "万", "亿")
    return not unit and len(numeral) == 1


def _value(numeral: str) -> float | None:
    if numeral[0].isascii():
        return float(numeral.replace(",", ""))
    whole, _, fraction = numeral.partition("点")
    if any(character not in _DIGITS and character not in _SCALES | _GROUPS for character in whole):
        return None
    value = float(_whole(whole))
    return value + sum(float(_DIGITS[digit]) * 0.1**place for place, digit in enumerate(fraction, start=1))


def _whole(numeral: str) -> int:
    if all(character in _DIGITS for character in numeral):
        return int("".join(str(_DIGITS[character]) for character in numeral))
    total = group = digit = 0
    for character in numeral:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _SCALES:
            group += (digit or 1) * _SCALES[character]
            digit = 0
        else:
            total = (total + group + digit) * _GROUPS[character]
            group = digit = 0
    return total + group + digit
