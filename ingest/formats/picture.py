"""A picture (PNG, JPEG, TIFF, BMP, WebP) -> its text by recognition."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from ingest import messages
from ingest.errors import UnreadableFileError, UnsafeFileError
from ingest.formats.flow import paragraphs
from ingest.formats.furniture import drop_furniture
from ingest.formats.layout import Page, arrange
from ingest.formats.limits import ReadingLimits
from ingest.formats.properties import glyph_flags
from ingest.formats.recognition import Recogniser
from ingest.formats.source import SourceText

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")
_FAULTS = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    KeyError,
    IndexError,
    TypeError,
)
"""What Pillow raises on damaged pictures; it has no error of its own for all of them."""


def read_picture(data: bytes, name: str, limits: ReadingLimits, recogniser: Recogniser) -> SourceText:
    """Return the document on a picture; the pages of a TIFF in order.

    Raises:
        UnreadableFileError: damaged, without a text, or recognition is not installed.
        UnsafeFileError: more points than allowed.
    """
    pages = []
    for number, picture in enumerate(open_pictures(data, name, limits), start=1):
        seen = recogniser.page(number, partial(np.asarray, picture))
        if seen is not None:
            pages.append(Page(number, seen.width, seen.height, tuple(arrange(seen.pieces))))
    text = paragraphs(drop_furniture(pages))
    if not text.strip():
        raise UnreadableFileError(messages.NO_TEXT.format(name=name, pages=max(1, len(pages))))
    return SourceText(
        text=text + "\n",
        format="scan",
        flags=(*recogniser.flags(), *glyph_flags(text)),
        recognition=recogniser.recognition(),
    )


def open_pictures(data: bytes, name: str, limits: ReadingLimits) -> Iterator[Image.Image]:
    """Yield the pages of a picture file as they are to be read, in colour, turned as the camera says.

    Raises:
        UnreadableFileError: damaged, or too many pages.
        UnsafeFileError: more points than allowed.
    """
    Image.MAX_IMAGE_PIXELS = None  # the limit below is the one that people can set
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            for number, frame in enumerate(ImageSequence.Iterator(opened), start=1):
                if number > limits.max_pages:
                    line = messages.TOO_MANY_PAGES.format(name=name, pages=number, limit=limits.max_pages)
                    raise UnreadableFileError(line)
                size = frame.width * frame.height
                if size > limits.max_pixels:
                    line = messages.TOO_LARGE_PICTURE.format(name=name, size=size, limit=limits.max_pixels)
                    raise UnsafeFileError(line)
                yield _flat(frame)
    except _FAULTS as error:
        raise UnreadableFileError(messages.DAMAGED.format(name=name, what="图片")) from error


def _flat(frame: Image.Image) -> Image.Image:
    """Return a picture without transparency, on white paper."""
    upright = ImageOps.exif_transpose(frame) or frame
    clear = upright.convert("RGBA")
    paper = Image.new("RGBA", clear.size, (255, 255, 255, 255))
    return Image.alpha_composite(paper, clear).convert("RGB")
