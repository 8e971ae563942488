"""One source: ask its site, judge what came, keep the snapshot; a bad answer leaves the old one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import Field

from ingest import messages
from ingest.document import read_document
from ingest.errors import BadInputError, SourceFaultError, SourceVanishedError
from ingest.settings import IngestSettings
from ingest.syncing.fetching import Fetched, Fetcher
from ingest.syncing.snapshots import Snapshot, Snapshots
from ingest.syncing.sources import Source
from vectorstore.models import Document, Record

_HEAD = 1500
"""Characters at the head of a text in which its title stands, a letter before it included."""
_NO_WORD = re.compile(r"[\W_]+")


class State(StrEnum):
    """What came of a visit."""

    NEW = "新取得"
    CHANGED = "有变更"
    UNCHANGED = "未变"
    RESUMED = "本轮已核对"
    VANISHED = "页面已消失"
    FAILED = "没有取到"


class Visit(Record):
    """What came of the visit of one source."""

    source: Source
    state: State
    snapshot: Snapshot | None = Field(
        default=None, description="the last good copy, also where this visit failed"
    )
    line: str = Field(default="", description="one line for people where something is wrong")


@dataclass(frozen=True)
class Visitor:
    """Visits sources one after the other."""

    fetcher: Fetcher
    snapshots: Snapshots
    settings: IngestSettings
    now: Callable[[], datetime]

    def visit(self, source: Source, since: datetime | None = None) -> Visit:
        """Ask for a source, unless its site answered since the start of an interrupted run."""
        last = self.snapshots.last(source.id)
        if last and last.url != source.url:
            last = None
        if last and since and last.visited_at >= since:
            state = State.VANISHED if last.vanished else State.RESUMED
            return Visit(source=source, state=state, snapshot=last)
        try:
            return self._taken(source, last, self.fetcher.fetch(source.url, _condition(last)))
        except SourceVanishedError as error:
            return self._vanished(source, last, str(error))
        except (SourceFaultError, BadInputError) as error:
            line = str(error) + (messages.SYNC_KEPT.format(day=day_of(last.checked_at)) if last else "")
            return Visit(source=source, state=State.FAILED, snapshot=last, line=line)

    def _taken(self, source: Source, last: Snapshot | None, found: Fetched) -> Visit:
        now = self.now()
        if found.body == b"":
            raise SourceFaultError(messages.SYNC_EMPTY)
        fresh = None
        if found.body is not None:
            fresh = self.snapshots.write(
                source.id, found.body, source.url, found.final_url, found.headers, now
            )
        if last and (fresh is None or fresh.digest == last.digest):
            headers = {**last.headers, **(fresh.headers if fresh else {})}
            held = last.model_copy(
                update={"headers": headers, "checked_at": now, "visited_at": now, "vanished": None}
            )
            self.snapshots.keep(held)
            return Visit(source=source, state=State.UNCHANGED, snapshot=held)
        if fresh is None:
            raise SourceFaultError(messages.SYNC_EMPTY)
        self._judge(source, fresh)
        self.snapshots.keep(fresh)
        return Visit(source=source, state=State.CHANGED if last else State.NEW, snapshot=fresh)

    def _judge(self, source: Source, fresh: Snapshot) -> None:
        """Refuse bytes that are not the document looked for; they are deleted."""
        good = False
        try:
            document = read_document(self.snapshots.path(fresh), self.settings)
            if not holds_title(document, source.title):
                raise SourceFaultError(messages.SYNC_OTHER_TEXT.format(title=source.title))
            good = True
        finally:
            if not good:
                self.snapshots.drop(fresh)

    def _vanished(self, source: Source, last: Snapshot | None, line: str) -> Visit:
        if last is None:
            return Visit(source=source, state=State.VANISHED, line=line)
        now = self.now()
        gone = last.model_copy(update={"visited_at": now, "vanished": last.vanished or day_of(now)})
        self.snapshots.keep(gone)
        line += messages.SYNC_KEPT.format(day=day_of(last.checked_at))
        return Visit(source=source, state=State.VANISHED, snapshot=gone, line=line)


def day_of(moment: datetime) -> str:
    """Return the ISO date of a moment, in its own time zone."""
    return moment.date().isoformat()


def holds_title(document: Document, title: str) -> bool:
    """Whether a document is titled so or names the title at its head, signs and spaces aside.

    The head holds the letter that hands a document down (关于印发……的通知) and the document's own title.
    """
    wanted = _words(title)
    return wanted in _words(document.title) or wanted in _words(document.text[:_HEAD])


def _words(text: str) -> str:
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _condition(last: Snapshot | None) -> dict[str, str]:
    if last is None:
        return {}
    named = {"If-None-Match": "etag", "If-Modified-Since": "last-modified"}
    return {name: last.headers[header] for name, header in named.items() if header in last.headers}
