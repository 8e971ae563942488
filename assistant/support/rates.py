"""The rates that a sentence of an official text gives, read only where every word of it is understood.

What is not understood to the last number is not computed: a wrong sum is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import cn2an

from assistant.normalizing import normalize
from assistant.support.bounds import MONEY, find_bounds
from assistant.support.caps import LIMITING, STATES_NUMBER, caps_of, yuan
from assistant.support.steps import NotReadError, Rates, Step, Unread
from assistant.support.vocabulary import Vocabulary

_SHARE = re.compile(r"百分之(?P<share>\d+(?:\.\d+)?|[一二三四五六七八九十百点零]+)")
_NUMBER = re.compile(
    r"^\s*(?:第\s*\S{1,9}?条|[一二三四五六七八九十]{1,3}、|\(\s*[一二三四五六七八九十\d]{1,3}\s*\)|\d{1,2}[.、](?!\d)|[①-⑳])\s*"
)
_DATE = re.compile(r"\d{4}年(?:度|\d{1,2}月(?:\d{1,2}日)?)?|\d{4}-\d{1,2}-\d{1,2}")
_LINE_END = re.compile("[;。\n]")
_GROUP = re.compile(
    rf"[、,](?=(?:对)?[^,;、%\d]{{0,16}}{MONEY}[^,;%]{{0,40}},?(?:按照?|给予|予以)?[^,;%\d]{{0,16}}\d[\d.]*%)"
)
_GIVES = "补助|奖励|补贴|资助|奖补|支持|扶持"
_VERB = "按照?|给予|予以|补助|奖励|补贴|资助|以|支持"
_MOST = "最高不超过|最高|不超过|不高于"
_RATE = re.compile(
    rf"(?:分档)?(?:{_VERB})(?:给予|予以)?(?P<most>{_MOST})?(?P<base>(?:(?!{_VERB})[^\d%,;:。])*?)的?(?P<most2>{_MOST})?"
    rf"(?P<rate>\d+(?:\.\d+)?%)(?:[-—–~至到]+(?P<upper>\d+(?:\.\d+)?%))?(?:的?(?:比例|标准|额度)?)?(?P<within>以内)?的?"
    rf"(?:[,、]?(?:进行|予以|给予)?(?:一次性)?(?:给予|予以)?(?:最高(?:不超过)?(?P<cap>{MONEY})的?)?"
    rf"(?:一次性)?(?P<what>[^\d%,;:。]{{0,10}}?)(?:{_GIVES})(?:资金|经费|券)?)?"
)
_GROWTH = re.compile(
    "增长|增量|增幅|增加|新增|增速|较上|比上|同比|环比|上年|上一年|去年|前年|前一年|基期|基数"
)
_PER = re.compile(
    r"每(?!家|户|个?(?:企业|项目|单位|主体|申报)|年)|元/|/(?:台|套|人|年|月|平|吨|度)|平方米|按(?:面积|台数|人数|数量)"
)
_OTHERWISE = re.compile(
    "差额|扣除|减去|之和|总和|孰低|从低|就低|较低|较小|减半|加倍|翻倍|[上下]浮|浮动|折算|折扣|[一二三四五六七八九]折|系数|分摊|其中"
    "|另外|再给|再按|额外|最低|至少|首年|第[一二三四五]年|次年|逐年|连续|原则上|不等|左右|除以|乘以|倍|分别"
)
_TWO = re.compile("和|及|与|、|或|加上?|\\+")
_FREE_BASE = re.compile(
    "^(?:其|该|本|项目|企业|实际|实际完成|完成|核定|审定|审核|认定|经|审计|确认|后|的|发生|支付|已)+"
)
_SUM_NAMES = re.compile("(?:总额|金额|额|总计|合计|费用?|支出)$")
_NO_AID = re.compile(
    "各|双方|一半|个人|职工|员工|团队|人员|供应商|[年月期批次]|贷款|贴息|利息|授信|担保|用地|能耗|股权|借款|信用|税"
)
_PLAIN_AID = (None, "", "财政", "资金", "专项资金", "事后", "后", "市级", "财政资金", "专项")
_LEAST_OF = re.compile("(?:实际)?(?:达到?|在|为|满|不低于|不少于|不小于|超过|高于|大于)$")


def plain_of(sentence: str) -> str:
    """Return a sentence in the form that rates are read from: half width, no spaces, shares in digits."""
    plain = normalize(sentence).replace(" ", "").replace("\u201c", "").replace("\u201d", "")
    return _SHARE.sub(lambda match: f"{_share(match['share'])}%", plain)


@dataclass(frozen=True)
class _Group:
    """One rate as written: its own range, base and cap, none of them judged yet."""

    step: Step
    base: str
    range_kind: str
    gives: bool


class RateReader:
    """Reads rates; the vocabulary says which words are a kind of figure."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._kinds = vocabulary.enterprises.figures
        names = "|".join(
            map(
                re.escape, sorted((word for one in self._kinds for word in one.formal), key=len, reverse=True)
            )
        )
        self._before_range = re.compile(
            rf"(?:^|[,:的对在]|项目|企业|单位|公司|主体|机构|实际|实施|完成)(?P<name>{names})(?:总?额|总计|合计|金额)?$"
        )
        self._of_header = re.compile(
            rf"(?:按照?|以)(?:其|项目|实际|企业)*(?P<name>{names})(?:总?额|金额)?(?:分档|的|,|给予|$)"
        )

    def read(self, sentence: str) -> Rates | None:
        """Return the rates of a sentence; None where it takes no share of a figure that is known here."""
        plain = plain_of(sentence)
        near = self._near(plain) if "%" in plain else None
        if near is None:
            return None
        try:
            return self._whole(plain)
        except NotReadError as stop:
            return near.model_copy(update={"unread": stop.why})

    def _near(self, plain: str) -> Rates | None:
        """Return the figures that a sentence speaks of before a share, the nearest first; steps left out."""
        before = plain[: plain.rfind("%")]
        for names in ("formal", "words"):
            found = sorted(
                ((before.rfind(word), len(word), word, one.name) for one in self._kinds if one.formal
                 for word in getattr(one, names) if word in before),
                reverse=True,
            )  # fmt: skip
            if found:
                return Rates(
                    base=found[0][2], kind=found[0][3], near=tuple(dict.fromkeys(kind for *_, kind in found))
                )
        return None

    def _whole(self, plain: str) -> Rates:
        for pattern, why in ((_GROWTH, Unread.GROWTH), (_PER, Unread.PER), (_OTHERWISE, Unread.WORDS)):
            if pattern.search(plain):
                raise NotReadError(why)
        header, units = _units(plain)
        if STATES_NUMBER.search(header):
            raise NotReadError(Unread.WORDS)
        groups = [self._group(unit) for unit in units if "%" in unit]
        caps = [cap for unit in units if "%" not in unit for cap in caps_of(unit.split(","))]
        if not (groups[-1].gives or re.search(_GIVES, header)):
            raise NotReadError(Unread.WORDS)
        base = self._base(groups, header)
        return _joined(groups, caps, base.kind, base.words)

    def _group(self, unit: str) -> _Group:
        rated = list(_RATE.finditer(unit))
        if len(rated) != 1 or unit.count("%") != rated[0].group().count("%"):
            raise NotReadError(Unread.STEPS)
        (rate,) = rated
        lead = _DATE.sub("", unit[: rate.start()])
        found = find_bounds(lead)
        before, after = (lead[: found.start], lead[found.end :]) if found else (lead, "")
        is_part = bool(re.match("的?部分", after))
        if (
            STATES_NUMBER.search(before + after)
            or LIMITING.search(before + after)
            or "部分" in unit.replace("部分", "", is_part)
        ):
            raise NotReadError(Unread.WORDS)
        if _NO_AID.search(rate["what"] or "") or (not rate["base"] and rate["what"] not in _PLAIN_AID):
            raise NotReadError(Unread.WORDS)
        caps = [rate["cap"]] if rate["cap"] else []
        own = [yuan(cap) for cap in caps] + caps_of(unit[rate.end() :].split(","))
        name = self._before_range.search(_LEAST_OF.sub("", before)) if found else None
        step = Step(
            bounds=found.bounds if found else None,
            is_part=is_part,
            rate=_rate(rate["rate"]),
            upper=_rate(rate["upper"]) if rate["upper"] else None,
            at_most=bool(rate["most"] or rate["most2"] or rate["within"]),
            caps=tuple(dict.fromkeys(own)),
        )
        gives = rate["what"] is not None
        return _Group(
            step=step, base=rate["base"], range_kind=self._kind(name["name"]) if name else "", gives=gives
        )

    def _kind(self, name: str) -> str:
        return next((one.name for one in self._kinds if name in one.formal), "")

    def _base(self, groups: Sequence[_Group], header: str) -> _Base:
        """Return the kind of figure that every rate is taken of, and its words."""
        told = self._of_header.search(header)
        words = list(dict.fromkeys(group.base for group in groups if group.base))
        if not words and told:
            words = [told["name"]]
        if not words and groups[0].range_kind:
            words = [
                next(word for one in self._kinds if one.name == groups[0].range_kind for word in one.formal)
            ]
        kinds = {self._exact(word) for word in words}
        if len(kinds) > 1 or (words and _TWO.search(words[0]) and not all(kinds)):
            raise NotReadError(Unread.BASES)
        kind = next(iter(kinds), "")
        if not kind:
            raise NotReadError(Unread.BASE)
        return _Base(kind, _FREE_BASE.sub("", words[0]))

    def _exact(self, base: str) -> str:
        plain = _FREE_BASE.sub("", base)
        return self._kind(plain) or self._kind(_SUM_NAMES.sub("", plain))


