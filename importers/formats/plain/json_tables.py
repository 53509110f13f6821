"""JSON objects, one a line or in one list, as a table: row 0 holds the keys, the others have their line or place."""

import io
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from importers.formats.forms.form_labels import is_label
from importers.formats.forms.values_beside import is_matter
from importers.formats.parts import Cell, Row
from importers.formats.plain.encodings import encoding_of, text_of
from importers.formats.plain.json_objects import Spreading
from importers.formats.sink import Sink
from importers.formats.source import Source, Unreadable

_ENVELOPES = Path(__file__).with_name("json_envelopes.txt")
_DEEPEST_ENVELOPE = 3
_CHINESE = re.compile("[\u4e00-\u9fff]")
_PIECE = 1 << 20
_LONGEST_RECORD = 8_000_000
_BETWEEN = re.compile(r"[\s,]*")
_LISTED = frozenset({"text", "title"})
"""Keys of a list of texts."""
_AROUND = "外层数据"
"""The one field of what is sent around a record: its keys (phone, name) may be the sender's and head no column."""
_FEWEST_LABELS = 3
_NOT_COMPLETE = "这一行的格式不对(不是完整的JSON)"
_TOO_DEEP = "这一行的格式不对(数据套了太多层)"
_NO_OBJECT = "这一行的格式不对(不是一条记录, 应为 {…})"


def read_json(source: Source, sink: Sink) -> None:
    """Send the objects; a line that is none is a damaged row with its text in the only cell."""
    keys = _keys(source)
    if source.is_delivered_file and not encoding_of(source).by_lines:
        sink.measured(source.share_read)
    sink.table(source.part, "", _rows(source, keys))


def _keys(source: Source) -> dict[str, int]:
    """Every key with its column. Where the objects break off is said when the rows are read."""
    keys: dict[str, int] = {}
    spread = Spreading().spread
    try:
        for _, found in _objects(source):
            for key in spread(found) if isinstance(found, dict) else ():
                keys.setdefault(key, len(keys))
            if len(keys) > source.limits.columns:
                break
    except Unreadable:
        pass
    if len(keys) > source.limits.columns:
        raise Unreadable(
            f"导出文件里的栏目超过{source.limits.columns}个, 没有读取; 请把这句话告诉导出系统的管理员, 重新导出"
        )
    return keys


def _rows(source: Source, keys: dict[str, int]) -> Iterator[Row]:
    yield Row(0, tuple(keys))
    spreading = Spreading()
    for number, found in _objects(source):
        try:
            yield _row(number, spreading.spread(found) if isinstance(found, dict) else found, keys)
        except RecursionError:
            # Nested so deep that it can just be read, and not be written.
            yield Row(number, (str(next(iter(found), "")) if isinstance(found, dict) else "",), damage=_TOO_DEEP)


def _row(number: int, found: object, keys: Mapping[str, int]) -> Row:
    if not isinstance(found, dict):
        text = found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)
        return Row(number, (text,), damage=_NOT_COMPLETE if isinstance(found, str) else _NO_OBJECT)
    cells: list[Cell] = [""] * len(keys)
    for key, value in found.items():
        cells[keys[key]] = _cell(value)
    return Row(number, tuple(cells))


def _cell(value: object) -> Cell:
    if value is None:
        return ""
    if isinstance(value, str | bool | int | float) and value == value:
        return value
    return json.dumps(value, ensure_ascii=False)


def _objects(source: Source) -> Iterator[tuple[int, object]]:
    """Number and value; a string stands for text that is no JSON, since no record is one.

    Records in the envelope of a program's answer are numbered as they come.
    """
    count = 0
    for number, found in _values(source):
        records = _unwrapped(found, _DEEPEST_ENVELOPE)
        if records is None and not count:
            yield number, _opened(found)
            continue
        for record in [found] if records is None else records:
            count += 1
            yield count, _opened(_boxed(record))


def _opened(found: object) -> object:
    """The record within what a web form sends around it ({"formId": …, "data": {…}}), which is kept with the record.

    It is the only object there and has the matter and other labels; around it no key is Chinese.
    """
    if not isinstance(found, dict):
        return found
    inner = [value for value in found.values() if isinstance(value, dict)]
    if len(inner) != 1 or not inner[0] or any(_CHINESE.search(key) for key in found) or _LISTED & found.keys():
        return found
    known = [key for key in inner[0] if is_label(key)]
    if len(known) < _FEWEST_LABELS or not any(map(is_matter, known)):
        return found
    around = {key: value for key, value in found.items() if value is not inner[0]}
    return {**inner[0], **({_AROUND: json.dumps(around, ensure_ascii=False)} if around else {})}


def _unwrapped(found: object, deepest: int) -> list[object] | None:
    """The records within the envelope of a program's answer; None for what is no envelope, such as a record."""
    if not isinstance(found, dict) or any(_CHINESE.search(key) for key in found) or _LISTED & found.keys():
        return None
    for key, value in found.items():
        if key.lower() not in _envelopes():
            continue
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            return value
        inner = _unwrapped(value, deepest - 1) if deepest > 1 else None
        if inner is not None:
            return inner
    return None


@cache
def _envelopes() -> frozenset[str]:
    lines = _ENVELOPES.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _values(source: Source) -> Iterator[tuple[int, object]]:
    encoding = encoding_of(source)
    with text_of(source, encoding) as text:
        first = text.readline(_LONGEST_RECORD)
        is_list = first.lstrip().startswith("[")
        whole = (
            None
            if is_list or _loaded(first.strip().rstrip(",")) is not None
            else _loaded(first + text.read(_LONGEST_RECORD))
        )
    if whole is not None:
        yield 1, whole
        return
    with text_of(source, encoding) as text:
        yield from _list_items(text) if is_list else _lines(text)


def _lines(text: io.TextIOWrapper) -> Iterator[tuple[int, object]]:
    for number, line in enumerate(iter(lambda: text.readline(_LONGEST_RECORD), ""), start=1):
        # Cut out of a list by hand, the lines keep its commas.
        if written := line.strip().rstrip(",").rstrip():
            loaded = _loaded(written)
            yield number, written if loaded is None else loaded


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
            raise Unreadable(
                f"第{number + 1}条的格式不对(不是完整的JSON), 后面的没有读取; "
                "请重新导出后再提交, 还是这样的请把这句话告诉导出系统的管理员"
            )
