"""Whether a question asks if somebody who is no firm may have what is offered: 我个人能领吗."""

from __future__ import annotations

import re

_PERSON = re.compile(
    "个体工商户|个体户|自由职业者?|个人|普通市民|市民|老百姓|普通人|居民|大学生|学生|农户|农民|工作室|主播|退休人员"
    "|小厂子?|小公司|小企业|小微企业?|小作坊|小工厂|小店|夫妻店|初创公司|初创企业|创业公司|中小企业|民企"
)
_FIRM = re.compile("厂|公司|企业|小微")
_MAY_HAVE = re.compile(
    "能不能|可不可以|能|可以|有份|有没有份|轮得[到上]|有资格|够格|符合|申请|申报|领|享受|沾|行[吗不么]"
)
_WHOM = re.compile(
    "(?:支持|鼓励|面向)(?P<whom>(?:[^,。;、等]{0,6}?(?:企业|高校|科研机构|科研院所|平台|机构|单位|服务商)、?)+(?:等(?:企业|单位|主体))?)"
)


def person_asked(text: str) -> str:
    """Return who, no firm, a question asks whether may have something; '' where it asks of nobody such."""
    match = _PERSON.search(text)
    return match.group() if match and _MAY_HAVE.search(text.replace(match.group(), "")) else ""


def is_among(person: str, whom: str) -> bool:
    """Whether who asks is a firm, and firms of all kinds are named: 小厂 of 企业、高校, not of 龙头企业."""
    return bool(_FIRM.search(person)) and (not whom or "企业" in whom.split("、"))


def whom_named(sentence: str) -> str:
    """Return whom a sentence of a clause supports, as written; '' where it names nobody."""
    match = _WHOM.search(sentence)
    return match["whom"].strip("、") if match else ""
