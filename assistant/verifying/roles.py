"""Units of government in free sentences: who is named, who leads, who stands where, which list is whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.lexicon import UnitAliases
from assistant.verifying.book import Book, Page
from assistant.verifying.quantities import find_quantities
from assistant.verifying.rejection import Rejection

_HAN = "\u4e00-\u9fff"
_UNKNOWN_UNIT = re.compile(
    f"[{_HAN}]{{2}}(?:(?<![格布结大全开])局|厅|委员会|管委会|办公室|集团|(?<=[区县市])政府)"
    f"|[市省][{_HAN}]{{1,4}}[委办](?=负责|牵头|、|,|。|等|和|为|是|列|$)"
)
_SEGMENT = re.compile("[^,,。;;!?\n]+")
_LEADING = re.compile("牵头|主管|主办|主责|主导|主抓|总负责|主要负责|首要责任|第一责任|打头|领头")
_FIRST = re.compile("(?:列|排|位居|居|处)(?:名|在|于)?(?:第一|首位|首|第1)|首位|首个列出")
_PLACE = re.compile(
    "(?:列|排|位列|居)?(?:名|在|于)?第(?P<rank>[0-9]+|[一二三四五六七八九十]+)(?:位|名|顺位|个)"
    "|(?:列|排|位列|居)(?:名|在|于)?第(?P<bare>[0-9]+|[二三四五六七八九十]+)"
)
_WHOLE_LIST = re.compile("责任单位(?:依次|分别|共|一共|还有|也有|还|也)*(?:是|为|:|:)")
_REST = re.compile("还有|也有|同列|其他|其余|另外")
_PART_LIST = re.compile("责任单位(?:包括|有|含|里有|中有)")
_IN_CHARGE = re.compile("负责|承担|主持|统筹")
_OPEN_END = re.compile("等")
_SHORTEST_ALIAS = 3


@dataclass(frozen=True)
class Mention:
    """A unit in a sentence."""

    name: str
    surface: str
    start: int


class Roles:
    """Holds what sentences say of units against the lists of the clauses."""

    def __init__(self, book: Book, aliases: Iterable[UnitAliases]) -> None:
        self._aliases: dict[str, tuple[str, ...]] = {name: (name,) for name in book.unit_names}
        for entry in aliases:
            fit = tuple(one for one in entry.aliases if len(one) >= _SHORTEST_ALIAS)
            self._aliases[entry.name] = (entry.name, *fit)
        self._by_surface = {
            surface: name for name, surfaces in self._aliases.items() for surface in surfaces
        } | {name: name for name in self._aliases}
        longest_first = sorted(self._by_surface, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Return the units named, the longest name at every place."""
        found = self._pattern.finditer(text) if self._pattern else ()
        return tuple(Mention(self._by_surface[one.group()], one.group(), one.start()) for one in found)

    def check(self, text: str, pages: Sequence[Page]) -> Rejection | None:
        """Return why what a sentence says of units does not hold, or None."""
        mentions = self.mentions(text)
        for mention in mentions:
            if not any(self._is_held(mention, page) for page in pages):
                return Rejection(reason="unit", detail=mention.surface)
        left = self._pattern.sub("\0", text) if self._pattern else text
        for unknown in _UNKNOWN_UNIT.findall(left):
            if not any(unknown in page.plain for page in pages):
                return Rejection(reason="unit", detail=unknown)
        return self._check_list(text, pages) or self._check_segments(text, pages)

    def _is_held(self, mention: Mention, page: Page) -> bool:
        included = {name for unit in page.clause.units for name in unit.includes}
        if mention.name in page.names or mention.surface in included:
            return True
        return any(surface in page.plain for surface in self._aliases.get(mention.name, (mention.surface,)))

    def _check_list(self, text: str, pages: Sequence[Page]) -> Rejection | None:
        """A list said to be that of the responsible units is whole and in order."""
        whole, part = _WHOLE_LIST.search(text), _PART_LIST.search(text)
        found = whole or part
        if not found:
            return None
        rest = re.split("[。;!?]", text[found.end() :])[0]
        named = [mention.name for mention in self.mentions(rest)]
        is_one_place = bool(_FIRST.search(text[: found.end()]) or _PLACE.search(text[: found.end()]))
        is_verbatim = rest.endswith(")") and any(found.group() + rest in page.plain for page in pages)
        if is_one_place or is_verbatim or not named:
            return None
        is_open = not whole or bool(_OPEN_END.search(rest))
        first = 1 if _REST.search(text) else 0

        def fits(page: Page) -> bool:
            return _in_order(named, page) if is_open else named == list(page.names[first:])

        if any(fits(page) for page in pages):
            return None
        return Rejection(reason="list", detail="、".join(named))

    def _check_segments(self, text: str, pages: Sequence[Page]) -> Rejection | None:
        for match in _SEGMENT.finditer(text):
            segment = match.group()
            if any(segment in page.plain for page in pages):
                continue
            rejection = self._check_segment(segment, pages)
            if rejection:
                return rejection
        return None

    def _check_segment(self, segment: str, pages: Sequence[Page]) -> Rejection | None:
        mentions = self.mentions(segment)
        leading = _LEADING.search(segment)
        if leading and (mentions or not any(leading.group() in page.plain for page in pages)):
            return Rejection(reason="lead", detail=segment)
        if _FIRST.search(segment) and not any(_are_lead(mentions, page) for page in pages):
            return Rejection(reason="lead", detail=segment)
        for place in _PLACE.finditer(segment):
            before = [mention for mention in mentions if mention.start < place.start()] or list(mentions)
            rank = place["rank"] or place["bare"]
            if not before or not any(_is_at(before[-1].name, rank, page) for page in pages):
                return Rejection(reason="rank", detail=segment)
        in_charge = _IN_CHARGE.search(segment) and mentions and any(page.names for page in pages)
        if in_charge and not any(page.names and page.names[0] == mentions[0].name for page in pages):
            return Rejection(reason="lead", detail=segment)
        return None


def places_said(text: str) -> tuple[tuple[int, int], ...]:
    """Return where a sentence says in which place of a list something stands."""
    return tuple(match.span() for match in _PLACE.finditer(text))


def _in_order(named: Sequence[str], page: Page) -> bool:
    return [name for name in page.names if name in named] == list(named)


def _are_lead(mentions: Sequence[Mention], page: Page) -> bool:
    return bool(page.names and mentions) and all(mention.name == page.names[0] for mention in mentions)


def _is_at(name: str, rank: str, page: Page) -> bool:
    number = next(find_quantities(f"{rank}位"), None)
    value = 1 if rank == "一" else (number.value if number else None)
    return name in page.names and page.names.index(name) + 1 == value
