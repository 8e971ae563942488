"""The body of a response within its limits: not too large, and whole."""

from __future__ import annotations

import zlib

import httpx

from ingest import messages
from ingest.errors import SourceFaultError
from ingest.syncing.deadlines import Deadline

_GZIP = zlib.MAX_WBITS | 16
_KNOWN = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": zlib.MAX_WBITS}


def read_body(response: httpx.Response, most_bytes: int, deadline: Deadline) -> bytes:
    """Return the body of a streamed response, unpacked.

    Raises:
        SourceFaultError: larger than `most_bytes` (packed or unpacked), cut short, packed unknown, or too
            slow: where no length is stated, the end that the deadline makes looks like that of the body.
    """
    stated = _stated_length(response)
    if stated is not None and stated > most_bytes:
        raise SourceFaultError(messages.SYNC_TOO_LARGE.format(limit=most_bytes))
    packed = bytearray()
    for block in response.iter_raw():
        packed += block
        if len(packed) > most_bytes:
            raise SourceFaultError(messages.SYNC_TOO_LARGE.format(limit=most_bytes))
    if deadline.passed:
        raise SourceFaultError(messages.SYNC_SLOW, passing=True)
    if stated is not None and len(packed) != stated:
        raise SourceFaultError(messages.SYNC_TRUNCATED, passing=True)
    return _unpacked(bytes(packed), response.headers.get("content-encoding", ""), most_bytes)


def _stated_length(response: httpx.Response) -> int | None:
    stated = response.headers.get("content-length", "")
    return int(stated) if stated.isascii() and stated.isdigit() else None


def _unpacked(packed: bytes, encoding: str, most_bytes: int) -> bytes:
    name = encoding.strip().lower()
    if name in ("", "identity") or not packed:
        return packed
    if name not in _KNOWN:
        raise SourceFaultError(messages.SYNC_PACKING.format(encoding=name[:40]))
    machine = zlib.decompressobj(_KNOWN[name])
    try:
        whole = machine.decompress(packed, most_bytes + 1)
    except zlib.error as error:
        raise SourceFaultError(messages.SYNC_TRUNCATED, passing=True) from error
    if len(whole) > most_bytes:
        raise SourceFaultError(messages.SYNC_TOO_LARGE.format(limit=most_bytes))
    if not machine.eof:
        raise SourceFaultError(messages.SYNC_TRUNCATED, passing=True)
    return whole
