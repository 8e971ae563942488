"""What an ingest changes: the documents after it, and the report lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vectorstore.errors import InvalidChunksError, UnknownDocumentError
from vectorstore.models import DocumentChange, IndexedDocument, text_digest
from vectorstore.shelf import Documents


def check_chunks(item: IndexedDocument) -> None:
    """Refuse chunks that contradict their document or each other.

    Raises:
        InvalidChunksError: The message names the chunk and what is wrong with it.
    """
    document = item.document
    paths = {clause.path for clause in document.clauses}
    seen: set[str] = set()
    for chunk in item.chunks:
        if chunk.chunk_id in seen:
            raise InvalidChunksError(f"{chunk.chunk_id}: given twice")
        if chunk.document_id != document.document_id or chunk.path not in paths:
            raise InvalidChunksError(f"{chunk.chunk_id}: not a chunk of a clause of {document.document_id}")
        expected = f"{chunk.document_id}:{chunk.path}"
        if chunk.clause_id != expected or chunk.chunk_id.rpartition("#")[0] != expected:
            raise InvalidChunksError(f"{chunk.chunk_id}: its id is not <document id>:<path>#<kind><n>")
        if chunk.digest != text_digest(chunk.text):
            raise InvalidChunksError(f"{chunk.chunk_id}: its digest is not that of its text")
        seen.add(chunk.chunk_id)


def merged(
    before: Mapping[str, IndexedDocument], replace: Mapping[str, IndexedDocument], remove: Sequence[str]
) -> Documents:
    """Return the documents of the index after the change, ordered by id; reads none of them.

    Raises:
        UnknownDocumentError: A document to remove is neither in the index nor given.
    """
    kept = {*before, *replace}
    for document_id in remove:
        if document_id not in kept:
            raise UnknownDocumentError(f"{document_id}: not in the index; see `python -m ingest list`")
        kept.remove(document_id)
    return Documents(sorted(kept), lambda key: replace[key] if key in replace else before[key])


def report(
    before: Mapping[str, IndexedDocument],
    replace: Sequence[IndexedDocument],
    remove: Sequence[str],
    embedded: Mapping[str, int],
) -> tuple[DocumentChange, ...]:
    """Return one line a document given or removed, in the order given.

    Args:
        before: documents of the index before the change, by id.
        replace: documents that were put in.
        remove: ids of documents that were taken out.
        embedded: how many chunks of a document had to be embedded.
    """
    put = [_put(before.get(item.document.document_id), item, embedded) for item in replace]
    return (*put, *(_removed(before[key]) for key in remove if key in before))


def _put(old: IndexedDocument | None, new: IndexedDocument, embedded: Mapping[str, int]) -> DocumentChange:
    was = _digests(old) if old is not None else {}
    now = _digests(new)
    return DocumentChange(
        document_id=new.document.document_id,
        title=new.document.title,
        clauses=len(now),
        chunks=len(new.chunks),
        added=len(now.keys() - was.keys()),
        changed=sum(1 for path, digest in now.items() if was.get(path, digest) != digest),
        unchanged=sum(1 for path, digest in now.items() if was.get(path) == digest),
        removed=len(was.keys() - now.keys()),
        embedded=embedded.get(new.document.document_id, 0),
    )


def _removed(old: IndexedDocument) -> DocumentChange:
    return DocumentChange(
        document_id=old.document.document_id,
        title=old.document.title,
        clauses=0,
        chunks=0,
        added=0,
        changed=0,
        unchanged=0,
        removed=len(old.document.clauses),
    )


def _digests(item: IndexedDocument) -> dict[str, str]:
    return {clause.path: clause.digest for clause in item.document.clauses}
