"""What strangers send: bombs, lies, hangs and crashes are refused in bounded time and memory, and alone."""

import os
import random
import signal
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from domain.failures.errors import FileError
from importers.formats.limits import standard_limits
from importers.formats.opening import open_parts
from importers.formats.parts import RefusedPart, Table
from tests.importers.formats.delivery import parts_of
from tests.importers.formats.office_files import archive, ods, xlsx_of_markup

CSV = "编号,姓名,内容\nX1,张三,甲\n".encode()
LIMITS = standard_limits()
NOISE = random.Random(7).randbytes(5000)


def _refusal(folder: Path, name: str, content: bytes, **limits: float) -> str:
    with pytest.raises(FileError) as caught:
        parts_of(folder, name, content, replace(LIMITS, **limits))
    return str(caught.value)


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked(tmp_path: Path) -> None:
    content = archive({"a.csv": b"0" * 100_000_000})
    assert "倍" in _refusal(tmp_path, "a.zip", content)
    assert "MB" in _refusal(tmp_path, "a.zip", content, unpacked_bytes=50_000_000)


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(tmp_path: Path) -> None:
    content = archive({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b" " * 100_000_000})
    assert "倍" in _refusal(tmp_path, "a.xlsx", content)


def test_too_many_members_are_refused_nested_ones_counted(tmp_path: Path) -> None:
    inner = archive({f"{n}.csv": CSV for n in range(60)})
    assert "文件" in _refusal(tmp_path, "a.zip", inner, members=50)
    found = parts_of(
        tmp_path, "b.zip", archive({"1.zip": inner, "2.zip": inner, "a.csv": CSV}), replace(LIMITS, members=100)
    )
    assert [part.part for part in found if isinstance(part, RefusedPart)] == ["2.zip"]
    assert isinstance(found[-1], tuple)


def test_a_member_whose_directory_entry_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    content = bytearray(archive({"a.csv": b"0" * 5_000_000, "b.csv": CSV}))
    place = content.index(b"PK\x01\x02")
    content[place + 24 : place + 28] = (1000).to_bytes(4, "little")
    refused, table = parts_of(tmp_path, "a.zip", bytes(content))
    assert isinstance(refused, RefusedPart)
    assert isinstance(table, tuple)


