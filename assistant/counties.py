"""Whether a question asks what a county, its government or a new area has to do: 长兴县要干啥."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.conversation import is_elliptic
from assistant.phrases import ATTRIBUTES, DOCUMENTS, things_of

_ENDING = "(?:新区|县|区)?(?:人民)?(?:政府|管委会|县里|区里)?"
_ASKS_ROLE = re.compile(
    "任务|活儿?(?:吗|要|$|[,。??])|(?:什么|啥|哪些|哪块|几件|几条)(?:的)?(?:任务|活|事|工作|角色|分工)"
    "|(?:要|得|该|负责|承担|参与|牵头|管|做|干|干点|分到|分了|摊到|出|领)(?:了|到|些|着|点)*(?:什么|啥|哪些|哪几|哪条|哪块|吗|没|不)"
    "|(?:被)?(?:点名|点到|提到|写到|列名|列到|安排)(?:了|到)?(?:什么|啥|哪些|哪几|吗|没|过)|有(?:没有|什么|啥)?(?:份|责任|职责)"
)
_FRAME = frozenset(
    word
    for line in (
        "任务 工作 事情 责任 职责 分工 角色 责任单位 单位 县里 区里 政府 管委会 人民政府 活 事 份 地方 方面",
        "参与 负责 承担 牵头 安排 人工智能 AI 里面 计划 湖州 湖州市 具体 要求 这块 东西",
    )
    for word in line.split()
)


def county_asked(text: str, topic: str, counties: Sequence[str]) -> str:
    """Return the county whose tasks a question asks for, '' where it asks for none or of something else too.

    Args:
        text: the question.
        topic: what a follow-up is about: 那长兴县呢 asks what was asked of 德清县 before.
        counties: the names of the counties, without 县 or 区.
    """
    named = [county for county in counties if county in text]
    if len(named) != 1:
        return ""
    asked = f"{topic} {text}" if is_elliptic(text) else text
    if not _ASKS_ROLE.search(asked):
        return ""
    rest = re.sub(f"{named[0]}{_ENDING}", " ", text)
    strange = [thing for thing in things_of(rest) if thing not in _FRAME | ATTRIBUTES | DOCUMENTS]
    return "" if strange else named[0]
