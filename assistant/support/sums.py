"""Sums of money in people's words: where each stands, and its value only where it is certain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import cn2an

_HAN = "零〇一二两三四五六七八九十百千点壹贰叁肆伍陆柒捌玖拾佰仟几数多余来好"
_SUM = re.compile(
    rf"(?P<numeral>(?:(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+)(?:\.\d+)?|[{_HAN}万亿])+)\s?(?P<unit>块钱|元|圆|块)?(?P<more>[多余])?"
)
_GROUPS = re.compile("(?:(?P<yi>[^万亿]+)亿)?(?:(?P<wan>[^万亿]+)万)?(?P<rest>[^万亿]*)")
_SCALED = re.compile(r"(?P<digits>\d+(?:\.\d+)?)(?P<scale>[十百千])")
_SCALES = {"十": 10, "百": 100, "千": 1000}
_VAGUE = re.compile(
    "[几数多余来好]|[一二两三四五六七八九]{2,}[十百千万亿]|[百千万亿][一二两三四五六七八九1-9]$"
)
_COUNTED = re.compile(
    r"\s?(?:台|人|平|米|吨|条|件|个|次|只|套|亩|辆|瓦|千瓦|度|户|家|张|册|篇|步|小时|公里|像素|参数|页|字|行|kw|token|P)",
    re.IGNORECASE,
)
_ABROAD = (
    "美元|美金|港币|港元|欧元|日元|英镑|韩元|加元|澳元|澳门元|新加坡元|台币|法郎|卢布|泰铢|外币"
    "|USD|HKD|EUR|JPY|GBP|US|HK"
)
_NUMBERED = rf"[\d{_HAN}万亿元块]"
_TO = r"(?:-|~|–|—|―|〜|/|到|至|或者?|、|变成?|改成?)"
_BOUND_BEFORE = re.compile(
    "(?:不到|不足|不满|[未没]到|低于|少于|小于|高于|多于|大于|超过?|突破|至少|起码|最多|至多|最高|最低|顶多|接近|近|逾"
    "|约|大概|差不多|估计|可能|也许|好像|左右|上下|刚过|过了|已过|上)[^,。;、\\d]{0,2}$"
    "|(?:没有?|未|不是?|并非|不)[^,。;]{0,4}$"
    "|(?:每(?:台|套|月|个|家|条|张|次|人)|单价|平均|人均|一[台套]|每年(?![^,。;]{0,3}(?:营|收入|产值|销售)))[^,。;]{0,8}$"
    "|(?:从|由|[降减涨增升加长跌]低?高?[了]?[到至为成])[^,。;]{0,2}$"
    rf"|(?:{_ABROAD}|[$€£])\s?$|(?:^|[^\d])[-−–负]\s?$|{_NUMBERED}\s?{_TO}\s?$",
    re.IGNORECASE,
)
_BOUND_AFTER = re.compile(
    rf"\s?(?:{_ABROAD}|[$€£])|\s?(?:{_TO}|[+])\s?[\d{_HAN}]|[^,。;\d]{{0,4}}?[降减涨增升跌变改调][^,。;\d]{{0,3}}[到至为成]"
    r"|\s?(?:\(含(?:本数)?\))?(?:及?以[上下内]|之内|左右|上下|不到|出头|封顶|起|的?样子|上下浮动)|\s?(?:/|每|一[台套个条年月张])",
    re.IGNORECASE,
)
_SHOWN_BEFORE = 6
_SHOWN_AFTER = 4
_CLAUSE = re.compile("[,。;!?、\\s]")


@dataclass(frozen=True)
class SaidSum:
    """A sum of money as said; `value` is None where it is no certain sum in yuan."""

    value: float | None
    start: int
    end: int
    said: str


def find_sums(text: str) -> Iterator[SaidSum]:
    """Yield the sums of money of a normalised text.

    A bound, a range, an estimate, a change, a price of one piece, a foreign currency or a minus sign leaves
    the value open: what is computed of it would be a number that nobody said.
    """
    for match in _SUM.finditer(text):
        numeral, after = match["numeral"], text[match.end() :]
        if not re.search(rf"[\d{_HAN[:12]}壹贰叁肆伍陆柒捌玖拾几数]", numeral):
            continue
        if not match["unit"] and (not re.search("[万亿]", numeral) or _COUNTED.match(after)):
            continue
        before = text[: match.start()]
        lower, upper = _BOUND_BEFORE.search(before), _BOUND_AFTER.match(after)
        is_open = bool(lower or upper or match["more"])
        value = None if is_open else sum_of(numeral)
        yield SaidSum(value, match.start(), match.end(), _shown(text, match.start(), match.end(), is_open))


def sum_of(numeral: str) -> float | None:
    """Return the value of a numeral in digits, Chinese or formal characters, or None where it is vague."""
    plain = numeral.replace(",", "").replace("两", "二").replace("〇", "零")
    groups = _GROUPS.fullmatch(plain)
    if groups is None or _VAGUE.search(plain):
        return None
    total = Decimal(0)
    for name, factor in (("yi", 10**8), ("wan", 10**4), ("rest", 1)):
        if groups[name]:
            part = _part(groups[name])
            if part is None:
                return None
            total += part * factor
    return float(total)


def _part(text: str) -> Decimal | None:
    scaled = _SCALED.fullmatch(text)
    if scaled:
        return Decimal(scaled["digits"]) * _SCALES[scaled["scale"]]
    try:
        return Decimal(text) if text[0].isascii() and text[-1].isascii() else _numeral(text)
    except (ValueError, KeyError, ArithmeticError):  # KeyError is what cn2an says of 一十十
        return None


def _numeral(text: str) -> Decimal:
    return Decimal(str(cn2an.cn2an(text, "smart")))


def _shown(text: str, start: int, end: int, is_open: bool) -> str:
    """Return a sum with the words about it that leave it open."""
    if not is_open:
        return text[start:end]
    before = _CLAUSE.split(text[max(0, start - _SHOWN_BEFORE) : start])[-1]
    after = _CLAUSE.split(text[end : end + _SHOWN_AFTER])[0]
    return before + text[start:end] + after
