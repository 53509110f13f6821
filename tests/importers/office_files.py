"""Small office files made on the spot."""

import csv
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from openpyxl import Workbook

from domain.places.region import RegionCode
from importers.entries import Accepted, PetitionFile, Rejected, Warned
from importers.petitions.reading import open_petitions
from importers.profiles import NO_PROFILES, Profiles

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
COUNTY = RegionCode("141124")
HEADER = ("信访件编号", "姓名", "联系电话", "证件号码", "住址", "信访日期", "信访目的", "内容分类", "概况信息")


def row(
    number: str = "X001",
    text: str = "克虎镇某村村民反映家中有人患病，药费负担不起。",
    *,
    day: object = "2026-09-03",
    phone: object = "13800000000",
    id_number: object = "",
) -> tuple[object, ...]:
    """One record of a petition register."""
    return (number, "张三", phone, id_number, "克虎镇", day, "求决", "民政/社会救助", text)


def write_xlsx(path: Path, rows: Sequence[Sequence[object]], *, sheet: str = "台账") -> Path:
    """A workbook with one sheet of these rows."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for cells in rows:
        page.append(list(cells))
    book.save(path)
    return path


def write_csv(path: Path, rows: Sequence[Sequence[object]], *, encoding: str = "gb18030", delimiter: str = ",") -> Path:
    """A CSV file in an encoding."""
    with path.open("w", encoding=encoding, newline="") as output:
        csv.writer(output, delimiter=delimiter).writerows(rows)
    return path


def read(path: Path, profiles: Profiles = NO_PROFILES) -> PetitionFile:
    """Everything that the file says."""
    with open_petitions(path, received_at=NOW, county=COUNTY, profiles=profiles) as reading:
        entries = list(reading)
    return PetitionFile(
        file=reading.file,
        sha256=reading.sha256,
        records=tuple(one.record for one in entries if isinstance(one, Accepted)),
        problems=tuple(one.problem for one in entries if isinstance(one, Rejected)),
        warnings=tuple(one.problem for one in entries if isinstance(one, Warned)),
    )
