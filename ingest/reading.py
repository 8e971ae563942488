"""Bytes of a file -> text: UTF-8 with or without BOM, GB18030; anything else is refused with a reason."""

from __future__ import annotations

import re
from pathlib import Path

from ingest import messages
from ingest.errors import UnreadableFileError

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP/DOCX/OFD"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\xd0\xcf\x11\xe0", "DOC/WPS"),
    (b"\x1f\x8b", "GZIP"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7Z"),
    (b"\x7fELF", "ELF"),
)
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_BINARY_CONTROL = re.compile("[\\x00-\\x08\\x0e-\\x1d\\x1f\\x7f-\\x84\\x86-\\x9f]")
"""Control characters (Cc) other than tab, the line ends and the record separator."""

# A text in another double-byte code (Big5, Shift-JIS) that happens to decode as GB18030 consists of rare
# characters; policy texts are written almost wholly in GB 2312.
_MIN_COMMON_SHARE = 0.85


def read_text(path: Path, max_bytes: int) -> str:
    """Return the text of a file without its BOM, line ends kept as they are.

    Raises:
        UnreadableFileError: missing, directory, not permitted, too large, empty, binary, unknown encoding.
    """
    name = shown_name(path)
    data = read_bytes(path, name, max_bytes)
    text = decode(data, name)
    if not text.strip():
        raise UnreadableFileError(messages.EMPTY.format(name=name))
    return text


def shown_name(path: Path) -> str:
    """Return the name of a file as messages show it, on one line."""
    name = (path.name or str(path)).encode("utf-8", errors="replace").decode("utf-8")
    return " ".join(name.split())


def read_bytes(path: Path, name: str, max_bytes: int) -> bytes:
    """Return the bytes of a file that has any; `name` is used in messages.

    Raises:
        UnreadableFileError: missing, directory, not permitted, too large, empty.
    """
    try:
        if path.is_dir():
            raise UnreadableFileError(messages.DIRECTORY.format(name=name))
        if not path.exists():
            raise UnreadableFileError(messages.MISSING.format(name=name))
        if not path.is_file():
            raise UnreadableFileError(messages.NOT_PERMITTED.format(name=name, reason="不是普通文件"))
        with path.open("rb") as stream:
            data = stream.read(max_bytes + 1)
        if len(data) > max_bytes:
            size = path.stat().st_size
            raise UnreadableFileError(messages.TOO_LARGE.format(name=name, size=size, limit=max_bytes))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableFileError(messages.NOT_PERMITTED.format(name=name, reason=reason)) from error
    if not data.strip():
        raise UnreadableFileError(messages.EMPTY.format(name=name))
    return data


def decode(data: bytes, name: str) -> str:
    """Return the decoded text of a file's bytes; `name` is used in messages."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise UnreadableFileError(messages.BINARY.format(name=name, what=what))
    if data.startswith(_WIDE_BOMS):
        raise UnreadableFileError(messages.ENCODING.format(name=name, position=1))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = _decode_gb18030(data, name, error.start + 1)
    if _BINARY_CONTROL.search(text):
        raise UnreadableFileError(messages.BINARY.format(name=name, what="含控制字符"))
    return text


def _decode_gb18030(data: bytes, name: str, utf8_fault: int) -> str:
    """Return the text if the bytes are plausible GB18030, else refuse."""
    if b"\x00" in data:
        raise UnreadableFileError(messages.BINARY.format(name=name, what="含空字节"))
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(messages.ENCODING.format(name=name, position=utf8_fault)) from error
    beyond_ascii = [character for character in text if ord(character) > 127]
    common = sum(1 for character in beyond_ascii if _is_common(character))
    if common < _MIN_COMMON_SHARE * len(beyond_ascii):
        raise UnreadableFileError(messages.ENCODING.format(name=name, position=utf8_fault))
    return text


def _is_common(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return character in "—–·•㎡㎏〇"
    return True
