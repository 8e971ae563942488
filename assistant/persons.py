"""Whether a question asks if somebody who is no firm may have what is offered: 我个人能领吗."""

from __future__ import annotations

import re

_PERSON = re.compile(
    "个体工商户|个体户|自由职业者?|个人|普通市民|市民|老百姓|普通人|居民|大学生|学生|农户|农民|工作室|主播|退休人员"
)
_MAY_HAVE = re.compile(
    "能不能|可不可以|能|可以|有份|有没有份|轮得[到上]|有资格|够格|符合|申请|申报|领|享受|沾|行[吗不么]"
)
_WHOM = re.compile(
    "(?:支持|鼓励|面向)(?P<whom>(?:[^,。;、]{0,6}?(?:企业|高校|科研机构|科研院所|平台|机构|单位)、?)+)"
)


def person_asked(text: str) -> str:
    """Return who, no firm, a question asks whether may have something; '' where it asks of nobody such."""
    match = _PERSON.search(text)
    return match.group() if match and _MAY_HAVE.search(text.replace(match.group(), "")) else ""


def whom_named(sentence: str) -> str:
    """Return whom a sentence of a clause supports, as written; '' where it names nobody."""
    match = _WHOM.search(sentence)
    return match["whom"].strip("、") if match else ""
