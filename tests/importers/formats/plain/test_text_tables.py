"""Text tables of every encoding, delimiter and accident."""

import codecs
import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers.formats.limits import standard_limits
from importers.formats.parts import Letter, RefusedPart
from importers.formats.plain.text_tables import read_text
from importers.formats.sink import Sink
from tests.importers.formats.delivery import cells_of, parts_of, rows_of, source_of

TABLE = "编号,姓名,内容\nX1,张三,家里困难\nX2,李四,房子漏水\n"
CELLS = [("编号", "姓名", "内容"), ("X1", "张三", "家里困难"), ("X2", "李四", "房子漏水")]

# A mark of the order of bytes before a cell is taken away: files are joined with theirs.
_CHARACTERS = st.characters(codec="utf-8", exclude_characters="\x00\r\ufffd\ufeff,").filter(
    # Nothing but two of these in a line may as well be Chinese in GB18030.
    lambda sign: not "\u0100" <= sign < "\u0800"
)


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode(),
        codecs.BOM_UTF8 + TABLE.encode(),
        TABLE.encode("gb18030"),
        codecs.BOM_UTF8 + TABLE.encode("gb18030"),
        TABLE.encode("utf-16"),
        codecs.BOM_UTF16_BE + TABLE.encode("utf-16-be"),
        TABLE.encode("utf-16-le"),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace("\n", "\r").encode(),
        TABLE.replace("李四", "李\x00四").encode(),
    ],
    ids=["utf-8", "bom", "gb18030", "bom of another", "utf-16", "utf-16-be", "no bom", "crlf", "cr", "null bytes"],
)
def test_a_table_is_read_whatever_its_encoding_and_line_ends(tmp_path: Path, content: bytes) -> None:
    assert cells_of(rows_of(tmp_path, "台账.csv", content)) == CELLS


@pytest.mark.parametrize("delimiter", ["\t", ";", "|", "^", "~"])
@pytest.mark.parametrize("name", ["台账.csv", "台账.txt", "台账"])
def test_the_delimiter_is_found(tmp_path: Path, name: str, delimiter: str) -> None:
    assert cells_of(rows_of(tmp_path, name, TABLE.replace(",", delimiter).encode())) == CELLS


_KNOWN = "信访件编号,信访日期,姓名,联系电话,反映内容"
_RECORDS = ("X1,2026-09-01,张三,,井干了", "X2,2026-09-02,李四,13800000000,房子漏雨, 请看看")


@pytest.mark.parametrize("delimiter", ["#", "、", ":", "\uff1a", "$", "\x1f", "\x1e"])
@pytest.mark.parametrize("name", ["台账.csv", "台账.txt"])
def test_signs_of_running_text_part_columns_below_known_headers(tmp_path: Path, name: str, delimiter: str) -> None:
    lines = [_KNOWN, *_RECORDS]
    content = "\n".join(delimiter.join(line.split(",", 4)) for line in lines)

    assert cells_of(rows_of(tmp_path, name, content.encode())) == [tuple(line.split(",", 4)) for line in lines]


@pytest.mark.parametrize(
    "content",
    [
        "姓名、联系电话、住址、反映内容\n张三、13800000000、某村、井干了、房子漏雨\n",
        "姓名、联系电话、住址、反映内容都写在下面了。\n张三、13800000000、某村、井干了\n",
        "甲、乙、丙、丁\n张三、李四、王五、赵六\n",
        "来信人：张三\n联系电话：13800000000\n反映内容：井干了\n",
        "姓名：联系电话：反映内容：\n张三住某村, 井干了: 半个月没水。\n",
        "姓名、联系电话、住址、反映内容\n",
    ],
)
def test_letters_with_such_signs_are_not_torn(tmp_path: Path, content: str) -> None:
    [part] = parts_of(tmp_path, "来信.txt", content.encode())
    assert not isinstance(part, tuple)


def test_a_line_that_declares_the_delimiter_is_no_row(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "台账.csv", b"sep=;\n" + TABLE.replace(",", ";").encode())
    assert [(row.number, row.cells[0]) for row in rows] == [(2, "编号"), (3, "X1"), (4, "X2")]


def test_commas_within_the_text_do_not_win_over_the_tab(tmp_path: Path) -> None:
    content = "编号\t内容\nX1\t一,二,三,四\nX2\t一,二\n"
    assert cells_of(rows_of(tmp_path, "台账.csv", content.encode()))[1] == ("X1", "一,二,三,四")


