"""References to a clause by its number: 三(五)15, 措施12, 第3个场景, 某法第23条."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import cn2an

from assistant.ledger import Ledger, Place
from assistant.phrases import ATTRIBUTES, DOCUMENTS, things_of
from vectorstore.models import Document

_FULL = re.compile(
    r"(?P<chapter>[一二三四五六七八九十]+)\s*[、,.:/之]?\s*\((?P<section>[一二三四五六七八九十]+)\)\s*[、,.:/之第]?\s*(?P<item>\d{1,2})?"
)
_NAMED = re.compile(
    r"(?P<kind>[\u4e00-\u9fff]{2})(?:的)?第?(?P<item>\d{1,2})(?:条|项|个|点)?(?![\d.家亿万年月日号%])"
)
_COUNTED = re.compile(
    r"第(?P<item>\d{1,2}|[一二三四五六七八九十]{1,3})(?:条|项|个|点)(?P<kind>[\u4e00-\u9fff]{2})"
)


_PART = re.compile(r"第(?P<part>[一二三四五六七八九十]{1,2})(?:大?部分|大部|章)")
_ITEM = re.compile(r"第\s*(?P<item>\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:条|点)(?!之)")
_NUMERAL = "[一二三四五六七八九十百千零〇两]{1,7}"
ARTICLE = re.compile(rf"第\s*(?P<number>\d{{1,4}}|{_NUMERAL})\s*条(?:之(?P<sub>{_NUMERAL}))?")
_NUMBERING = re.compile(r"^\d+[.、.]\s*")
_SHORTEST_TITLE = 5
_SHORTEST_NAME = 2
_AI_PLUS = r"(?:人工智能|AI|ai)\s*[++加]\s*"
_AI = re.compile(f"^{_AI_PLUS}")
_THIS_FIELD = r"[这那](?:一|个|一个|块|一块|方面)?(?:应用|重点)?(?:场景|领域)"
_KIND = re.compile("(?<=..)(?:应用)?(?:场景|领域|行动|措施|部分|条款|条|项)$")


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
        has_words = place.clause.heading != place.clause.number and len(title) >= _SHORTEST_TITLE
        if place.clause.numbered and has_words and title in text:
            found.setdefault(place.clause_id, place)
    for place in _fields(text, ledger):
        found.setdefault(place.clause_id, place)
    for match in (*_NAMED.finditer(text), *_COUNTED.finditer(text)):
        value = value_of(match["item"])
        named = _under_heading(match["kind"], str(value), ledger) if value is not None else None
        if named is not None:
            found.setdefault(named.clause_id, named)
    for place in (*_articles(text, ledger), *_parts(text, ledger)):
        found.setdefault(place.clause_id, place)
    return tuple((found or _numbered(text, ledger)).values())


def _fields(text: str, ledger: Ledger) -> Iterator[Place]:
    """Yield the clauses of the form 人工智能+X that a question names, in its order: AI+教育, 教育这一场景."""
    if not (re.search(_AI_PLUS, text) or re.search(_THIS_FIELD, text)):
        return
    named: list[tuple[int, Place]] = []
    for place in ledger.places:
        other = _AI.match(title := _NUMBERING.sub("", place.clause.heading))
        field = re.escape(title[other.end() :]) if other and place.clause.numbered else ""
        if field and (match := re.search(f"{_AI_PLUS}{field}|{field}{_THIS_FIELD}", text)):
            named.append((match.start(), place))
    yield from (place for _, place in sorted(named, key=lambda one: one[0]))


def headed(name: str, ledger: Ledger) -> Place | None:
    """Return the numbered clause whose heading holds a name: 工业场景 is 人工智能+工业; None where none does.

    Of several the one with the shortest heading.
    """
    bare = _KIND.sub("", _AI.sub("", name))
    if len(bare) < _SHORTEST_NAME:
        return None
    fitting = [
        place
        for place in ledger.places
        if place.clause.numbered and bare in _NUMBERING.sub("", place.clause.heading)
    ]
    return min(fitting, key=lambda place: len(place.clause.heading), default=None)


def _parts(text: str, ledger: Ledger) -> Iterator[Place]:
    """Yield the chapters that a question names by their number: 第二部分."""
    for match in _PART.finditer(text):
        below = [place for place in ledger.places if place.clause.path.startswith(f"{match['part']}/")]
        whole = any(place.clause.numbered for place in below) or not below
        yield from (
            (place for place in ledger.places if place.clause.path == match["part"]) if whole else below
        )


def _numbered(text: str, ledger: Ledger) -> dict[str, Place]:
    """Return the clauses of a number where nothing says under which heading: 第11条, all that there are."""
    values = [value_of(match["item"]) for match in _ITEM.finditer(text)]
    wanted = {str(value) for value in values if value is not None}
    explained = ledger.explained
    found = {
        place.clause_id: place
        for place in ledger.places
        if place.document.document_id in explained and place.clause.numbered and place.clause.number in wanted
    }
    things = [thing for thing in things_of(text) if thing not in ATTRIBUTES | DOCUMENTS]
    about = {key: place for key, place in found.items() if any(one in place.clause.text for one in things)}
    return about if {one.clause.number for one in about.values()} == wanted else found


def _articles(text: str, ledger: Ledger) -> Iterator[Place]:
    """Yield the articles that a question names, however the number is written: 第23条 is 第二十三条.

    Of the documents that the question names; where it names none, only an article that no other document has.
    """
    wanted = {_article_key(match): match for match in ARTICLE.finditer(text)}
    for match in wanted.values():
        yield from places_named(text, match, ledger)


def places_named(text: str, article: re.Match[str], ledger: Ledger) -> Sequence[Place]:
    """Return the articles that a match of `ARTICLE` in a question means; see `_articles`."""
    key = _article_key(article)
    if key is None:
        return ()
    named = ledger.titles.find(text).documents
    at_hand = {document.document_id for document in ledger.documents}
    documents = [one for one in named if one.document_id in at_hand] or named or ledger.documents
    places = [place for document in documents for place in _places_of(document, key)]
    return places if named or len(places) == 1 else ()


def _places_of(document: Document, key: tuple[int, int]) -> Sequence[Place]:
    """Return the articles of a number in a document; those of annexes only where the text itself has none."""
    places = [
        Place(document=document, clause=clause)
        for clause in document.clauses
        if clause.numbered
        and (match := ARTICLE.fullmatch(clause.number or "")) is not None
        and _article_key(match) == key
    ]
    return [place for place in places if not place.clause.path.startswith("附")] or places


def _article_key(match: re.Match[str]) -> tuple[int, int] | None:
    """Return the number of an article and what stands behind 之, 0 without it: 第十条之一 is (10, 1)."""
    number = value_of(match["number"])
    sub = value_of(match["sub"]) if match["sub"] else 0
    return None if number is None or sub is None else (number, sub)


@lru_cache(4096)
def value_of(numeral: str) -> int | None:
    """Return the value of a numeral, or None where it is no number (十十十)."""
    try:
        return int(numeral) if numeral.isdecimal() else int(cn2an.cn2an(numeral.replace("〇", "零"), "smart"))
    except (ValueError, KeyError):  # KeyError is what cn2an says of 一十十
        return None


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
