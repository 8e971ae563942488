"""What `show` prints on whether a document holds: standing, dates, links to others, what to check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rich.text import Text

from vectorstore.models import Document
from vectorstore.standing import StandingOn
from vectorstore.validity import Relation, RelationKind, Standing

_RELATIONS = {
    RelationKind.REPEALS: "废止",
    RelationKind.REPEALED_BY: "被废止于",
    RelationKind.AMENDS: "修改",
    RelationKind.AMENDED_BY: "经修改",
    RelationKind.SUPERSEDES: "取代",
    RelationKind.SUPERSEDED_BY: "被取代于",
    RelationKind.PROLONGS: "延长",
}
_DATES = (
    ("adopted", "成文(通过)"),
    ("signed", "落款"),
    ("published", "发布"),
    ("printed", "印发(发文)"),
    ("effective", "施行"),
    ("expires", "失效"),
    ("version", "本版文字"),
)


def standing_lines(document: Document, on: StandingOn, day: date) -> Iterator[Text]:
    """Yield the lines on a document's standing on a day; a field that is not known has no line."""
    yield Text(f"效力({day.isoformat()}) {on.standing.value}:{on.basis}", style="bold")
    if on.since or on.until:
        yield Text(f"  从 {on.since or '不详'} 到 {on.until or '未见终止'}")
    if on.by:
        yield Text("  因:" + "、".join(on.by))
    if on.superseded_by:
        yield Text(f"  该日应看:{on.superseded_by}", style="yellow")
    yield from _origin_lines(document, _is_prolonged(document, on))
    for relation in document.validity.relations:
        yield from _relation_lines(relation)
    for attachment in document.attachments:
        yield Text(f"附件 {attachment.name}")
    for flag in document.flags:
        yield Text(f"请核对:{flag}", style="yellow")


def _is_prolonged(document: Document, on: StandingOn) -> bool:
    """Whether another text gives a later end than the document's own."""
    end = document.validity.dates.expires
    return bool(end and on.standing is Standing.IN_FORCE and document.validity.expires_basis not in on.basis)


def _origin_lines(document: Document, is_prolonged: bool) -> Iterator[Text]:
    for label, value in (("文号", document.number), ("发文机关", document.issuer), ("网址", document.url)):
        if value:
            yield Text(f"{label} {value}")
    if document.level or document.region:
        yield Text(f"层级与地区 {document.level or '不详'} {document.region or ''}".rstrip())
    dates = document.validity.dates
    labels = dict(_DATES) | ({"expires": "原定失效"} if is_prolonged else {})
    known = [f"{label} {value}" for name, label in labels.items() if (value := getattr(dates, name))]
    if known:
        yield Text("日期 " + "  ".join(known))
    for basis in (document.validity.effective_basis, document.validity.expires_basis):
        if basis:
            yield Text(f"  {basis}", style="dim")


def _relation_lines(relation: Relation) -> Iterator[Text]:
    is_by_number = relation.title == relation.number
    number = f"({relation.number})" if relation.number and not is_by_number else ""
    title = relation.title if is_by_number else f"《{relation.title}》"
    extension = relation.extension
    length = f" {'共' if extension.is_total else ''}{extension.count}{extension.unit}" if extension else ""
    version = f" {relation.version}" if relation.version else ""
    days = ((" 自{}起", relation.since), (" 至{}", relation.until))
    counts = "".join(form.format(day) for form, day in days if day)
    yield Text(f"{_RELATIONS[relation.kind]} {title}{number}{version}{length}{counts}")
    if relation.quote:
        yield Text(f"  原文:{relation.quote}", style="dim")
