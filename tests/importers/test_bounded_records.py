"""What a small file may become: one text in very many rows, a header in every row, a petition of very many rows."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from domain.failures.errors import FileError
from importers.entries import Accepted
from importers.formats.limits import standard_limits
from importers.formats.parts import MergedDown, Row, Table
from importers.petitions.parts import DeliveredParts
from importers.petitions.reading import open_petitions
from importers.profiles import NO_PROFILES
from tests.importers.office_files import COUNTY, HEADER, NOW, read, row, write_csv, write_xlsx


def test_one_matter_that_very_many_rows_repeat_has_an_end(tmp_path: Path) -> None:
    rows = [row(f"X{number}", "同上") for number in range(2000)]
    path = write_csv(tmp_path / "台账.csv", [HEADER, row("X", "困" * 30_000), *rows])
    limits = replace(standard_limits(), told_bytes=20_000_000)

    with open_petitions(path, received_at=NOW, county=COUNTY, profiles=NO_PROFILES, limits=limits) as reading:
        entries = iter(reading)
        with pytest.raises(FileError, match="合起来太多"):
            list(entries)


def test_a_header_that_is_a_story_is_kept_short(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "台账.xlsx", [(*HEADER, "困" * 30_000, "困" * 30_000), (*row(), "甲", "乙")])

    [record] = read(path).records

    assert sum(map(len, record.raw.fields)) < 500
    assert list(record.raw.fields.values())[-2:] == ["甲", "乙"]


def _below_one_number(count: int) -> Iterator[Row]:
    yield Row(1, HEADER)
    for number in range(2, count):
        cells = (
            row("X1" if number == 2 else "", "家里困难")
            if number == 2
            else ("",) * 8 + (f"第{number}户" + "没有水喝" * 20,)
        )
        yield Row(number, cells, merged=(MergedDown(0, 2, count),))


def test_a_number_merged_from_top_to_bottom_makes_no_petition_without_end() -> None:
    reader = DeliveredParts(received_at=NOW, profiles=NO_PROFILES)

    entries = list(reader.read(Table("", "台账", _below_one_number(5000))))

    records = [entry.record.raw for entry in entries if isinstance(entry, Accepted)]
    assert len(records) > 1
    assert max(len(raw.text) for raw in records) < 101_000
    assert sum(len(raw.text) for raw in records) > 4_990 * 80
