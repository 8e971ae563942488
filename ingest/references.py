"""References of clauses to clauses (依照本办法第八条, 前款, 《某法》第十条), linked where the tree has it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ingest.annexes import LIST_PATH
from ingest.lines import Node
from ingest.numbering import parse_marker, path_segment
from ingest.numerals import NUMERAL, value_of
from ingest.widths import halve
from vectorstore.models import ClauseKind, ClauseReference
from vectorstore.parts import Part, lines_of

_NUMBER = rf"(?:{NUMERAL}|\d{{1,4}})"
_ITEM = rf"第?\s*[(\[]?\s*{_NUMBER}\s*[)\]]?\s*项(?!目)"
_PART = rf"(?:\s*第\s*{_NUMBER}\s*款)?(?:\s*{_ITEM})?(?:\s*第\s*{_NUMBER}\s*目)?"
_REFERENCE = re.compile(
    rf"(?P<numbered>第\s*(?P<number>{_NUMBER})\s*(?P<unit>分编|编|章|节|条)(?:之(?P<sub>{NUMERAL}))?){_PART}"
    rf"|(?P<previous>前(?P<count>[一两二三四五])?(?P<what>[条款]))(?:{_ITEM})?"
    rf"|本[条款](?:第\s*[(\[]?\s*{_NUMBER}\s*[)\]]?\s*[款项]){_PART}"
    r"|(?P<around>本(?:分编|编|章|节))(?!程)"
    rf"|(?P<annex>附[件表录图]\s*{_NUMBER}?)"
)
_PARTS = re.compile(rf"第?\s*[(\[]?\s*(?P<number>{_NUMBER})\s*[)\]]?\s*(?P<unit>[款目]|项(?!目))")
_NODE_NUMBER = re.compile(rf"第(?P<number>{_NUMBER})(?P<unit>分编|编|章|节|条)(?:之(?P<sub>{NUMERAL}))?$")
_KINDS = (
    "宪法|法典|法|条例|办法|规定|细则|规则|章程|意见|方案|通知|决定|解释|准则|标准|规程|规范|制度|指南|"
    "措施|政策|计划|纲要|修正案|公约|协定|通则"
)
_OWN = re.compile(rf"本(?:实施|暂行|若干)?(?P<kind>{_KINDS})(?:的)?\s*$")
_THAT = re.compile(rf"(?:该|上述|前述|原)(?:{_KINDS})(?:的)?\s*$")
_TITLE_END = re.compile(r"》(?:\([^()\n]{1,60}\))?(?:的)?\s*$")
_NAMED = re.compile(rf"(?P<name>[\u4e00-\u9fff]{{1,24}}(?:{_KINDS}))(?:的)?\s*$")
_BEFORE_NAME = re.compile(
    r".*(?:依照|按照|根据|依据|违反|适用|参照|符合|属于|触犯|构成|援引|执行|遵守|违背|和|以及|或者|认定为|认定|处理|将|^除|^对|^在|^按)"
)
_WELL_KNOWN = re.compile(r".*?((?:中华人民共和国)?(?:刑法|宪法|民法典|民法通则))$")
"""Laws that texts name without 《》 behind any words: 可以不认定为刑法第三百条."""
_NO_NAME = re.compile(rf"(?:有关|相关|法律|行政|地方性)*(?:{_KINDS}|法规)$")
_JOINED = re.compile(r"\s*(?:、|,|和|及|与|或|至|到|以及|或者|~|—|-|\s)*\s*$")
_AMENDING = re.compile(r"修正案|关于(?:修改|修订|修正|废止)|的(?:修改|修正)决定")
_SENTENCE_END = re.compile("[。;!?\\n]")
_PROSE = frozenset({ClauseKind.CLAUSE, ClauseKind.PARAGRAPH, ClauseKind.ROW})
_REACH = 120


@dataclass(frozen=True)
class _Owner:
    """Whose clause is meant: another document by title, or this one (None).

    Attributes:
        title: title of the other document, or None.
        is_main: the document itself is meant, not the annex that says so.
        is_bare: nothing says whose, so this document's.
    """

    title: str | None = None
    is_main: bool = False
    is_bare: bool = False


@dataclass(frozen=True)
class _Key:
    """A clause number: where it is counted (an annex or ''), unit, value, and value behind 之 (0 if none)."""

    root: str
    unit: str
    value: int
    sub: int


@dataclass
class ReferenceFinder:
    """Finds the references in the clauses of one document."""

    title: str | None
    _paths: dict[_Key, list[str]] = field(default_factory=dict)
    _order: dict[str, list[str]] = field(default_factory=dict)
    """The articles of the document and of each annex, in order."""
    _all: set[str] = field(default_factory=set)

    @classmethod
    def over(cls, nodes: Sequence[Node], title: str | None) -> ReferenceFinder:
        """Return the finder for the nodes of a document."""
        finder = cls(title)
        for node in nodes:
            finder._all.add(node.path)
            found = _NODE_NUMBER.match(halve(node.number or ""))
            key = _key(found, _root(node.path)) if found else None
            if key is not None:
                finder._paths.setdefault(key, []).append(node.path)
                if key.unit == "条":
                    finder._order.setdefault(key.root, []).append(node.path)
        return finder

    def find(self, node: Node, text: str) -> tuple[ClauseReference, ...]:
        """Return the references in the text of a node, in order; spans are document offsets.

        A number without a title means this document, but in a text that amends another it means that one,
        and is left out.
        """
        if node.kind not in _PROSE or not any(mark in text for mark in "第前本附"):
            return ()
        return tuple(self._references(node, text, halve(text)))

    def _references(self, node: Node, text: str, half: str) -> Iterator[ClauseReference]:
        begin = _behind_mark(half, node.number)
        last_end, owner = -1, None
        for found in _REFERENCE.finditer(half, begin):
            if found.group("numbered") is None:
                part = self._part_before(node, half, found) or _part(found.group())
                for path in self._relative(node, half, found):
                    yield _reference(node, text, found.span(), None, path, part)
                continue
            is_joined = last_end >= 0 and _JOINED.match(half, last_end, found.start()) is not None
            if not is_joined:
                same_sentence = last_end >= 0 and not _SENTENCE_END.search(half, last_end, found.start())
                said = self._owner(text, half, max(begin, found.start() - _REACH), found.start())
                if said is not None and said.is_bare and same_sentence and (owner is None or owner.title):
                    said = None  # 合同法第五十五条规定的“1年”、第七十五条: whose, the sentence leaves open
                owner = said
            last_end = found.end()
            path = self._path(node, found, owner) if owner is not None and owner.title is None else None
            if owner is None or (owner.is_bare and path is None):
                continue
            start = found.start() if is_joined else _start_of_own(half, begin, found.start())
            yield _reference(node, text, (start, found.end()), owner.title, path, _part(found.group()))

    def _owner(self, text: str, half: str, start: int, end: int) -> _Owner | None:
        """Return whose number follows the text from `start` to `end`; None where that is not said."""
        before = half[start:end]
        if own := _OWN.search(before):
            is_main = self._name.endswith(own.group("kind"))
            return _Owner(is_main=is_main) if is_main or not self._amends else None
        opening = _opening(before)
        if opening is not None:
            title = text[start + opening + 1 : start + before.rindex("》")]
            return _Owner(None if title == self.title else title)
        if _THAT.search(before):
            return None
        if named := _NAMED.search(before):
            name = _BEFORE_NAME.sub("", _WELL_KNOWN.sub(r"\1", named.group("name")))
            return None if len(name) < 2 or _NO_NAME.match(name) else _Owner(name)
        return None if self._amends else _Owner(is_bare=True)

    @cached_property
    def _name(self) -> str:
        """Return the title without (试行) and the like behind it."""
        return re.sub(r"(?:\([^()]*\))+$", "", halve(self.title or ""))

    @cached_property
    def _amends(self) -> bool:
        return self.title is not None and _AMENDING.search(self.title) is not None

    def _path(self, node: Node, found: re.Match[str], owner: _Owner) -> str | None:
        """Return the path of a number: counted in the node's own annex, else in the document."""
        roots = ("", _root(node.path)) if owner.is_main else (_root(node.path), "")
        for root in dict.fromkeys(roots):
            key = _key(found, root)
            paths = self._paths.get(key, []) if key else []
            if paths:
                near = [path for path in paths if path.rpartition("/")[0] in _parents(node.path)]
                return paths[0] if len(paths) == 1 else near[0] if len(near) == 1 else None
        return None

    def _relative(self, node: Node, half: str, found: re.Match[str]) -> Iterator[str | None]:
        """Yield the paths that 前条, 前款, 本条第二款, 本章, 附件1 mean for a node."""
        if annex := found.group("annex"):
            path = path_segment(annex)
            yield from (path,) if path in self._all and not node.path.startswith(LIST_PATH) else ()
        elif around := found.group("around"):
            unit = around.removeprefix("本")
            yield next((path for path in _parents(node.path) if path.endswith(unit)), None)
        elif found.group("previous") is None:
            yield node.path
        elif found.group("what") == "条":
            yield from self._earlier(node.path, value_of(found.group("count") or "一") or 1)
        else:
            yield self._earlier_paragraph(node, half, found.start())

    def _part_before(self, node: Node, half: str, found: re.Match[str]) -> Part | None:
        """Return which part 前款 or 前款第二项 means, where that stands in the node itself."""
        if found.group("what") != "款" or value_of(found.group("count") or "一") != 1:
            return None
        if self._earlier_paragraph(node, half, found.start()) != node.path:
            return None
        here = next((one.part for one in lines_of(half) if one.start <= found.start() < one.end), Part())
        named = _part(found.group())
        return Part(here.paragraph - 1, named.item, named.point) if here.paragraph > 1 else Part()

    def _earlier(self, path: str, count: int) -> Sequence[str | None]:
        order = self._order.get(_root(path), [])
        at = order.index(path) if path in order else 0
        return order[max(0, at - count) : at] or (None,)

    def _earlier_paragraph(self, node: Node, half: str, position: int) -> str | None:
        """Return where the paragraph before stands: in the same article, or in the node before."""
        line = half.rfind("\n", 0, position)
        if line >= 0 and half[:line].strip():
            return node.path
        head, _, last = node.path.rpartition("/")
        number = value_of(last.removeprefix("第").removesuffix("段")) if last.endswith("段") else None
        before = f"{head}/第{number - 1}段" if number else ""
        return before if before in self._all else None