@dataclass(frozen=True)
class _Base:
    kind: str
    words: str


def _units(plain: str) -> tuple[str, Sequence[str]]:
    """Return what stands before the colon, and the rates and caps behind it, each alone."""
    header, colon, rest = plain.rpartition(":")
    lines = [_NUMBER.sub("", line) for line in _LINE_END.split(rest if colon else plain)]
    units = [unit for line in lines if line for unit in _GROUP.split(line) if unit]
    return _NUMBER.sub("", header), units


def _joined(groups: Sequence[_Group], caps: Sequence[float], kind: str, base: str) -> Rates:
    """Return the steps in one, refused where they do not fit together."""
    steps = [group.step for group in groups]
    kinds = [group.range_kind for group in groups if group.step.bounds]
    if len(groups) == 1 and kinds and kinds[0] and kinds[0] != kind:
        steps = [steps[0].model_copy(update={"bounds": None})]  # a condition, ticked as one
        if steps[0].is_part:
            raise NotReadError(Unread.WORDS)
    elif kinds and (kinds[0] != kind or any(one not in ("", kind) for one in kinds)):
        raise NotReadError(Unread.STEPS)
    if len(steps) > 1 and (
        any(one.bounds is None for one in steps) or len({one.is_part for one in steps}) > 1
    ):
        raise NotReadError(Unread.STEPS)
    if len(steps) > 1 and not any(group.gives for group in groups[:-1]):
        caps = [*caps, *steps[-1].caps]  # one verb of giving for all of them: its cap is that of all
        steps[-1] = steps[-1].model_copy(update={"caps": ()})
    return Rates(base=base, kind=kind, steps=tuple(steps), caps=tuple(caps))


def _rate(text: str) -> float:
    return float(Decimal(text.removesuffix("%")) / 100)


def _share(text: str) -> str:
    return text if text[0].isdigit() else str(cn2an.cn2an(text, "smart"))
