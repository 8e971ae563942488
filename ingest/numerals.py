"""Numerals of clause numbers -> integers: 二十三 = 23 = ２３."""

from __future__ import annotations

from functools import lru_cache

import cn2an

from ingest.widths import halve

NUMERAL = "[一二三四五六七八九十百千零〇○两]{1,7}"
"""A Chinese numeral as clauses are numbered with."""


@lru_cache(4096)
def value_of(numeral: str) -> int | None:
    """Return the value of a Chinese or Arabic numeral, or None where it is no number (百一千)."""
    plain = halve(numeral).strip().replace("〇", "零").replace("○", "零")
    try:
        return int(plain) if plain.isdecimal() else int(cn2an.cn2an(plain, "smart"))
    except (ValueError, KeyError):  # KeyError is what cn2an says of 一十十
        return None
