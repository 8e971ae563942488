"""The comparison as tables, one a kind of thing; in the chat every row with its source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.support.matches import Row
from prompts.loader import Messages

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#])")
COLUMNS = ("place", "topic", "target", "base", "rate", "cap", "excludes", "year", "standing")
_CITED = COLUMNS.index("topic")


def escaped(text: str) -> str:
    """Return a text of people or documents so that Markdown shows it as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def cells(row: Row) -> tuple[str, ...]:
    """Return the cells of a row in the order of the columns."""
    return tuple(str(getattr(row, name)) for name in COLUMNS)


def by_kind(rows: Sequence[Row]) -> Mapping[str, tuple[Row, ...]]:
    """Return the rows of each kind of thing, in their order."""
    kinds = dict.fromkeys(row.kind for row in rows)
    return {kind: tuple(row for row in rows if row.kind == kind) for kind in kinds}


def lines(rows: Sequence[Row], say: Messages, markers: Mapping[str, int] | None = None) -> list[str]:
    """Return the lines of one Markdown table; with markers each row cites where it stands."""
    found = [
        "| " + " | ".join(say(f"column.{name}") for name in COLUMNS) + " |",
        "|" + " --- |" * len(COLUMNS),
    ]
    for row in rows:
        shown = [escaped(cell) for cell in cells(row)]
        marker = (markers or {}).get(row.clause_id or "")
        if marker is not None:
            shown[_CITED] += f"[{marker}]"
        found.append("| " + " | ".join(shown) + " |")
    return found


def chat_tables(rows: Sequence[Row], markers: Mapping[str, int], say: Messages) -> list[str]:
    """Return a paragraph a kind: its name and its table."""
    return [
        f"**{escaped(kind)}**\n\n" + "\n".join(lines(own, say, markers))
        for kind, own in by_kind(rows).items()
    ]
