"""The reader of each kind of file, loaded when the first file of the kind comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ingest import messages
from ingest.errors import UnreadableFileError
from ingest.formats.archive import Archive
from ingest.formats.kinds import Kind
from ingest.formats.limits import ReadingLimits
from ingest.formats.recognition import Recogniser
from ingest.formats.source import SourceText

Slow = Callable[[], None]
"""Called when reading turns out to take longer, because pictures are recognised."""


def read_bytes_as(data: bytes, name: str, kind: Kind, limits: ReadingLimits, slow: Slow) -> SourceText:
    """Return the document of a file's bytes; `name` is the file's, for messages.

    Raises:
        UnreadableFileError: the file cannot be read; the message says why and what to do.
    """
    source = _read(data, name, kind, limits, slow)
    if len(source.text) > limits.max_characters:
        line = messages.TOO_MUCH_TEXT.format(name=name, size=len(source.text), limit=limits.max_characters)
        raise UnreadableFileError(line)
    whole = source.text.encode("utf-8", errors="replace").decode("utf-8")  # half a surrogate is no text
    return source if whole == source.text else replace(source, text=whole)


def _read(data: bytes, name: str, kind: Kind, limits: ReadingLimits, slow: Slow) -> SourceText:
    if kind is Kind.HTML:
        from ingest.formats.html import read_html

        return read_html(data, name)
    if kind is Kind.PDF:
        from ingest.formats.pdf import read_pdf

        return read_pdf(data, name, limits, Recogniser(name, limits, slow))
    if kind is Kind.PICTURE:
        from ingest.formats.picture import read_picture

        return read_picture(data, name, limits, Recogniser(name, limits, slow))
    if kind is Kind.DOC:
        from ingest.formats.doc import read_doc

        return read_doc(data, name, limits)
    return _read_archive(data, name, limits, slow)


def _read_archive(data: bytes, name: str, limits: ReadingLimits, slow: Slow) -> SourceText:
    """Return the document of a DOCX or OFD file, told apart by what they hold."""
    archive = Archive(data, name, "ZIP/DOCX/OFD", limits)
    if archive.find("OFD.xml"):
        from ingest.formats.ofd import read_ofd

        return read_ofd(data, name, limits, Recogniser(name, limits, slow))
    if any(path.lower().startswith("word/") for path in archive.paths):
        from ingest.formats.docx import read_docx

        return read_docx(data, name, limits)
    raise UnreadableFileError(messages.NOT_OF_KIND.format(name=name, what="ZIP"))
