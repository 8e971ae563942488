"""What the process that takes files in and the one that parses them say to each other."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from ingest.formats.kinds import Kind
from ingest.formats.limits import ReadingLimits
from ingest.formats.source import SourceText


class Request(BaseModel):
    """A file to parse: one line of JSON, followed by `size` bytes of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    kind: Kind
    size: int
    limits: ReadingLimits


class Reply(BaseModel):
    """What came of a request: one line of JSON, or two where the first says that it will take longer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    what: Literal["slow", "read", "refused", "unsafe", "memory", "fault"]
    line: str = ""
    """The message for people of a refusal; the kind of a fault."""
    source: SourceText | None = None

    def to_line(self) -> bytes:
        """Return the reply as it is sent."""
        return self.model_dump_json().encode("utf-8", errors="replace") + b"\n"
