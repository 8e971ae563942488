"""Builds what ingest hands over, and its commands."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import httpx
from rich.console import Console

from ingest.chunking import index_document
from ingest.commands import Commands, Progress
from ingest.document import read_with_glosses
from ingest.errors import BadInputError
from ingest.receipts import Receipts
from ingest.settings import IngestSettings, Settings
from ingest.syncing.addresses import Gate, authority
from ingest.syncing.command import SyncCommand
from ingest.syncing.fetching import Fetcher
from ingest.syncing.settings import SyncSettings
from ingest.syncing.snapshots import Snapshots
from ingest.syncing.sources import SOURCES, read_sources
from ingest.syncing.visiting import Visitor
from ingest.taking import find_files
from vectorstore.factory import fits, open_catalog, open_writer
from vectorstore.models import IndexedDocument
from vectorstore.protocols import IndexWriter

logger = logging.getLogger(__name__)

_RECEIPTS = "taken.json"
_SNAPSHOTS = "snapshots"
_WIDTH_OF_FILES = 140
"""Columns of tables that go to a file or pipe, so that ids are not folded."""


def build_documents(
    paths: Sequence[Path], settings: IngestSettings | None = None
) -> tuple[IndexedDocument, ...]:
    """Return the documents of files with their chunks, ready for `IndexWriter.apply`.

    Raises:
        BadInputError: one of the files cannot be taken in.
    """
    section = settings or IngestSettings()
    read = (read_with_glosses(path, section) for path in paths)
    return tuple(index_document(one.document, one.wordings, section.sentence_chunks) for one in read)


def build_readable(folder: Path, settings: IngestSettings | None = None) -> tuple[IndexedDocument, ...]:
    """Return the documents of a folder with their chunks; files that cannot be taken in are left out."""
    section = settings or IngestSettings()
    documents: dict[str, IndexedDocument] = {}
    for path in find_files([folder]):
        try:
            (item,) = build_documents([path], section)
        except BadInputError:
            logger.info("left out: %s", path.name, exc_info=True)
        else:
            documents.setdefault(item.document.document_id, item)
    return tuple(documents.values())


def build_commands(settings: Settings) -> Commands:
    """Return the commands over the configured index; the embedding model is loaded when one writes."""

    def open_configured_writer(rebuild: bool, progress: Progress) -> IndexWriter:
        return open_writer(settings.vectorstore, rebuild=rebuild, progress=progress)

    catalog = open_catalog(settings.vectorstore)
    return Commands(
        settings=settings.ingest,
        catalog=catalog,
        receipts=Receipts(settings.vectorstore.data_dir / _RECEIPTS, settings.ingest, catalog),
        open_writer=open_configured_writer,
        out=Console(width=None if sys.stdout.isatty() else _WIDTH_OF_FILES),
        err=Console(stderr=True),
        fits=lambda: fits(settings.vectorstore),
    )


def build_client(settings: SyncSettings) -> httpx.Client:
    """Return the client that visits sites: no proxy, no cookies kept, no redirect followed by itself.

    Connections are not kept: requests go to numeric addresses, and two sites may share one.
    """
    headers = {
        "User-Agent": settings.user_agent,
        "Accept-Encoding": "identity",
        "Accept-Language": "zh-CN,zh",
    }
    return httpx.Client(
        headers=headers,
        timeout=settings.timeout_s,
        trust_env=False,
        follow_redirects=False,
        limits=httpx.Limits(max_connections=1, max_keepalive_connections=0),
    )


def build_sync(commands: Commands, settings: Settings, client: httpx.Client) -> SyncCommand:
    """Return the command that takes documents in from their sites.

    Raises:
        SettingsError: the list of sources is malformed.
    """
    section = settings.ingest.sync
    sources = read_sources(settings.ingest.corpus_dir / SOURCES, section.hosts)
    hosts = {*section.hosts, *(authority(source.url) for source in sources)}
    folder = settings.vectorstore.data_dir / _SNAPSHOTS
    visitor = Visitor(
        fetcher=Fetcher(section, Gate(hosts, allow_private=section.allow_private), client),
        snapshots=Snapshots(folder),
        settings=settings.ingest,
        now=lambda: datetime.now().astimezone(),
    )
    return SyncCommand(commands, sources, visitor, folder)
