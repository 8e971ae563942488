"""A comparison as one HTML page: no script, nothing fetched, every word of a document escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from ingest.comparing.models import DocumentDiff, Op
from ingest.comparing.table import change_name, counts_line, shown_segments, value_line

_FOLDER = Path(__file__).parent
_TEMPLATE = "diff.html.j2"


def diff_page(diff: DocumentDiff) -> str:
    """Return the page."""
    shown = [row for row in diff.rows if row.is_shown]
    same = [row for row in diff.rows if not row.is_shown]
    return _template().render(diff=diff, shown=shown, same=same, Op=Op)


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters |= {
        "change_name": change_name,
        "counts_line": counts_line,
        "value_line": value_line,
        "shown": shown_segments,
    }
    return environment.get_template(_TEMPLATE)
