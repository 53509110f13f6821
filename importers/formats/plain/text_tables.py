"""Plain text: a table where lines fall into columns, else a letter."""

import csv
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from importers.formats.forms.form_labels import is_header, plain
from importers.formats.forms.values_beside import is_matter
from importers.formats.parts import CellNote, Row
from importers.formats.plain.encodings import encoding_of, text_of
from importers.formats.plain.markdown import ENDINGS, without_marks
from importers.formats.sink import Sink
from importers.formats.source import Source, Unreadable

_DELIMITERS = ",\t;|^~\x01\x1e\x1f"
_BELOW_KNOWN_HEADERS = "#$&@*:\uff1a\u3001"
"""Stand in letters as well: they part columns only below known headers, where every line has as many parts."""
_OF_SENTENCES = ":\uff1a\u3001"
"""Lists of persons in letters are written with them: without a matter they are no table."""
_FEWEST_KNOWN = 3
_FULL_WIDTH = "\uff0c\uff1b\uff5c"
"""Typed by hand in place of a comma; sentences are full of them, so that only a header makes a table of them."""
_HEADER_CELL = re.compile(r"[^\s\uff0c\uff1b\uff5c\u3002\uff1a:]{1,10}")
_FORMULA_TEXT = re.compile(r'="([^"]*)"', re.DOTALL)
"""How exports keep Excel from making a number of a text: ="00123"."""
_LETTER_ENDINGS = frozenset(
    {
        "",
        ".txt",
        ".text",
        ".md",
        ".markdown",
        ".log",
        ".dat",
        ".csv",
        ".tsv",
        ".json",
        ".jsonl",
        ".ndjson",
        ".doc",
        ".wps",
        ".rtf",
    }
    | {".htm", ".html", ".eml", ".mht", ".mhtml"}
)
"""A few words in a file of another ending are what is left of a workbook or an image, and no letter."""
_MISNAMED = (
    "文件的内容和它的扩展名不符, 可能已损坏; 请用原来的软件打开, 另存后再提交; "
    "可以提交的有 .xlsx .xls .csv .docx .pdf .jpg .eml .zip 等"
)
_SAMPLE_LINES = 60
_SAMPLE_CHARACTERS = 20_000
_LINES_A_RECORD = 200
_MANY_ASTRAY, _LINES_BY_THEN = 500, 10
"""Where so many quotes were never closed, hardly a cell is meant to go on for long, and each look costs its lines."""
_SCATTERED = 0.8
"""Share of lines that must have the commonest number of columns for a text to be a table."""
_TELLING_WIDTH = 4
"""Words within a text have a comma now and then; a line that has as many as the table is a row of it."""
_UNPAIRED = "这一行里的双引号不成对, 各格可能错位; 请用WPS打开核对各列, 另存为xlsx后重新提交"
_UNREADABLE_CHARACTERS = "这一格里有认不出来的字(乱码), 请对照原件改正后重新提交"
_LOST_LINES = "第{lines}行有认不出来的字(乱码), 请对照原件补齐后重新提交"
_LINES_NAMED = 10
_ALIGNED = "这个表只用空格对齐, 看不出每一格属于哪一列; 请从原系统导出xlsx或csv, 或另存为xlsx后再提交"
_GAP = re.compile(r" {2,}|\u3000+")
_RULING = re.compile(r"[\s+|:\-]*---[\s+|:\-]*")
"""A line of strokes below a header or around a table, as consoles and editors draw it."""
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_FIELD_LIMIT = 4_000_000


def read_text(source: Source, sink: Sink) -> None:
    """Send the table, or the letter."""
    csv.field_size_limit(_FIELD_LIMIT)
    encoding = encoding_of(source)
    with text_of(source, encoding) as lines:
        sample = list(islice(lines, _SAMPLE_LINES))
    wrapped = _is_wrapped(sample)
    delimiter = _delimiter(list(_unwrapped(sample)) if wrapped else sample, source.ending)
    if delimiter is None and source.ending not in _LETTER_ENDINGS:
        raise Unreadable(_MISNAMED)
    if delimiter is None and _is_aligned(sample):
        raise Unreadable(_ALIGNED)
    if delimiter is None:
        with text_of(source, encoding) as lines:
            text = lines.read(source.limits.text_characters + 1)
        lost = _lost_lines(text)
        text = without_marks(text) if source.ending in ENDINGS else text
        sink.letter(source.part, Path(source.name).stem, text, lost)
        return
    if source.is_delivered_file and not encoding.by_lines:
        sink.measured(source.share_read)
    with text_of(source, encoding) as lines:
        sink.table(source.part, "", _Records(_unwrapped(lines) if wrapped else lines, delimiter).rows())


