"""What the properties of a file say about its document, as far as its text bears it out."""

from __future__ import annotations

from ingest import messages
from ingest.formats.glyphs import count_private, count_unreadable, repair


def known_title(title: str, text: str) -> str | None:
    """Return a title that a file's properties give, if its text begins with it, else None.

    Properties are often left over: `Microsoft Word - 1.doc`, a template's title, a scanner's number.
    """
    wanted = "".join(repair(title).split())
    top = "".join(text[:1000].split())
    return " ".join(repair(title).split()) if len(wanted) >= 4 and wanted in top else None


def glyph_flags(text: str) -> list[str]:
    """Return what a person should know of characters that cannot be read."""
    flags = []
    if private := count_private(text):
        flags.append(messages.PRIVATE_GLYPHS.format(count=private))
    if unreadable := count_unreadable(text):
        flags.append(messages.UNREADABLE_GLYPHS.format(count=unreadable))
    return flags
