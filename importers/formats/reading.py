"""Tells what a member is and hands it to the reader of that kind."""

from collections.abc import Callable, Mapping
from importlib import import_module

from importers.formats.kinds import Kind, kind_of
from importers.formats.sink import Sink
from importers.formats.source import Source, reason_of

_READERS: Mapping[Kind, tuple[str, str]] = {
    Kind.XLSX: ("workbooks.xlsx", "read_xlsx"),
    Kind.WORKBOOK: ("workbooks.workbooks", "read_workbook"),
    Kind.SPREADSHEET_XML: ("workbooks.spreadsheet_xml", "read_spreadsheet_xml"),
    Kind.HTML: ("webs.html_tables", "read_html"),
    Kind.JSON: ("plain.json_tables", "read_json"),
    Kind.TEXT: ("plain.text_tables", "read_text"),
    Kind.DOCX: ("documents.docx", "read_docx"),
    Kind.OLD_DOCUMENT: ("documents.old_documents", "read_old_document"),
    Kind.PDF: ("pages.pdf", "read_pdf"),
    Kind.OFD: ("pages.ofd", "read_ofd"),
    Kind.IMAGE: ("scans.images", "read_image"),
}
_CONTAINERS: Mapping[Kind, tuple[str, str]] = {
    Kind.MAIL: ("webs.mail", "read_mail"),
    Kind.ARCHIVE: ("packages.archive", "read_archive"),
}
"""Module and function. Imported when the first file of the kind comes: most processes need one of them."""


def read(source: Source, sink: Sink) -> None:
    """Send every part of the member; whatever a parser throws costs this member only."""
    try:
        kind = kind_of(source)
        if kind in _CONTAINERS:
            _function(*_CONTAINERS[kind])(source, sink, read)
        else:
            _function(*_READERS[kind])(source, sink)
    except BrokenPipeError:
        raise
    except Exception as exc:  # noqa: BLE001 - parsers of strangers' files throw anything
        sink.refused(source.part, reason_of(exc))


def _function(module: str, name: str) -> Callable[..., None]:
    found: Callable[..., None] = getattr(import_module(f"importers.formats.{module}"), name)
    return found