def _is_wrapped(sample: Sequence[str]) -> bool:
    """True where every line stands in quotes as a whole: a table that was exported as a table of one column."""
    lines = [line.strip() for line in sample if line.strip()]
    return len(lines) > 1 and all(
        line[:1] == line[-1:] == '"' and "," in line and len(next(csv.reader([line]), ())) == 1 for line in lines
    )


def _unwrapped(lines: Iterable[str]) -> Iterator[str]:
    return ("".join(next(csv.reader([line]), ())) + "\n" for line in lines)


def _lost_lines(text: str) -> str:
    """What to say of a letter with lost characters; "" for any other."""
    lost = [str(number) for number, line in enumerate(text.splitlines(), start=1) if "\ufffd" in line]
    if not lost:
        return ""
    return _LOST_LINES.format(lines="、".join(lost[:_LINES_NAMED]) + ("等" if len(lost) > _LINES_NAMED else ""))


def _delimiter(sample: Sequence[str], ending: str) -> str | None:
    """The character that falls into columns best; None for a text without columns."""
    if sample and (declared := _SEPARATOR_LINE.fullmatch(sample[0])):
        # Some exports declare one and write another: what is declared counts where it makes columns.
        if any(declared[1] in line for line in sample[1:2]):
            return declared[1]
        sample = sample[1:]
    best, best_score, best_width = ",", 0.0, 1
    below_header = [sign for sign in _FULL_WIDTH if _begins_with_header(sample, sign)]
    below_header += [sign for sign in _BELOW_KNOWN_HEADERS if _has_known_columns(sample, sign)]
    for delimiter in (*_DELIMITERS, *below_header):
        widths = Counter(len(record) for record in csv.reader(_plain(sample), delimiter=delimiter) if any(record))
        width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
        score = count / max(sum(widths.values()), 1) if width > 1 else 0.0
        if (score, width) > (best_score, best_width):
            best, best_score, best_width = delimiter, score, width
    if ending in {".csv", ".tsv"}:
        return best if best_width > 1 else ("\t" if ending == ".tsv" else ",")
    enough = best_score >= _SCATTERED and (best_width > 2 or best in "\t|") and len(sample) > 1
    return best if enough else None


def _begins_with_header(sample: Sequence[str], delimiter: str) -> bool:
    """True when the first line with words is three short words and more between the delimiters."""
    cells = next((line for line in sample if line.strip()), "").strip().split(delimiter)
    return len(cells) > 2 and all(_HEADER_CELL.fullmatch(cell.strip()) for cell in cells)


def _has_known_columns(sample: Sequence[str], delimiter: str) -> bool:
    """True when the first line is known headers between the delimiters, and all others have as many parts."""
    if not _begins_with_header(sample, delimiter):
        return False
    records = [record for record in csv.reader(_plain(sample), delimiter=delimiter) if any(record)]
    # The sample may end within a record.
    header, *rows = records[:-1] if len(sample) == _SAMPLE_LINES else records
    if any(sign in cell for cell in header for sign in (*_DELIMITERS, *_FULL_WIDTH)):
        # A header of other columns, one of which holds several things: 姓名、性别、年龄.
        return False
    if delimiter in _OF_SENTENCES and not any(is_matter(plain(cell)) for cell in header):
        return False
    known = sum(map(is_header, header))
    return known >= max(_FEWEST_KNOWN, len(header) / 2) and bool(rows) and {len(row) for row in rows} == {len(header)}


def _is_aligned(sample: Sequence[str]) -> bool:
    """True for columns that only spaces keep apart: with an empty cell nobody can tell them."""
    lines = [[part for part in _GAP.split(line.strip()) if part] for line in sample if line.strip()]
    header, rows = lines[0] if lines else [], lines[1:]
    if len(header) < _TELLING_WIDTH or not all(_HEADER_CELL.fullmatch(text) for text in header):
        return False
    return sum(len(row) >= len(header) - 2 for row in rows) * 2 > len(rows)


