"""Full width -> half width, one character for one, so that offsets stay true."""

from __future__ import annotations

import re

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,  # ideographic space
    0x3008: ord("<"),  # 〈
    0x3009: ord(">"),  # 〉
    0x3014: ord("["),  # 〔
    0x3015: ord("]"),  # 〕
    0x3010: ord("["),  # 【
    0x3011: ord("]"),  # 】
}
_BETWEEN_WIDE = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")


def halve(text: str) -> str:
    """Return the text with full-width ASCII, spaces and brackets in half width; same length, same offsets."""
    return text.translate(_HALF)


def close_gaps(text: str) -> str:
    """Return a title without the stray spaces between Chinese characters, other white space collapsed."""
    return re.sub(r"\s+", " ", _BETWEEN_WIDE.sub("", text.strip()))
