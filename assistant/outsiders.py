"""Whether a question asks if a firm or person of another place may have what is offered here."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MAY_HAVE = re.compile("申请|申报|申领|领|享受|参加|适用|用得?上|拿|有份|行得通|可以|能")
_SEAT = "(?:注册地?址?|户口|户籍|公司|企业|厂子?|总部|工商|落户|税收?关系|执照)"
_LIES = "(?:都|还|是|也)?(?:注册|开|落户|设|办|登记|放)?(?:在|是|到)(?:了|的)?"
_OURS = re.compile("[这那](?:个|份|项)?|湖州|它")


def outsider_from(text: str, elsewhere: Sequence[str]) -> str:
    """Return the place whose firms or people a question asks for, '' where it asks for none such.

    Args:
        text: the question.
        elsewhere: the places outside the region that it names.
    """
    for place in elsewhere:
        who = f"{place}(?:市|省)?(?:那边|这边)?的?(?:企业|公司|厂|人|单位|老板|户口|户籍|高校|学校|团队)"
        seat = f"{_SEAT}{_LIES}{place}"
        if re.search(f"{who}|{seat}", text) and _MAY_HAVE.search(text):
            return place
    return ""


def asks_of_ours(text: str) -> bool:
    """Whether a text points to the documents at hand: 照这个申请, 拿湖州的文件."""
    return bool(_OURS.search(text))
