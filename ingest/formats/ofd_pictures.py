"""Pages of an OFD file that are pictures: which picture covers the page, and what stands on it."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from xml.etree.ElementTree import Element

import numpy as np

from ingest.errors import UnreadableFileError, UnsafeFileError
from ingest.formats.layout import Page, arrange
from ingest.formats.limits import ReadingLimits
from ingest.formats.picture import open_pictures
from ingest.formats.recognition import Recogniser
from ingest.formats.xml import child, descendants

_SCAN_SHARE = 0.5
"""Share of a page that its picture covers where the page is a scan."""

Finder = Callable[[str, str], str | None]
"""Returns the archive's path of a file from the path that another one gives, and that one's folder."""


@dataclass(frozen=True)
class Pictures:
    """The pictures of a document by their id, as paths of the archive."""

    paths: dict[str, str]

    @classmethod
    def of(cls, resources: Iterable[tuple[str, Element]], find: Finder) -> Pictures:
        """Return the pictures that resource files (path, root) list."""
        paths = {}
        for path, root in resources:
            folder = posixpath.join(posixpath.dirname(path), root.get("BaseLoc", "").strip("/"))
            for media in descendants(root, "MultiMedia"):
                file = child(media, "MediaFile")
                written = (file.text or "").strip() if file is not None else ""
                found = find(written, folder) or find(written, posixpath.dirname(path))
                if found:
                    paths[media.get("ID", "")] = found
        return cls(paths)

    def covering(self, root: Element, width: float, height: float) -> str | None:
        """Return the picture that covers most of a page, None where none covers half of it."""
        best, share = None, _SCAN_SHARE
        for image in descendants(root, "ImageObject"):
            numbers = image.get("Boundary", "").split()
            path = self.paths.get(image.get("ResourceID", ""))
            try:
                covered = (
                    float(numbers[2]) * float(numbers[3]) / (width * height) if len(numbers) == 4 else 0.0
                )
            except ValueError:
                continue
            if path and covered >= share:
                best, share = path, covered
        return best


def recognised_page(
    number: int, picture: bytes, name: str, limits: ReadingLimits, recogniser: Recogniser
) -> Page | None:
    """Return what stands on the picture of a page, None where it cannot be opened or recognised."""
    try:
        shown = next(open_pictures(picture, name, limits), None)
    except UnsafeFileError:
        raise
    except UnreadableFileError:
        return None
    seen = recogniser.page(number, partial(np.asarray, shown)) if shown is not None else None
    return Page(number, seen.width, seen.height, tuple(arrange(seen.pieces))) if seen else None
