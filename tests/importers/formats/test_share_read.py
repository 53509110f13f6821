"""How far a file is read is told while it is read, rises, and never claims what is not known."""

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from importers.formats.confined.messages import BrokenMessage, Far, from_bytes, length_of, to_bytes
from importers.formats.opening import open_parts
from importers.formats.parts import Table

HEADER = ("信访件编号", "姓名", "概况信息")
ROWS = 6000


def told(path: Path) -> list[float | None]:
    """What is known behind every hundredth row, and at the end."""
    shares: list[float | None] = []
    with open_parts(path) as parts:
        for part in parts:
            assert isinstance(part, Table), part
            shares += [parts.share_read() for number, _ in enumerate(part.rows) if number % 100 == 0]
        shares.append(parts.share_read())
    return shares


def rows() -> Sequence[tuple[str, ...]]:
    return [HEADER, *((f"X{number}", "某某", f"反映第{number}件事, 请求解决") for number in range(ROWS))]


def workbook(sheets: int) -> bytes:
    book = Workbook(write_only=True)
    for number in range(sheets):
        sheet = book.create_sheet(f"表{number}")
        for row in rows():
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def text(encoding: str = "utf-8") -> bytes:
    return "".join(",".join(row) + "\n" for row in rows()).encode(encoding)


def json_lines() -> bytes:
    return "".join(json.dumps(dict(zip(HEADER, row, strict=True))) + "\n" for row in rows()).encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("一张.xlsx", workbook(1)),
        ("三张.xlsx", workbook(3)),
        ("文本.csv", text()),
        ("国标.csv", text("gb18030")),
        ("双字节.csv", text("utf-16")),
        ("逐行.jsonl", json_lines()),
    ],
)
def test_the_share_rises_from_nearly_nothing_to_nearly_all(tmp_path: Path, name: str, content: bytes):
    path = tmp_path / name
    path.write_bytes(content)

    known = [share for share in told(path) if share is not None]

    assert known == sorted(known)
    assert known[0] < 0.5
    assert known[-1] > 0.9
    assert known[-1] <= 1


def test_halfway_through_the_rows_about_half_is_read(tmp_path: Path):
    path = tmp_path / "两张.xlsx"
    path.write_bytes(workbook(2))

    shares = told(path)

    middle = shares[len(shares) // 2]
    assert middle is not None
    assert 0.4 < middle < 0.75


def test_of_an_archive_and_of_what_is_read_as_a_whole_nothing_is_told(tmp_path: Path):
    archive = tmp_path / "台账.zip"
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr("台账.csv", text())
        package.writestr("另一张.xlsx", workbook(1))
    page = tmp_path / "网页.html"
    page.write_text("<table>" + "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in rows()) + "</table>")

    assert set(told(archive)) == {None}
    assert set(told(page)) == {None}


@pytest.mark.parametrize("share", [-0.1, 1.1, 1, True, "0.5", None, float("nan")])
def test_a_reading_process_cannot_claim_a_share_that_is_none(share: object):
    with pytest.raises(BrokenMessage):
        from_bytes(json.dumps(["far", share]).encode())


def test_a_share_arrives_as_it_was_sent():
    content = to_bytes(Far(0.25))

    assert from_bytes(content[4 : 4 + length_of(content[:4])]) == Far(0.25)
