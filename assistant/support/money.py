"""Sums of money: as people write them -> yuan, and back in 万元 and 亿元."""

from __future__ import annotations

from decimal import Decimal

from assistant.normalizing import spell_out
from assistant.support.sums import find_sums

TEN_THOUSAND = Decimal(10_000)
HUNDRED_MILLION = Decimal(100_000_000)


def read_money(text: str) -> float | None:
    """Return a certain sum in yuan as people write it (650万元, 六百五十万, 1.2亿), or None."""
    plain = spell_out(text)
    sums = tuple(find_sums(plain))
    return sums[0].value if len(sums) == 1 else None


def exact(value: float) -> Decimal:
    """Return a number as the decimal that it was written as."""
    return Decimal(str(value))


def plain(value: Decimal) -> str:
    """Return a decimal without trailing zeros or exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def say_money(value: Decimal) -> str:
    """Return a sum in 亿元, 万元 or 元, exact."""
    if value >= HUNDRED_MILLION:
        return f"{plain(value / HUNDRED_MILLION)}亿元"
    return f"{plain(value / TEN_THOUSAND)}万元" if value >= TEN_THOUSAND else f"{plain(value)}元"


def say_rate(value: float) -> str:
    """Return a share as a percentage."""
    return f"{plain(exact(value) * 100)}%"
