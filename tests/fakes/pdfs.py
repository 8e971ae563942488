"""Small PDFs built by hand: Chinese text without a font file, rulings, pictures."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts ["
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo"
    b" << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 /FontDescriptor"
    b" << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
    b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >>] >>"
)
_UNMAPPED = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Own /Encoding /Identity-H /DescendantFonts ["
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /AAAAAA+Own /CIDSystemInfo"
    b" << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /FontDescriptor"
    b" << /Type /FontDescriptor /FontName /AAAAAA+Own /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
    b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >>] >>"
)
"""A font whose codes nothing in the file relates to characters."""
WIDTH, HEIGHT = 595, 842


@dataclass
class PdfPage:
    """What is drawn on a page; places are points from its upper left corner, text by its baseline."""

    drawn: list[bytes] = field(default_factory=list)
    picture: bytes | None = None

    def write(
        self, x: float, y: float, text: str, size: float = 12, matrix: str = "1 0 0 1", font: str = "F1"
    ) -> PdfPage:
        """Write a text; in font F2 its codes are those of no character set."""
        shown = text.encode("utf-16-be").hex()
        place = f"{matrix} {x:g} {HEIGHT - y:g} Tm"
        self.drawn.append(f"BT /{font} {size:g} Tf {place} <{shown}> Tj ET".encode())
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> PdfPage:
        self.drawn.append(f"{x0:g} {HEIGHT - y0:g} m {x1:g} {HEIGHT - y1:g} l S".encode())
        return self

    def table(self, x: float, y: float, rows: Sequence[Sequence[str]], column: float = 120) -> PdfPage:
        """Draw a ruled table with rows 24 points high."""
        width, height = len(rows[0]), len(rows)
        for row in range(height + 1):
            self.rule(x, y + 24 * row, x + column * width, y + 24 * row)
        for at in range(width + 1):
            self.rule(x + column * at, y, x + column * at, y + 24 * height)
        for row, cells in enumerate(rows):
            for at, text in enumerate(cells):
                self.write(x + column * at + 6, y + 24 * row + 16, text)
        return self

    def show(self, picture: bytes, width: int, height: int) -> PdfPage:
        """Cover the page with an RGB picture, three bytes a point."""
        packed = zlib.compress(picture)
        head = (
            f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB"
            f" /BitsPerComponent 8 /Filter /FlateDecode /Length {len(packed)} >>"
        )
        self.picture = head.encode() + b"\nstream\n" + packed + b"\nendstream"
        self.drawn.append(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /I1 Do Q".encode())
        return self


def build_pdf(pages: Sequence[PdfPage], title: str = "") -> bytes:
    """Return the bytes of a PDF with these pages."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", _FONT, _UNMAPPED]
    kids = []
    for page in pages:
        content = b"\n".join(page.drawn)
        objects.append(b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream")
        resources = b"/Font << /F1 3 0 R /F2 4 0 R >>"
        if page.picture is not None:
            objects.append(page.picture)
            resources += b" /XObject << /I1 %d 0 R >>" % len(objects)
        contents = len(objects) - (page.picture is not None)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << %s >> /Contents %d 0 R >>"
            % (WIDTH, HEIGHT, resources, contents)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    objects.append(b"<< /Title <feff%s> >>" % title.encode("utf-16-be").hex().encode())
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    data = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (size, size - 1)
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n" % size
        + table
        + trailer
        + b"startxref\n%d\n%%%%EOF\n" % len(data)
    )
