"""XML from strangers -> a tree: no entities, no declarations, no outside references, bounded depth."""

from __future__ import annotations

import io
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from ingest import messages
from ingest.errors import UnreadableFileError, UnsafeFileError
from ingest.formats.limits import ReadingLimits


def parse_xml(data: bytes, name: str, entry: str, limits: ReadingLimits) -> Element:
    """Return the root of an XML file; `name` and `entry` (the file within an archive) stand in messages.

    Raises:
        UnreadableFileError: not well-formed.
        UnsafeFileError: entities, a document type, or elements nested deeper than allowed.
    """
    depth = 0
    root: Element | None = None
    try:
        for event, element in iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
            if event == "end":
                depth -= 1
                continue
            root = element if root is None else root
            depth += 1
            if depth > limits.max_depth:
                line = messages.TOO_DEEP.format(name=name, entry=entry, limit=limits.max_depth)
                raise UnsafeFileError(line)
    except DefusedXmlException as error:
        raise UnsafeFileError(messages.UNSAFE_XML.format(name=name, entry=entry)) from error
    except (ParseError, LookupError, ValueError) as error:
        raise UnreadableFileError(messages.BAD_XML.format(name=name, entry=entry)) from error
    if root is None:
        raise UnreadableFileError(messages.BAD_XML.format(name=name, entry=entry))
    return root


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace: files break the standard's, in two ways."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element, name: str) -> list[Element]:
    """Return the direct children of that local name."""
    return [child for child in element if local_name(child) == name]


def child(element: Element | None, *names: str) -> Element | None:
    """Return the first child on a path of local names, None where one is missing."""
    for name in names:
        if element is None:
            return None
        element = next((one for one in element if local_name(one) == name), None)
    return element


def descendants(element: Element, name: str) -> list[Element]:
    """Return all elements of that local name below an element, in order."""
    return [one for one in element.iter() if local_name(one) == name]


def text_at(element: Element | None, *names: str) -> str:
    """Return the text of an element on a path of local names, '' where it is missing or empty."""
    found = child(element, *names)
    return " ".join((found.text or "").split()) if found is not None else ""
