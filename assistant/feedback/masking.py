"""Takes personal numbers out of what people write, before anything is stored.

Masked: mobile and landline telephones, identity cards, bank cards, unified social credit codes, e-mail
addresses; written in full width, or with spaces, dashes or dots between the digits, too. What a policy itself
states (the telephone of an office) stays. Amounts, years, numbers of documents and clauses stay.
Whether a number is one of those is decided by its check digit or by the numbering plan, not by its length
alone; an unbroken run of 15 digits or more is masked in any case, for nothing in a question about policy has
that length and a card number typed wrongly is still somebody's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from phonenumbers import NumberParseException, is_valid_number, parse
from stdnum import luhn
from stdnum.cn import ric, uscc


class Mask(StrEnum):
    """What stands in the place of a number."""

    MOBILE = "〔手机号〕"
    PHONE = "〔电话〕"
    IDENTITY = "〔身份证号〕"
    BANK_CARD = "〔银行卡号〕"
    CREDIT_CODE = "〔信用代码〕"
    EMAIL = "〔邮箱〕"
    LONG_NUMBER = "〔长号码〕"


@dataclass(frozen=True)
class _Run:
    """Letters and digits that separators at most stand between."""

    compact: str
    """upper case, without the separators"""
    places: tuple[int, ...]
    """where each character stands in the text"""
    edges: frozenset[int]
    """offsets in `compact` at which a number may begin or end"""


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    mask: Mask


_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,5}")
_RUN = re.compile(r"[A-Za-z0-9]+(?:[ \t\-–—‐‑‒−_.·•]{1,3}[A-Za-z0-9]+|\)[ \-]?[0-9]+)*")
_LONG = re.compile(r"\d{15,}[X]?")
_BORN = r"(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_IDENTITY = re.compile(rf"[1-9]\d{{5}}{_BORN}\d{{3}}[\dX]")
_CHECKED_IDENTITY = re.compile(r"[1-9]\d{16}[\dX]")
"""Of a birthday that no calendar has; the check digit decides (stdnum's own test fails on some regions)."""
_OLD_IDENTITY = re.compile(r"[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}")
_CARD = re.compile(r"(?:[3-9]\d|2[2-7])\d{14,17}")
_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
_CODE_SHAPED = re.compile(r"[159Y][1-39][1-8]\d{5}[0-9A-HJ-NPQRTUWXY]{10}")
_MOBILE = re.compile(r"(?:0{0,2}86)?(1[3-9]\d{9})")
_LANDLINE = re.compile(r"(?:0{0,2}86)?(0?[1-9]\d{8,10})")
_LOCAL = re.compile(r"[2-8]\d{6,7}")
_SAID_BEFORE = re.compile(
    r"(?:电话|座机|固话|手机|号码|传真|联系方式|联系我|联系人|热线|tel|phone|拨打|拨|致电|打)"
    r"[^0-9,。;!?、\n]{0,6}$",
    re.IGNORECASE,
)
_COUNTED_AFTER = re.compile(
    r"^\s*[余多]?\s*(?:[万亿千百元家个台套件户人吨度%‰米天年月日次名项所座颗张条]|平方|公里|kw)",
    re.IGNORECASE,
)
_LONGEST = 20
"""Characters of the longest number that separators may stand in."""


class Masker:
    """Masks texts; knows the telephones and addresses that the policies themselves state."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._known = frozenset(form for one in known for form in _known_forms(one))

    def __call__(self, text: str) -> str:
        """Return the text with every personal number replaced by the name of its kind."""
        plain = _plain(text)
        spans = sorted(self._spans(plain), key=lambda span: (span.start, -span.end))
        parts: list[str] = []
        done = 0
        for span in spans:
            if span.end <= done:
                continue
            parts += [text[done : max(done, span.start)], span.mask.value]
            done = span.end
        return "".join([*parts, text[done:]])

    def without(self, text: str) -> str:
        """Return the text without its personal numbers: nothing that they say bears on what is asked."""
        kept = self(text)
        for mask in Mask:
            kept = kept.replace(mask.value, " ")
        return kept.strip() or text

    def _spans(self, text: str) -> Iterator[_Span]:
        for email in _EMAIL.finditer(text):
            if email.group().casefold() not in self._known:
                yield _Span(email.start(), email.end(), Mask.EMAIL)
        for match in _RUN.finditer(text):
            yield from self._within(_run(match), text)

    def _within(self, run: _Run, text: str) -> Iterator[_Span]:
        done = 0
        for start in range(len(run.compact)):
            if start < done:
                continue
            found = self._at(run, start, text)
            if found is not None:
                length, mask = found
                done = start + length
                yield _Span(run.places[start], run.places[done - 1] + 1, mask)

    def _at(self, run: _Run, start: int, text: str) -> tuple[int, Mask] | None:
        """Return length and kind of the number that begins at an offset of a run, or None."""
        code = _CODE.match(run.compact, start)
        if code and uscc.is_valid(code.group()):
            return len(code.group()), Mask.CREDIT_CODE
        if start not in run.edges:
            return None
        for end in range(min(start + _LONGEST, len(run.compact)), start + 6, -1):
            if end not in run.edges:
                continue
            piece = run.compact[start:end]
            mask = _kind(piece, _like_a_landline(run.places[start:end])) or self._local(
                piece, run, start, end, text
            )
            if mask is not None and piece not in self._known:
                return end - start, mask
        long = _LONG.match(run.compact, start)
        if long and run.places[long.end() - 1] - run.places[start] == len(long.group()) - 1:
            return len(long.group()), Mask.LONG_NUMBER
        return None

    def _local(self, piece: str, run: _Run, start: int, end: int, text: str) -> Mask | None:
        """Return PHONE for a number without area code where the words around call it a telephone."""
        if not _LOCAL.fullmatch(piece):
            return None
        before = text[max(0, run.places[start] - 12) : run.places[start]]
        called = _SAID_BEFORE.search(before) and not _COUNTED_AFTER.match(text[run.places[end - 1] + 1 :])
        return Mask.PHONE if called else None


def _kind(piece: str, grouped: bool) -> Mask | None:
    """Return what a number is by its own digits, or None; no amount begins with 0, a landline does."""
    if _IDENTITY.fullmatch(piece) or _OLD_IDENTITY.fullmatch(piece):
        return Mask.IDENTITY
    if _CODE_SHAPED.fullmatch(piece) and not piece.isdigit():
        return Mask.CREDIT_CODE
    if _CARD.fullmatch(piece) and luhn.is_valid(piece):
        return Mask.BANK_CARD
    if _CHECKED_IDENTITY.fullmatch(piece) and ric.calc_check_digit(piece) == piece[-1]:
        return Mask.IDENTITY
    mobile = _MOBILE.fullmatch(piece)
    if mobile and _is_telephone(mobile.group(1)):
        return Mask.MOBILE
    landline = _LANDLINE.fullmatch(piece)
    if landline is None or not (piece.startswith("0") or len(piece) > 11):
        return None
    if _is_telephone(landline.group(1)) or (grouped and piece.startswith("0")):
        return Mask.PHONE
    return None


def _like_a_landline(places: Sequence[int]) -> bool:
    """Whether digits stand in even distance, or the first gap is behind an area code of 3 or 4 digits."""
    gaps = [after - before for before, after in pairwise(places)]
    first = next((count for count, gap in enumerate(gaps, start=1) if gap > 1), 0)
    return len(set(gaps)) == 1 or first in (3, 4)


def _is_telephone(digits: str) -> bool:
    try:
        return is_valid_number(parse(digits, "CN"))
    except NumberParseException:
        return False


def _run(match: re.Match[str]) -> _Run:
    kept = [(char, place) for place, char in enumerate(match.group(), match.start()) if char.isalnum()]
    compact = "".join(char for char, _ in kept).upper()
    places = tuple(place for _, place in kept)
    edges = {0, len(compact)}
    for index in range(1, len(compact)):
        apart = places[index] != places[index - 1] + 1
        if apart or compact[index].isdigit() != compact[index - 1].isdigit():
            edges.add(index)
        if compact[index] == "X":  # the last place of an identity card; more letters may follow
            edges.add(index + 1)
    return _Run(compact, places, frozenset(edges))


def _plain(text: str) -> str:
    """Return the text in half width, character for character, so that places stay the same."""
    return "".join(_narrow(char) for char in text)


def _narrow(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char)
    if len(folded) != 1 or ord(folded) > 127:
        return "-" if unicodedata.category(char) in ("Pd", "Cf") else " " if char.isspace() else char
    return folded


def _known_forms(number: str) -> Iterator[str]:
    """Yield a number that a policy states as people may write it: whole, and without its area code."""
    yield number.strip().casefold()
    digits = re.sub(r"\D", "", _plain(number))
    if digits:
        yield digits
        area = re.match(r"\s*\(?(0\d{2,3})[)\-– ]", _plain(number))
        if area:
            yield digits[len(area.group(1)) :]
