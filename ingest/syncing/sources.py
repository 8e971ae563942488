"""sources.yaml -> the official documents that `sync` takes in."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Literal

from pydantic import Field

from ingest import messages
from ingest.datafiles import read_entries
from ingest.errors import SettingsError
from ingest.measures import is_government
from ingest.syncing.addresses import authority
from vectorstore.models import Record

SOURCES = "sources.yaml"


class Source(Record):
    """An official document and the page of its publisher."""

    id: str = Field(
        pattern=r"^[a-z0-9][a-z0-9.-]*$", max_length=80, description="also the id of its document"
    )
    title: str = Field(min_length=4, description="title as the document writes it; its page must hold it")
    number: str | None = Field(default=None, description="文号")
    issuer: str = Field(min_length=1)
    level: Literal["国家", "省", "市", "区县"]
    region: str = Field(min_length=1)
    url: str = Field(description="http(s) address on a site under gov.cn, or on a host of the settings")
    note: str = Field(default="", description="what a person who tends the list should know")


def read_sources(path: Path, further_hosts: Collection[str] = ()) -> tuple[Source, ...]:
    """Return the sources of a list in its order.

    Raises:
        SettingsError: malformed, an id twice, or an address that is not a government's.
    """
    sources = read_entries(path, Source)
    seen: set[str] = set()
    for source in sources:
        if source.id in seen:
            raise _fault(path, messages.SAME_SOURCE.format(id=source.id))
        if not is_government(source.url) and authority(source.url) not in further_hosts:
            raise _fault(path, f"{source.id}: {messages.NOT_OFFICIAL.format(url=source.url)}")
        seen.add(source.id)
    return sources


def _fault(path: Path, reason: str) -> SettingsError:
    return SettingsError(messages.BAD_DATA_FILE.format(name=path.name, reason=reason))
