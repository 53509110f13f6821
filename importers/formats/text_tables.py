"""Text tables: csv, tsv."""

import csv
import io
from collections.abc import Iterator

from importers.formats.parts import Row
from importers.formats.sink import Sink
from importers.formats.source import Source, Unreadable

_ENCODINGS = ("utf-8-sig", "gb18030", "utf-16", "big5")


def read_text(source: Source, sink: Sink) -> None:
    """Send the table."""
    sink.table(source.part, "", _rows(source))


def _rows(source: Source) -> Iterator[Row]:
    text = _decoded(source.start().read())
    head = text[:20_000]
    delimiter = "\t" if source.ending == ".tsv" else max(",\t;|", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            yield Row(line, tuple(cells))
            line = reader.line_num + 1
    except csv.Error as exc:
        raise Unreadable(f"第{line}行: 读不下去({exc}), 请检查引号是否成对") from exc


def _decoded(content: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeError:
            continue
    raise Unreadable("文字编码认不出来, 请另存为UTF-8或xlsx后再提交")
