"""What the command line prints: tables for people, JSON for programs (its formats are a contract)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date

from pydantic import Field
from rich.table import Table
from rich.text import Text

from ingest import messages
from ingest.standing_view import standing_lines
from vectorstore.models import ClauseReference, Document, DocumentChange, Record
from vectorstore.parts import Part, find_part
from vectorstore.protocols import Catalog
from vectorstore.standing import StandingBook, StandingOn

MOST_ROWS = 40
"""Most documents that the result of an ingest lists one by one."""


class DocumentLine(Record):
    """One document as `list --json` gives it."""

    document_id: str
    title: str
    status: str = Field(description="效力 on the day of the listing, the other documents considered")
    status_said: str = Field(description="as the document or its page says, on no day in particular")
    standing: str = Field(description="the same as `status`")
    standing_basis: str
    standing_inferred: bool = Field(description="true: 推定, no word of a document or page")
    superseded_by: str | None = Field(description="id of the version to read on that day")
    effective: str | None = Field(description="施行日期, ISO")
    expires: str | None = Field(description="last day on which it holds, ISO")
    clauses: int = Field(description="nodes of the clause tree, as `show --json` lists them")
    numbered_clauses: int = Field(description="of these, numbered clauses")
    chunks: int = Field(description="chunks in the index")
    issuer: str | None
    number: str | None
    level: str | None
    region: str | None
    published: str | None
    comment_deadline: str | None
    source_name: str
    digest: str
    flags: tuple[str, ...] = Field(description="what a person should check")


def document_lines(catalog: Catalog, day: date) -> tuple[DocumentLine, ...]:
    """Return one line a document, ordered by id, with how it stands on a day."""
    documents = catalog.documents()
    book = StandingBook(documents)
    return tuple(
        _line(document, book.on(document.document_id, day), len(catalog.chunks(document.document_id)))
        for document in documents
    )


def _line(document: Document, on: StandingOn, chunks: int) -> DocumentLine:
    return DocumentLine(
        document_id=document.document_id,
        title=document.title,
        status=on.standing.value,
        status_said=document.status,
        standing=on.standing.value,
        standing_basis=on.basis,
        standing_inferred=on.inferred,
        superseded_by=on.superseded_by,
        effective=document.validity.dates.effective,
        expires=document.validity.dates.expires,
        clauses=len(document.clauses),
        numbered_clauses=sum(clause.numbered for clause in document.clauses),
        chunks=chunks,
        issuer=document.issuer,
        number=document.number,
        level=document.level,
        region=document.region,
        published=document.published,
        comment_deadline=document.comment_deadline,
        source_name=document.source_name,
        digest=document.digest,
        flags=document.flags,
    )


def lines_json(lines: Sequence[DocumentLine]) -> str:
    """Return the array that `list --json` prints."""
    return json.dumps([line.model_dump(mode="json") for line in lines], ensure_ascii=False, indent=2)


def document_json(document: Document, on: StandingOn, day: date) -> str:
    """Return the object that `show --json` prints: `status` of the day, `status_said` of the document."""
    reckoned = {
        "status": on.standing.value,
        "status_basis": on.basis,
        "status_said": document.status,
        "status_said_basis": document.status_basis,
    }
    standing = {"day": day.isoformat(), **on.model_dump(mode="json")}
    shown = {**document.model_dump(mode="json"), **reckoned, "standing": standing}
    return json.dumps(shown, ensure_ascii=False, indent=2)


def is_unchanged(change: DocumentChange) -> bool:
    """Whether an ingest left a document as it was."""
    return not (change.added or change.changed or change.removed or change.embedded)


def change_table(changes: Sequence[DocumentChange], seconds: float) -> Table:
    """Return the table that `add` prints; the last column is the time of the whole run.

    Of many documents the first changed ones have a row each, and all together one.
    """
    table = Table(title="入库结果", title_justify="left")
    table.add_column("文档", overflow="fold")
    for heading in ("条款", "片段", "新增", "变更", "未变", "移除", "用时(秒)"):
        table.add_column(heading, justify="right")
    many = len(changes) > MOST_ROWS
    listed = [change for change in changes if not (many and is_unchanged(change))]
    for change in listed[:MOST_ROWS]:
        table.add_row(Text(change.document_id), *_counts([change]), f"{seconds:.1f}")
    if len(listed) > MOST_ROWS:
        table.add_row(Text(messages.MORE.format(count=len(listed) - MOST_ROWS)))
    if many:
        table.add_row(
            Text(messages.TOTAL.format(count=len(changes))), *_counts(changes), f"{seconds:.1f}", style="bold"
        )
    return table


def _counts(changes: Sequence[DocumentChange]) -> tuple[str, ...]:
    columns = ("clauses", "chunks", "added", "changed", "unchanged", "removed")
    return tuple(str(sum(getattr(change, column) for change in changes)) for column in columns)


def list_table(lines: Sequence[DocumentLine]) -> Table:
    """Return the table that `list` prints."""
    table = Table(title=f"共 {len(lines)} 份文档", title_justify="left")
    for heading in ("文档编号", "标题", "今日效力", "施行"):
        table.add_column(heading, overflow="fold")
    for heading in ("条款", "片段"):
        table.add_column(heading, justify="right")
    for line in lines:
        standing = line.standing + ("(推定)" if line.standing_inferred else "")
        standing += "\n有待核对" if line.flags else ""
        row = (line.document_id, line.title, standing, line.effective or "")
        table.add_row(*map(Text, (*row, str(line.clauses), str(line.chunks))))
    return table


def document_text(document: Document, on: StandingOn, day: date) -> Iterator[Text]:
    """Yield the lines that `show` prints: head, standing, facts, then each clause with its annotations."""
    yield Text(document.title, style="bold")
    yield Text(f"编号 {document.document_id}")
    yield from standing_lines(document, on, day)
    if document.status != on.standing:
        yield Text(f"(文件或网页自己标的是 {document.status}:{document.status_basis};以上面的效力为准)")
    for fact in document.facts:
        yield Text(f"{fact.kind.value}  {fact.value}  [{fact.path}]")
    for clause in document.clauses:
        yield Text("")
        yield Text(f"{clause.path}  {clause.heading_path}", style="bold cyan")
        yield Text(clause.text.strip())
        if clause.units:
            yield Text("责任单位:" + "、".join(unit.name for unit in clause.units), style="dim")
        for target in clause.targets:
            due = f"({target.due})" if target.due else ""
            yield Text(f"指标:{target.indicator} {target.value_text}{due}", style="dim")
        if clause.instruments:
            names = dict.fromkeys(instrument.name for instrument in clause.instruments)
            yield Text("政策工具:" + "、".join(names), style="dim")
        if clause.references:
            said = (_referred(one, document) for one in clause.references)
            yield Text("引用:" + "、".join(said), style="dim")
        if clause.gloss:
            yield Text("通俗说:" + clause.gloss, style="dim")


def _referred(reference: ClauseReference, document: Document) -> str:
    """Return a reference with where it leads, and the words of the 款 or 项 that it names."""
    said = f"{reference.text}→{reference.path or reference.title or '?'}"
    part = Part(reference.paragraph, reference.item, reference.point)
    clause = next((one for one in document.clauses if one.path == reference.path), None)
    if not str(part) or clause is None or reference.title is not None:
        return said
    words = find_part(clause.text, part)
    quoted = messages.PART_QUOTED.format(words=words) if words else messages.PART_MISSING
    return f"{said}{part}{quoted}"
