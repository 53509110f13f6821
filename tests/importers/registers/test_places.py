"""Where rows are: a community beside the village that its people left."""

from datetime import date
from pathlib import Path

from domain.places.place import Place
from domain.places.region import RegionCode
from importers.registers.registry import read_registry
from tests.importers.office_files import write_csv

_CODE = "141124104202"
_PLACES = [
    Place(code=RegionCode(code), name=name)
    for code, name in (("141124104", "克虎镇"), (_CODE, "庞家庄村委会"), ("141124104203", "蔡家洼村委会"))
]


def test_far_down_a_number_has_to_begin_with_the_community_too(tmp_path: Path):
    moved = [
        ("庞家庄村", f"{_CODE}{at:04}", f"庞{chr(0x4E00 + at)}{chr(0x4E00 + at)}", "蔡家洼村") for at in range(1, 80)
    ]
    path = write_csv(
        tmp_path / "台账.csv",
        [("所属社区", "户编号", "户主姓名", "迁出村"), *moved, ("庞家庄村", "02", "孙丙丙", "蔡家洼村")],
    )

    read = read_registry(path, places=_PLACES, today=date(2026, 11, 24))

    assert "02" not in {one.id for one in read.households}
    assert [one.problem.row for one in read.refused if one.household_id == "02"] == [81]
