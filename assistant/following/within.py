"""What a turn asks whether the clause before holds it: 它提到直播没, 那无人出租车算吗."""

from __future__ import annotations

import re

from assistant.conversation import asks
from assistant.normalizing import normalize
from assistant.phrases import ASKED_FOR, ATTRIBUTES, DOCUMENTS, tagged

_IT = (
    "(?:那么?|所以)?(?:它|他|这一?[条段项]|那一?[条段项]|这个|该条|里面?|里头|其中|上面|这里面?"
    "|那里面?|原文|条款|这段话|这一?点|文件)?(?:里面?|里头|中|上)?"
)
_SAYS = "(?:明确|具体|专门)?(?:提到|提及|提|说到|讲到|写到|写明|写|说|讲|涉及|包括|包含|含|列)(?:过|了|到)?"
_NOT = "(?:了)?(?:没有?|吗|么|不|嘛|呢|吧|没(?:提|说|写|讲))?[??。]*"
_ASKED = "(?:了没有?|了吗|没有?|吗|么|不|嘛)[??。]*$"
_IT_SURELY = "(?:那么?)?(?:它|这一?[条段]|那一?[条段])?(?:里面|里头|其中|当中|里)"
_WHETHER = re.compile(
    f"^{_IT}(?:有没有|是不是|是否|有|没有|没)(?:{_SAYS})(?P<name>.{{2,12}}?){_NOT}$"
    f"|^{_IT_SURELY}(?:有没有|有)(?P<has>.{{2,10}}?)(?:这回事|这事儿?|这个说法|这一?[项说]|这个)?{_ASKED}"
    f"|^{_IT}(?:{_SAYS})(?:没|不)?(?:{_SAYS})?(?P<said>.{{2,12}}?){_ASKED}"
)
_COUNTED = re.compile(
    "^(?:那么?)?(?P<name>.{2,12}?)(?:也|还)?(?:算不算|算吗|算么|算不|算在(?:里面|内|其中)吗|算里面吗|也?包括(?:在内)?吗|包不包括|包含在内吗|在(?:里面|内|其中|里头)吗|算进去吗)[??。]*$"
)
_FRAME = (
    ATTRIBUTES | DOCUMENTS | ASKED_FOR | frozenset({"这个", "那个", "它", "这些", "那些", "怎么", "自己"})
)
_FREE = re.compile(r"[0-9%,。;:、()\s?!]")
_NAMING = ("n", "j", "l", "eng", "vn", "b", "a", "v")
_MOST_WORDS = 3
_POSSESSED = re.compile("^(?:的|关于|对|跟|和)|(?:的|这个|这块|这些|方面|的事|的内容|这一块)$")


def name_asked(turn: str) -> str:
    """Return the name of which a turn asks whether the clause before holds it; '' where it asks otherwise."""
    text = normalize(turn).strip()
    match = _WHETHER.match(text) or _COUNTED.match(text)
    if match is None:
        return ""
    groups = match.groupdict()
    name = _POSSESSED.sub("", next((one for one in groups.values() if one), "")).strip('“”"「」《》')
    if len(name) < 2 or _FREE.search(name) or asks(name) or any(name == word for word in _FRAME):
        return ""
    return name


def is_name(text: str) -> bool:
    """Whether a text is the name of a thing, and no half of a sentence: 电费, but not 要跟大学一起弄."""
    words = tagged(text)
    return (
        bool(words)
        and len(words) <= _MOST_WORDS
        and all(word.is_inside and word.tag.startswith(_NAMING) for word in words)
    )


def says_whether_counted(turn: str) -> bool:
    """Whether a turn asks if something counts as what the clause before speaks of: 那X算吗."""
    return bool(_COUNTED.match(normalize(turn).strip()))