def _plain(lines: Sequence[str]) -> Iterator[str]:
    return (line[:_SAMPLE_CHARACTERS].replace("\x00", "") for line in lines)


class _Records:
    """Records of a text table; a quote that nobody closed costs its own line, not the rest of the file."""

    def __init__(self, lines: Iterator[str], delimiter: str) -> None:
        self._lines = lines
        self._delimiter = delimiter
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._widths: Counter[int] = Counter()
        self._ended = False
        self._astray = 0

    def rows(self) -> Iterator[Row]:
        """Every record with the line it starts on."""
        line = 1
        reader = self._reader()
        while True:
            self._taken.clear()
            try:
                cells = next(reader, None)
            except csv.Error:
                cells = None
            if not self._taken:
                return
            notes: tuple[CellNote, ...] = ()
            if cells is None or self._runs_away(cells):
                self._astray += 1
                cells, notes = self._first_line_only(line)
                reader = self._reader()
            elif len(self._taken) == 1:
                self._widths[len(cells)] += 1
            if not _RULING.fullmatch(self._taken[0]) and (line > 1 or not _SEPARATOR_LINE.fullmatch(self._taken[0])):
                # Of files that were put one behind the other each brings its mark.
                cells = [_as_written(cell.removeprefix("\ufeff")) for cell in cells]
                yield Row(line, tuple(cells), notes=(*notes, *_damaged(cells)))
            line += len(self._taken)

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(self._feed(), delimiter=self._delimiter)

    def _feed(self) -> Iterator[str]:
        most = _LINES_A_RECORD if self._astray < _MANY_ASTRAY else _LINES_BY_THEN
        while True:
            line = self._again.popleft() if self._again else next(self._lines, "")
            if not line or len(self._taken) >= most:
                if line:
                    self._again.appendleft(line)
                self._ended = True
                return
            self._taken.append(line.replace("\x00", ""))
            yield self._taken[-1]

    def _runs_away(self, cells: Sequence[str]) -> bool:
        """A record that never ends, or that holds a line which is a record by itself."""
        if self._ended and self._unclosed():
            return True
        usual = max(self._widths, key=lambda width: self._widths[width], default=0)
        if len(self._taken) == 1 or (usual < _TELLING_WIDTH and len(cells) == usual):
            return False
        alone = csv.reader(self._taken[1:], delimiter=self._delimiter, quoting=csv.QUOTE_NONE)
        return any(len(found) == usual and all(map(_is_whole, found)) for found in alone)

    def _unclosed(self) -> bool:
        """Whether the record is still open at its end: one more line then changes it."""
        mark = "\ue000"
        *_, last = csv.reader([*self._taken, mark], delimiter=self._delimiter)
        return last != [mark]

    def _first_line_only(self, line: int) -> tuple[list[str], tuple[CellNote, ...]]:
        first, *rest = self._taken
        self._again.extendleft(reversed(rest))
        self._taken = [first]
        self._ended = False
        alone = csv.reader([first.rstrip("\r\n")], delimiter=self._delimiter, quoting=csv.QUOTE_NONE)
        try:
            cells = next(alone, [])
        except csv.Error as exc:
            raise Unreadable(
                f"第{line}行有一格超过{_FIELD_LIMIT}字, 多半是少了一个双引号, 后面的没有读取; "
                "请用WPS打开, 另存为xlsx后再提交"
            ) from exc
        column = next((index for index, cell in enumerate(cells) if cell.count('"') % 2), 0)
        return [cell.strip('"') for cell in cells], (CellNote(column, _UNPAIRED),)


def _is_whole(cell: str) -> bool:
    """Without quotes, or between two: not where a cell over several lines ends."""
    cell = cell.strip()
    return '"' not in cell or (len(cell) > 1 and cell.startswith('"') and cell.endswith('"'))


def _as_written(cell: str) -> str:
    found = _FORMULA_TEXT.fullmatch(cell.strip()) if cell.startswith('="') else None
    return found[1] if found else cell


def _damaged(cells: Sequence[str]) -> Iterator[CellNote]:
    return (CellNote(column, _UNREADABLE_CHARACTERS) for column, cell in enumerate(cells) if "\ufffd" in cell)
