"""Words of Chinese text for the lexical leg."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import rjieba

_HAN_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002fa1f〇]+")
_WORD = re.compile(r"[^\W_]", re.UNICODE)

STOP_WORDS = frozenset(
    word
    for line in (
        "的 了 吗 呢 吧 啊 呀 嘛 么 哦 是 在 和 与 及 或 把 被 给 就 都 也 还 又",
        "我 你 他 她 它 我们 你们 他们 咱 咱们 这 那 这个 那个 谁 几 多少",
        "什么 怎么 怎样 怎么样 哪 哪个 哪些 哪里 哪儿 请问 一下 一个",
        "有没有 是不是 能不能 可不可以",
        "the a an of to is are in and or",
    )
    for word in line.split()
)
"""Words that say nothing about a clause: particles, pronouns, interrogatives. Deliberately few."""


def normalise(text: str) -> str:
    """Return the text in NFKC and lower case: full-width forms, ligatures and case make no difference."""
    return unicodedata.normalize("NFKC", text).lower()


def words(text: str) -> list[str]:
    """Return the words of a text in search mode (long words and their parts), without stop words."""
    cut = rjieba.cut_for_search(normalise(text))
    return [word for word in cut if _WORD.search(word) and word not in STOP_WORDS]


def bigrams(text: str) -> list[str]:
    """Return the overlapping pairs of neighbouring Chinese characters, run by run."""
    runs = _HAN_RUN.findall(normalise(text))
    return [run[i : i + 2] for run in runs for i in range(len(run) - 1)]


def tokens(text: str, with_bigrams: bool) -> list[str]:
    """Return what the lexical index holds of a text: its words, then bigrams that are no words of it."""
    found = words(text)
    if not with_bigrams:
        return found
    counted = Counter(found)
    extra = []
    for pair in bigrams(text):
        if counted[pair] > 0:
            counted[pair] -= 1
        elif pair not in STOP_WORDS:
            extra.append(pair)
    return found + extra
