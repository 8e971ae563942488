"""What kind of file some bytes are: by their first bytes, last by the extension of the file's name."""

from __future__ import annotations

import re
from enum import StrEnum


class Kind(StrEnum):
    """A kind of file that is read."""

    TEXT = "text"
    HTML = "html"
    PDF = "pdf"
    PICTURE = "picture"
    DOC = "doc"
    ARCHIVE = "archive"
    """DOCX or OFD: its list of files says which; that is looked at where nothing can go wrong."""


_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\x89PNG\r\n\x1a\n", Kind.PICTURE),
    (b"\xff\xd8\xff", Kind.PICTURE),
    (b"II*\x00", Kind.PICTURE),
    (b"MM\x00*", Kind.PICTURE),
    (b"GIF87a", Kind.PICTURE),
    (b"GIF89a", Kind.PICTURE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.DOC),
    (b"{\\rtf", Kind.DOC),
)
_PDF_HEADER = re.compile(rb"%PDF-\d")
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head)[\s>]",
    re.I | re.S,
)
_PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".shtml")
SUFFIXES = frozenset(
    {
        ".txt", ".md", ".html", ".htm", ".xhtml", ".shtml", ".pdf", ".docx", ".doc", ".wps", ".rtf", ".ofd",
        ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp",
    }
)  # fmt: skip
"""Extensions of the files that a folder of documents is searched for."""


def kind_of(data: bytes, name: str) -> Kind:
    """Return the kind of a file."""
    if _PDF_HEADER.search(data[:1024]) and not name.lower().endswith((".txt", ".md")):
        return Kind.PDF
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if (data.startswith(b"RIFF") and data[8:12] == b"WEBP") or _is_bitmap(data):
        return Kind.PICTURE
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Kind.ARCHIVE
    plain = data.removeprefix(b"\xef\xbb\xbf")[:4096]
    if name.lower().endswith(_PAGE_ENDINGS) or _PAGE.match(plain):
        return Kind.HTML
    return Kind.TEXT


def _is_bitmap(data: bytes) -> bool:
    return data.startswith(b"BM") and len(data) > 26 and data[6:10] == b"\x00" * 4
