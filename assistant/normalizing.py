"""Brings what people type into one form: simplified characters, half width, plain spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import cn2an

if TYPE_CHECKING:
    from opencc import OpenCC

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_SPACES = re.compile(r"[ \t\u3000\xa0]+")
_HAN = re.compile("[\u3400-\u9fff]")
_TEN_THOUSANDS = re.compile(r"(?<=\d)\s?[wW](?![A-Za-z0-9功率时充快电灯])")
_NUMERAL = re.compile(
    "(?<![一二三四五六七八九十百千万亿])(?P<numeral>[一二两三四五六七八九][十百](?:[一二三四五六七八九]十?)?|[一二两三四五六七八九])(?=亿|万元)"
)


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def normalize(text: str) -> str:
    """Return the text in simplified characters and half width, without invisible or control characters."""
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", text))
    text = unicodedata.normalize("NFKC", text)
    if _HAN.search(text):
        text = _converter().convert(text).replace("劵", "券")  # another character, typed for it
    return _SPACES.sub(" ", text).strip()


def spell_out(text: str) -> str:
    """Return the normalised text with sums as they are written out: 650w -> 650万, 2个亿, 两亿 -> 2亿."""
    written = _TEN_THOUSANDS.sub("万", normalize(text)).replace("个亿", "亿")
    return _NUMERAL.sub(
        lambda match: str(cn2an.cn2an(match["numeral"].replace("两", "二"), "smart")), written
    )


def han_share(text: str) -> float:
    """Return the share of Han characters among the letters of the text, 0 where there are none."""
    letters = [character for character in text if character.isalpha()]
    return sum(1 for character in letters if _HAN.match(character)) / len(letters) if letters else 0.0


def compact(text: str) -> str:
    """Return the text lower-cased without spaces and punctuation, for comparing wordings."""
    return "".join(
        character for character in normalize(text).lower() if character.isalnum() or character in "+%"
    )
