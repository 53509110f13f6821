"""Scans and photos: checked for their size, and read where OCR is installed (extra `ocr`).

What decodes pictures is imported where there is one: nearly every workbook is read without, in half the time.
"""

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from itertools import chain

from importers.formats.confined.confinement import allow_memory
from importers.formats.sink import Sink
from importers.formats.source import Source, Unreadable

_NO_OCR = "这台机器读不了图片里的字, 请告诉管理员装文字识别(qianshao[ocr]); 急的请在网页「登记一件」里录入"
PICTURES = "第{pages}页有图片, 图片里的字没有读; 图片是信访件的, 请把图片另存出来单独提交"
_PACKAGE = "rapidocr"


def read_image(source: Source, sink: Sink, package: str = _PACKAGE) -> None:
    """Send what the image says; Unreadable when it is absurdly large, damaged, or OCR is not installed."""
    from importers.formats.scans.page_images import image_pages

    pages = image_pages(source)
    first = next(pages)
    if find_spec(package) is None:
        raise Unreadable(_NO_OCR)
    allow_memory(source.limits.recognition_memory_bytes)
    from importers.formats.scans.reading import read_pages  # loads the OCR, of which most installations have none

    read_pages(enumerate(chain([first], pages), start=1), source, sink)


def read_pictures(pictures: Iterable[Source], count: int, source: Source, sink: Sink, package: str = _PACKAGE) -> None:
    """Send what so many pictures say, as pages of one file; Unreadable as for one image, and when they are too many."""
    if find_spec(package) is None:
        raise Unreadable(_NO_OCR)
    from importers.formats.scans.page_images import check_count, image_pages

    check_count(count)
    allow_memory(source.limits.recognition_memory_bytes)
    from importers.formats.scans.reading import read_pages

    read_pages(enumerate(chain.from_iterable(map(image_pages, pictures)), start=1), source, sink)


def named_pages(pages: Sequence[int]) -> str:
    """The numbers of the pages for a message, the first ten of many."""
    return "、".join(map(str, pages[:10])) + ("等" if len(pages) > 10 else "")


def read_scanned_pdf(source: Source, pages: Sequence[int], sink: Sink, package: str = _PACKAGE) -> None:
    """Send what the scanned pages (1-based) of the PDF say; refused, page by page named, when OCR is not installed."""
    if find_spec(package) is None:
        sink.refused(source.part, f"第{named_pages(pages)}页是扫描件: {_NO_OCR}")
        return
    from importers.formats.scans.page_images import check_count, pdf_pages

    check_count(len(pages))
    allow_memory(source.limits.recognition_memory_bytes)
    from importers.formats.scans.reading import read_pages

    read_pages(zip(pages, pdf_pages(source, pages), strict=True), source, sink)
