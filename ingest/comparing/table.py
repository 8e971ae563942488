"""A comparison as the command line prints it: counts, then one row a clause that differs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from ingest.comparing.models import Change, ClauseChange, DocumentDiff, DocumentSide, Op, Segment, ValueChange
from ingest.comparing.wording import readable

CHANGE_NAMES = {
    Change.UNCHANGED: "未变",
    Change.RENUMBERED: "编号变",
    Change.CHANGED: "修改",
    Change.ADDED: "新增",
    Change.REMOVED: "删除",
}
_STYLES = {
    Change.CHANGED: "yellow",
    Change.ADDED: "green",
    Change.REMOVED: "red",
    Change.RENUMBERED: "cyan",
    Change.UNCHANGED: "dim",
}
_MARKS = re.compile(r"(?m)^#+\s*|<!--.*?-->")
_BLANK = re.compile(r"\n\s*\n")
_KEEP = 14
"""Characters of unchanged text that stay on either side of a change."""
_WHOLE = 120
"""Characters at most of a clause that was added or removed."""


def diff_head(diff: DocumentDiff) -> Iterator[Text]:
    """Yield the lines above the table: both documents, counts, legend."""
    yield Text("旧:" + describe(diff.before))
    yield Text("新:" + describe(diff.after))
    yield Text(counts_line(diff), style="bold")
    yield Text("[-删去的字-] {+加上的字+};只差空格或全角半角的不算改动。", style="dim")


def diff_table(diff: DocumentDiff) -> Table:
    """Return the rows that differ as a table."""
    table = Table(show_lines=True)
    table.add_column("变化", no_wrap=True)
    for heading in ("旧条款", "新条款"):
        table.add_column(heading, overflow="fold", ratio=2)
    table.add_column("改了什么", overflow="fold", ratio=8)
    table.add_column("数值、日期、单位", overflow="fold", ratio=3)
    for row in diff.rows:
        if row.is_shown:
            paths = (side.path if side else "" for side in (row.before, row.after))
            name = Text(change_name(row), style=_STYLES[row.change])
            table.add_row(name, *map(Text, paths), _words(row), Text("\n".join(map(value_line, row.values))))
    return table


def describe(side: DocumentSide) -> str:
    """Return one line on a document: title, number, version, status with its basis."""
    version = f",{side.version}的文字" if side.version else ""
    effective = f",{side.effective}起施行" if side.effective else ""
    number = f"({side.number})" if side.number else ""
    return f"{side.title}{number}{version}{effective};{side.status}({side.status_basis})"


def counts_line(diff: DocumentDiff) -> str:
    """Return the counts in words."""
    counts = diff.counts
    return (
        f"修改 {counts.changed} 条,新增 {counts.added} 条,删除 {counts.removed} 条,"
        f"仅编号或章节变 {counts.renumbered} 条,未变 {counts.unchanged} 条;其中移动了位置 {counts.moved} 条。"
    )


def change_name(row: ClauseChange) -> str:
    """Return what became of a clause in words."""
    name = CHANGE_NAMES[row.change]
    if not row.is_moved:
        return name
    return "移动" if row.change is Change.UNCHANGED else f"{name}、移动"


def value_line(value: ValueChange) -> str:
    """Return a changed value in words, e.g. 日期:2020年9月1日 → 2025年6月1日."""
    label = f"{value.kind.value}:{value.label} " if value.label else f"{value.kind.value}:"
    if value.before is None:
        return f"{label}增加 {value.after}"
    if value.after is None:
        return f"{label}不再有 {value.before}"
    return f"{label}{value.before} → {value.after}"


def shown_segments(row: ClauseChange) -> tuple[Segment, ...]:
    """Return the segments of a row for a reader, without the source's marks and blank lines."""
    texts = [_BLANK.sub("\n", _MARKS.sub("", one.text)) for one in readable(row.segments)]
    if texts:
        texts[0], texts[-1] = texts[0].lstrip(), texts[-1].rstrip() if len(texts) > 1 else texts[0].strip()
    pairs = zip(readable(row.segments), texts, strict=True)
    return tuple(Segment(op=one.op, text=text) for one, text in pairs if text)


def _words(row: ClauseChange) -> Text:
    if row.change in (Change.UNCHANGED, Change.RENUMBERED):
        side = row.after or row.before
        return Text(side.heading_path if side else "", style="dim")
    if row.change is Change.CHANGED:
        return _marked(shown_segments(row))
    text = " ".join(_MARKS.sub("", "".join(segment.text for segment in row.segments)).split())
    cut = text[:_WHOLE] + ("…" if len(text) > _WHOLE else "")
    return _marked([Segment(op=row.segments[0].op, text=cut)] if cut else [])


def _marked(segments: Sequence[Segment]) -> Text:
    text = Text()
    for index, segment in enumerate(segments):
        plain = segment.text.strip("\n") if segment.op is not Op.EQUAL else segment.text
        if segment.op is Op.DELETE:
            text.append(f"[-{plain}-]", style="red strike")
        elif segment.op is Op.INSERT:
            text.append(f"{{+{plain}+}}", style="green")
        else:
            text.append(_cut(plain, is_first=index == 0, is_last=index == len(segments) - 1))
    return text


def _cut(text: str, *, is_first: bool, is_last: bool) -> str:
    """Return unchanged text with its middle left out; at the ends only what adjoins a change is kept."""
    flat = " ".join(text.split())
    if len(flat) <= 2 * _KEEP + 1:
        return flat
    head = flat[:_KEEP]
    tail = "" if is_last else flat[-_KEEP:]
    return f"{head}…{tail}" if not is_first else f"{flat[: _KEEP // 2]}…{tail}"
