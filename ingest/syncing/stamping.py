"""What the list of sources and the visit add to a document: address, day checked, a page that is gone."""

from __future__ import annotations

from ingest import messages
from ingest.syncing.snapshots import Snapshot
from ingest.syncing.sources import Source
from ingest.syncing.visiting import day_of
from vectorstore.models import Document, IndexedDocument

_GONE_HEAD = messages.SYNC_VANISHED.partition("{")[0]


def stamped(item: IndexedDocument, source: Source, snapshot: Snapshot) -> IndexedDocument:
    """Return a document as its source has it today; what its own text says is never replaced."""
    document = item.document
    fresh = document.model_copy(
        update={
            "url": source.url,
            "number": document.number or source.number,
            "issuer": document.issuer or source.issuer,
            "level": document.level or source.level,
            "region": document.region or source.region,
            "validity": document.validity.model_copy(update={"checked": day_of(snapshot.checked_at)}),
            "flags": _flags(document, source, snapshot),
        }
    )
    return item.model_copy(update={"document": fresh})


def _flags(document: Document, source: Source, snapshot: Snapshot) -> tuple[str, ...]:
    flags = [flag for flag in document.flags if not flag.startswith(_GONE_HEAD)]
    if source.number and document.number and _bare(source.number) != _bare(document.number):
        flags.append(messages.SYNC_OTHER_NUMBER.format(number=source.number))
    if snapshot.vanished:
        fetched = day_of(snapshot.checked_at)
        flags.append(messages.SYNC_VANISHED.format(day=snapshot.vanished, fetched=fetched))
    return tuple(dict.fromkeys(flags))


def _bare(number: str) -> str:
    return "".join(sign for sign in number if sign.isalnum())
