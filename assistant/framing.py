"""What a question is about without the words that ask: clauses hold 牵头 and 内容, too."""

from __future__ import annotations

import re

_ASKS_CONTENTS = re.compile(
    "(?:主要)?(?:写|讲|说|有|包括|包含)(?:了|到|的是)?(?:哪些|些?什么|啥)(?:主要|具体)?(?:内容|东西)?|(?:主要|具体)内容(?:是什么|有哪些)?"
)
_ASKS_UNITS = re.compile(
    "(?:由|归|是|该|要|找)?(?:谁|哪个|哪家|哪些|哪几个|哪一个|什么|啥)?(?:的)?(?:责任单位|牵头单位|主管部门|责任部门|牵头部门|单位|部门|局)?"
    "(?:来|在)?(?:牵头|打头|挑头|领头|主抓|主管|负责|管)(?:的)?(?:是谁|是哪个|谁)?"
)


def subject_matter(text: str, of_units: bool) -> str:
    """Return what a question is about, without the words that ask for units, or for contents.

    Args:
        text: the question.
        of_units: whether it asks for units.
    """
    if not of_units:
        return _ASKS_CONTENTS.sub("", text) or text
    rest, found = _ASKS_UNITS.subn(" ", text)
    rest = rest.strip(" ,。?")
    return rest if found and len(rest) > 1 else text