@pytest.mark.parametrize(
    "prolog", ['<!DOCTYPE a SYSTEM "file:///etc/passwd">', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>']
)
def test_external_entities_are_not_looked_up(tmp_path: Path, prolog: str) -> None:
    document = f'{prolog}<w:document xmlns:w="w"><w:body><w:p><w:t>&b;</w:t></w:p></w:body></w:document>'
    assert "为安全没有读取" in _refusal(tmp_path, "a.docx", archive({"word/document.xml": document.encode()}))


def test_an_entity_bomb_in_html_expands_to_nothing(tmp_path: Path) -> None:
    content = '<!DOCTYPE html [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;">]><html><body><p>甲&c;</p></body></html>'
    (letter,) = parts_of(tmp_path, "a.html", content.encode())
    assert len(letter.text) < 80  # type: ignore[union-attr]


@pytest.mark.parametrize("repeated", [1_000_000, 1_000_000_000])
def test_an_open_document_of_absurd_dimensions_ends_in_bounded_memory(tmp_path: Path, repeated: int) -> None:
    began = time.perf_counter()
    content = ods([["甲"] * 200], repeated=repeated)
    assert "另存" in _refusal(tmp_path, "a.ods", content, memory_bytes=500_000_000, wall_seconds=30)
    assert time.perf_counter() - began < 40


def test_one_cell_without_end_is_cut(tmp_path: Path) -> None:
    content = xlsx_of_markup(f'<sheetData><row><c t="str"><v>{"长" * 3_000_000}</v></c></row></sheetData>')
    (table,) = parts_of(tmp_path, "a.xlsx", content)
    assert isinstance(table, tuple)
    assert len(str(table[2][0].cells[0])) == LIMITS.cell_characters


def test_brackets_without_end_are_no_crash(tmp_path: Path) -> None:
    assert isinstance(parts_of(tmp_path, "a.json", b"[" * 200_000)[-1], RefusedPart)
    with suppress(FileError):
        parts_of(tmp_path, "a.html", b"<html>" + b"<div><table>" * 20_000 + b"<tr><td>1</td><td>2</td></tr>")


@pytest.mark.parametrize("content", [b"\x00" * 5000, NOISE, b"\xff\xfe" + NOISE, b"PK\x03\x04", b"%PDF-"])
def test_noise_is_refused_or_read_but_never_crashes(tmp_path: Path, content: bytes) -> None:
    with suppress(FileError):
        parts_of(tmp_path, "噪声.xls", content)


def reading_process() -> psutil.Process:
    """The one that reads for us; other tests' databases may be children too."""
    (child,) = (one for one in psutil.Process().children() if "importers.formats.child" in one.cmdline())
    return child


def test_leaving_early_ends_the_process_and_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b,c\n" * 500_000)
    with open_parts(path) as parts:
        next(next(parts).rows)  # type: ignore[union-attr]
        child = reading_process()
        assert list((tmp_path / "temporary").iterdir())
    assert not child.is_running()
    assert not list((tmp_path / "temporary").iterdir())


BIG = b"a,b,c\n" * 400_000


def test_a_member_that_kills_the_process_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(archive({"1.csv": CSV, "坏.csv": BIG, "3.csv": CSV}))
    found = []
    with open_parts(path) as parts:
        for part in parts:
            found.append((part.part, isinstance(part, RefusedPart)))
            if part.part == "坏.csv" and isinstance(part, Table):
                next(part.rows)
                os.kill(reading_process().pid, signal.SIGSEGV)
    assert found == [("1.csv", False), ("坏.csv", False), ("坏.csv", True), ("3.csv", False)]


def test_members_left_unread_after_too_many_deaths_are_said(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(archive({**{f"{number}.csv": BIG for number in range(7)}, "8.csv": CSV}))
    refused = []
    with open_parts(path) as parts:
        for part in parts:
            if isinstance(part, RefusedPart):
                refused.append(part.part)
            else:
                os.kill(reading_process().pid, signal.SIGSEGV)
    assert refused == [*(f"{number}.csv" for number in range(6)), ""]


def test_a_member_that_takes_too_long_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(archive({"坏.csv": BIG, "3.csv": CSV}))
    found = []
    with open_parts(path, replace(LIMITS, member_seconds=1.5)) as parts:
        for part in parts:
            found.append((part.part, isinstance(part, RefusedPart)))
            if part.part == "坏.csv" and isinstance(part, Table):
                os.kill(reading_process().pid, signal.SIGSTOP)
    assert found == [("坏.csv", False), ("坏.csv", True), ("3.csv", False)]


def test_the_wall_clock_limit_holds_and_the_callers_own_time_is_not_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b,c\n" * 40_000)
    with open_parts(path, replace(LIMITS, wall_seconds=3)) as parts:
        table = next(parts)
        time.sleep(3.2)
        assert len(list(table.rows)) == 40_000  # type: ignore[union-attr]
    with open_parts(path, replace(LIMITS, wall_seconds=1)) as parts:
        next(parts)
        os.kill(reading_process().pid, signal.SIGSTOP)
        (refused,) = parts
    assert isinstance(refused, RefusedPart)
    assert "时间" in refused.reason


def test_a_process_that_has_stopped_talking_and_does_not_end_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, silent = tmp_path / "a.csv", tmp_path / "silent"
    path.write_bytes(CSV)
    silent.write_text("#!/bin/sh\nexec >&-\nsleep 60\n", encoding="utf-8")
    silent.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(silent))
    monkeypatch.setattr("importers.formats.confined.reading_process._ENDING_SECONDS", 0.2)

    with pytest.raises(FileError, match="已中止"), open_parts(path):
        pass


def test_memory_is_limited_by_the_kernel(tmp_path: Path) -> None:
    document = f'<w:document xmlns:w="w"><w:body><w:p><w:t>{"长短" * 14_000_000}</w:t></w:p></w:body></w:document>'
    content = archive({"word/document.xml": document.encode()}, compresslevel=1)
    assert "内存" in _refusal(tmp_path, "a.docx", content, memory_bytes=130_000_000, ratio=10_000)


def test_the_reading_process_knows_none_of_our_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QIANSHAO_FIELD_KEY", "secret")
    path = tmp_path / "a.csv"
    path.write_bytes(BIG)
    with open_parts(path):
        child = reading_process()
        assert "secret" not in child.environ().values()
        assert Path(child.cwd()).name.startswith("qianshao-reading-")


@pytest.mark.parametrize("declared", ["UTF-4", "GBK", "x\u0020y"])
def test_an_encoding_that_nobody_knows_is_said(tmp_path: Path, declared: str) -> None:
    document = f'<?xml version="1.0" encoding="{declared}"?><w:document xmlns:w="w"><w:body/></w:document>'
    assert "另存" in _refusal(tmp_path, "a.docx", archive({"word/document.xml": document.encode()}))
