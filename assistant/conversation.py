"""Makes a follow-up stand alone: tells whether a turn leans on earlier ones, and on what of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import takewhile

import cn2an

from assistant.normalizing import compact, normalize

_LEAVES = re.compile(
    "^(?:好[吧的了]?|行吧?|嗯+|哦|那么?|哈+|[,。 ])*(?:先)?"
    "(?:(?:这|那)(?:个|些|事儿?|件事|问题|条)?|它|政策(?:的事)?|上面(?:的|那个)?)?"
    "(?:就|都|暂时)?先?(?:不(?:管|说|提|谈|聊|问)(?:它|这个|那个|这些|了)*|放(?:一边|一放|下)|搁(?:一边|着|下)"
    "|撇开|抛开不谈|换个?(?:话题|问题))"
    "(?:不?[谈说管提])?(?:了|吧|哈|啊)*[,。;!? ]+"
)
"""Of a turn that leaves what was spoken of for something else."""
_OPENS = re.compile(
    "^(?:那么|那|它|这个|这些|这|该|其|还有|另外|再|然后|上面|刚才|前面|后面|换成|如果|要是"
    "|第[一二三四五六七八九十\\d]+个|具体|包括|包含|为什么|为啥|谁|哪|怎么|多少|and|what about|how about)",
    re.I,
)
_CLOSES = re.compile("(?:呢|呐|呀|啊)?[??。!!~]*$")
_ENDS_ELLIPTIC = re.compile("呢[??。!!]*$")
_POINTS_BACK = re.compile(
    "它|其中|里头|里面|当中|这个|这些|这项|这条|那个|那些|那条|上面|刚才|前面说|他们|她们|其中|该计划外|同样|一样的"
)
_LACKS_THING = re.compile(
    "^(?:那)?(?:比例|金额|标准|条件|期限|价格|名额|额度|上限|流程|材料)(?:是|有|多少|怎么|要|不|最|呢)"
    "|(?:买|装|用|坐|租|做|领|报)了?[一两几](?:副|台|套|辆|架|趟|张|次|把)(?:能|要|多少|有|可|给|得|,|$)"
)
_MAY_WE = re.compile(
    "(?:行|可以|能|够格|符合|有资格|(?:能|可以|有资格)(?:申请|申报|领|用|拿|办|享受|参加))(?:吗|么|不|嘛)[??]?$"
)
"""我们是外贸公司行吗: whether what was told before is for the asker."""
_EDGES = re.compile("^[,。 ]+|[,。 ]+$")
_OF_SEVERAL = re.compile(
    "[它他她]们|加起来|合起来|合计|分别|各自|这些|那些|两个|两条|两家|都|区别|不同|一样|相同"
)
_SEVERAL = 2
_MORE = re.compile(
    "^(?:那么?)?(?:还有|另外|其他|其它|别的|剩下|除此之外|除了这|再)(?:哪些|什么|啥|一[条个项]|几[条个项]|的|说几)*(?:呢|吗|嘛|没|么|没有)*$"
)
LAST = -1
ORDINAL = re.compile(
    "^(?:那么?)?(?:第(?P<which>[一二三四五六七八九]|十[一二三四五六七八九]?|[1-9]|1[0-9])|(?P<last>最后一?))"
    "(?:(?:个|项|点|种)|条?(?=呢|是|具体|怎么|讲|说|写|做|谁|由|归|的|$))(?!.*(?:部分|章))"
)
_ASKS = re.compile(
    "[??吗呢嘛]|[是对]吧|[对是]不对?$|什么|哪|谁|几|多少|怎么|有没有|能不能|是不是|可不可以|啥|咋|讲讲|说说|介绍"
)
_SHORT = 10
_LONGEST_LEAN = 3


def turned_away(turns: Sequence[str]) -> tuple[str, ...]:
    """Return the turns without those that the last one leaves behind: 「那个先不管,今天下雨不」.

    It is then a first turn, without the words that leave the matter.
    """
    match = _LEAVES.match(normalize(turns[-1]))
    rest = normalize(turns[-1])[match.end() :].strip() if match else ""
    return (rest,) if rest else tuple(turns)


def leans_on(turn: str, names_subject: Callable[[str], bool]) -> bool:
    """Whether a turn cannot be understood without the earlier ones.

    Args:
        turn: what the person said.
        names_subject: tells whether a text names something that the documents tell of.
    """
    text = normalize(turn)
    if _OPENS.match(text) or _ENDS_ELLIPTIC.search(text) or _POINTS_BACK.search(text):
        return True
    if _LACKS_THING.search(text) or (_MAY_WE.search(text) and not names_subject(text)):
        return True
    return len(compact(text)) <= _SHORT and not names_subject(text)


def points_back(turn: str) -> bool:
    """Whether a turn itself points to what was said, or leaves out what it asks of: 比例多少, 它呢."""
    text = normalize(turn)
    return bool(_POINTS_BACK.search(text) or _LACKS_THING.search(text) or _MAY_WE.search(text))


def context_of(turns: Sequence[str], names_subject: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the earlier turns that the last one leans on, newest first; () where it stands alone.

    What is told and asks nothing (我们搞无人机飞控的) is said for the question behind it.
    """
    *earlier, last = turns
    if not earlier:
        return ()
    leans = leans_on(last, names_subject)
    kept: list[str] = []
    for turn in reversed(earlier[-_LONGEST_LEAN:]):
        if not leans and asks(turn):
            break
        kept.append(normalize(turn))
        leans = leans and leans_on(turn, names_subject)
    return tuple(kept)


