"""The vocabulary of the embedded model and its tokenizer, which takes the most probable way through it."""

from __future__ import annotations

import logging
import math
import re
from collections import Counter
from collections.abc import Iterable

import rjieba
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import Unigram

logger = logging.getLogger(__name__)

UNKNOWN = "[UNK]"

_RUNS = re.compile(r"[\u3400-\u9fff]+|[a-z]+|[0-9]+")
_HAN = re.compile(r"[\u3400-\u9fff]+")
# What a run of characters is: words never cross from one kind into another, and everything else falls away.
_RUN_PATTERN = r"[\x{3400}-\x{9fff}]+|[a-z]+|[0-9]+"
_MAX_WORD = 8


def normalizer() -> normalizers.Normalizer:
    """Return the tokenizer's normaliser: compatibility forms, lower case."""
    return normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])


def pre_tokenizer() -> pre_tokenizers.PreTokenizer:
    """Return the pre-tokenizer: runs of Chinese characters, of letters, of digits; the rest is dropped."""
    return pre_tokenizers.Split(Regex(_RUN_PATTERN), behavior="removed", invert=True)


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Return how often the segmenter finds each word (Chinese, letters or digits of one run) in the texts."""
    normal = normalizer()
    counts: Counter[str] = Counter()
    characters: set[str] = set()
    for text in texts:
        for run in _RUNS.findall(normal.normalize_str(text)):
            if _HAN.match(run):
                counts.update(word for word in rjieba.cut(run) if len(word) <= _MAX_WORD)
                characters.update(run)
            else:
                counts[run] += 1
    for character in characters - counts.keys():
        counts[character] = 1
    return counts


def choose_vocabulary(counts: Counter[str], size: int) -> list[tuple[str, int]]:
    """Return the entries with their counts: all characters first, then words by falling count.

    Letters and digits stand alone as characters too, so that no Latin word or number is unknown;
    numbers of more than four digits and one-off words are left out.
    """
    pieces = [chr(code) for code in range(ord("a"), ord("z") + 1)] + list("0123456789")
    singles = {word: count for word, count in counts.items() if len(word) == 1}
    singles |= {piece: counts.get(piece, 1) for piece in pieces}
    words = [
        (word, count)
        for word, count in counts.items()
        if len(word) > 1 and count > 1 and not (word.isdigit() and len(word) > 4)
    ]
    words.sort(key=lambda item: (-item[1], item[0]))
    chosen = sorted(singles.items(), key=lambda item: (-item[1], item[0]))
    return (chosen + words)[: max(size - 1, len(chosen))]


def build_tokenizer(entries: list[tuple[str, int]]) -> Tokenizer:
    """Return a tokenizer that takes the most probable way through the entries (a unigram model).

    The score of an entry is the logarithm of its share of all entries, as in the segmenter itself.
    """
    total = sum(count for _, count in entries)
    scored = [(UNKNOWN, -30.0)] + [(word, math.log(max(count, 1) / total)) for word, count in entries]
    tokenizer = Tokenizer(Unigram(scored, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizer()
    tokenizer.pre_tokenizer = pre_tokenizer()
    return tokenizer


def token_texts(tokenizer: Tokenizer) -> list[str]:
    """Return the tokens in the order of their ids; the unknown token as ''."""
    texts = [tokenizer.id_to_token(token) or "" for token in range(tokenizer.get_vocab_size())]
    return ["" if text == UNKNOWN else text for text in texts]
