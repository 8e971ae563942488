"""A conversation told anew: what a turn corrects is corrected where it was said, what only passes is left."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import takewhile

from assistant.conversation import asks, is_elliptic, subject_of
from assistant.following.acts import PASSING, Act, act_of
from assistant.following.within import is_name, name_asked
from assistant.normalizing import normalize

_NO = (
    "(?:不是(?:啊|呀|吧|的)?|不对(?:吧|啊|呀)?|不(?!是)|错了|(?:刚才|刚刚|我|前面|上面)*(?:说|打|写|讲|问)错了|弄错了|搞错了|更正(?:一?下)?"
    "|(?:你|您)(?:理解|搞|弄|看|听|说)?错了|(?:我)?(?:不是|没)(?:问|说|指)(?:这|那)?个?|改一?下|等等|等下)"
)
_MEANT = (
    "(?:我)?(?:刚才|刚刚|要|想|本来|其实|是)*(?:问|说|指|讲|要|想知道|想问|关心|意思)(?:的)?(?:其实)?(?:是|应该是)"
    "|我是(?:问|说|指|想问|要问)|应该是|应该说"
)
_CORRECTS = re.compile(
    f"^(?:(?:啊|哦|诶|那个)[,。 ]*)?(?:(?:{_NO}[,。!;… ]*)*(?:{_MEANT})"
    f"|(?:{_NO}[,。!;… ]+)+(?:我)?(?:是|想|要)*(?:问|说|指)(?:的|一下)*)[,:]?(?P<meant>.+)$"
)
_REVISES = re.compile(
    "^(?:啊|哦|诶|那个|不对|不好意思|抱歉|对不起|[,。 ])*(?:(?:刚才|刚刚|我|前面|上面)*(?:说|打|写|讲)错了"
    "|更正一?下?|改一?下|记错了)"
    "[,。!;… ]*(?:应该)?(?:是|我们?是|我们?)?(?P<told>.+)$"
)
_DENIES = re.compile(
    "^(?:我)?(?:问|说)?的?不是(?P<other>[^,。吧啊呀的不]{1,10})[,。 ]+(?=我?(?:问|说|指|要|想|是))"
)
_THANKED = re.compile("^(?P<first>[^,。!~ ]{1,8})[,。!~ ]+(?P<rest>.{3,})$")
_POLITE = frozenset({Act.THANKS, Act.PRAISE})
_NOT = re.compile("[,。 ]*(?:而)?(?:不是|不要|没问|非)(?P<other>[^,。]+)$")
_CLAIMS = re.compile(
    "^(?:啊|哦|诶|咦|[,。 ])*(?:不对(?:吧|啊|呀)?|不是吧|不会吧|错了吧|不可能吧?"
    "|怎么可能|真的吗|是吗)[,。?!… ]+(?P<claim>.*\\d.*)$"
    "|^(?P<bare>(?:(?:难道)?不是|我(?:记得|听说|以为)是).{0,8}\\d.*)$"
)
_PROTESTS = re.compile(
    "^(?:啊|哦|诶|咦|[,。 ])*?(?:不对(?:吧|啊|呀)?|不是吧|不会吧|错了吧|怎么可能"
    "|啊|哦|咦|诶|哎)[,。?!… ]+(?P<rest>.{3,})$"
)
_WHO_MAY = re.compile("谁(?=都?(?:能|可以|有资格|可))")
_OPENS_CLAIM = re.compile(
    "^(?:我|明明|网上|新闻|人家|他们|怎么|好像)*(?:记得|听说|听人说|看到|说|以为|写)?(?:的)?(?:应该)?(?:是|不是)?"
)
_INTRODUCES = re.compile(
    "^(?:刚|新|自己)?(?:开|办|注册)了?一?[家个]|^(?:你好[,。!]?|请问)?(?:我|我们|咱们?|本人|我司|公司|我公司|俺们?)(?:家|这边|公司|是|现在|主要|自己|一直|刚)*(?:是|做|搞|开|办|干|从事|在|有|经营|生产)"
)
_WANTS = re.compile(
    "^(?:那|那么|请问|现在|我们?|这种情况|这样)*(?:能|可以|有|该|应该|会)?(?:没有|不能)?(?:拿|领|申请|申报|享受|得|得到|找|给|有|报)(?:到)?(?:些|点|个)?(?:什么|啥|哪些|多少|哪)"
)
_EDGES = re.compile("^[,。;!?,!? ]+|[,。;!?,!? ]+$")
_FEW_WORDS = 12
_LONGEST = 80
"""Characters of a turn that puts right what was said before; a longer one is a question of its own."""
_YEAR = re.compile(r"20\d\d年?底?")
_ASKED = re.compile("(?:是|为|有|要|到)?(?:多少|几)[^,。]*$|(?:是)?(?:什么|哪)[^,。]*$")
_CLOSES = re.compile("(?:的|那个|那一?(?:年|条))?[??。!!呢啊呀哦哈]*$")
_ENDS = re.compile("[吗么嘛吧呢??。!!]+$")


def retold(turns: Sequence[str], counties: Sequence[str] = ()) -> tuple[str, ...]:
    """Return a conversation whose turns stand as they were meant, see `_told`, without what only passes.

    Thanks, praise, doubts and wishes for other words (说人话) are left out, but for the last turn: what is
    spoken of is still what was asked before.

    Args:
        turns: what the person said, oldest first.
        counties: names of which one takes the place of another (刚才说错了,在长兴).
    """
    told: tuple[str, ...] = ()
    for number, turn in enumerate(turns, start=1):
        is_last = number == len(turns)
        if told and not is_last and act_of(turn) in PASSING:
            continue
        told = _told(told, turn, counties)
    return _introduced(told)


def _introduced(turns: tuple[str, ...]) -> tuple[str, ...]:
    """Return a conversation in which who introduces himself over several turns has done so in one.

    我是做数据标注的 / 在德清 / 20个人 / 能拿什么 is one question: each turn but the first adds to the person.
    """
    for at, turn in enumerate(turns):
        if not _INTRODUCES.match(normalize(turn)) or asks(turn):
            continue
        behind = tuple(takewhile(_adds, turns[at + 1 :]))
        if behind:
            end = at + 1 + len(behind)
            asking = turns[end : end + 1] if end < len(turns) and _WANTS.match(normalize(turns[end])) else ()
            whole = ",".join(_EDGES.sub("", one) for one in (turn, *behind, *asking))
            return (*turns[:at], whole, *turns[end + len(asking) :])
    return turns


def _adds(turn: str) -> bool:
    """Whether a turn does nothing but add a few words to who speaks: 在德清, 20个人."""
    return len(normalize(turn)) <= _FEW_WORDS and not asks(turn) and not act_of(turn)


def _told(before: tuple[str, ...], turn: str, counties: Sequence[str]) -> tuple[str, ...]:
    """Return the turns with one more, or with the one before put right by it."""
    text = normalize(turn)
    if not before or len(text) > _LONGEST or act_of(turn):
        return (*before, turn)
    revised = _REVISES.match(text)
    if revised and not asks(revised["told"]):
        return _revised(before, turn, revised["told"], counties)
    corrected = _CORRECTS.match(_DENIES.sub("", text))
    if corrected:
        return _corrected(before, corrected["meant"], _DENIES.match(text))
    claimed = _CLAIMS.match(text)
    if claimed:
        claim = _OPENS_CLAIM.sub("", claimed["claim"] or claimed["bare"])
        subject = _YEAR.sub("", before[-1]) if _YEAR.search(claim) else before[-1]
        stem = _ASKED.sub("", _CLOSES.sub("", normalize(subject)))
        return (*before, f"{stem}是{_ENDS.sub('', claim)}吗")
    thanked = _THANKED.match(text)
    if thanked and act_of(thanked["first"]) in _POLITE:
        return _told(before, thanked["rest"], counties)
    looked_for = name_asked(before[-1])
    thing = subject_of(text) if is_elliptic(text) else ""
    if looked_for and is_name(thing):
        return (*before[:-1], normalize(before[-1]).replace(looked_for, thing))
    protest = _PROTESTS.match(text)
    return (*before, protest["rest"] if protest else turn)


def _corrected(before: tuple[str, ...], meant: str, denied: re.Match[str] | None = None) -> tuple[str, ...]:
    """Return the turns with what was meant: for what it is not, as a question, or briefly."""
    other = _NOT.search(meant) or denied
    wanted = _CLOSES.sub("", _NOT.sub("", meant))
    if not wanted:
        return (*before, meant)
    replaced = _CLOSES.sub("", other["other"]) if other else ""
    if replaced and replaced in before[-1]:
        return (*before[:-1], before[-1].replace(replaced, wanted))
    if _YEAR.fullmatch(wanted) and len(_YEAR.findall(before[-1])) == 1:
        return (*before[:-1], _YEAR.sub(wanted, before[-1]))
    if asks(wanted):
        return (*before, wanted)
    if _WHO_MAY.search(before[-1]):
        return (*before[:-1], f"{_WHO_MAY.sub(wanted, _CLOSES.sub('', normalize(before[-1])))}吗")
    return (*before, f"{subject_of(wanted)}呢")


def _revised(before: tuple[str, ...], turn: str, told: str, counties: Sequence[str]) -> tuple[str, ...]:
    """Return the turns with what is told anew in its place, so that the last question is asked again."""
    kinds: tuple[Callable[[str], str], ...] = (
        lambda text: next((one for one in counties if one in text), ""),
        lambda text: (
            match.group()
            if (match := re.search(r"\d+(?:\.\d+)?(?:多)?(?:个人|人|名员工|万|亿)", text))
            else ""
        ),
    )
    for kind in kinds:
        new = kind(told)
        at = next((at for at in reversed(range(len(before))) if new and kind(before[at])), None)
        if at is not None:
            put = before[at].replace(kind(before[at]), new)
            return (*before[:at], put, *before[at + 1 :])
    return (*before, told) if len(told) > 1 else (*before, turn)
