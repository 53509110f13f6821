"""Office files made from invented content: small containers written by hand where no library writes the quirk."""

import io
import struct
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

import docx
import openpyxl
import xlwt

_END, _NONE = 0xFFFFFFFE, 0xFFFFFFFF
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def archive(members: Mapping[str, bytes], **options: Any) -> bytes:
    """A zip of the members in their order."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, **options) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return packed.getvalue()


def xlsx(sheets: Mapping[str, Sequence[Sequence[Any]]], *, hidden: Iterable[str] = ()) -> bytes:
    """A workbook as openpyxl writes it."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def xlsx_of_markup(
    sheet_data: str, *, strings: str | None = None, styles: str = "", prolog: str = "", prefix: str = ""
) -> bytes:
    """A workbook of one sheet whose XML is given."""
    worksheet = f"{prefix}:worksheet" if prefix else "worksheet"
    declared = f"xmlns:{prefix}" if prefix else "xmlns"
    sheet = f'{prolog}<{worksheet} {declared}="{_SPREADSHEET}">{sheet_data}</{worksheet}>'
    members = {
        "[Content_Types].xml": b"<Types/>",
        "xl/workbook.xml": (
            f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_RELATIONS}"><sheets>'
            f'<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships><Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{_RELATIONS}/styles" Target="/xl/styles.xml"/></Relationships>'
        ).encode(),
        "xl/styles.xml": f'<styleSheet xmlns="{_SPREADSHEET}">{styles}</styleSheet>'.encode(),
        "xl/worksheets/sheet1.xml": sheet.encode(),
    }
    if strings is not None:
        members["xl/sharedStrings.xml"] = f'<sst xmlns="{_SPREADSHEET}">{strings}</sst>'.encode()
    return archive(members)