def test_rows_have_the_line_they_start_on(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "台账.csv", '编号,内容\nX1,"第一行\n第二行"\nX2,好\n'.encode())
    assert [(row.number, row.cells) for row in rows[1:]] == [(2, ("X1", "第一行\n第二行")), (4, ("X2", "好"))]


def test_an_unclosed_quote_costs_its_line_only(tmp_path: Path) -> None:
    lines = ["编号,姓名,内容", *(f"X{n},张三,内容{n}" for n in range(500))]
    lines[3] = 'X2,张三,"没有收尾'
    rows = rows_of(tmp_path, "台账.csv", "\n".join(lines).encode())
    assert len(rows) == 501
    assert (rows[3].number, rows[3].cells) == (4, ("X2", "张三", "没有收尾"))
    assert [note.column for note in rows[3].notes] == [2]
    assert "引号" in rows[3].notes[0].reason
    assert not any(row.notes for row in rows[4:])


def test_a_quote_closed_by_another_rows_quote_swallows_no_row(tmp_path: Path) -> None:
    content = '编号,姓名,村,内容\nX1,张三,某村,"甲\nX2,李四,某村,乙\nX3,王五,某村,"丙"\nX4,赵六,某村,丁\n'
    rows = rows_of(tmp_path, "台账.csv", content.encode())
    assert [row.cells[0] for row in rows] == ["编号", "X1", "X2", "X3", "X4"]
    assert [bool(row.notes) for row in rows] == [False, True, False, False, False]


def test_an_unclosed_quote_in_the_last_line_is_said(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "台账.csv", '编号,内容\nX1,甲\nX2,"乙'.encode())
    assert rows[2].cells == ("X2", "乙")
    assert rows[2].notes


def test_quotes_within_words_are_left_alone(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "台账.csv", '编号,内容\nX1,他说"不行"就走了\n'.encode())
    assert rows[1].cells == ("X1", '他说"不行"就走了')
    assert not rows[1].notes


def test_damaged_characters_are_said_and_the_rest_stays_readable(tmp_path: Path) -> None:
    content = (
        (TABLE + "X3,王五,很长的一段说明文字用来说明整个文件是好的\n" * 10)
        .encode()
        .replace("李四".encode(), b"\xe6\x9d")
    )
    rows = rows_of(tmp_path, "台账.csv", content)
    assert rows[1].cells == CELLS[1]
    assert [note.column for note in rows[2].notes] == [1]


def test_a_text_without_columns_is_a_letter(tmp_path: Path) -> None:
    text = "尊敬的领导:\n我家在某村, 去年老伴住院花了不少钱。\n盼回复。\n此致敬礼"
    assert parts_of(tmp_path, "来信.txt", text.encode("gb18030")) == [Letter("", "来信", text)]


def test_a_cell_beyond_the_limit_is_cut_and_said(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "台账.csv", ("编号,内容\nX1," + "长" * 40_000 + "\n").encode())
    assert len(str(rows[1].cells[1])) == standard_limits().cell_characters
    assert rows[1].notes[0].column == 1


def test_a_cell_beyond_all_measure_is_refused_with_its_line(tmp_path: Path) -> None:
    content = "编号,内容\nX1,甲\nX2," + "1" * 4_100_000 + "\nX3,乙\n"
    table, refused = parts_of(tmp_path, "台账.csv", content.encode())
    assert isinstance(table, tuple)
    assert cells_of(table[2])[1] == ("X1", "甲")
    assert isinstance(refused, RefusedPart)
    assert "第3行" in refused.reason


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(
            st.text(_CHARACTERS, max_size=12),
            min_size=3,
            max_size=3,
        ),
        min_size=1,
        max_size=8,
    )
)
def test_what_the_csv_module_writes_comes_back(tmp_path: Path, rows: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows([["编号", "姓名", "内容"], *rows])
    content = written.getvalue().encode()
    collected = _Collected()
    read_text(source_of(tmp_path, "台账.csv", content), collected)
    assert collected.cells == [("编号", "姓名", "内容"), *map(tuple, rows)]


class _Collected(Sink):
    """Keeps the rows instead of sending them."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), standard_limits())
        self.cells: list[tuple[object, ...]] = []

    def table(self, part, sheet, rows, *, hidden=False):  # type: ignore[no-untyped-def]
        self.cells = [row.cells for row in rows]
