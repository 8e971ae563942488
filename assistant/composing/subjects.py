"""What a number of a question is said or asked of (独角兽 in 独角兽也是40家?), and whether a goal is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.composing.context import Context
from assistant.composing.request import ComposeRequest, DraftBuilder
from assistant.conversation import is_elliptic, subject_of
from assistant.ledger import LedgerEntry
from assistant.models import SentenceKind, Status
from assistant.phrases import ATTRIBUTES, DOCUMENTS, Word, tagged
from assistant.understanding import Route, Understanding

_NUMBER = re.compile(
    r"(?:\d+(?:\.\d+)?|[零一二两三四五六七八九十百千]+|多少|(?<![哪好])几)\s*"
    r"(?:亿元?|个亿|家|个|座|所)|多少(?![个家座所条项件台亿万])"
)
_PAUSE = re.compile("[,。;、!?,;!?:\\s]+|还是|或者|以及|(?<![0-9])和|跟")
_ASKING = re.compile("谁|哪|几|多少|什么|啥|怎么|是不是|有没有")
_ROUGHLY = re.compile("^(?:以上|以下|左右|多|来|余)?的?")
_NOUNS = ("n", "j", "eng", "b")
_DEEDS = frozenset(
    word
    for line in (
        "培育 突破 建设 打造 完成 引育 集聚 发展 推广 新增 建成 做到 达到 实现 引进 招引 遴选 扶持 支持 要求",
        "规划 计划 增加 增长 考核 验收 评选 认定 落地 开放 需要 改写 写成 改成",
    )
    for word in line.split()
)
"""Verbs between a thing and its number: they name nothing."""
COMMON_WORDS = frozenset(
    word
    for line in (
        "湖州 湖州市 全市 我市 本市 市里 全省 国家 国家级 省级 市级 区县 各区 各县 三县两区 AI ai",
        "人工智能 产业 企业 公司 智能 领域 行业 方面 类型 总数 总量 数目 规模 累计 年底 今年 去年",
        "明年 目前 现在 最后 最少 最多 单位 部门 措施 行动 任务 部分 条款 总共 一共 总计 合计 共计",
        "项目 东西 数字 大家 你们 我们 人家 政府 老板 时候 期间 阶段 方向 是不是 有没有 场景 实际",
        "真实 现状 基数 增速",
    )
    for word in line.split()
)
"""Words that stand beside numbers of all kinds."""
_ALIKE = 0.2
"""Similarity from which a word may stand for an indicator: 灯塔工厂 0.36, 样板 0.23; 独角兽 0.15."""


def numbered_things(text: str) -> Iterator[tuple[str, str]]:
    """Yield each number that a text says or asks for, as it stands there, with what it is said of.

    The thing behind a number (30家领航级工厂) or else the one before it (龙头5家上市10家), or ''.
    """
    previous = 0
    for match in _NUMBER.finditer(text):
        piece = _ROUGHLY.sub("", _PAUSE.split(text[match.end() :])[0])
        behind = _leading_run(piece)
        before = _last_run(_PAUSE.split(text[previous : match.start()])[-1])
        if before and _NUMBER.match(piece[len(behind) :]):
            behind = ""
        yield match.group(), behind or before
        previous = match.end() + len(behind)


def thing_of(text: str, number: str) -> str:
    """Return what a number of a text is said of, '' where it is said of nothing by name."""
    return next((thing for said, thing in numbered_things(text) if said in number or number in said), "")


def things_counted(understanding: Understanding) -> list[str]:
    """Return what the numbers of a question are said of; of a follow-up, else, what its topic names.

    Of one that only names another thing (龙头呢) that thing.
    """
    things = [thing for _, thing in numbered_things(understanding.text)]
    if understanding.context and is_elliptic(understanding.text) and not understanding.is_bare:
        things.append(_last_run(subject_of(understanding.text)))
    elif understanding.context and not any(names_something(thing) for thing in things):
        things.append(_last_run(_ASKING.split(understanding.topic)[0]) or _last_run(understanding.topic))
    return [thing for thing in things if names_something(thing)]


def foreign_to(thing: str, entry: LedgerEntry, context: Context) -> str:
    """Return the part of a thing that an entry of the ledger is not about, '' where it may be about it.

    Args:
        thing: what a number is said of.
        entry: a goal, or a number of things.
        context: compares words, and knows those of the documents for lay ones.
    """
    if entry.members and thing not in entry.indicator:
        return thing
    strange = next((word for word in telling_words(thing) if not _stands_for(word, entry, context)), "")
    return thing[thing.find(strange) :] if strange else ""


def _stands_for(word: str, entry: LedgerEntry, context: Context) -> bool:
    """Whether a word is one of an entry, or may stand for one: 特色产业园 is meant by 园区."""
    if word in (f"{entry.indicator} {entry.quote}" if entry.target else entry.indicator):
        return True
    official = (context.official(word) or "").split()
    near = context.matcher.similarity(word, [entry.indicator])[0]
    return near >= _ALIKE or any(term in entry.indicator for term in official)


def telling_words(thing: str) -> list[str]:
    """Return the words of a thing that name it: not 企业, 全市 and verbs, which stand beside all numbers."""
    return [
        word.text
        for word in tagged(thing)
        if len(word.text) > 1 and word.tag != "v" and word.text not in COMMON_WORDS | ATTRIBUTES
    ]


def names_something(thing: str) -> bool:
    """Whether a thing is more than words that stand beside numbers of all kinds: 企业, 全市."""
    return bool(telling_words(thing))


def is_of(thing: str, entry: LedgerEntry, context: Context) -> bool:
    """Whether an entry of the ledger may be about a thing; about nothing by name it always may."""
    return not foreign_to(thing, entry, context)


def say_not_among(request: ComposeRequest, context: Context, builder: DraftBuilder) -> None:
    """Say of what a question says or asks a number of that no goal is of it: 利润, 独角兽."""
    ledger = request.ledger
    if request.understanding.route is not Route.NUMBER or not ledger.targets:
        return
    entries: Sequence[LedgerEntry] = [*ledger.targets, *ledger.named_counts, *ledger.counts]
    units = [mention.surface for mention in request.understanding.units]
    for thing in things_counted(request.understanding):
        strange = [foreign_to(thing, entry, context) for entry in entries]
        if all(strange):
            name = min(strange, key=len)
            if any(name in unit or unit in name for unit in units):
                continue
            builder.add(SentenceKind.GAP, context.messages("number.not_among", thing=name))
            builder.status = Status.UNSPECIFIED


def _leading_run(text: str) -> str:
    """Return the name that a text begins with, '' where it begins with something else."""
    run: list[Word] = []
    for word in tagged(text):
        if not (word.is_inside or word.text == "级") or word.text in _DEEDS:
            break
        run.append(word)
    return _trimmed(run)


def _last_run(text: str) -> str:
    """Return the last name of a text: 低空经济产值 of 「低空经济产值2027年要到」."""
    runs: list[list[Word]] = [[]]
    for word in tagged(text):
        fits = (word.is_inside or word.text == "级") and word.tag not in ("m", "t", "l")
        if fits and word.text not in _DEEDS:
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    names = [name for run in runs if (name := _trimmed(run))]
    return names[-1] if names else ""


def _trimmed(run: Sequence[Word]) -> str:
    """Return a run up to its last noun, '' where it has none that is more than an attribute."""
    last = max((at for at, word in enumerate(run) if _is_noun(word)), default=-1)
    if 0 <= last < len(run) - 1 and run[last + 1].is_fragment:  # 数据|集
        last += 1
    return "".join(word.text for word in run[: last + 1])


def _is_noun(word: Word) -> bool:
    named = word.tag.startswith((*_NOUNS, "v"))
    return named and len(word.text) > 1 and word.text not in ATTRIBUTES | DOCUMENTS | _DEEDS
