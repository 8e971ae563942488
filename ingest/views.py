"""What the command line prints: tables for people, JSON for programs (its formats are a contract)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from pydantic import Field
from rich.table import Table
from rich.text import Text

from vectorstore.models import Document, DocumentChange, Record
from vectorstore.protocols import Catalog


class DocumentLine(Record):
    """One document as `list --json` gives it."""

    document_id: str
    title: str
    status: str
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


def document_lines(catalog: Catalog) -> tuple[DocumentLine, ...]:
    """Return one line a document, ordered by id."""
    return tuple(
        DocumentLine(
            document_id=document.document_id,
            title=document.title,
            status=document.status,
            clauses=len(document.clauses),
            numbered_clauses=sum(clause.numbered for clause in document.clauses),
            chunks=len(catalog.chunks(document.document_id)),
            issuer=document.issuer,
            number=document.number,
            level=document.level,
            region=document.region,
            published=document.published,
            comment_deadline=document.comment_deadline,
            source_name=document.source_name,
            digest=document.digest,
        )
        for document in catalog.documents()
    )


def lines_json(lines: Sequence[DocumentLine]) -> str:
    """Return the array that `list --json` prints."""
    return json.dumps([line.model_dump(mode="json") for line in lines], ensure_ascii=False, indent=2)


def document_json(document: Document) -> str:
    """Return the object that `show --json` prints."""
    return json.dumps(document.model_dump(mode="json"), ensure_ascii=False, indent=2)


def change_table(changes: Sequence[DocumentChange], seconds: float) -> Table:
    """Return the table that `add` prints; the last column is the time of the whole run."""
    table = Table(title="入库结果", title_justify="left")
    table.add_column("文档", overflow="fold")
    for heading in ("条款", "片段", "新增", "变更", "未变", "移除", "用时(秒)"):
        table.add_column(heading, justify="right")
    for change in changes:
        counts = (
            change.clauses,
            change.chunks,
            change.added,
            change.changed,
            change.unchanged,
            change.removed,
        )
        table.add_row(Text(change.document_id), *map(str, counts), f"{seconds:.1f}")
    return table


def list_table(lines: Sequence[DocumentLine]) -> Table:
    """Return the table that `list` prints."""
    table = Table(title=f"共 {len(lines)} 份文档", title_justify="left")
    for heading in ("文档编号", "标题", "状态"):
        table.add_column(heading, overflow="fold")
    for heading in ("条款", "片段"):
        table.add_column(heading, justify="right")
    for line in lines:
        row = (line.document_id, line.title, line.status, str(line.clauses), str(line.chunks))
        table.add_row(*map(Text, row))
    return table


def document_text(document: Document) -> Iterator[Text]:
    """Yield the lines that `show` prints: head, facts, then each clause with its annotations."""
    yield Text(document.title, style="bold")
    yield Text(f"编号 {document.document_id}  状态 {document.status}({document.status_basis})")
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
        if clause.gloss:
            yield Text("通俗说:" + clause.gloss, style="dim")
