"""Tells whether the evidence holds the detail that was asked: a value of the asked kind, or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.dates import YEAR
from assistant.ledger import Place
from assistant.understanding import Detail, Route, Understanding
from vectorstore.models import Target

_NUMERAL = r"[\d.零一二两三四五六七八九十百半]+"
_SUM = r"\d[\d,.]*\s*(?:亿|千万|百万|万|千|百)?元"
_RATE = (
    rf"\d[\d.]*\s*[%‰‱]|[百千万]分之{_NUMERAL}|(?<![a-zA-Z])LPR(?![a-zA-Z])|贷款市场报价利率"
    rf"|{_NUMERAL}\s*(?:倍|个?基点)"
)
_MONEY = re.compile(f"{_SUM}|{_RATE}", re.I)
_ASKS_SUPPORT = re.compile(
    "补|奖|资助|贴息|扶持|支持|减免|优惠|费率|利率|额度|基金|券|多少钱|给多少|拿多少|领多少"
)
_DONE = (
    "建|造|做|弄|搞|成立|组建|设立|公布|发布|出台|制定|上线|开园|开工|启动|投用|落地|上路|通车|挂牌|选出|评出"
    "|开放"
)
_ASKS_PROGRESS = re.compile(
    "开始.{0,4}了|发了(?:没有?|吗|么)"
    f"|(?:{_DONE})(?:(?:好|成|起来|完|出来)了?|了)(?:没有?|吗|么|没|不)(?:[,。??啊呀呢]|$)"
    f"|(?:{_DONE})(?:好|成|起来|完|出来)了|到哪一?步|进展|进度"
    f"|(?:现在|目前|已经|都|至今).{{0,8}}(?:{_DONE})(?:好|成|起来|完|出来)"
)
_IS_RATE = re.compile(_RATE, re.I)
_ASKS_RATE = re.compile("百分之(?:几|多少)|增长率|增速|增幅|增长多少|多少个?百分点|占比|几成")
_PRICE = re.compile("多少钱")
_EARNED = re.compile("[赚挣]|产值|营收|规模|做到|收入")
_ASKS_GOAL = re.compile("目标|指标|产值|营收|达到|完成|规划|计划.{0,4}(?:建|培育|打造|引育)")
_ENUMERATION = "[^,。;、]{1,20}(?:、[^,。;、]{1,20}){2,}"
_COUNT = re.compile(
    _ENUMERATION
    + "|"
    + r"\d+\s*(?:家|个|项|条|件|台|座|所|名|人|处|批)|[一二三四五六七八九十]+(?:大|个|项|条|类)"
)
_DATE = re.compile(r"20\d\d年|\d+月\d+日|20\d\d-\d\d-\d\d|\d+年内|每年|年底|常态化|定期")
_CONDITION = re.compile("应当具备|须具备|下列条件|不低于|不少于|年满|满足.{2,12}条件")
_PROCEDURE = re.compile(
    "负责受理|提交.{0,10}材料|申报材料|申请表|办理流程|受理窗口|向.{2,12}(?:提出申请|申报)"
)
_MEANING = re.compile("是指|指的是|即|所称|包括")
_EXPLAINING = re.compile("[”」]即|是指|指的是")
_PHONE = re.compile(r"\d{3,4}-\d{7,8}|1\d{10}")

_HELD: dict[Detail, re.Pattern[str]] = {
    Detail.MONEY: _MONEY,
    Detail.COUNT: _COUNT,
    Detail.DATE: _DATE,
    Detail.CONDITION: _CONDITION,
    Detail.PROCEDURE: _PROCEDURE,
    Detail.PHONE: _PHONE,
}
NEVER_IN_PROSE = frozenset({Detail.PERSON})
_WITH_TERMS = frozenset({Route.SUPPORT, Route.CONTACT, Route.UNIT_LIST, Route.NUMBER})
"""Routes whose answers say themselves what of terms and places the text leaves open."""
_IN_WORDS: dict[Detail, re.Pattern[str]] = {
    Detail.MONEY: re.compile(
        "(?:补|奖|资助)[^,。]{0,3}(?:几|多少)|有(?:没有)?(?:什么|啥)?(?:补贴|补助|奖励|津贴|贴息)|(?:补贴|补助|奖励)(?:吗|没有|多少)|多少钱"
    ),
    Detail.PROCEDURE: re.compile(
        "(?:去|到|在|找)?(?:哪里|哪儿|哪)(?:领|申请|申报|报名|办)|怎么(?:领|申请|申报|报名|办理?|认定)"
        "|(?:怎[么样]|如何)(?:才能|才)?(?:进|入|加入|申请|申报|参加|拿到)"
    ),
    Detail.PLACE: re.compile(
        "哪条(?:街|路)|什么位置|具体(?:位置|地址)|地址在?哪|[开设建]在(?:哪|什么地方)"
        "|(?<![写提列放讲说现用差别同点])在(?:哪(?:里|儿|个(?:区|县|地方|位置))?|什么(?:地方|位置))(?:[,。??啊呀呢]|$)"
    ),
    Detail.CONDITION: re.compile(
        "(?:认定|评选|评定|入库|准入|评审)的?(?:标准|条件)|门槛|什么条件|哪些条件|够格|什么资格"
    ),
    Detail.LIST: re.compile(
        "(?:第一批|首批|都)?(?:有|是)哪(?:几|些)(?:家|所)|名单(?:给|呢|列|发)|(?:哪几?(?:家|所|个)|哪些|什么)(?:的)?(?:学校|小学|中学|医院|企业|公司|工厂|厂|商场|小区|超市|景区)|点名.{0,4}(?:企业|公司|学校|医院)"
        "|名单(?:在哪|有哪些|是|公布)"
    ),
}


def asks_for(detail: Detail, understanding: Understanding) -> bool:
    """Whether a question asks for a detail: by the router, or in plain words whatever that makes of it.

    Which ones (LIST) only in plain words: lists are answered, and seldom a gap.
    """
    if detail is not Detail.LIST and understanding.asks(detail):
        return True
    pattern = _IN_WORDS.get(detail)
    if pattern is None or understanding.route in _WITH_TERMS:
        return False
    return bool(pattern.search(understanding.text))


def asks_progress(text: str) -> bool:
    """Whether a question asks how far something has come: 造好了没, 现在建起来没有, 进展怎么样."""
    return bool(_ASKS_PROGRESS.search(text))


def holds_money(text: str) -> bool:
    """Whether a text states a sum or a rate."""
    return bool(_MONEY.search(text))


def holds_support_money(text: str, targets: Iterable[Target]) -> bool:
    """Whether a text states a sum or a rate that is no goal (指标) of its clause: of support, of a fund."""
    for target in targets:
        for goal in (target.quote, target.value_text):
            if goal:
                text = text.replace(goal, " ")
    return holds_money(text)


def answers_amount(understanding: Understanding, cited: Sequence[Place], said: Sequence[str]) -> bool:
    """Whether what an answer says holds the amount that was asked.

    A goal in money answers a question that is not for support; another goal where its indicator is asked for.
    A goal is never the sum of a subsidy or of a fund.
    """
    targets = [target for place in cited for target in place.clause.targets]
    if _ASKS_RATE.search(understanding.text) and not any(_IS_RATE.search(text) for text in said):
        return False
    if any(holds_support_money(text, targets) for text in said):
        return True
    if _ASKS_SUPPORT.search(understanding.text) and not _asks_goal_in_money(understanding, targets):
        return False
    asked = [
        target for target in targets if target.unit.endswith(("元", "%")) or _is_asked(target, understanding)
    ]
    return any(target.value_text in text for target in asked for text in said)


def _asks_goal_in_money(understanding: Understanding, targets: Sequence[Target]) -> bool:
    """Whether 多少钱 asks for a goal: of a year in which one is due, or of what is to be earned."""
    text = _PRICE.sub("", understanding.text)
    if _ASKS_SUPPORT.search(text):
        return False
    due = [target.due or "" for target in targets if target.unit.endswith("元")]
    years = YEAR.findall(understanding.text)
    return bool(_EARNED.search(understanding.text)) or any(year in one for year in years for one in due)


def _is_asked(target: Target, understanding: Understanding) -> bool:
    """Whether a question for goals names what a target counts."""
    return bool(_ASKS_GOAL.search(understanding.text)) and any(
        term in target.indicator for term in understanding.terms
    )


def holds_definition(text: str, term: str) -> bool:
    """Whether a text explains a term, or parts of it (“1”即…), rather than using it."""
    said = re.search(f'{re.escape(term)}[”"]?\\s*(?:是指|指的是|,?即|所称|是)', text)
    return bool(said or _EXPLAINING.search(text))


def missing(detail: Detail, evidence: Iterable[str]) -> bool:
    """Whether the asked detail is of a kind that the evidence holds no value of."""
    if detail in NEVER_IN_PROSE or detail is Detail.LIST:
        return True
    pattern = _HELD.get(detail)
    return pattern is not None and not any(pattern.search(text) for text in evidence)
