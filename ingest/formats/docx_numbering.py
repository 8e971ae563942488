"""The numbers that Word writes before paragraphs by itself: they stand in no text of the file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ingest.formats.number_forms import written

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_ARTICLE = re.compile(r"[编篇章节条\d]$")
_DEEPEST_STYLE = 12
_BULLETS = str.maketrans(
    {"\uf06c": "●", "\uf06e": "■", "\uf0b7": "•", "\uf0d8": "◆", "\uf075": "◆", "\uf0fc": "√"}
)


@dataclass(frozen=True)
class _Level:
    form: str
    text: str
    start: int
    suffix: str
    legal: bool
    restart: int | None
    style: str | None


@dataclass(frozen=True)
class _Place:
    number: str
    level: int


@dataclass
class Numbering:
    """Counts the numbered paragraphs of a document in order and says each one's number."""

    _levels: Mapping[str, Mapping[int, _Level]]
    _styles: Mapping[str, _Place]
    """Number and level that a paragraph style gives, by style."""
    _abstract: Mapping[str, str]
    _counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, document: Any) -> Numbering:
        """Return the numbering of an open document of python-docx; empty where it has none."""
        part = next(
            (
                relation.target_part
                for relation in document.part.rels.values()
                if relation.reltype.endswith("/numbering") and not relation.is_external
            ),
            None,
        )
        root = getattr(part, "element", None)
        if root is None:
            return cls({}, {}, {})
        abstract = {one.get(f"{_W}abstractNumId"): _read_levels(one) for one in root.iter(f"{_W}abstractNum")}
        levels: dict[str, dict[int, _Level]] = {}
        parents: dict[str, str] = {}
        for number in root.iter(f"{_W}num"):
            key = number.get(f"{_W}numId", "")
            parents[key] = _value(number.find(f"{_W}abstractNumId")) or ""
            levels[key] = {
                **abstract.get(parents[key], {}),
                **_overridden(number, abstract.get(parents[key], {})),
            }
            if number.find(f"{_W}lvlOverride") is not None:
                parents[key] = f"num {key}"  # counts for itself
        return cls(levels, _style_numbers(document, levels), parents)

    def number_of(self, paragraph: Any) -> str:
        """Return the number that Word shows before a paragraph, with the blank behind it; '' for none.

        Each call counts on: it is made once for every paragraph, in order.
        """
        found = self._place(paragraph)
        if found is None:
            return ""
        key, index = found.number, found.level
        level = self._levels.get(key, {}).get(index)
        if level is None or level.form == "none":
            return ""
        counts = self._counts[self._abstract.get(key, key)]
        counts[index] = counts[index] + 1 if index in counts else level.start
        for deeper in [one for one in counts if one > index]:
            if self._starts_again(key, deeper, index):
                del counts[deeper]
        return self._shown(key, level, counts)

    def _place(self, paragraph: Any) -> _Place | None:
        """Return the number and level that a paragraph, or its style, is given."""
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        given = self._styles.get(_value(style) or "")
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        if own is None:
            return given
        key = _value(own.find(f"{_W}numId")) or (given.number if given else "0")
        index = _whole(own.find(f"{_W}ilvl"), given.level if given else 0)
        return _Place(key, index) if key != "0" and 0 <= index < _LEVELS else None

    def _starts_again(self, key: str, deeper: int, index: int) -> bool:
        level = self._levels.get(key, {}).get(deeper)
        return level is None or level.restart is None or (level.restart != 0 and index < level.restart)

    def _shown(self, key: str, level: _Level, counts: Mapping[int, int]) -> str:
        def one(match: re.Match[str]) -> str:
            index = int(match.group(1)) - 1
            other = self._levels.get(key, {}).get(index)
            if other is None:
                return ""
            form = "decimal" if level.legal else other.form
            return written(counts.get(index, other.start), form)

        if level.form == "bullet":
            mark = level.text.translate(_BULLETS)
            return f"{mark} " if mark and mark.isprintable() and not "\ue000" <= mark[0] <= "\uf8ff" else "• "
        shown = re.sub(r"%([1-9])", one, level.text)
        return f"{shown} " if level.suffix == "space" or _ARTICLE.search(shown) else shown


def _value(element: Any) -> str | None:
    return element.get(f"{_W}val") if element is not None else None


def _whole(element: Any, otherwise: int) -> int:
    value = _value(element)
    return (
        int(value)
        if value is not None and value.isascii() and value.isdigit() and len(value) < 7
        else otherwise
    )


def _read_levels(abstract: Any) -> dict[int, _Level]:
    levels = {}
    for one in abstract.findall(f"{_W}lvl"):
        index = one.get(f"{_W}ilvl", "")
        if index.isdigit() and int(index) < _LEVELS:
            levels[int(index)] = _level(one)
    return levels


def _level(one: Any) -> _Level:
    legal = one.find(f"{_W}isLgl")
    restart = one.find(f"{_W}lvlRestart")
    return _Level(
        form=_value(one.find(f"{_W}numFmt")) or "decimal",
        text=_value(one.find(f"{_W}lvlText")) or "",
        start=_whole(one.find(f"{_W}start"), 1),
        suffix=_value(one.find(f"{_W}suff")) or "tab",
        legal=legal is not None and _value(legal) not in ("0", "false"),
        restart=None if restart is None else _whole(restart, 0),
        style=_value(one.find(f"{_W}pStyle")),
    )


def _overridden(number: Any, levels: Mapping[int, _Level]) -> dict[int, _Level]:
    """Return the levels that a number changes: another start, or another form altogether."""
    changed = {}
    for one in number.findall(f"{_W}lvlOverride"):
        index = one.get(f"{_W}ilvl", "")
        if not index.isdigit() or int(index) >= _LEVELS:
            continue
        whole = one.find(f"{_W}lvl")
        level = _level(whole) if whole is not None else levels.get(int(index))
        start = one.find(f"{_W}startOverride")
        if level is not None:
            begin = _whole(start, level.start) if start is not None else level.start
            changed[int(index)] = replace(level, start=begin)
    return changed


def _style_numbers(document: Any, levels: Mapping[str, Mapping[int, _Level]]) -> dict[str, _Place]:
    """Return the number and level that each paragraph style gives, by itself or by the one it is based on."""
    styles = {style.get(f"{_W}styleId", ""): style for style in document.styles.element.iter(f"{_W}style")}
    found = {}
    for name, style in styles.items():
        at = style
        for _ in range(_DEEPEST_STYLE):
            numbered = at.find(f"{_W}pPr/{_W}numPr")
            key = _value(numbered.find(f"{_W}numId")) if numbered is not None else None
            if key is not None:
                linked = (level for level, one in levels.get(key, {}).items() if one.style == name)
                if key != "0":
                    found[name] = _Place(key, next(linked, _whole(numbered.find(f"{_W}ilvl"), 0)))
                break
            parent = styles.get(_value(at.find(f"{_W}basedOn")) or "")
            if parent is None:
                break
            at = parent
    return found
