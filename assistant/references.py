"""References to a clause by its number: 三(五)15, 措施12, 第3个场景."""

from __future__ import annotations

import re

import cn2an

from assistant.ledger import Ledger, Place

_FULL = re.compile(
    r"(?P<chapter>[一二三四五六七八九十]+)\s*[、,.:/之]?\s*\((?P<section>[一二三四五六七八九十]+)\)\s*[、,.:/之第]?\s*(?P<item>\d{1,2})?"
)
_NAMED = re.compile(
    r"(?P<kind>[\u4e00-\u9fff]{2})(?:的)?第?(?P<item>\d{1,2})(?:条|项|个|点)?(?![\d.家亿万年月日号%])"
)
_COUNTED = re.compile(
    r"第(?P<item>\d{1,2}|[一二三四五六七八九十]{1,3})(?:条|项|个|点)(?P<kind>[\u4e00-\u9fff]{2})"
)


_NUMBERING = re.compile(r"^\d+[.、.]\s*")
_SHORTEST_TITLE = 5


def find_references(text: str, ledger: Ledger) -> tuple[Place, ...]:
    """Return the clauses that a question names by number or whole heading."""
    found: dict[str, Place] = {}
    for match in _FULL.finditer(text):
        path = f"{match['chapter']}/({match['section']})" + (f"/{match['item']}" if match["item"] else "")
        for place in ledger.places:
            if place.clause.path == path:
                found.setdefault(place.clause_id, place)
    for place in ledger.places:
        title = _NUMBERING.sub("", place.clause.heading)
        if place.clause.numbered and len(title) >= _SHORTEST_TITLE and title in text:
            found.setdefault(place.clause_id, place)
    for match in (*_NAMED.finditer(text), *_COUNTED.finditer(text)):
        named = _under_heading(match["kind"], _number(match["item"]), ledger)
        if named is not None:
            found.setdefault(named.clause_id, named)
    return tuple(found.values())


def _number(item: str) -> str:
    return item if item.isdigit() else str(int(cn2an.cn2an(item, "smart")))


def _under_heading(kind: str, number: str, ledger: Ledger) -> Place | None:
    """Return the only clause of that number under a heading that holds the word: 措施 12, 场景 3."""
    fitting = [
        place
        for place in ledger.places
        if place.clause.numbered
        and place.clause.number == number
        and any(kind in heading for heading in place.clause.heading_path.split(" > ")[:-1])
    ]
    return fitting[0] if len(fitting) == 1 else None
