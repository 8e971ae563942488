"""What a document and its page say about its own end, and by which day its versions are ordered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from vectorstore.models import Document
from vectorstore.validity import Relation, RelationKind, Standing
from vectorstore.works import title_key

INFERRED = "推定:"
"""Every basis that is a conclusion and no word of a document or page starts so."""
METADATA_BASIS = "元数据“有效性”栏"
"""Every basis that comes from the validity column of the page starts so."""
ENDS = frozenset({Standing.REPEALED, Standing.LAPSED})
_STATED_BY = "《{title}》写明“{quote}”"
_LISTED_BY = "{stated},所列文件中有“{listed}”"

_LONG_QUOTE = 80
_EXPIRED = "{basis},{day}后不再有效"
_EXPIRY = "失效日期{day}"
_NOTED = INFERRED + "要点摘录记有{basis},原文没有收录"
_CHECKED = "{basis}(核对于{checked})"
_WHEN_UNKNOWN = "{basis}(核对于{checked}),没有写明从哪天起"
_UNMARKED = "文件没有写明是否有效"
_NEGATIVE = ENDS | {Standing.AMENDED}
_BY_OTHERS = {
    RelationKind.REPEALED_BY: Standing.REPEALED,
    RelationKind.SUPERSEDED_BY: Standing.REPEALED,
    RelationKind.AMENDED_BY: Standing.AMENDED,
}


@dataclass(frozen=True)
class Event:
    """Something that changed how a document stands.

    Attributes:
        since: ISO, the day from which it counts; '' counts on every day.
        standing: what the document is from that day on.
        basis: where that is from, in Chinese.
        by: id, or title where the catalog does not hold it, of the document that did it.
        replacement: id of the document to read instead.
        is_dated: whether `since` is the day on which it happened, not only one on which it was known.
        is_announced: whether a document names this day beforehand, so that it held until then.
    """

    since: str
    standing: Standing
    basis: str
    by: str = ""
    replacement: str = ""
    is_dated: bool = True
    is_announced: bool = False


def stamp(document: Document) -> str:
    """Return the day by which versions are ordered: of the wording, else the first date known; '' if none."""
    dates = document.validity.dates
    known = (dates.version, dates.adopted, dates.signed, dates.published, document.published)
    return next((day for day in (*known, dates.printed, dates.effective) if day), "")


def known_from(document: Document) -> str | None:
    """Return the earliest day on which a document can have existed; None where nothing tells.

    A 施行日期 alone tells nothing: a document is mostly out before it.
    """
    dates = document.validity.dates
    out = [dates.published, document.published, dates.adopted, dates.signed, dates.version]
    known = [day for day in out if day]
    return min([*known, *([dates.effective] if dates.effective else [])]) if known else None


def tells_rewording(document: Document) -> bool:
    """Whether the document itself says that it is not its first wording (修正, 修订)."""
    own, known = title_key(document.title), stamp(document)
    return any(
        (relation.kind is RelationKind.AMENDED_BY and (relation.version or "") <= known)
        or (relation.kind is RelationKind.SUPERSEDES and title_key(relation.title) == own)
        for relation in document.validity.relations
    )


def own_events(document: Document) -> list[Event]:
    """Return what a document or its page says of its own end or amendment."""
    validity = document.validity
    checked, expires = validity.checked, validity.dates.expires
    said = _as_standing(document.status)
    is_renewed = said is Standing.IN_FORCE and _is_stated(document) and (checked or "") > (expires or "")
    events = []
    if expires and not is_renewed:
        basis = _EXPIRED.format(basis=_expiry_basis(document, expires), day=expires)
        events.append(Event(shift(expires, 1), Standing.LAPSED, basis))
    if said in _NEGATIVE:
        events.append(Event(checked or "", said, _checked_basis(document), is_dated=False))
    for relation in validity.relations:
        standing = _BY_OTHERS.get(relation.kind)
        if standing is not None and (relation.version or "") > stamp(document):
            version, basis = relation.version or "", stated_by(document, relation)
            events.append(Event(version, standing, basis, by=relation.title))
    return events


def stated_by(document: Document, relation: Relation) -> str:
    """Return the basis of what a document says of another: its words, cut to the part about that one."""
    quote = relation.quote or relation.title
    is_listed = relation.title not in quote
    begin = max(0, quote.find(relation.title) - 1) if len(quote) > _LONG_QUOTE else 0
    cut = ("…" if begin else "") + quote[begin : begin + _LONG_QUOTE]
    stated = _STATED_BY.format(
        title=document.title, quote=cut + ("…" if len(quote) > begin + _LONG_QUOTE else "")
    )
    return _LISTED_BY.format(stated=stated, listed=relation.title) if is_listed else stated


def said_standing(document: Document, iso: str) -> tuple[Standing, str]:
    """Return status and basis that hold as long as nothing is known to have ended the document."""
    said, validity = _as_standing(document.status), document.validity
    if said in _NEGATIVE:
        return Standing.UNMARKED, _WHEN_UNKNOWN.format(basis=document.status_basis, checked=validity.checked)
    if said is Standing.PENDING and validity.dates.effective:
        return Standing.IN_FORCE, INFERRED + (validity.effective_basis or document.status_basis)
    if said is Standing.UNMARKED and validity.dates.expires and validity.dates.expires >= iso:
        return Standing.IN_FORCE, _expiry_basis(document, validity.dates.expires)
    if said is Standing.UNMARKED:
        return Standing.UNMARKED, document.status_basis or _UNMARKED
    return said, _checked_basis(document)


def _expiry_basis(document: Document, expires: str) -> str:
    """Return where a term is from; that of an excerpt in our own words is no word of the document."""
    basis = document.validity.expires_basis or _EXPIRY.format(day=expires)
    if document.is_excerpt and not basis.startswith(INFERRED):
        return _NOTED.format(basis=basis)
    return basis


def _is_stated(document: Document) -> bool:
    return document.status_basis.startswith(METADATA_BASIS)


def _checked_basis(document: Document) -> str:
    checked = document.validity.checked
    return _CHECKED.format(basis=document.status_basis, checked=checked) if checked else document.status_basis


def _as_standing(status: str) -> Standing:
    """Return a status as one of the enumeration; words that are none of it are taken for 未标注."""
    return Standing(status) if status in set(Standing) else Standing.UNMARKED


def shift(iso: str, days: int) -> str:
    """Return the ISO day so many days later; '' and the ends of the calendar stay as they are."""
    try:
        return (date.fromisoformat(iso) + timedelta(days=days)).isoformat() if iso else iso
    except OverflowError:
        return iso