def xls(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """A workbook of Excel 97."""
    book = xlwt.Workbook(encoding="utf-8")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def xlsb(
    rows: Sequence[Sequence[str]],
    *,
    merges: Sequence[tuple[int, int, int, int]] = (),
    behind: bytes = b"",
    relation: str = "rId1",
    far: tuple[int, int] | None = None,
    struck: Collection[tuple[int, int]] = (),
) -> bytes:
    """A binary workbook ([MS-XLSB]) of one sheet of texts; merged are first and last row, first and last column.

    `far` is the place of one more text, `struck` are the places, row and column, of texts that are struck through.
    """
    book = _record(131) + _record(143) + _record(156, struct.pack("<II", 0, 1) + _wide(relation) + _wide("登记"))
    sheet = _record(129) + _record(148, struct.pack("<4I", 0, len(rows) - 1, 0, len(rows[0]) - 1)) + _record(145)
    for number, row in enumerate(rows):
        sheet += _record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
        for column, text in enumerate(row):
            sheet += _record(6, struct.pack("<II", column, (number, column) in struck) + _wide(text))
    if far:
        sheet += _record(0, struct.pack("<IIHBBBI", far[0], 0, 300, 0, 0, 0, 0))
        sheet += _record(6, struct.pack("<II", far[1], 0) + _wide("x"))
    merged = b"".join(_record(176, struct.pack("<4I", *one)) for one in merges)
    related = f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.bin"/>'
    return archive(
        {
            "[Content_Types].xml": b"<Types/>",
            "xl/workbook.bin": book + _record(144) + _record(132),
            "xl/_rels/workbook.bin.rels": f"<Relationships>{related}</Relationships>".encode(),
            "xl/styles.bin": _binary_styles(),
            "xl/worksheets/sheet1.bin": sheet + _record(146) + merged + behind + _record(130),
        }
    )


def _binary_styles() -> bytes:
    """A plain font and one that is struck through, and a format of cells for each."""
    fonts = b"".join(_record(43, struct.pack("<HH", 220, struck) + bytes(21)) for struck in (0, 0x08))
    formats = b"".join(_record(47, struct.pack("<HHH", 0, 0, font) + bytes(10)) for font in (0, 1))
    shared = _record(626) + _record(47, struct.pack("<HHH", 0, 0, 1) + bytes(10)) + _record(627)
    begin = _record(278) + _record(611, struct.pack("<I", 2)) + fonts + _record(612)
    return begin + shared + _record(617, struct.pack("<I", 2)) + formats + _record(618) + _record(279)


def _record(kind: int, content: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(content)
    size = bytes([length]) if length < 128 else bytes([length & 0x7F | 0x80, length >> 7])
    return number + size + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def compound(streams: Sequence[str]) -> bytes:
    """An OLE2 compound file ([MS-CFB]) of these empty streams: one sector of allocation, one of directory."""
    head = struct.pack("<8s16sHHHHH6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    allocation = struct.pack("<II", 0xFFFFFFFD, _END) + b"\xff" * 504
    entries = [_entry("Root Entry", 5, child=1)]
    entries += [
        _entry(name, 2, right=place + 2 if place + 1 < len(streams) else _NONE) for place, name in enumerate(streams)
    ]
    return head + struct.pack("<I", 0) + b"\xff" * 432 + allocation + b"".join(entries).ljust(512, b"\x00")


def _entry(name: str, kind: int, *, right: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF) -> bytes:
    packed = name.encode("utf-16-le")
    head = packed.ljust(64, b"\x00") + struct.pack("<HBB", len(packed) + 2, kind, 1)
    return (head + struct.pack("<III36xIQ", _NONE, right, child, _END, 0)).ljust(128, b"\x00")


def ods(
    rows: Sequence[Sequence[str]], *, repeated: int = 1, struck: Collection[tuple[int, int]] = (), words: bool = False
) -> bytes:
    """An OpenDocument spreadsheet; the last row stands `repeated` times.

    `struck` are the places of texts that are struck through: with `words` the words in the cell, else the cell.
    """
    lines = [
        "".join(_ods_cell(text, struck=(row, column) in struck, words=words) for column, text in enumerate(texts))
        for row, texts in enumerate(rows)
    ]
    body = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines[:-1])
    body += f'<table:table-row table:number-rows-repeated="{repeated}">{lines[-1]}</table:table-row>'
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f"{_ODS_STYLES if struck else ''}<office:body><office:spreadsheet>"
        f'<table:table table:name="登记">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return archive(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


_ODS_STYLES = (
    '<office:automatic-styles><style:style style:name="crossed" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style></office:automatic-styles>'
)


def _ods_cell(text: str, *, struck: bool, words: bool) -> str:
    style = ' table:style-name="crossed"' if struck and not words else ""
    said = f'<text:span text:style-name="crossed">{escape(text)}</text:span>' if struck and words else escape(text)
    return f'<table:table-cell{style} office:value-type="string"><text:p>{said}</text:p></table:table-cell>'


def docx_of(paragraphs: Sequence[str], tables: Sequence[Sequence[Sequence[str]]] = ()) -> bytes:
    """A Word document: the paragraphs, then the tables."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    for rows in tables:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def pdf(pages: Sequence[str], *, turned: int = 0) -> bytes:
    """A PDF whose pages have these content streams, shown turned; font /F1 takes UCS-2 text of Chinese."""
    objects: list[bytes] = []

    def add(content: str) -> int:
        objects.append(content.encode("latin-1"))
        return len(objects)

    descriptor = add(
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0"
        "/Ascent 900/Descent -200/CapHeight 900/StemV 80>>"
    )
    descendant = add(
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000"
        f"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor {descriptor} 0 R>>"
    )
    font = add(
        f"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[{descendant} 0 R]>>"
    )
    root = len(objects) + 2 * len(pages) + 1
    kids = []
    for page in pages:
        stream = add(f"<</Length {len(page)}>>\nstream\n{page}\nendstream")
        kids.append(
            add(
                f"<</Type/Page/Parent {root} 0 R/Rotate {turned}/MediaBox[0 0 595 842]/Contents {stream} 0 R"
                f"/Resources<</Font<</F1 {font} 0 R>>>>>>"
            )
        )
    add(f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>")
    catalog = add(f"<</Type/Catalog/Pages {root} 0 R>>")
    return _joined(objects, catalog)


def _joined(objects: Sequence[bytes], catalog: int) -> bytes:
    written = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, catalog, start)
    return bytes(written)


def words(text: str, left: float, up: float) -> str:
    """A line of a PDF page at these points from the lower left corner."""
    return f"BT /F1 12 Tf {left} {up} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"


def ruled(rows: Sequence[Sequence[str]], left: float, top: float, width: float = 120, height: float = 24) -> str:
    """A table with rulings on a PDF page."""
    drawn = []
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            x, y = left + column * width, top - (row + 1) * height
            drawn.append(f"{x} {y} {width} {height} re S\n{words(text, x + 4, y + 7)}")
    return "".join(drawn)
