"""A desk that syncs from a site on this machine into an index in memory, without waiting."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from ingest.commands import Commands
from ingest.factory import build_client
from ingest.receipts import Receipts
from ingest.settings import IngestSettings
from ingest.syncing.addresses import Gate, authority
from ingest.syncing.command import SyncCommand
from ingest.syncing.fetching import Fetcher
from ingest.syncing.settings import SyncSettings
from ingest.syncing.snapshots import Snapshots
from ingest.syncing.sources import Source
from ingest.syncing.visiting import Visitor
from tests.fakes.ingest import MemoryIndex
from tests.fakes.site import Reply, Site, running

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
LIMITS = SyncSettings(
    allow_private=True, pause_s=0.5, backoff_s=0.25, timeout_s=0.5, total_s=2.0, max_bytes=200_000
)
TITLE = "示范市算力券管理办法"


def page(amount: str = "10万元", title: str = TITLE) -> bytes:
    articles = "".join(
        f"<p>第{n}条 {text}</p>"
        for n, text in (
            ("一", "为了规范算力券的发放和使用,根据有关规定,制定本办法。"),
            ("二", f"每家企业每年最高补助{amount},具体以公告为准。"),
            ("三", "市经济和信息化局负责算力券的发放、兑付和监督管理工作。"),
        )
    )
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head>"
        f"<body><h1>{title}</h1><div class='article'>{articles}</div></body></html>"
    ).encode()


def html(body: bytes | None = None, **headers: str) -> Reply:
    shown = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(body=page() if body is None else body, headers={"Content-Type": "text/html", **shown})


def source(url: str, source_id: str = "demo-voucher", title: str = TITLE) -> Source:
    return Source(
        id=source_id, title=title, issuer="示范市经济和信息化局", level="市", region="示范市", url=url
    )


@dataclass
class Desk:
    site: Site
    folder: Path
    index: MemoryIndex = field(default_factory=MemoryIndex)
    slept: list[float] = field(default_factory=list)
    now: datetime = START
    limits: SyncSettings = LIMITS
    seconds: float = 0.0
    out: io.StringIO = field(default_factory=io.StringIO)

    def __post_init__(self) -> None:
        self.site.play("/robots.txt", Reply(404))

    @property
    def snapshots(self) -> Snapshots:
        return Snapshots(self.folder / "snapshots")

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    def sync(self, *sources: Source, only: tuple[str, ...] = (), dry_run: bool = False) -> int:
        settings = IngestSettings(
            sync=self.limits, glosses_dir=self.folder / "g", wordings_dir=self.folder / "w"
        )
        hosts = {authority(one.url) for one in sources}
        self.now += timedelta(minutes=1)
        with build_client(self.limits) as client:
            gate = Gate(hosts, allow_private=self.limits.allow_private)
            fetcher = Fetcher(self.limits, gate, client, self.sleep)
            visitor = Visitor(fetcher, self.snapshots, settings, lambda: self.now)
            commands = Commands(
                settings=settings,
                catalog=self.index,
                receipts=Receipts(self.folder / "taken.json", settings, self.index),
                open_writer=lambda rebuild, progress: self.index,
                out=Console(file=self.out, width=300),
                err=Console(file=self.out, width=300),
            )
            return SyncCommand(commands, sources, visitor, self.folder).run(only, dry_run)

    def said(self) -> str:
        text = self.out.getvalue()
        self.out.seek(0)
        self.out.truncate()
        return text

    def text(self, document_id: str = "demo-voucher") -> str:
        document = self.index.document(document_id)
        return document.text if document else ""


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as site:
        yield site


@pytest.fixture
def desk(site: Site, tmp_path: Path) -> Desk:
    return Desk(site, tmp_path)
