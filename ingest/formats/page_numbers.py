"""The 文号 of a page, whole: brackets that got lost are set again only where there is no doubt."""

from __future__ import annotations

import re

from ingest.formats.page_tree import solid
from ingest.widths import halve

_YEAR = r"(?P<year>(?:19|20)\d{2})"
_HALF = re.compile(
    rf"(?P<head>[\u4e00-\u9fff]{{1,14}})(?:\[{_YEAR}|(?P<late>(?:19|20)\d{{2}})\])第?(?P<serial>\d{{1,4}})号$"
)
_WHOLE = re.compile(rf"[\u4e00-\u9fff]{{1,14}}\[{_YEAR}\]第?(?P<serial>\d{{1,4}})号")
_DECREE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,30}令)?(?:\d{4}年)?第?\d{1,4}号(?:令)?$|[\u4e00-\u9fff]{2,30}公告"
)
_DIGITS = re.compile(rf"[\u4e00-\u9fff]{{0,14}}\[?{_YEAR}\]?年?第?(?P<serial>\d{{1,4}})号?$")


def whole_number(written: str, text: str) -> str | None:
    """Return a 文号 as it should read, or None where the page's is not whole and cannot be made so.

    Args:
        written: what the page's metadata says.
        text: the start of the document, where the whole number may stand.
    """
    half = solid(halve(written)).replace("(", "[").replace(")", "]").replace("{", "[").replace("}", "]")
    if _WHOLE.fullmatch(half):
        return half.replace("[", "〔").replace("]", "〕")
    broken = _HALF.fullmatch(half)
    if broken:
        return f"{broken['head']}〔{broken['year'] or broken['late']}〕{broken['serial']}号"
    digits = _DIGITS.fullmatch(half)
    if digits:
        return _same_in(text, digits["year"], digits["serial"])
    return written.strip() if _DECREE.match(half) else None


def _same_in(text: str, year: str, serial: str) -> str | None:
    """Return the number of that year and serial that stands alone on a line of the text."""
    for line in text.splitlines():
        found = _WHOLE.fullmatch(solid(halve(line)))
        if found and (found["year"], found["serial"]) == (year, serial):
            return found.group(0).replace("[", "〔").replace("]", "〕")
    return None
