"""Tells what a member is and hands it to the reader of that kind."""

from collections.abc import Callable, Mapping

from importers.formats.kinds import Kind, kind_of
from importers.formats.sink import Sink
from importers.formats.source import Source, Unreadable
from importers.formats.text_tables import read_text
from importers.formats.workbooks import read_workbook

_DAMAGED = "文件已损坏或内容不完整, 读不出来; 请用原来的软件打开, 另存后再提交"
_TOO_BIG = "读取时超出内存上限, 请分成几个较小的文件再提交"

_READERS: Mapping[Kind, Callable[[Source, Sink], None]] = {
    Kind.WORKBOOK: read_workbook,
    Kind.TEXT: read_text,
}


def read(source: Source, sink: Sink) -> None:
    """Send every part of the member; whatever a parser throws costs this member only."""
    try:
        _READERS[kind_of(source)](source, sink)
    except Unreadable as exc:
        sink.refused(source.part, str(exc))
    except MemoryError:
        sink.refused(source.part, _TOO_BIG)
    except BrokenPipeError:
        raise
    except Exception:  # noqa: BLE001 - parsers of strangers' files throw anything
        sink.refused(source.part, _DAMAGED)
