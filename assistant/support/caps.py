"""The most that is paid, as official sentences write it: 单个项目最高不超过50万元."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.support.bounds import MONEY
from assistant.support.steps import NotReadError, Unread
from assistant.support.sums import sum_of

_UNIT = r"(?:企业|项目|单位|主体|申报单位|法人|平台|园区|机构|公司|户)"
_CAP = re.compile(
    rf"(?:且|但|并)?(?:对|给)?(?:(?:单个|每个|每家|每户|同一|单家|单户|单一|该|同一家|同一个|每){_UNIT}|每[家户个](?=每|最|累|不|年))?(?:给予|获得|享受)?的?"
    r"(?:每年度?|年度|当年|全年|单年|每个年度)?(?:累计|合计)?(?:补助|奖励|补贴|资助|支持|奖补)?(?:资金|金额|额度|总额|标准)?"
    rf"(?:的?(?:最高限额|上限))?(?:最高)?(?:可)?(?:给予|补助|奖励|补贴|资助|支持|奖补)?(?:金额|额|额度|总额)?(?:均)?"
    rf"(?:不超过|不高于|不得超过|为|达)?(?P<cap>{MONEY})(?:为限|封顶|以内)?的?(?:补助|奖励|补贴|资助|支持)?"
)
LIMITING = re.compile("最高|上限|不超过|不高于|不得超过|为限|封顶|限额")
_LIMITS = re.compile("超过|不足|低于|高于|剩余")
STATES_NUMBER = re.compile(r"[\d%]|[一二两三四五六七八九十百千]+[万亿]?元|百分之")


def read_cap(piece: str) -> float | None:
    """Return the sum of a piece that says nothing but a cap (单个项目最高不超过50万元), or None."""
    found = _CAP.fullmatch(piece)
    return sum_of(found["cap"].removesuffix("元")) if found and LIMITING.search(piece) else None


def caps_of(pieces: Sequence[str]) -> list[float]:
    """Return the caps that some pieces state; what else they say must hold no number and no limit."""
    caps = []
    for piece in pieces:
        cap = read_cap(piece)
        if cap is not None:
            caps.append(cap)
        elif STATES_NUMBER.search(piece) or LIMITING.search(piece):
            raise NotReadError(Unread.CAPS)
        elif _LIMITS.search(piece):
            raise NotReadError(Unread.WORDS)
    return caps


def yuan(text: str) -> float:
    """Return the value of a sum as written.

    Raises:
        NotReadError: it is no certain sum.
    """
    value = sum_of(text.removesuffix("元"))
    if value is None:
        raise NotReadError(Unread.CAPS)
    return value
