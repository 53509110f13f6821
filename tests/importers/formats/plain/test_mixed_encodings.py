"""Texts pasted together from two encodings: read as what each line is, or told of; and no false alarm in any other."""

import io
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.formats.parts import Letter
from importers.formats.plain.mixed_encodings import holds_utf8, mended_lines
from tests.importers.formats.delivery import cells_of, parts_of, rows_of

_ROWS = [("编号", "姓名", "内容"), *((f"X{number}", "张三", f"第{number}件, 房子漏雨") for number in range(1, 30))]
_PASTED = [("X91", "李四", "井干了"), ("X92", "王五", "孩子没有学费")]
_LINES = ["尊敬的领导:", "我家在某村, 去年老伴住院花了不少钱, 现在家里没有收入。", "盼回复。", "张三"]
_OTHER = {"utf-8": "gb18030", "gb18030": "utf-8"}
_COMMON = [bytes([row, cell]).decode("gb2312") for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFF)]


def _table(rows: list[tuple[str, str, str]], encoding: str) -> bytes:
    return "".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in rows).encode(encoding)


@pytest.mark.parametrize("main", ["utf-8", "gb18030"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no mark", "mark"])
def test_rows_pasted_in_another_encoding_are_read_as_what_they_are(tmp_path: Path, main: str, mark: bytes) -> None:
    content = mark + _table(_ROWS, main) + _table(_PASTED, _OTHER[main])

    rows = rows_of(tmp_path, "台账.csv", content)

    assert cells_of(rows) == [*_ROWS, *_PASTED]
    assert not any(row.notes for row in rows)


@pytest.mark.parametrize("main", ["utf-8", "gb18030"])
def test_two_exports_behind_each_other_are_read(tmp_path: Path, main: str) -> None:
    content = _table(_ROWS, main) + _table(_ROWS[1:], _OTHER[main])

    assert cells_of(rows_of(tmp_path, "台账.csv", content)) == [*_ROWS, *_ROWS[1:]]


@pytest.mark.parametrize("main", ["utf-8", "gb18030"])
@pytest.mark.parametrize("pasted", [[1], [2], [3], [0, 3]], ids=str)
def test_a_letter_with_lines_of_another_encoding_is_whole(tmp_path: Path, main: str, pasted: list[int]) -> None:
    content = b"\n".join(line.encode(_OTHER[main] if number in pasted else main) for number, line in enumerate(_LINES))

    assert parts_of(tmp_path, "来信.txt", content) == [Letter("", "来信", "\n".join(_LINES))]


def test_a_name_in_utf8_among_cells_of_gb18030_is_the_name(tmp_path: Path) -> None:
    pasted = b"X99," + "李四".encode() + b"," + "井干了".encode("gb18030") + b"\r\n"

    assert rows_of(tmp_path, "台账.csv", _table(_ROWS, "gb18030") + pasted)[-1].cells == ("X99", "李四", "井干了")


def test_a_cell_of_gb18030_among_cells_of_utf8_is_read_or_said(tmp_path: Path) -> None:
    pasted = b"X98," + "张三".encode("gb18030") + ",井干了,\r\n".encode() + b"X99," + "王婷".encode("gb18030")

    known, doubtful = rows_of(tmp_path, "台账.csv", _table(_ROWS, "utf-8") + pasted + ",井干了\r\n".encode())[-2:]

    assert known.cells[1:3] == ("张三", "井干了")
    assert [note.column for note in doubtful.notes] == [1]


def test_a_line_that_may_be_either_is_told_of(tmp_path: Path) -> None:
    """瀵鸿醇 in GB18030 has the bytes of two Chinese characters in UTF-8."""
    lines = [*_LINES, "瀵鸿醇"]

    (letter,) = parts_of(tmp_path, "来信.txt", "\n".join(lines).encode("gb18030"))

    assert isinstance(letter, Letter)
    assert letter.text.splitlines()[:4] == _LINES
    assert "第5行有认不出来的字" in letter.note


def test_damaged_characters_of_a_letter_are_told_of_with_their_lines(tmp_path: Path) -> None:
    content = "\n".join(_LINES * 6).encode().replace("盼".encode(), b"\xe7\x9b", 1)

    (letter,) = parts_of(tmp_path, "来信.txt", content)

    assert isinstance(letter, Letter)
    assert letter.note.startswith("第3行有")


@pytest.mark.parametrize("name", ["清单.jsonl", "表.html"])
def test_records_and_pages_pasted_together_are_read_too(tmp_path: Path, name: str) -> None:
    rows = [f'{{"编号": "X{number}", "内容": "房子漏雨"}}\n' for number in range(30)]
    if name.endswith("html"):
        rows = ["<table>", *(f"<tr><td>X{number}</td><td>房子漏雨</td></tr>\n" for number in range(30))]

    read = rows_of(tmp_path, name, "".join(rows[:-1]).encode("gb18030") + rows[-1].encode())

    assert read[-1].cells == ("X29", "房子漏雨")


@given(st.sampled_from(["utf-8", "gb18030"]), st.lists(st.text(st.sampled_from(_COMMON), min_size=4), max_size=20))
def test_texts_of_one_encoding_stay_as_they_are(encoding: str, lines: list[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)

    assert "".join(mended_lines(io.BytesIO(text.encode(encoding)), encoding)) == text


@pytest.mark.parametrize("main", ["utf-8", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=repr)
def test_lines_keep_their_ends_over_the_borders_of_what_is_read_at_once(main: str, end: str) -> None:
    lines = [f"第{number}件{'漏雨' * (number % 7)}{end}" for number in range(90_000)]

    assert list(mended_lines(io.BytesIO("".join(lines).encode(main)), main)) == lines


def test_a_text_without_a_sign_of_ascii_is_looked_through_in_seconds() -> None:
    began = time.process_time()

    assert not holds_utf8(io.BytesIO(b"\xb4" * 65_000 + b"a" * 400))
    assert time.process_time() - began < 5
