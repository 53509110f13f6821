"""Pages of OFD printed as PDF in memory, each character where it stood: what reads PDF reads them then.

The font is none that anybody could see: it says which character each code is.
"""

from collections.abc import Iterator, Sequence

from importers.formats.pages.ofd_marks import Box, Glyph, Marks

_POINTS = 72 / 25.4
_SMALLEST = 0.1
_FONT = (
    b"<</Type/Font/Subtype/CIDFontType2/BaseFont/F/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    b"/FontDescriptor<</Type/FontDescriptor/FontName/F/Flags 4/FontBBox[0 -200 1000 800]/Ascent 800/Descent -200>>"
    b"/DW 1000>>"
)
_A_BLOCK = 100
"""Characters in one block of a mapping to Unicode, the most that PDF allows."""


class Printer:
    """Collects pages and makes a PDF of them."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}
        self._pages: list[tuple[float, float, bytes]] = []

    def add(self, marks: Marks, box: Box) -> None:
        """Print a page of this box, in millimetres."""
        left, top, width, height = (side * _POINTS for side in box)
        drawn = [self._glyph(glyph, left, top + height) for glyph in marks.glyphs]
        for (x, y), (to_x, to_y) in marks.lines:
            start = f"{x * _POINTS - left:.2f} {top + height - y * _POINTS:.2f} m"
            drawn.append(f"{start} {to_x * _POINTS - left:.2f} {top + height - to_y * _POINTS:.2f} l S")
        self._pages.append((width, height, "\n".join(drawn).encode("ascii")))

    def _glyph(self, glyph: Glyph, left: float, bottom: float) -> str:
        code = self._codes.setdefault(glyph.sign, len(self._codes) + 1)
        x, y = glyph.x * _POINTS - left, bottom - glyph.y * _POINTS
        size, stretched = glyph.size * _POINTS, 100 * glyph.width / max(glyph.size, _SMALLEST)
        return f"BT /F {size:.2f} Tf {stretched:.1f} Tz {x:.2f} {y:.2f} Td <{code:04x}> Tj ET"

    def pdf(self) -> bytes:
        """The file."""
        kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(self._pages)))
        objects = [
            b"<</Type/Catalog/Pages 2 0 R>>",
            f"<</Type/Pages/Count {len(self._pages)}/Kids[{kids}]>>".encode(),
            b"<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
            _FONT,
            _stream("\n".join(self._to_unicode()).encode("ascii")),
        ]
        for number, (width, height, content) in enumerate(self._pages):
            box = f"/MediaBox[0 0 {width:.2f} {height:.2f}]/Resources<</Font<</F 3 0 R>>>>"
            objects += [f"<</Type/Page/Parent 2 0 R{box}/Contents {7 + 2 * number} 0 R>>".encode(), _stream(content)]
        return _file(objects)

    def _to_unicode(self) -> Iterator[str]:
        yield "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange"
        named = [f"<{code:04x}> <{sign.encode('utf-16-be').hex()}>" for sign, code in self._codes.items()]
        for start in range(0, len(named), _A_BLOCK):
            block = named[start : start + _A_BLOCK]
            yield f"{len(block)} beginbfchar {' '.join(block)} endbfchar"
        yield "endcmap end"


def _stream(content: bytes) -> bytes:
    return b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content)


def _file(objects: Sequence[bytes]) -> bytes:
    written = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(written)
