"""An OFD file (GB/T 33190) -> its text; what breaks the standard is read as far as it can be."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest import messages
from ingest.errors import UnreadableFileError
from ingest.formats.archive import Archive
from ingest.formats.flow import paragraphs
from ingest.formats.furniture import drop_furniture
from ingest.formats.glyphs import repair
from ingest.formats.layout import Page
from ingest.formats.limits import ReadingLimits
from ingest.formats.ofd_page import OfdPage, add_content, page_box
from ingest.formats.ofd_pictures import Pictures, recognised_page
from ingest.formats.properties import glyph_flags, known_title
from ingest.formats.recognition import Recogniser
from ingest.formats.source import SourceText
from ingest.formats.xml import child, children, descendants, parse_xml, text_at
from vectorstore.validity import Attachment

_ROOT = "OFD.xml"
_DATE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")


def read_ofd(data: bytes, name: str, limits: ReadingLimits, recogniser: Recogniser) -> SourceText:
    """Return the document of an OFD file; `name` is the file's, for messages.

    Raises:
        UnreadableFileError: broken, too long, or without text.
        UnsafeFileError: an archive or XML that is built to harm.
    """
    reader = _Reader(Archive(data, name, "OFD", limits), name, limits, recogniser)
    root = reader.parse(_ROOT)
    if root is None:
        raise UnreadableFileError(messages.MISSING_ENTRY.format(name=name, entry=_ROOT))
    bodies = descendants(root, "DocBody") or [root]
    for body in bodies:
        reader.read_document(posixpath.normpath(text_at(body, "DocRoot") or "Doc_0/Document.xml"))
    text = paragraphs(drop_furniture(reader.pages))
    if not text.strip():
        raise UnreadableFileError(messages.IMAGE_ONLY.format(name=name))
    info = child(bodies[0], "DocInfo")
    return SourceText(
        text=text + "\n",
        format="scan" if recogniser.pages and recogniser.pages == len(reader.pages) else "ofd",
        title=known_title(text_at(info, "Title"), text),
        metadata=_described(info),
        attachments=tuple(reader.attachments),
        flags=(*reader.flags(), *recogniser.flags(), *glyph_flags(text)),
        recognition=recogniser.recognition(),
    )


@dataclass
class _Reader:
    """Reads the documents of an archive page by page and keeps what is odd about them."""

    archive: Archive
    name: str
    limits: ReadingLimits
    recogniser: Recogniser
    pages: list[Page] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    _missing: list[int] = field(default_factory=list)
    _askew: dict[int, int] = field(default_factory=dict)
    _hidden: int = 0

    def parse(self, path: str | None) -> Element | None:
        """Return the root of an XML file, None where the archive does not hold it."""
        if path is None or self.archive.find(path) is None:
            return None
        return parse_xml(self.archive.read(path), self.name, path, self.limits)

    def read_document(self, path: str) -> None:
        """Add the pages of a document, in the order that it lists them."""
        root = self.parse(self._find(path, "") or self._any("Document.xml"))
        if root is None:
            raise UnreadableFileError(messages.MISSING_ENTRY.format(name=self.name, entry=path))
        folder = posixpath.dirname(self._find(path, "") or self._any("Document.xml") or "")
        listed = [page for pages in children(root, "Pages") for page in children(pages, "Page")]
        if len(self.pages) + len(listed) > self.limits.max_pages:
            line = messages.TOO_MANY_PAGES.format(
                name=self.name, pages=len(self.pages) + len(listed), limit=self.limits.max_pages
            )
            raise UnreadableFileError(line)
        common = child(root, "CommonData")
        templates = {
            one.get("ID", ""): one.get("BaseLoc", "")
            for one in (descendants(root, "TemplatePage") if root else ())
        }
        pictures = Pictures.of(self._resources(common, folder), self._find)
        for page in listed:
            self._add_page(page.get("BaseLoc", ""), folder, child(common, "PageArea"), templates, pictures)
        self._add_attachments(text_at(root, "Attachments"), folder)

    def flags(self) -> Iterator[str]:
        """Yield what a person should know of what was left out."""
        for number, count in self._askew.items():
            yield messages.ASKEW.format(page=number, count=count)
        if self._hidden:
            yield messages.HIDDEN.format(count=self._hidden)
        if self._missing:
            yield messages.MISSING_PAGES.format(pages="、".join(map(str, self._missing[:20])))

    def _add_page(
        self, path: str, folder: str, area: Element | None, templates: dict[str, str], pictures: Pictures
    ) -> None:
        number = len(self.pages) + 1
        root = self.parse(self._find(path, folder))
        if root is None:
            self._missing.append(number)
            self.pages.append(Page(number, 210.0, 297.0, ()))
            return
        width, height = page_box(child(root, "Area"), area)
        page = OfdPage(width, height)
        for template in children(root, "Template"):
            shown = self.parse(self._find(templates.get(template.get("TemplateID", ""), ""), folder))
            if shown is not None:
                add_content(page, shown)
        add_content(page, root)
        if page.askew:
            self._askew[number] = page.askew
        self._hidden += page.hidden
        scan = None if page.characters else pictures.covering(root, width, height)
        seen = (
            recognised_page(number, self.archive.read(scan), self.name, self.limits, self.recogniser)
            if scan
            else None
        )
        self.pages.append(seen or page.laid_out(number))

    def _resources(self, common: Element | None, folder: str) -> Iterator[tuple[str, Element]]:
        """Yield the files that list a document's pictures, with their paths."""
        for kind in ("PublicRes", "DocumentRes"):
            for one in children(common, kind) if common is not None else ():
                path = self._find((one.text or "").strip(), folder)
                root = self.parse(path)
                if path is not None and root is not None:
                    yield path, root

    def _add_attachments(self, path: str, folder: str) -> None:
        root = self.parse(self._find(path, folder)) if path else None
        for one in descendants(root, "Attachment") if root is not None else ():
            name = " ".join(repair(one.get("Name", "")).split())
            if name and one.get("Visible", "true").lower() != "false":
                self.attachments.append(Attachment(name=name))

    def _find(self, path: str, folder: str) -> str | None:
        """Return a file by the path that another one gives: from its folder, from the root, or by its end."""
        if not path:
            return None
        plain = path.strip().replace("\\", "/")
        candidates = [posixpath.join(folder, plain.lstrip("/")), plain.lstrip("/")]
        if plain.startswith("/"):
            candidates.reverse()
        normal = (posixpath.normpath(one) for one in candidates)
        return next((found for one in normal if (found := self.archive.find(one))), None)

    def _any(self, ending: str) -> str | None:
        return next((path for path in self.archive.paths if path.endswith(ending)), None)


def _described(info: Element | None) -> dict[str, str]:
    """Return who made the file and when: dates of the file, never those of the document in it."""
    described = {}
    for label, key in (("文件作者", "Author"), ("文件制作程序", "Creator")):
        if value := text_at(info, key):
            described[label] = value
    for label, key in (("文件创建日期", "CreationDate"), ("文件修改日期", "ModDate")):
        if found := _DATE.match(text_at(info, key)):
            described[label] = "-".join(found.groups())
    return described
