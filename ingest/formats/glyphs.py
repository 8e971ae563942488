"""Code points that look like a character and are none: radicals put right, private codes counted."""

from __future__ import annotations

import re
import unicodedata

_KANGXI = re.compile(r"[\u2f00-\u2fdf]")
_SUPPLEMENT = str.maketrans(
    # Equivalent ideographs of the CJK Radicals Supplement (Unicode, EquivalentUnifiedIdeograph.txt); NFKC
    # knows two of them only (⺟ ⻳).
    "⺁⺄⺅⺉⺊⺌⺎⺐⺓⺕⺖⺘⺙⺛⺜⺝⺟⺠⺡⺣⺦⺧⺨⺩⺬⺭⺮⺯⺰⺲⺶⺹⺼⺽⺾⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂乙亻刂卜小兀尢幺彐忄扌攵旡日月母民氵灬丬牛犭王示礻竹糹纟罒羊耂肉臼艹虎衤覀西见角讠贝车辶阝钅長镸长门阝雨青韦页风飞食饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
)
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
UNREADABLE = "\ufffd"
"""What stands for a character that the file's encoding leaves open."""
_NOT_TEXT = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})


def repair(text: str) -> str:
    """Return the text with radicals as the characters they stand for, all else as it was.

    Readers of PDF name a glyph by its radical (⼈ U+2F08 for 人, ⻓ U+2ED3 for 长): no search finds such
    text. Full-width punctuation is legitimate and stays, so the text as a whole is not normalised.
    """
    mended = _KANGXI.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    return mended.translate(_SUPPLEMENT).translate(_LIGATURES)


def drop_controls(text: str) -> str:
    """Return the text without control characters and invisible marks of direction; tab and line ends stay."""
    return _NOT_TEXT.sub("", text)


def count_private(text: str) -> int:
    """Return how many characters have private codes, whose meaning only the file's own font knows."""
    return len(_PRIVATE.findall(text))


def count_unreadable(text: str) -> int:
    """Return how many characters the file's encoding leaves open."""
    return text.count(UNREADABLE)
