"""Words of Chinese text for the lexical leg."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import rjieba

PAIR_MARK, CHARACTER_MARK = "\x02", "\x01"
"""What stands before a pair or a character in a vocabulary, so that 人 as a word is another token."""

_HAN_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002fa1f〇]+")
_WORD = re.compile(r"[^\W_]", re.UNICODE)

_WIDE_MARKS = tuple(zip("，；：（）！？\u3000", ",;:()!? ", strict=True))
"""Forms that NFKC makes the same; texts with no others are left as they are by it, four times as fast."""

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


@lru_cache(maxsize=16)
def normalise(text: str) -> str:
    """Return the text in NFKC and lower case: full-width forms, ligatures and case make no difference."""
    return normalise_once(text)


def normalise_once(text: str) -> str:
    """Return what `normalise` does, without keeping it."""
    for wide, narrow in _WIDE_MARKS:
        text = text.replace(wide, narrow)
    return unicodedata.normalize("NFKC", text).lower()


def words(text: str) -> list[str]:
    """Return the words of a text in reading order, without stop words."""
    return [word for word in rjieba.cut(normalise(text)) if is_word(word)]


def words_and_parts(text: str) -> list[str]:
    """Return the words of a text in search mode, long words followed or preceded by their parts."""
    return [word for word in searched_words(normalise(text)) if is_word(word)]


def searched_words(normalised: str) -> list[str]:
    """Return what the segmenter cuts a normalised text into in search mode, punctuation and all."""
    cut: list[str] = rjieba.cut_for_search(normalised)
    return cut


def bigrams(text: str) -> list[str]:
    """Return the overlapping pairs of neighbouring Chinese characters, run by run."""
    runs = _HAN_RUN.findall(normalise(text))
    return [run[i : i + 2] for run in runs for i in range(len(run) - 1)]


def characters(text: str) -> list[str]:
    """Return the letters, digits and Chinese characters of a text."""
    return _WORD.findall(normalise(text))


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """What the lexical index holds of a text, by kind."""

    words: tuple[str, ...]
    pairs: tuple[str, ...] = ()
    """Bigrams that are neither words of the text nor parts of its words."""
    characters: tuple[str, ...] = ()


def passage_tokens(text: str, with_characters: bool) -> Tokens:
    """Return what the index holds of a passage: words with their parts, pairs and characters if asked for.

    A pair within a long word says nothing that the word and its parts do not; pairs across words find what
    the segmenter cut otherwise, and characters find a word by its morphemes (租 in 租金, 租赁).
    """
    found = words_and_parts(text)
    return _tokens(text, found, found, with_characters)


def question_tokens(text: str, with_characters: bool) -> Tokens:
    """Return what is looked up for a question: as of a passage, but of its words without their parts.

    The parts of a long word (人工 of 人工智能) would count it twice and find passages about its parts.
    """
    return _tokens(text, words(text), words_and_parts(text), with_characters)


def _tokens(text: str, found: Sequence[str], known: Sequence[str], with_characters: bool) -> Tokens:
    """Return tokens with the pairs that are not among the known words."""
    if not with_characters:
        return Tokens(words=tuple(found))
    parts = Counter(known)
    pairs = []
    for pair in bigrams(text):
        if parts[pair] > 0:
            parts[pair] -= 1
        elif pair not in STOP_WORDS:
            pairs.append(pair)
    return Tokens(words=tuple(found), pairs=tuple(pairs), characters=tuple(characters(text)))


def is_word(word: str) -> bool:
    """Whether a piece of text has a letter or a digit and is no stop word."""
    return _WORD.search(word) is not None and word not in STOP_WORDS


def is_character(character: str) -> bool:
    """Whether a character is a letter, a digit or a Chinese character."""
    return _WORD.match(character) is not None


def is_han(character: str) -> bool:
    """Whether a character is a Chinese character."""
    return _HAN_RUN.match(character) is not None