def _root(path: str) -> str:
    """Return the annex that a path stands in, '' for the document itself."""
    first = path.partition("/")[0]
    return first if first.startswith("附") and not first.startswith("附则") else ""


def _parents(path: str) -> list[str]:
    """Return the paths around a path, the nearest first."""
    parts = path.split("/")
    return ["/".join(parts[:length]) for length in range(len(parts) - 1, 0, -1)]


def _key(found: re.Match[str], root: str) -> _Key | None:
    value = value_of(found.group("number"))
    sub = value_of(found.group("sub")) if found.group("sub") else 0
    return None if value is None or sub is None else _Key(root, found.group("unit"), value, sub)


def _behind_mark(half: str, number: str | None) -> int:
    """Return the offset behind the number that the text itself starts with; no blank need follow it."""
    first = half.split("\n", 1)[0]
    blank = len(first) - len(first.lstrip())
    marker = parse_marker(first.strip())
    if marker is None and number and first.startswith(number, blank):
        return blank + len(number)
    return blank + marker.length if marker else 0


def _start_of_own(half: str, begin: int, start: int) -> int:
    """Return where the words 本办法 or 《某法》 before a number begin, else the number's own start."""
    before = half[max(begin, start - _REACH) : start]
    own = _OWN.search(before)
    opening = own.start() if own else _opening(before)
    return start if opening is None else start - len(before) + opening


def _opening(before: str) -> int | None:
    """Return where the 《 of the title stands that a text ends with; titles may hold titles."""
    end = _TITLE_END.search(before)
    depth = 0
    for index in range(end.start() if end else -1, -1, -1):
        depth += (before[index] == "》") - (before[index] == "《")
        if depth == 0:
            return index
    return None


def _part(said: str) -> Part:
    """Return which part of a clause a reference names: 第二款第(一)项."""
    numbers = {found.group("unit"): value_of(found.group("number")) for found in _PARTS.finditer(said)}
    return Part(*(numbers.get(unit) or 0 for unit in "款项目"))


def _reference(
    node: Node, text: str, span: tuple[int, int], title: str | None, path: str | None, part: Part
) -> ClauseReference:
    start, end = span
    return ClauseReference(
        start=node.start + start,
        end=node.start + end,
        title=title,
        path=path,
        text=text[start:end],
        paragraph=part.paragraph,
        item=part.item,
        point=part.point,
    )
