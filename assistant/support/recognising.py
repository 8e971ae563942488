"""Recognises enterprises that describe themselves in a conversation, over one turn or several."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.conversation import asks
from assistant.entities import speaks_of_own_firm
from assistant.normalizing import normalize
from assistant.support.describing import ProfileReader
from assistant.support.profile import Kind, Profile

_ASKS = re.compile("补|奖|扶持|支持|政策|申请|申报|享受|拿|优惠|资助|能报|适用|对应|帮")
_HOW_MUCH = re.compile(
    "(?:补贴?|奖励?|拿到?|给)(?:多少|几)|多少(?:补|奖)|能补|可以补|怎么补|哪一?档|最高多少|划算"
    "|有没有.{0,6}(?:补|奖)|有(?:补贴|奖)|到我们?账"
)
_GENERAL = re.compile(
    "(?:能|可以)(?:拿|报|享受|申请)|(?:什么|哪些|啥|有没有)(?:补贴|政策|扶持|支持|优惠)|针对我们"
)
_ABOUT_TEXT = re.compile(
    "哪一?条|第.{1,4}条|原文|文件里|计划里|怎么写|写了|是什么意思|哪个局|哪个部门|责任单位|牵头"
)
_BARE = re.compile(
    "我们|我司|我厂|本公司|我公司|本企业|咱们?|公司|企业|工厂|厂里?|请问|想问|问一?下|一下|湖州|本地|市里|政府"
    "|能不能|可不可以|有没有|能|可以|会|有|给|拿到?|报|享受|申请|申领|申报|领取?|得到?|争取|补助|补贴|补|奖励|奖补|奖"
    "|扶持|支持|优惠|好处|政策|资助|福利|惠企|多少钱?|什么|哪些|哪个|啥|几|样|种|些|的|到|吗|呢|啊|呀|吧|么|那|都|了|点|钱"
)
_ASKS_WHAT = re.compile("什么|哪些|啥|多少|有没有|几")
_WANTS_AID = re.compile("拿|享受|领|申请|申报|报|补|奖|扶持|支持|优惠|好处|政策|资助|福利")
_ASKS_AT_END = re.compile("(?:不|没|没有|否|伐|么|嘛)[?。!]*$")
_ENOUGH = 3
_ENOUGH_PLACED = 2
_LONGEST = 6


def facts_told(profile: Profile) -> int:
    """Return how many facts of an enterprise a description tells; a need alone describes nobody."""
    told = (
        profile.district or not profile.is_local,
        profile.industry, profile.size or profile.age_years, profile.certifications, profile.without,
        profile.revenue, profile.figures or profile.unclear, profile.project, profile.stage, profile.needs,
        profile.received is not None,
    )  # fmt: skip
    return sum(bool(one) for one in told)


class Recogniser:
    """Tells whether a conversation describes an enterprise that looks for support, and as what."""

    def __init__(self, reader: ProfileReader) -> None:
        self._reader = reader

    def profile_of(self, turns: Sequence[str], *, of_enterprise: bool = False) -> Profile | None:
        """Return the profile that a conversation tells up to its last turn; None where it tells none.

        A turn that only adds facts (投了800万, 完工了) completes the turns before it, back to the one that
        speaks of the own firm.

        Args:
            turns: the conversation, oldest first.
            of_enterprise: whether an enterprise asks, so that 能拿什么补贴 is asked for it.
        """
        told = [turns[-1]]
        if self._tells_firm(turns[-1], of_enterprise) and self._reader.read(turns[-1]).industry:
            return self._reader.read(turns[-1])
        for earlier in reversed(turns[-_LONGEST:-1]):
            if not (self._completes(told[0]) or self._tells_firm(told[0], of_enterprise)):
                break
            told.insert(0, earlier)
        while told and not self._tells_firm(told[0], of_enterprise):
            told.pop(0)
        return self._reader.read(",".join(told)) if told else None

    def _tells_firm(self, text: str, of_enterprise: bool) -> bool:
        """Whether a turn alone speaks of an enterprise that looks for support."""
        plain = normalize(text)
        if _ABOUT_TEXT.search(plain):
            return False
        own = speaks_of_own_firm(plain)
        if (own or of_enterprise) and is_bare(plain):
            return True
        profile = self._reader.read(text)
        return profile.kind is Kind.ENTERPRISE and (
            _asks_for_support(plain, profile, own) or (own and _introduces(plain, profile))
        )

    def _completes(self, text: str) -> bool:
        """Whether a turn only adds facts, at least one, and asks nothing but what can be had for them."""
        plain = normalize(text)
        if is_bare(plain):
            return True
        if _ABOUT_TEXT.search(plain) or (asks(plain) and not _HOW_MUCH.search(plain)):
            return False
        return facts_told(self._reader.read(text)) > 0


def is_bare(plain: str) -> bool:
    """Whether a normalised text asks what support there is, and names nothing: 我们能拿什么, 能补多少."""
    asked = _ASKS_WHAT.search(plain) and _WANTS_AID.search(plain)
    return bool(asked) and not any(one.isalnum() for one in _BARE.sub("", plain))


def _asks_for_support(plain: str, profile: Profile, own: bool) -> bool:
    """Whether somebody asks what an enterprise can have, and tells enough of it to be matched."""
    summed = profile.figures or profile.unclear or profile.revenue
    telling = bool(summed or (own and (profile.certifications or profile.received)))
    if telling and _HOW_MUCH.search(plain):
        return True
    if not (own and _ASKS.search(plain)):
        return False
    if not profile.is_local and "湖州" in plain:
        return True
    if not profile.needs and not telling and not (profile.industry and _GENERAL.search(plain)):
        return False
    placed = profile.district or not profile.is_local
    return facts_told(profile) >= (_ENOUGH_PLACED if telling or placed else _ENOUGH)


def _introduces(plain: str, profile: Profile) -> bool:
    """Whether a turn that asks nothing says what the own firm does, and where or what for."""
    if asks(plain) or _ASKS_AT_END.search(plain) or not profile.industry:
        return False
    summed = profile.figures or profile.unclear
    return bool(profile.district or profile.needs or profile.project or summed or profile.certifications)
