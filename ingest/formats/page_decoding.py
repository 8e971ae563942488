"""Bytes of a web page -> text: byte order mark, the page's own charset, UTF-8, GB18030; else refused."""

from __future__ import annotations

import codecs
import re

from ingest import messages
from ingest.errors import UnreadableFileError
from ingest.reading import decode

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD = 4096
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936", "euc-cn"})
_FOREIGN = frozenset(
    {"big5", "big5-hkscs", "shift_jis", "euc-jp", "iso-2022-jp", "euc-kr", "utf-7", "utf-32"}
)
_CONTROL_BYTES = re.compile(rb"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_LAST_TWO_BYTE_CHARACTER = "\u07ff"


def decode_page(data: bytes, name: str) -> str:
    """Return the markup of a page, control characters as spaces; `name` is used in messages.

    Raises:
        UnreadableFileError: empty, binary, or in a code other than UTF-8, UTF-16 with its mark and GB18030.
    """
    if not data.strip():
        raise UnreadableFileError(messages.EMPTY.format(name=name))
    return _CONTROLS.sub(" ", _decoded(data, name))


def _decoded(data: bytes, name: str) -> str:
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _strictly(data, codec, name)
    if b"\x00" in data:
        raise UnreadableFileError(messages.BINARY.format(name=name, what="含空字节"))
    data = _CONTROL_BYTES.sub(b" ", data)
    found = _CHARSET.search(data[:_HEAD])
    declared = found.group(1).decode("ascii", "replace").lower() if found else ""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if declared in _FOREIGN:
            message = messages.PAGE_CHARSET.format(name=name, charset=declared)
            raise UnreadableFileError(message) from error
        return decode(data, name)
    if declared in _CHINESE and not text.isascii() and max(text) <= _LAST_TWO_BYTE_CHARACTER:
        return _strictly(data, "gb18030", name)  # two GB bytes can look like one UTF-8 letter, never Chinese
    return text


def _strictly(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(messages.ENCODING.format(name=name, position=error.start + 1)) from error
