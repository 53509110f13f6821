"""A delivered export of posts or of a message board: records, and a problem for every row that is none.

Comments are counted and left aside; `importers.posts.rows` says what of a row is read.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, islice
from pathlib import Path

from domain.deliveries.receipt import RowProblem
from domain.failures.errors import FileError
from importers.entries import PetitionFile
from importers.fingerprint import sha256_of
from importers.formats.opening import open_parts
from importers.formats.parts import Cell, Part, RefusedPart, Row, Table
from importers.headers.finding import HEAD_ROWS, find_header
from importers.headers.header import Header
from importers.headers.post_vocabulary import export_of, is_comment, vocabulary
from importers.headers.vocabulary import Layout
from importers.posts.rows import PostReader
from importers.table_place import TablePlace, shown_headers
from importers.table_remarks import DAMAGED, HIDDEN_SHEET, MarkedRows
from importers.values.cells import text_of

_COMMENT_ROWS = 3
"""The header of a table of comments stands in one of so many first rows."""
_SHOWN_KEYS = 8
_NO_EXPORT = "这个表不是帖子或留言的导出, 没有导入; 交错了的请换成内容导出, 不是导出的不需要处理"
_NO_TABLE = "这段文字不是帖子或留言的导出, 没有导入; 交错了的请换成内容导出, 不是导出的不需要处理"
_UNKNOWN = "认不出这是哪一种导出, 没有需要的字段, 没有导入; 请从原系统重新导出"


def read_posts(path: Path, *, received_at: datetime) -> PetitionFile:
    """The records of an export; FileError when the file is none. The comments in it are counted in one warning."""
    with open_parts(path) as parts:
        sha256 = sha256_of(path)
        reading = _PostFile(path.name, received_at)
        for part in parts:
            reading.read(part)
    return reading.delivered(sha256)


class _PostFile:
    """Grows part by part."""

    def __init__(self, file: str, received_at: datetime) -> None:
        self._file = file
        self._reader = PostReader(received_at)
        self._layouts = {
            name: Layout(required=export.required, fields=export.fields)
            for name, export in vocabulary().exports.items()
        }
        self._understood = False
        self._damaged = False
        self._is_json = False
        self._strangers: list[RowProblem] = []

    def read(self, part: Part) -> None:
        if isinstance(part, Table):
            self._read_table(part)
        elif isinstance(part, RefusedPart):
            problem = TablePlace(part.part, part.sheet).problem(part.row or 1, None, part.reason, "")
            (self._reader.warnings if part.harmless else self._reader.problems).append(problem)
        elif part.text.strip():
            self._strangers.append(TablePlace(part.part, "").problem(1, None, _NO_TABLE, part.text.strip()))

    def delivered(self, sha256: str) -> PetitionFile:
        if not self._understood:
            raise FileError(f"{self._file}: {self._why_not()}")
        return PetitionFile(
            file=self._file,
            sha256=sha256,
            records=tuple(self._reader.records),
            problems=tuple(self._reader.problems),
            warnings=(*self._reader.warnings, *self._strangers),
        )

    def _read_table(self, table: Table) -> None:
        place = TablePlace(table.part, table.sheet)
        rows = (row for row in table.rows if not row.is_blank)
        head = list(islice(rows, HEAD_ROWS))
        if not head:
            return
        every = chain(head, rows)
        if head[0].number == 0:
            self._read_objects(place, head[0], islice(every, 1, None))
        elif any(is_comment([text_of(cell) for cell in row.cells]) for row in head[:_COMMENT_ROWS]):
            self._understood = True
            self._dropped(place, sum(1 for _ in every) - 1)
        elif header := find_header(head, self._layouts):
            self._understood = True
            if table.hidden:
                self._reader.warnings.append(place.problem(1, None, HIDDEN_SHEET, table.sheet))
            self._read_rows(place, header, every)
        else:
            seen = shown_headers(text for cell in head[0].cells if (text := text_of(cell)))
            self._strangers.append(place.problem(head[0].number, None, _NO_EXPORT, seen))

    def _read_rows(self, place: TablePlace, header: Header, rows: Iterator[Row]) -> None:
        marked = MarkedRows()
        for row in rows:
            if row.number > header.last_row:
                marked.note(row)
                self._reader.take_row(place.label, header, row)
        self._reader.warnings.extend(one.problem for one in marked.remarks(place))

    def _read_objects(self, place: TablePlace, keys: Row, rows: Iterable[Row]) -> None:
        """Read objects of JSON: each says for itself what it is."""
        self._is_json = True
        names = [text_of(cell) for cell in keys.cells]
        comments = 0
        for row in rows:
            if row.damage:
                self._damaged = True
                self._refuse(place, row.number, DAMAGED.format(row.damage), text_of(row.cells[0]))
                continue
            item = {name: cell for name, cell in zip(names, row.cells, strict=False) if cell != ""}
            if is_comment(list(item)):
                comments += 1
            elif export := _export_of(item, names):
                self._understood = True
                for note in row.notes:
                    self._reader.warnings.append(place.problem(row.number, names[note.column], note.reason, ""))
                self._reader.take_object(place.label, row.number, export, item)
            else:
                self._refuse(place, row.number, _UNKNOWN, "、".join(list(item)[:_SHOWN_KEYS]))
        self._understood = self._understood or comments > 0
        self._dropped(place, comments)

    def _refuse(self, place: TablePlace, row: int, reason: str, value: str) -> None:
        self._reader.problems.append(place.problem(row, None, reason, value))

    def _dropped(self, place: TablePlace, comments: int) -> None:
        if comments > 0:
            reason = f"{comments}条评论没有导入: 评论和评论人不入库, 不需要处理"
            self._reader.warnings.append(place.problem(1, None, reason, ""))

    def _why_not(self) -> str:
        if self._damaged:
            return "文件的格式不对(不是完整的JSON), 请把这句话告诉导出系统的管理员, 重新导出"
        if self._is_json:
            return "没有一条是认得的帖子或留言, 请确认交的是内容导出(contents), 不是其他文件"
        if self._reader.problems:
            return self._reader.problems[0].reason
        seen = self._strangers[0].value if self._strangers else ""
        wanted = "; ".join(
            "、".join(export.fields[field][0] for field in export.required) for export in vocabulary().exports.values()
        )
        return f"没有认得的表头, 看到的是: {seen}; 留言板或帖子的导出至少要有这些列: {wanted}; 请从原系统重新导出"


def _export_of(item: dict[str, Cell], keys: Sequence[str]) -> str | None:
    """By what the object says; one with an empty required field is of the kind that the keys of the file name."""
    found = export_of(list(item))
    if found is not None:
        return found
    named = export_of(keys)
    known = {key for names in vocabulary().exports[named].fields.values() for key in names} if named else set()
    return named if known & item.keys() else None
