"""What of the documents a question names: terms, units, places, and whether it names anything at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import rjieba

from assistant.conversation import asks
from assistant.entities import UnitNames
from assistant.lexicon import Places
from assistant.matching import Matcher
from assistant.matters import matters_in
from assistant.phrases import (
    ASKED_FOR,
    ATTRIBUTES,
    DOCUMENTS,
    Word,
    balanced,
    is_name,
    side_by_side,
    tagged,
    things_of,
)
from assistant.understanding import UnitMention
from vectorstore.everyday import times_asked

_SELDOM = 35
"""Of 9,147 everyday questions: words in more of them are of everyday life, no matter of policy."""
_MOST_UNKNOWN = 2
_COMMON = frozenset(
    ["情况", "用途", "有效期", "时候", "内容", "作用", "意思", "效果", "态度", "办法", "关系"]
)
EVERYBODY = frozenset(
    word
    for line in (
        "阿姨 大爷 大妈 大叔 叔叔 爷爷 奶奶 爸爸 妈妈 老爸 老妈 孙子 孙女 儿子 女儿 老婆 老公 孩子 小孩 娃娃",
        "一码事 两码事 一回事 两回事",
        "玩意儿 玩意 东西 事儿 普通 小白 外行 百姓 群众 市民 老百姓 朋友 同学 邻居 师傅",
    )
    for word in line.split()
)
"""People and things of everyday speech: nobody asks whether a text holds these words."""
_NOT_ASKED_OF = ATTRIBUTES | DOCUMENTS | ASKED_FOR | _COMMON | EVERYBODY
_PAUSE = re.compile("[,。;、!?,;!?\\s]+")
_LACKS_OBJECT = re.compile(
    "^(?!.*(?:怎么|如何|哪|几|多少|什么|咋)).*(?:申请|申报|申领|领取|领|用|拿|享受|享|参加|报名|报|算|算数|行|可以|受益)(?:上|到|了|的)?(?:吗|嘛|么|不|行吗|不行|不能)?[??]?$"
)
_ASKS_TERMS = re.compile("有(?:没有)?(?:补贴|补助|奖励|优惠)|怎么(?:申报|申请|领|认定)|什么条件|门槛")
_OF_BEFORE = re.compile("^(?:是.{1,8}还是|(?:怎么|为什么|为啥|咋)没有?)|漏了|多(?:久|长时间).{0,6}一次")
"""Which of two, why not, how often: asked of what was said before, whatever it names."""
_CLEARLY_OUTSIDE = 0.15
_BODY = re.compile("(?:领导|工作|推进|协调|指导|专家)(?:小组|专班|组)|[\u4e00-\u9fff]{2}(?:委员会|指挥部)")
"""What a text sets up: another name for it is said not to stand there."""
_GIVES = re.compile("(?:给不给|发不发|补不补|报不报|免不免|给|发|免|减免|补)$")
_FREES = re.compile("(?:能不能|可以|能)?(?:全)?(?:免|减|报|补|退)(?:几|多少|不|吗|掉|费|$)")
_OWN_LIFE = re.compile(
    "我(?:自己|家|娃|孩子|儿子|女儿|爸|妈|爷|奶|老婆|老公|对象|的)|^那?么?我(?![们能可司厂])"
)
_NAMING = ("n", "v", "j")
_ASKED_OF_ANY = frozenset(
    word
    for line in (
        "申请 申报 申领 领取 报名 参加 办理 办 咨询 开始 结束 需要 认定 评定 审批 批下来 验收 收费",
        "失败 成功 结果 取消 过期 排队 失业 风险 安全 转让",
        "公布 公示 出钱 出事 能用 使用 享受 不能 有没有 不会 怎么办 咋办 怎么弄",
        "知道 觉得 认为 告诉 介绍 解释 说明 负责 牵头 具体 联系 投诉 反馈 建议 做到 完成 落实 实施 推进 我能",
    )
    for word in line.split()
)
"""What may be asked of whatever was spoken of before."""
_SHORTEST_TERM = 2
_LONGEST_TERM = 14
_RARE_ENOUGH = 1.2
_OURS = frozenset({"湖州", "湖州市", "全市"})
_SUBJECT = 6.0
_QUOTES = "“”\"'「」《》 "


class Mentions:
    """Finds what questions name among the words of the documents."""

    def __init__(self, texts: Sequence[str], units: UnitNames, places: Places, matcher: Matcher) -> None:
        """Take the texts of the documents, their units, the places known, and what tells rare words."""
        self.units = units
        self._texts = tuple(texts)
        self._places = places
        self._matcher = matcher

    def terms(self, text: str) -> tuple[str, ...]:
        """Return the longest pieces of the question that stand in the documents, most telling first."""
        for mention in self.units.find(text):
            text = text.replace(mention.surface, ",")
        found = [name for name in side_by_side(text) if self.stands(name)]
        found += self._terms_in(text)
        ranked = sorted(dict.fromkeys(found), key=self._telling, reverse=True)
        told = (balanced(term) for term in ranked if self._telling(term) >= _RARE_ENOUGH)
        return tuple(self._without_kind(term) for term in told)

    def _without_kind(self, term: str) -> str:
        """Return a county by its name alone, as most clauses write it: 德清 for 德清县."""
        return term[:-1] if term[:-1] in self._places.counties else term

    def _terms_in(self, text: str) -> list[str]:
        return [term for part in _PAUSE.split(text) for term in self._terms_of(part)]

    def _terms_of(self, text: str) -> list[str]:
        words = tagged(text)
        found: list[str] = []
        start = 0
        while start < len(words):
            for end in range(len(words), start, -1):
                piece = "".join(word.text for word in words[start:end]).strip(_QUOTES)
                fits = _SHORTEST_TERM <= len(piece) <= _LONGEST_TERM and is_name(words[start:end])
                if fits and self.stands(piece):
                    found.append(self._whole(piece, words[:start], words[end:]))
                    start = end - 1
                    break
            start += 1
        return found

    def _whole(self, piece: str, before: Sequence[Word], behind: Sequence[Word]) -> str:
        """Return a term with the single characters around it that belong to it in the documents: 元|宇宙."""
        if before and before[-1].is_fragment and self.stands(before[-1].text + piece):
            piece = before[-1].text + piece
        if behind and behind[0].is_fragment and self.stands(piece + behind[0].text):
            piece += behind[0].text
        return piece

    def units_in(self, text: str) -> tuple[UnitMention, ...]:
        """Return the units that a text names; 湖企办, which the documents write of, is none of theirs."""
        return tuple(one for one in self.units.find(text) if one.name or not self.stands(one.surface))

    def names_subject(self, text: str) -> bool:
        """Whether a text names a unit, or a word that tells much of the documents and is no attribute."""
        return bool(self.units.find(text)) or any(
            term not in ATTRIBUTES and self._telling(term) >= _SUBJECT for term in self.terms(text)
        )

    def is_told_of(self, text: str) -> bool:
        """Whether a text names a unit or any word of the documents that is no attribute of something."""
        return any(term not in ATTRIBUTES for term in self.terms(text)) or bool(self.units.find(text))

    def names_anything(self, text: str) -> bool:
        """Whether a text names a unit or anything else that is no attribute of something."""
        return any(thing not in ASKED_FOR | _COMMON for thing in things_of(text)) or self.is_told_of(text)

    def names_documents_alone(self, text: str) -> bool:
        """Whether a text names nothing but documents: 政策里写了啥."""
        return all(thing in DOCUMENTS for thing in things_of(text)) and not self.units.find(text)

    def strays(self, text: str, inside: float) -> bool:
        """Whether a follow-up turns to something else: it names only what the documents do not tell of.

        Or it clearly does beside a word of theirs (这些公司的股票). Who asks whether somebody may apply
        (个体户能申请吗) speaks of what was said before.
        """
        if _LACKS_OBJECT.search(text) or _ASKS_TERMS.search(text) or _OF_BEFORE.search(text):
            return False
        if matters_in(text):
            return False
        frame = ATTRIBUTES | DOCUMENTS | _OURS
        if not (self.units.find(text) or any(term not in frame for term in self.terms(text))):
            return not self.is_told_of(text) or any(not self.stands(thing) for thing in things_of(text))
        return inside < _CLEARLY_OUTSIDE and any(not self.stands(thing) for thing in things_of(text))

    def turns_away(self, text: str) -> bool:
        """Whether a follow-up is of one's own life: it names only what no document tells of (看病报销多少).

        What is asked of any support (申请, 认定, 收费) is asked of what was spoken of before;
        of a matter such as 考证 only who speaks of himself (我自己驾照) turns to something else.
        """
        if self.is_told_of(text) or (matters_in(text) and not _OWN_LIFE.search(text)):
            return False
        frame = _NOT_ASKED_OF | _ASKED_OF_ANY
        words = (word for word in tagged(text) if len(word.text) > 1 and word.tag.startswith(_NAMING))
        return any(word.text not in frame and not self.stands(word.text) for word in words)

    def beside(self, text: str) -> tuple[str, ...]:
        """Return the things side by side where the question begins with them, else it is about others."""
        names = side_by_side(text)
        ahead = things_of(text[: text.find(names[0])]) if names else ()
        return () if any(thing not in DOCUMENTS and thing not in _OURS for thing in ahead) else names

    def unwritten(self, text: str) -> tuple[str, ...]:
        """Return the places of the region that a question names and the documents do not."""
        named = [place for place in sorted(self._places.huzhou, key=len) if place in text]
        shortest = [one for one in named if not any(other != one and other in one for other in named)]
        return tuple(place for place in shortest if not self.stands(place))

    def unknown(self, text: str, official: Callable[[str], str | None]) -> tuple[str, ...]:
        """Return the things that a part of a question asks about, where no document tells of any of them.

        医保 of 「AI看病有哪些应用,医保给报吗」: the other part is answered, and this one must not be dropped.
        Not 老板 or 孩子, of which everybody speaks, and no lay word that stands for one of the documents.

        Args:
            text: the question.
            official: gives the words of the documents for a lay word.
        """
        pieces = [piece for piece in _PAUSE.split(text) if piece]
        strange = [piece for piece in pieces if asks(piece) and not self.is_told_of(piece)]
        if len(strange) == len(pieces):
            strange = []
        words = (
            word
            for piece in strange
            for before, word in pairwise((Word("", ""), *tagged(piece)))
            if word.tag.startswith(("n", "j")) and not asks(before.text)
        )
        things = dict.fromkeys(word.text for word in words if word.text in things_of(word.text))
        seldom = [thing for thing in things if times_asked(thing) <= _SELDOM]
        bodies = [match.group() for match in _BODY.finditer(text)]
        known = (
            thing for thing in dict.fromkeys([*bodies, *_given(text), *seldom]) if not self.stands(thing)
        )
        return tuple(
            thing
            for thing in known
            if (rjieba.has_word(thing) or thing in bodies)
            and len(thing) > 1
            and thing not in _NOT_ASKED_OF
            and not asks(thing)
            and thing not in self._places.other
            and official(thing) is None
        )[:_MOST_UNKNOWN]

    def stands(self, piece: str) -> bool:
        """Whether a piece stands in the documents as it is."""
        return any(piece in text for text in self._texts)

    def _telling(self, term: str) -> float:
        return self._matcher.weight(term)


def _given(text: str) -> Iterator[str]:
    """Yield the things that a question asks whether one is given, or freed of: 安家费, 房租."""
    words = tagged(text)
    for at, word in enumerate(words):
        before = "".join(one.text for one in words[max(0, at - 2) : at])
        behind = "".join(one.text for one in words[at + 1 : at + 4])
        if word.tag.startswith(("n", "j")) and (_GIVES.search(before) or _FREES.match(behind)):
            yield word.text
