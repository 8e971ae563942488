"""Small OFD and other zip files built by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

NAMESPACE = "http://www.ofdspec.org/2016"


def zip_of(files: Mapping[str, bytes | str]) -> bytes:
    """Return a zip file with these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return buffer.getvalue()


def text_object(x: float, y: float, text: str, size: float = 4, extra: str = "", ctm: str = "") -> str:
    """Return a text object whose characters stand a square apart, Latin ones half a square."""
    steps = " ".join(f"{size if ord(one) > 255 else size / 2:g}" for one in text[:-1])
    turned = f' CTM="{ctm}"' if ctm else ""
    return (
        f'<ofd:TextObject ID="9" Boundary="{x:g} {y - size:g} {size * len(text):g} {size * 1.4:g}" Font="3"'
        f' Size="{size:g}"{turned}>{extra}<ofd:TextCode X="0" Y="{size:g}" DeltaX="{steps}">{escape(text)}'
        "</ofd:TextCode></ofd:TextObject>"
    )


def path_object(x0: float, y0: float, x1: float, y1: float) -> str:
    """Return a drawn line."""
    return (
        f'<ofd:PathObject ID="8" Boundary="{x0:g} {y0:g} {x1 - x0:g} {y1 - y0:g}" LineWidth="0.25">'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0:g} {y1 - y0:g}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def page_xml(objects: Sequence[str], namespace: str = NAMESPACE, before: str = "") -> str:
    return (
        f'<ofd:Page xmlns:ofd="{namespace}">{before}<ofd:Content><ofd:Layer ID="2">'
        + "".join(objects)
        + "</ofd:Layer></ofd:Content></ofd:Page>"
    )


def ofd_files(
    pages: Sequence[Sequence[str]], namespace: str = NAMESPACE, info: str = "", more: str = ""
) -> dict[str, bytes | str]:
    """Return the files of an OFD file with these pages of objects."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    files: dict[str, bytes | str] = {
        "OFD.xml": f'<ofd:OFD xmlns:ofd="{namespace}"><ofd:DocBody><ofd:DocInfo>{info}</ofd:DocInfo>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f'<ofd:Document xmlns:ofd="{namespace}"><ofd:CommonData><ofd:PageArea>'
        "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages>{more}</ofd:Document>",
    }
    for number, objects in enumerate(pages):
        files[f"Doc_0/Pages/Page_{number}/Content.xml"] = page_xml(objects, namespace)
    return files
