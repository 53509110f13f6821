"""Village lists and name tables: what is wrong is said with its place."""

import lzma
import random

import numpy as np
import pytest

from benchmarks.linking.names import NameDraw, load_names
from benchmarks.linking.villages import read_villages
from domain.failures.errors import ConfigError
from domain.places.region import Level, RegionCode
from domain.register.household import Sex
from tests.benchmarks.linking.conftest import write_names, write_villages


def test_a_list_gives_villages_and_all_divisions_above_them(villages):
    assert len(villages.villages) == 24
    assert villages.division == RegionCode("990121")
    assert {place.level for place in villages.divisions} == {Level.CITY, Level.COUNTY, Level.TOWN, Level.VILLAGE}
    assert villages.villages[0].stem == "赵家坪"


def test_a_packed_list_is_read_like_a_plain_one(tmp_path, villages):
    plain = write_villages(tmp_path / "villages.jsonl")
    packed = tmp_path / "villages.jsonl.xz"
    packed.write_bytes(lzma.compress(plain.read_bytes()))

    assert read_villages(packed) == villages


def test_relocation_sites_become_aliases_of_their_village(villages):
    code = villages.villages[3].code

    places = villages.with_sites({code: "后河塔幸福苑安置点"})

    assert [alias.name for place in places if place.code == code for alias in place.aliases] == ["后河塔幸福苑安置点"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(
            ('"village_code": "990121100201"', '"village_code": "99012110020"'), "第1行 village_code", id="code"
        ),
        pytest.param(('"town": "柳泉镇", ', ""), "第1行 town", id="missing town"),
    ],
)
def test_a_wrong_line_is_named(tmp_path, change, message):
    path = write_villages(tmp_path / "villages.jsonl")
    path.write_text(path.read_text(encoding="utf-8").replace(*change), encoding="utf-8")

    with pytest.raises(ConfigError, match=message):
        read_villages(path)


def test_an_empty_list_is_refused(tmp_path):
    path = tmp_path / "villages.jsonl"
    path.write_text("\n", encoding="utf-8")

    with pytest.raises(ConfigError, match="没有一行村名"):
        read_villages(path)


def test_a_missing_table_and_a_missing_column_are_named(tmp_path):
    folder = write_names(tmp_path / "names")
    table = folder / "familyname.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("n.1930_2008", "n"), encoding="utf-8")

    with pytest.raises(ConfigError, match=r"familyname\.csv 第1行: 缺少列 n\.1930_2008"):
        load_names(folder)
    table.unlink()
    with pytest.raises(ConfigError, match=r"familyname\.csv"):
        load_names(folder)


def test_names_are_drawn_as_often_as_they_occur(setting):
    draw = NameDraw(load_names(setting.names), np.random.default_rng(7))

    surnames = [draw.surname() for _ in range(6_000)]
    women = [draw.given(Sex.FEMALE, 1950) for _ in range(4_000)]
    men = [draw.given(Sex.MALE, 1950) for _ in range(4_000)]

    assert surnames.count("赵") / 6_000 == pytest.approx(100 / 1134, abs=0.015)
    assert women.count("秀英") / 4_000 == pytest.approx(0.27, abs=0.04)
    assert men.count("建军") / 4_000 == pytest.approx(0.27, abs=0.04)
    assert random.Random(1).choice(men)


def test_a_list_can_be_narrowed_to_a_division(villages):
    town = RegionCode("990121101")

    inside = villages.inside(town)

    assert {village.town_code for village in inside.villages} == {town}
    assert RegionCode("990121") in {place.code for place in inside.divisions}
    assert RegionCode("990121100") not in {place.code for place in inside.divisions}
    with pytest.raises(ConfigError, match="没有 990122 的村"):
        villages.inside(RegionCode("990122"))
