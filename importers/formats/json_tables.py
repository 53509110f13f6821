"""JSON objects, one a line or in one list, as a table: row 0 holds the keys, the others have their line or place."""

import io
import json
import re
from collections.abc import Iterator

from importers.formats.encodings import encoding_of, text_of
from importers.formats.parts import Cell, Row
from importers.formats.sink import Sink
from importers.formats.source import Source, Unreadable

_PIECE = 1 << 20
_LONGEST_RECORD = 8_000_000
_BETWEEN = re.compile(r"[\s,]*")
_NOT_COMPLETE = "这一行不是完整的JSON"
_NO_OBJECT = "这一行不是一条记录(应为 {…})"


def read_json(source: Source, sink: Sink) -> None:
    """Send the objects; a line that is none is a damaged row with its text in the only cell."""
    sink.table(source.part, "", _rows(source, _keys(source)))


def _keys(source: Source) -> dict[str, int]:
    """Every key with its column. Where the objects break off is said when the rows are read."""
    keys: dict[str, int] = {}
    try:
        for _, found in _objects(source):
            for key in found if isinstance(found, dict) else ():
                keys.setdefault(key, len(keys))
            if len(keys) > source.limits.columns:
                break
    except Unreadable:
        pass
    if len(keys) > source.limits.columns:
        raise Unreadable(f"JSON里的键超过{source.limits.columns}个, 请检查导出的内容")
    return keys


def _rows(source: Source, keys: dict[str, int]) -> Iterator[Row]:
    yield Row(0, tuple(keys))
    for number, found in _objects(source):
        if isinstance(found, dict):
            cells: list[Cell] = [""] * len(keys)
            for key, value in found.items():
                cells[keys[key]] = _cell(value)
            yield Row(number, tuple(cells))
        else:
            text = found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)
            reason = _NOT_COMPLETE if isinstance(found, str) else _NO_OBJECT
            yield Row(number, (text,), damage=reason)


def _cell(value: object) -> Cell:
    if value is None:
        return ""
    if isinstance(value, str | bool | int | float) and value == value:
        return value
    return json.dumps(value, ensure_ascii=False)


def _objects(source: Source) -> Iterator[tuple[int, object]]:
    """Number and value; a string stands for text that is no JSON, since no record is one."""
    encoding = encoding_of(source)
    with text_of(source, encoding) as text:
        first = text.readline(_LONGEST_RECORD)
        is_list = first.lstrip().startswith("[") and not isinstance(_loaded(first), dict)
        whole = None if is_list or _loaded(first) is not None else _loaded(first + text.read(_LONGEST_RECORD))
    if whole is not None:
        yield 1, whole
        return
    with text_of(source, encoding) as text:
        yield from _list_items(text) if is_list else _lines(text)


def _lines(text: io.TextIOWrapper) -> Iterator[tuple[int, object]]:
    for number, line in enumerate(iter(lambda: text.readline(_LONGEST_RECORD), ""), start=1):
        if line.strip():
            loaded = _loaded(line)
            yield number, line.strip() if loaded is None else loaded


def _loaded(text: str) -> object:
    """The value; None when it is no JSON (or null, which is no record either)."""
    try:
        return _boxed(json.loads(text))
    except (ValueError, RecursionError):
        return None


def _boxed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _list_items(text: io.TextIOWrapper) -> Iterator[tuple[int, object]]:
    """The items of one list, read piece by piece."""
    decoder = json.JSONDecoder()
    buffer = text.read(_PIECE).lstrip()
    number, position = 0, 1
    while True:
        position = _BETWEEN.match(buffer, position).end()  # type: ignore[union-attr]  # matches the empty string too
        try:
            if buffer.startswith("]", position):
                return
            value, end = decoder.raw_decode(buffer, position)
            complete = isinstance(value, dict | list) or end < len(buffer)
        except (ValueError, RecursionError):
            complete = False
        if complete:
            number, position = number + 1, end
            yield number, _boxed(value)
            continue
        piece = text.read(_PIECE)
        buffer, position = buffer[position:] + piece, 0
        if not piece or len(buffer) > _LONGEST_RECORD:
            raise Unreadable(f"第{number + 1}条不是完整的JSON, 后面的没有读取; 请重新导出后再提交")
