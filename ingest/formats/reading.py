"""A file of any official format -> its text and what the format says about the document."""

from __future__ import annotations

import atexit
from dataclasses import replace
from functools import cache
from pathlib import Path

from ingest import messages
from ingest.errors import UnreadableFileError
from ingest.formats.glyphs import repair
from ingest.formats.isolation import IsolatedReader
from ingest.formats.kinds import Kind, kind_of
from ingest.formats.source import SourceText
from ingest.reading import decode, read_bytes, shown_name
from ingest.settings import IngestSettings


def read_source(path: Path, settings: IngestSettings, reader: IsolatedReader | None = None) -> SourceText:
    """Return the document of a file; all but plain text is parsed by `reader`.

    Raises:
        UnreadableFileError: missing, too large, damaged, built to harm, or without text.
    """
    name = shown_name(path)
    data = read_bytes(path, name, settings.max_file_bytes)
    kind = kind_of(data, name)
    if kind is Kind.TEXT:
        text = decode(data, name)
        if not text.strip():
            raise UnreadableFileError(messages.EMPTY.format(name=name))
        return SourceText(text=text, format="text")
    found = (reader or _shared()).read(data, name, kind, settings.reading)
    return replace(found, text=repair(found.text))


@cache
def _shared() -> IsolatedReader:
    """Return the reader of this process; its child starts with the first file and ends with this process."""
    reader = IsolatedReader()
    atexit.register(reader.close)
    return reader