def told_in(context: Sequence[str]) -> str:
    """Return what was told just before a question, in its order: 我是做机器视觉的,缺钱."""
    told = list(takewhile(lambda turn: not asks(turn), context))
    return ",".join(reversed(told))


def is_elliptic(turn: str) -> bool:
    """Whether a turn names a thing and leaves what is asked of it to the turn before: 那文旅呢."""
    text = normalize(turn)
    return bool(_ENDS_ELLIPTIC.search(text)) and len(compact(text)) <= _SHORT


def asks(turn: str) -> bool:
    """Whether a turn asks something, rather than telling it."""
    return bool(_ASKS.search(normalize(turn)))


def topic_of(turn: str, context: Sequence[str], names_subject: Callable[[str], bool]) -> str:
    """Return what a follow-up is about: the newest turn that it leans on and that names a subject.

    Of several things (它们, 分别, 有区别吗) the two newest such turns; the oldest turn where none names any.

    Args:
        turn: the follow-up.
        context: the turns that it leans on, newest first, at least one.
        names_subject: tells whether a text names something that the documents tell of.
    """
    return " ".join(topics_of(turn, context, names_subject))


def topics_of(turn: str, context: Sequence[str], names_subject: Callable[[str], bool]) -> tuple[str, ...]:
    """Return what a follow-up is about, see `topic_of`, one text a thing."""
    named = [one for one in context if names_subject(one)] or list(context[-1:])
    return tuple(subject_of(one) for one in named[: _SEVERAL if _OF_SEVERAL.search(turn) else 1])


def asks_for_more(turn: str) -> bool:
    """Whether a follow-up asks for what was not said yet: 还有呢, 另外一条呢, 其他的呢."""
    return bool(_MORE.search(compact(turn)))


def ordinal_of(turn: str) -> int | None:
    """Return which of several things a follow-up asks about: 3 of 「那第三个呢」, LAST; None for none."""
    match = ORDINAL.match(compact(turn))
    if match is None:
        return None
    if match["last"]:
        return LAST
    which = match["which"]
    return int(which) if which.isdecimal() else int(cn2an.cn2an(which, "smart"))


def subject_of(turn: str) -> str:
    """Return a follow-up without its opening and closing particles: 「那上市的呢」 -> 「上市的」."""
    text = _CLOSES.sub("", normalize(turn))
    return _EDGES.sub("", _OPENS.sub("", text)) or text
