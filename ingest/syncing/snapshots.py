"""Raw snapshots of sources: the bytes as they came, and a record of when and from where."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, ValidationError

from ingest import messages
from ingest.errors import UnwritableFileError
from ingest.formats.kinds import SUFFIXES
from vectorstore.models import Record

logger = logging.getLogger(__name__)

_RECORD = "record.json"
_RUN = "run.json"
_BY_TYPE = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/ofd": ".ofd",
    "text/plain": ".txt",
}
_KEPT_HEADERS = ("etag", "last-modified", "content-type", "date")
_LONGEST_HEADER = 500


class Snapshot(Record):
    """The last good copy of a source, and what became of its page since."""

    source_id: str
    url: str = Field(description="address that was asked for")
    final_url: str = Field(description="address that it was had from, after redirects")
    file: str = Field(description="path of the bytes below the source's folder")
    digest: str = Field(description="SHA-256 of the bytes")
    size: int = Field(ge=1, description="bytes")
    headers: dict[str, str] = Field(description="headers of the answer that are kept, names in lower case")
    fetched_at: datetime = Field(description="when the bytes came")
    checked_at: datetime = Field(description="when the site last showed these bytes, or said that they hold")
    visited_at: datetime = Field(description="when the site last answered, be it that the page is gone")
    vanished: str | None = Field(default=None, description="ISO date on which the page was found gone")


class _Run(Record):
    started: datetime


class Snapshots:
    """The snapshots below one folder: <source id>/<digest>/<source id>.html and <source id>/record.json."""

    def __init__(self, folder: Path) -> None:
        """Keep snapshots below a folder; it is made when the first one is written."""
        self._folder = folder

    def last(self, source_id: str) -> Snapshot | None:
        """Return the record of a source whose bytes are still there as they came."""
        try:
            text = (self._folder / source_id / _RECORD).read_bytes()
            snapshot = Snapshot.model_validate_json(text)
            whole = sha256(self.path(snapshot).read_bytes()).hexdigest() == snapshot.digest
        except FileNotFoundError:
            return None
        except (OSError, ValidationError) as error:
            logger.warning("snapshot of %s cannot be read, it is fetched anew: %s", source_id, error)
            return None
        return snapshot if whole else None

    def path(self, snapshot: Snapshot) -> Path:
        """Return where the bytes of a snapshot lie."""
        return self._folder / snapshot.source_id / snapshot.file

    def write(self, source_id: str, body: bytes, url: str, final_url: str, headers: Mapping[str, str],
              now: datetime) -> Snapshot:  # fmt: skip
        """Write the bytes of a source and return their record, which `keep` makes the last one."""
        digest = sha256(body).hexdigest()
        snapshot = Snapshot(
            source_id=source_id,
            url=url,
            final_url=final_url,
            file=f"{digest[:16]}/{source_id}{_suffix(final_url, headers)}",
            digest=digest,
            size=len(body),
            headers={name: headers[name][:_LONGEST_HEADER] for name in _KEPT_HEADERS if name in headers},
            fetched_at=now,
            checked_at=now,
            visited_at=now,
        )
        _write(self.path(snapshot), body)
        return snapshot

    def keep(self, snapshot: Snapshot) -> None:
        """Make a record the last one of its source."""
        text = snapshot.model_dump_json(indent=1).encode()
        _write(self._folder / snapshot.source_id / _RECORD, text)

    def drop(self, snapshot: Snapshot) -> None:
        """Delete bytes that turned out to be no good."""
        path = self.path(snapshot)
        path.unlink(missing_ok=True)
        if not any(path.parent.iterdir()):
            path.parent.rmdir()

    def interrupted(self) -> datetime | None:
        """Return when a run began that did not come to its end."""
        try:
            return _Run.model_validate_json((self._folder / _RUN).read_bytes()).started
        except (OSError, ValidationError):
            return None

    def begin(self, started: datetime) -> None:
        """Note that a run began."""
        _write(self._folder / _RUN, _Run(started=started).model_dump_json().encode())

    def end(self) -> None:
        """Note that the run came to its end."""
        (self._folder / _RUN).unlink(missing_ok=True)


def _suffix(url: str, headers: Mapping[str, str]) -> str:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    ending = Path(urlsplit(url).path).suffix.lower()
    return _BY_TYPE.get(kind) or (ending if ending in SUFFIXES else ".html")


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
        try:
            with os.fdopen(number, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise UnwritableFileError(messages.SYNC_UNWRITABLE.format(path=path, reason=error)) from error
