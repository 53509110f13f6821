"""HTML: what many systems call an xls, and the bodies of mails. A table that holds another is layout, not a table."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from lxml import etree, html

from importers.formats.forms.forms import form_of
from importers.formats.forms.sideways import TRANSPOSED, is_transposed
from importers.formats.markup import whole_number
from importers.formats.parts import Cell, MergedDown, Row
from importers.formats.plain.encodings import encoding_of, text_of
from importers.formats.sink import Sink
from importers.formats.source import Source, Unreadable
from importers.formats.webs.board_tables import set_as_lines
from importers.formats.webs.definition_lists import forms_in_lists

_MOST_CHARACTERS = 60_000_000
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BLOCKS = frozenset(
    {"p", "div", "tr", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "table", "pre"}
    | {"section", "article", "header", "footer", "aside", "nav", "main", "form", "blockquote"}
)
_SILENT = frozenset({"script", "style", "head", "title"})
_WIDEST_SPAN = 100
_WORDS_OF_A_FORM = 10_000
"""Characters of the page that a form on it bears: they would be sent with each of many."""
_TALLEST_SPAN = 10_000
_BREAK = "\n"
_ENDINGS_OF_TABLES = frozenset({".xls", ".xlsx", ".xlsm", ".et", ".csv"})


def read_html(source: Source, sink: Sink) -> None:
    """Send the tables; the words around them, where there are no tables or they are a letter."""
    with text_of(source, encoding_of(source)) as text:
        content = text.read(_MOST_CHARACTERS + 1)
    if len(content) > _MOST_CHARACTERS:
        raise Unreadable("表格太大, 请用WPS或Excel打开, 另存为xlsx后再提交")
    if source.ending in _ENDINGS_OF_TABLES and "<table" not in content.lower():
        raise Unreadable("这是一个网页, 里面没有表格, 多半是登录超时后下载的; 请重新登录, 再导出一次")
    send_html(content, source.part, Path(source.name).stem, sink)


_STRIKES = ("s", "strike", "del")


def send_html(
    content: str, part: str, title: str, sink: Sink, heads: Sequence[str] = (), *, titled: bool = False
) -> None:
    """Send what the HTML text holds; `heads` are lines above a letter, `titled` as with `Letter`."""
    root = _root_of(content)
    if root is None:
        return
    tables = [table for table in root.iter("table") if next(table.iterdescendants("table"), None) is None]
    words = text_within(root)[:_WORDS_OF_A_FORM]
    sent = 0
    for table in tables:
        rows = list(_rows(table))
        if is_transposed(rows):
            sent += 1
            sink.refused(part, TRANSPOSED, sheet=f"表格{sent}")
        elif form := form_of(rows, part, lambda: words):
            sink.form(form)
        elif set_as_lines(table):
            continue
        elif any(len(row.cells) > 1 for row in rows):
            sent += 1
            sink.table(part, f"表格{sent}" if len(tables) > 1 else "", iter(rows), hidden=False)
        else:
            continue
        table.clear(keep_tail=True)
    for form in forms_in_lists(root, part, lambda: words, text_within):
        sink.form(form)
    text = text_within(root)
    sink.letter(part, title, "\n".join([*heads, text]) if text else "", titled=titled)


def words_in_html(content: str) -> str:
    """The words of an HTML text, those of its tables too; "" where it cannot be read."""
    try:
        root = _root_of(content)
    except Unreadable:
        return ""
    return text_within(root) if root is not None else ""


def _root_of(content: str) -> html.HtmlElement | None:
    """The root of the HTML text, None where nothing stands in it; Unreadable where it is none."""
    content = _DECLARATION.sub("", content).replace("\x00", "")
    if not content.strip():
        return None
    try:
        return html.document_fromstring(content, parser=html.HTMLParser(no_network=True, remove_comments=True))
    except (etree.LxmlError, ValueError) as exc:
        raise Unreadable("这个网页格式的表格读不出来, 请用WPS或Excel打开, 另存为xlsx后再提交") from exc


def text_within(root: html.HtmlElement) -> str:
    """The words, a line for each block."""
    return re.sub(r"\n\s*\n+", "\n", "".join(_words(root))).strip()


def _words(element: html.HtmlElement) -> Iterator[str]:
    """Without recursion: nesting is the sender's choice."""
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if not isinstance(node.tag, str) or _is_silent(node):
            continue
        if event == "start":
            yield _BREAK if node.tag == "br" or node.tag in _BLOCKS else ""
            yield _SPACES.sub(" ", node.text or "")
        else:
            yield _BREAK if node.tag in _BLOCKS else ""
            if node is not element:
                yield _SPACES.sub(" ", node.tail or "")


def _is_silent(node: html.HtmlElement) -> bool:
    return node.tag in _SILENT


def _rows(table: html.HtmlElement) -> Iterator[Row]:
    """Merged cells as a spreadsheet stores them: the text stands in the first of them, the others are empty."""
    below: dict[int, MergedDown] = {}
    marked = next(table.iter(*_STRIKES), None) is not None
    for number, line in enumerate(table.iter("tr"), start=1):
        cells: list[Cell] = []
        for cell in line.iterchildren("td", "th"):
            _skip(cells, below, number)
            across = _span(cell.get("colspan"), _WIDEST_SPAN)
            down = _span(cell.get("rowspan"), _TALLEST_SPAN)
            for offset in range(across):
                if down > 1:
                    below[len(cells)] = MergedDown(len(cells), number, number + down - 1)
                cells.append(text_within(cell) if offset == 0 else "")
        _skip(cells, below, number)
        below = {column: merged for column, merged in below.items() if merged.last_row >= number}
        yield Row(number, tuple(cells), merged=tuple(below.values()), struck=marked and _is_struck(line))


def _is_struck(line: html.HtmlElement) -> bool:
    """True where every word of the row is struck through."""
    depth, plain, crossed = 0, "", ""
    for event, node in etree.iterwalk(line, events=("start", "end")):
        depth += (node.tag in _STRIKES) * (1 if event == "start" else -1)
        said = ((node.text if event == "start" else node is not line and node.tail) or "").strip()
        plain, crossed = (plain, crossed + said) if depth else (plain + said, crossed)
    return bool(crossed) and not plain


def _skip(cells: list[Cell], below: Mapping[int, MergedDown], number: int) -> None:
    """Leave empty what a cell of an earlier row covers."""
    while (merged := below.get(len(cells))) is not None and merged.first_row < number <= merged.last_row:
        cells.append("")


def _span(text: str | None, most: int) -> int:
    return min(max(whole_number(text, 1), 1), most)
