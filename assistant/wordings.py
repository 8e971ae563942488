"""Other wordings of a question: pinyin turned to characters, slips of the keyboard, English, lay synonyms.

Each wording is an extra leg of the search, never in place of the original words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate

import rjieba
from pypinyin import lazy_pinyin

from assistant.lexicon import EnglishTerm, Synonym
from assistant.normalizing import han_share

_HAN_RUN = re.compile("[\u3400-\u9fff]+")
_LATIN_WORD = re.compile("[a-z]+")
_ENGLISH_MIN_WORDS = 2
_LONGEST_TERM = 8
_SHORTEST_SLIP = 2
_SLIP_LENGTHS = range(6, _SHORTEST_SLIP - 1, -1)


@lru_cache(maxsize=65536)
def _sound(word: str) -> tuple[str, ...]:
    return tuple(lazy_pinyin(word))


class Wordings:
    """Knows the words of the documents by sound, and the glossaries.

    Args:
        texts: texts of the documents, whose words are preferred.
        everyday: questions as people ask them, whose words fill in between.
        english: glossary English -> Chinese.
        synonyms: staff-edited lay terms -> official terms.
    """

    def __init__(
        self,
        texts: Iterable[str],
        everyday: Iterable[str],
        english: Sequence[EnglishTerm],
        synonyms: Sequence[Synonym],
    ) -> None:
        self._document_words = _count_words(texts)
        self._by_sound: dict[tuple[str, ...], tuple[str, float]] = {}
        everyday_words = _count_words(everyday)
        self._register(everyday_words, 1.0)
        self._register(self._document_words, 3.0)
        self._syllables = {syllable for sound in self._by_sound for syllable in sound}
        self._english = [
            (re.compile(rf"(?<![a-z]){re.escape(variant)}(?![a-z])"), term.zh)
            for variant, term in sorted(
                ((variant, term) for term in english for variant in term.en), key=lambda pair: -len(pair[0])
            )
        ]
        self._synonyms = synonyms

    def _register(self, words: Counter[str], preference: float) -> None:
        for word, count in words.items():
            sound = _sound(word)
            weight = preference * len(word) ** 2 + min(count, 50) / 100
            if sound not in self._by_sound or self._by_sound[sound][1] < weight:
                self._by_sound[sound] = (word, weight)

    def from_pinyin(self, text: str) -> str | None:
        """Return the text with its pinyin read as characters, or None where it is not pinyin."""
        if han_share(text) > 0 or not text.isascii():
            return None
        syllables = self._split_syllables("".join(_LATIN_WORD.findall(text.lower())), text.lower())
        if syllables is None or len(syllables) < _ENGLISH_MIN_WORDS:
            return None
        return self._read_aloud(syllables)

    def _split_syllables(self, letters: str, spaced: str) -> list[str] | None:
        words = _LATIN_WORD.findall(spaced)
        if words and all(word in self._syllables for word in words):
            return words
        best: list[list[str] | None] = [None] * (len(letters) + 1)
        best[0] = []
        for end in range(1, len(letters) + 1):
            for start in range(max(0, end - 6), end):
                head = best[start]
                if head is None or letters[start:end] not in self._syllables:
                    continue
                known = best[end]
                if known is None or len(head) + 1 < len(known):
                    best[end] = [*head, letters[start:end]]
        return best[-1]

    def _read_aloud(self, syllables: Sequence[str]) -> str:
        scores = [0.0] + [float("-inf")] * len(syllables)
        words: list[list[str]] = [[] for _ in range(len(syllables) + 1)]
        for end in range(1, len(syllables) + 1):
            for start in range(max(0, end - _LONGEST_TERM), end):
                found = self._by_sound.get(tuple(syllables[start:end]))
                gain, word = (
                    (found[1], found[0]) if found else (-5.0, syllables[start] if end - start == 1 else "")
                )
                if word and scores[start] + gain > scores[end]:
                    scores[end] = scores[start] + gain
                    words[end] = [*words[start], word]
        return "".join(words[-1])

    def corrected(self, text: str) -> str | None:
        """Return the text with homophone slips read as the documents' words, or None where there are none."""
        fixed = text
        for run in _HAN_RUN.findall(text):
            edges = set(accumulate(map(len, rjieba.cut(run)), initial=0))
            for length in _SLIP_LENGTHS:
                for start in range(len(run) - length + 1):
                    if length == _SHORTEST_SLIP and not {start, start + length} <= edges:
                        continue  # 件管 of 文件管到 is no slip of 监管
                    window = run[start : start + length]
                    right = self._meant(window)
                    if right and window in fixed:
                        fixed = fixed.replace(window, right)
        return fixed if fixed != text else None

    def _meant(self, window: str) -> str | None:
        if rjieba.has_word(window) or window in self._document_words:
            return None
        if len(rjieba.cut(window)) < len(window) and len(window) == 2:
            return None
        found = self._by_sound.get(_sound(window))
        if found is None or found[0] == window or found[0] not in self._document_words:
            return None
        differing = sum(1 for ours, theirs in zip(window, found[0], strict=False) if ours != theirs)
        return found[0] if len(found[0]) == len(window) and differing <= max(1, len(window) // 2) else None

    def from_english(self, text: str) -> str | None:
        """Return the Chinese terms of the English words in the text, or None where none is known."""
        lowered = text.lower()
        if len(_LATIN_WORD.findall(lowered)) < _ENGLISH_MIN_WORDS:
            return None
        found: list[tuple[int, str]] = []
        for pattern, chinese in self._english:
            match = pattern.search(lowered)
            if match:
                found.append((match.start(), chinese))
                lowered = lowered[: match.start()] + " " * len(match.group()) + lowered[match.end() :]
        terms = list(dict.fromkeys(chinese for _, chinese in sorted(found)))
        return " ".join(terms) or None

    def official(self, text: str) -> str | None:
        """Return the official terms that stand for lay terms in the text, or None where there are none."""
        lowered = text.lower()
        terms = [
            official
            for synonym in self._synonyms
            if any(lay.lower() in lowered for lay in synonym.lay)
            for official in synonym.official
            if official not in text
        ]
        return " ".join(dict.fromkeys(terms)) or None


def _count_words(texts: Iterable[str]) -> Counter[str]:
    words: Counter[str] = Counter()
    for text in texts:
        for run in _HAN_RUN.findall(text):
            words.update(rjieba.cut_for_search(run))
            words.update(rjieba.cut(run))
    return words
