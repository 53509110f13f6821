"""OFD, the fixed layout of Chinese offices: read as a PDF of the same page would be; pages that are scans as images."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from importers.formats.limits import Limits
from importers.formats.packages.office_package import OfficePackage
from importers.formats.packages.packages import open_package
from importers.formats.packages.pasted import FEW_WORDS, SMALLEST, Pasted, read_scanned_document
from importers.formats.pages.ofd_marks import Box, Glyph, Marks, box_of, marks_of
from importers.formats.pages.ofd_package import Element, OfdPackage, OfdPage
from importers.formats.pages.ofd_printing import Printer
from importers.formats.pages.pdf import FEWEST_CHARACTERS, FILLING, read_pdf
from importers.formats.scans.images import PICTURES, named_pages
from importers.formats.sink import Sink
from importers.formats.source import Source, Unreadable

_NO_PAGES = "OFD里没有页, 请重新导出"
_NO_IMAGES = "第{pages}页是扫描件, 图片的格式读不了; 请用OFD阅读器打开, 另存为PDF后再提交"
_ANNOTATION = "批注："
_NOTE_SIZE = 4.0
_WATERMARK = "Watermark"


@dataclass(slots=True)
class _Pages:
    """What the pages come to."""

    printer: Printer = field(default_factory=Printer)
    characters: int = 0
    scans: list[int] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    """Paths of the images of scanned pages."""
    pictured: list[int] = field(default_factory=list)


def read_ofd(source: Source, sink: Sink) -> None:
    """Send tables, forms and the letter of the pages with text, then the pages that are scans."""
    with open_package(source.start(), source.limits) as package:
        office = OfficePackage(package)
        ofd = OfdPackage(office)
        pages = _Pages()
        count = 0
        for count, page in enumerate(ofd.pages(source.limits.pages), start=1):
            _add(page, count, ofd, office, pages, source.limits)
        if not count:
            raise Unreadable(_NO_PAGES)
        if pages.characters:
            printed = pages.printer.pdf()
            read_pdf(source.converted(io.BytesIO(printed), len(printed)), sink)
        if pages.pictured:
            sink.left_out(source.part, PICTURES.format(pages=named_pages(pages.pictured)))
        Pasted(files=ofd.attachments).say(sink, source.part)
        if pages.scans and not read_scanned_document(office, Pasted(tuple(pages.images)), "", source, sink):
            sink.refused(source.part, _NO_IMAGES.format(pages=named_pages(pages.scans)))


def _add(page: OfdPage, number: int, ofd: OfdPackage, office: OfficePackage, pages: _Pages, limits: Limits) -> None:
    marks, box = marks_of(page.elements, ofd.units), box_of(page.box)
    shown = [(path, area) for one, area in marks.images if office.has(path := ofd.images.get(one, ""))]
    large = [(path, area) for path, area in shown if office.size(path) >= SMALLEST]
    fills = any(area >= FILLING * box[2] * box[3] for _, area in large)
    if (shown and len(marks.glyphs) < FEWEST_CHARACTERS) or (fills and len(marks.glyphs) <= FEW_WORDS):
        pages.scans.append(number)
        pages.images += [path for path, _ in large or shown]
        pages.printer.add(Marks(), box)
        return
    if large:
        pages.pictured.append(number)
    box = _write_below(marks, box, _notes(page.annotations))
    pages.characters += len(marks.glyphs)
    if pages.characters > limits.text_characters:
        raise Unreadable(f"文字超过{limits.text_characters}字, 请分成几个文件提交")
    pages.printer.add(marks, box)


def _notes(elements: Sequence[Element]) -> list[str]:
    """What annotations say, each once; watermarks are none."""
    found: list[str] = []
    is_watermark = False
    for one in elements:
        if one.name == "Annot":
            is_watermark = one.attributes.get("Type") == _WATERMARK
        elif one.name in {"Remark", "TextCode"} and not is_watermark and one.text.strip():
            found.append(one.text.strip())
    return list(dict.fromkeys(found))


def _write_below(marks: Marks, box: Box, notes: Sequence[str]) -> Box:
    """Write the notes below everything on the page, where they are mixed with nothing; the page that holds them."""
    left, top, width, height = box
    down = max([top + height, *(glyph.y for glyph in marks.glyphs)]) if notes else top + height
    for note in notes:
        down += 2 * _NOTE_SIZE
        signs = _ANNOTATION + " ".join(note.split())
        marks.glyphs += [
            Glyph(sign, left + at * _NOTE_SIZE, down, _NOTE_SIZE, _NOTE_SIZE) for at, sign in enumerate(signs)
        ]
    return left, top, width, down - top + _NOTE_SIZE if notes else height
