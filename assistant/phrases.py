"""What a question speaks of, told by parts of speech: names, things side by side, what it looks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import rjieba

_OF_A_NAME = ("n", "v", "a", "b", "l", "j", "i", "m", "eng", "s", "z")
_THINGS = ("n", "j", "l", "i", "s", "eng", "vn")
_SINGLE_EDGES = ("n", "eng", "v", "j")
_JOINS = frozenset({"和", "与", "跟", "同", "及", "以及", "、", "还是", "比", "vs", "或"})
_LOOSE = frozenset(
    word
    for line in (
        "有 是 在 讲 说 写 要 能 会 给 属于 叫 指 看 提 提到 有没有 没有 是否 请问 想 问",
        "知道 各有 各是 分别 一共 共有 都有 共同",
    )
    for word in line.split()
)
ASKED_FOR = frozenset(
    ["补贴", "补助", "奖励", "资助", "贴息", "好处", "优惠", "名额", "时限", "价钱", "支持", "扶持"]
)
"""What people ask of something that was spoken of before, and name no other thing by."""
ATTRIBUTES = frozenset(
    word
    for line in (
        "金额 多少钱 钱 价格 费用 比例 额度 上限 奖金 条件 门槛 要求 资格 材料 流程 手续 程序 入口 渠道",
        "时间 日期 期限 截止 电话 号码 联系人 联系电话 地址 邮编 邮箱 名单 名称 数量 数字 目标 指标",
        "责任单位 单位 部门 处室 科室 责任 牵头 负责人 分工 原文 条款 条文 出处 原话 全文 内容 文号",
        "区别 不同 关系 依据 原因 意思 定义",
    )
    for word in line.split()
)
"""What is asked of something rather than the thing itself: no name that a text could lack."""
DOCUMENTS = frozenset(
    word
    for line in (
        "文件 计划 方案 行动计划 政策 规划 稿子 征求意见稿 意见 通知 公告 办法 措施 规定 条例 细则 法律 法规",
    )
    for word in line.split()
)
"""What people call documents of any kind."""
ASKING = re.compile("哪|几|什么|啥|多少|谁")
"""What asks, wherever it stands."""
_GLUED = frozenset("和与")
_FUNCTION_TAGS = {
    **dict.fromkeys("和与跟及", "c"),
    **dict.fromkeys("是有要", "v"),
    **dict.fromkeys("在对由", "p"),
    "各": "r",
    "的": "uj",
}
_FUNCTION = re.compile(f"([{''.join(_FUNCTION_TAGS)}])")
_THAT_CLAUSE = re.compile("的?(?:那|这)一?(?:条|段|项)")
_QUOTES = "“”\"'「」《》<>"
_OF_A_SIGN = frozenset(f"{_QUOTES}+/·-")
_NUMBERED = re.compile("(?<=[\u4e00-\u9fff])[0-9]+[家个座所](?:以上)?(?=和|与|跟|、|分别|各|都|在|$)")
_TAIL = re.compile("(?:是|有|一共|分别|各自|这些|那些).*$")
_COUNTY = re.compile("(?<=^..)[县区]$")
_SHORTEST = 2


@dataclass(frozen=True)
class Word:
    """A word of a text with its part of speech, as the segmenter tags it (ICTCLAS: n, v, m, r, c …)."""

    text: str
    tag: str

    @property
    def is_edge(self) -> bool:
        """Whether a name can begin or end with it: no numeral, particle, pronoun, conjunction, adverb."""
        if len(self.text) == 1:
            return self.tag.startswith(_SINGLE_EDGES)
        return self.tag.startswith(_OF_A_NAME) and self.tag != "m"

    @property
    def is_fragment(self) -> bool:
        """Whether it is a single character that may be torn off a name: 元|宇宙, 灵巧|手."""
        return len(self.text) == 1 and self.tag.startswith(("n", "m", "zg")) and self.text not in _LOOSE

    @property
    def is_inside(self) -> bool:
        """Whether a name can hold it: 小 in 小巨人, + in 人工智能+医疗."""
        if self.text in _LOOSE or self.text in _JOINS:
            return False
        return self.tag.startswith(_OF_A_NAME) or self.text in _OF_A_SIGN


@lru_cache(maxsize=256)
def tagged(text: str) -> tuple[Word, ...]:
    """Return the words of a text with their parts of speech."""
    apart = re.sub("(?<=[0-9][万亿千百])(?=[能可会要])", " ", text)  # 20万能补多少: no 万能
    words = [piece for word, tag in rjieba.tag(apart) for piece in _without_function_words(word, tag)]
    return tuple(_unglued([word for word in words if word.text != " "]))


def _without_function_words(word: str, tag: str) -> Iterator[Word]:
    """Yield the pieces of what the segmenter took for a new word though it holds a conjunction or copula.

    场景|券和算|力券 is read as 场景|券|和|算|力券: a name may be a run of words, never a word with 和 in it.
    """
    if len(word) < _SHORTEST or rjieba.has_word(word) or not _FUNCTION.search(word):
        yield Word(word, tag)
        return
    for piece in _FUNCTION.split(word):
        if piece:
            yield Word(piece, _FUNCTION_TAGS.get(piece, "n"))


def _is_half(word: Word) -> bool:
    return len(word.text) == 1 and word.tag.startswith("n")


def _unglued(words: Sequence[Word]) -> Iterator[Word]:
    """Yield words with a conjunction taken off before half a word: 和|文旅 for 和文|旅."""
    at = 0
    while at < len(words):
        word = words[at]
        behind = words[at + 1] if at + 1 < len(words) else None
        if behind is not None and len(word.text) == _SHORTEST and word.text[0] in _GLUED and _is_half(behind):
            yield Word(word.text[0], "c")
            yield Word(word.text[1] + behind.text, "n")
            at += 1
        else:
            yield word
        at += 1


def is_name(words: Sequence[Word]) -> bool:
    """Whether a run of words can be a name: 特色产业园, but not 先导区和, 大场景 or 第三."""
    return bool(words) and words[0].is_edge and words[-1].is_edge


def side_by_side(text: str) -> tuple[str, ...]:
    """Return the things that a question names side by side, in its order: 工业场景 and 农业场景.

    Two or more, or none: a single thing stands beside nothing. Counties go without 县 and 区.
    """
    words = tagged(_NUMBERED.sub("", text))
    found: list[str] = []
    for at, word in enumerate(words):
        if word.text in _JOINS and 0 < at < len(words) - 1:
            left, right = _owner_before(words, at), _name_behind(words, at)
            if left and right and not _are_places(words, at):
                found += [one for one in (left, right) if one not in found]
    names = [_COUNTY.sub("", balanced(name.strip(_QUOTES))) for name in found]
    return tuple(names) if len(names) > 1 else ()


def clauses_called(text: str) -> tuple[str, ...]:
    """Return what people call clauses by: 模型 of 「模型那条里」, 医疗 of 「医疗这一段」."""
    found = []
    for match in _THAT_CLAUSE.finditer(text):
        words = tagged(text[: match.start()])
        found.append(_name_before(words, len(words)))
    return tuple(name for name in found if name)


def balanced(name: str) -> str:
    """Return a name with both quotation marks of a pair, or neither: 专精特新“小巨人”."""
    if name.count("“") < name.count("”"):
        return f"“{name}"
    return f"{name}”" if name.count("“") > name.count("”") else name


def names_in(text: str) -> Iterator[str]:
    """Yield the longest names of a text, in its order."""
    words = tagged(text)
    start = 0
    while start < len(words):
        while start < len(words) and words[start].tag == "m":
            start += 1
        name = _name_behind(words, start - 1)
        if len(name) >= _SHORTEST:
            yield name
        start = _end_of_run(words, start) + 1


def things_of(text: str) -> tuple[str, ...]:
    """Return the nouns of a text that are no attributes of something: 天上, but not 电话 or 责任单位."""
    return tuple(
        word.text
        for word in tagged(text)
        if len(word.text) >= _SHORTEST and word.tag.startswith(_THINGS) and word.text not in ATTRIBUTES
    )


def first_thing(text: str) -> str:
    """Return the noun that a text begins with, '' where it begins with something else."""
    words = tagged(text)
    return words[0].text if words and words[0].tag.startswith(_THINGS) and words[0].text not in _LOOSE else ""


def leading_things(text: str) -> tuple[str, ...]:
    """Return the nouns of the name that a text begins with: 国家级 and 试点."""
    run = []
    for word in tagged(text):
        if not word.is_inside:
            break
        run.append(word)
    return tuple(word.text for word in run if word.tag.startswith(_THINGS) and len(word.text) >= _SHORTEST)


def last_thing(text: str) -> str:
    """Return the last noun of a text, '' where it ends with something else: 园区 of 计划点名的园区."""
    words = tagged(text)
    is_thing = bool(words) and words[-1].tag.startswith(_THINGS) and len(words[-1].text) >= _SHORTEST
    return words[-1].text if is_thing else ""


def names_attribute(text: str) -> bool:
    """Whether a text names what is asked of something, or asks it in words of its own: 电话, 补贴, 怎么."""
    return bool(ASKING.search(text)) or any(word in text for word in ATTRIBUTES | ASKED_FOR)


def names_a_thing(text: str) -> bool:
    """Whether a text has a noun that is no attribute of something: 天上飞的, but not 谁管, 电话多少."""
    return bool(things_of(text))


def _are_places(words: Sequence[Word], at: int) -> bool:
    """Whether the things are where something else stands: 小巨人 in 「在目标和措施里」."""
    start = at
    while start > 0 and (words[start - 1].is_inside or words[start - 1].text in _JOINS):
        start -= 1
    return start > 0 and words[start - 1].text in ("在", "从")


def _owner_before(words: Sequence[Word], at: int) -> str:
    """Return the name before a position; of 龙头企业的目标 the thing whose attribute is named."""
    name, start = _name_before(words, at), _start_of_run(words, at)
    if name in ATTRIBUTES and start > 1 and words[start - 1].text == "的":
        return _name_before(words, start - 1)
    return name


def _start_of_run(words: Sequence[Word], end: int) -> int:
    start = end
    while start > 0 and words[start - 1].is_inside:
        start -= 1
    return start


def _name_before(words: Sequence[Word], at: int) -> str:
    start = _start_of_run(words, at)
    while start < at and not words[start].is_edge:
        start += 1
    return "".join(word.text for word in words[start:at])


def _name_behind(words: Sequence[Word], at: int) -> str:
    """Return the name that begins behind a position; a numeral ends it (教育|两个场景)."""
    end = _end_of_run(words, at + 1)
    while end > at + 1 and not words[end - 1].is_edge:
        end -= 1
    return _TAIL.sub("", "".join(word.text for word in words[at + 1 : end]))


def _end_of_run(words: Sequence[Word], start: int) -> int:
    end = start
    while end < len(words) and words[end].is_inside and (end == start or words[end].tag != "m"):
        end += 1
    return end
