"""What a question looks for in the documents by its name: whether, where and how these speak of it."""

from __future__ import annotations

import re

from assistant.phrases import ASKING, ATTRIBUTES, DOCUMENTS, names_in, tagged

_DOING = ("打", "找", "问", "想", "去", "做", "搞", "说", "拿", "领")
_FRAMING = frozenset({"汇总", "整理", "归纳", "列表", "清单", "地方", "条款", "一下"})
_LOCATIVE = "s"
"""The segmenter's tag of where something is."""
_LOOKS_FOR = (
    re.compile(
        "(?:提到|提及|写到|讲到|说到|涉及|出现|包括|包含|有没有(?:讲|写|提|说|照顾|考虑)|写没写|提没提|讲没讲"
        "|(?:里面?|中|有)[写提讲](?=[^,。;!?了]{2,8}了?(?:没|吗)))"
        "(?:过|了|到)?(?P<name>(?![的在于哪])[^,。;!?吗么没]{2,14})"
    ),
    re.compile(
        "(?P<name>[^,。;!?]{2,16}?)(?:这一?块|这?方面|的?事儿?)?(?:文件|计划|里面?|中|上面|在)*"
        "(?:有没有(?:说法|写|提|讲|规定|涉及|说)|[提写讲说](?:到|过)?(?:了吗|了没|没有|没|吗|不$)"
        "|(?:是|都)?怎么(?:规定|说|写|讲|提|部署|安排|考虑|要求))"
    ),
    re.compile(
        "(?P<name>[^,。;!?]{2,20}),?(?:文件|计划|方案)(?:里面?|中)?[说讲写提](?:了|到|过)?些?(?:什么|啥|哪些)"
    ),
)
_QUOTED = re.compile(
    '[“「"](?P<name>[^“”「」"]{2,20})[”」"][^,。;!?“「]{0,8}?(?:出现|提到|提及|写到|讲到|说到|用到)'
)
"""A name that a question quotes is looked for as it is, whatever the words in it."""


def looked_for(text: str) -> tuple[str, ...]:
    """Return the names that a question asks about whether and how the documents speak of them (提到X了吗)."""
    if quoted := _QUOTED.search(text):
        return (quoted["name"],)
    match = next((match for pattern in _LOOKS_FOR if (match := pattern.search(text))), None)
    if match is None or ASKING.search(match["name"]):
        return ()
    names = names_in(match["name"])
    return tuple(name for name in names if not name.startswith(_DOING) and not _is_frame(name))


def _is_frame(name: str) -> bool:
    """Whether a name is made of words for documents, their parts, what is done with them and where: 船上."""
    frame = ATTRIBUTES | DOCUMENTS | _FRAMING
    words = tagged(name)
    return name in frame or all(word.text in frame or word.tag == _LOCATIVE for word in words)
