"""Lists of divisions, the county's own table, and the history of names, as files."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.failures.errors import FileError
from domain.places.place import Alias, AliasKind, Place, Position
from domain.places.region import RegionCode
from importers.places.gazetteer import GazetteerDelivery, read_gazetteer, short_names

COUNTY = RegionCode("141124")
TOWN = RegionCode("141124104")
LIST = [
    {"town": "克虎镇", "town_code": "141124104000", "village": village, "village_code": code, "urban_rural": "220"}
    for village, code in (("庞家庄村委会", "141124104202"), ("薛家焉村委会", "141124104203"))
]
LISTED_IN_HISTORY = [
    {"town": "克虎镇", "village": "庞家庄村委会", "first": 2009, "last": 2023},
    {"town": "克虎镇", "village": "薛家焉村委会", "first": 2021, "last": 2023},
]


def old(village: str, first: int, last: int, town: str = "克虎镇") -> dict[str, object]:
    return {"town": town, "village": village, "first": first, "last": last}


def read(tmp_path: Path, *rows: dict[str, object], county: RegionCode = COUNTY) -> GazetteerDelivery:
    path = tmp_path / "地名.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return read_gazetteer([path], county)


def named(delivery: GazetteerDelivery, code: str) -> Place:
    return next(place for place in delivery.places if place.code == RegionCode.parse(code))


def dated(delivery: GazetteerDelivery, code: str) -> list[Alias]:
    return [alias for alias in named(delivery, code).aliases if alias.first_year]


def test_a_list_gives_towns_and_villages_with_their_short_names(tmp_path: Path) -> None:
    delivery = read(tmp_path, *LIST)

    assert [place.code.digits for place in delivery.places] == ["141124104", "141124104202", "141124104203"]
    assert [alias.name for alias in named(delivery, "141124104202").aliases] == ["庞家庄村", "庞家庄"]


def test_a_name_that_ended_is_a_former_village_of_its_town(tmp_path: Path) -> None:
    delivery = read(tmp_path, *LIST, *LISTED_IN_HISTORY, old("张羊峁村委会", 2009, 2020))

    assert dated(delivery, "141124104") == [
        Alias("张羊峁村委会", AliasKind.FORMER_VILLAGE, "并入哪个村没有资料", 2009, 2020)
    ]
    assert (delivery.old_names, delivery.former_villages, delivery.warnings) == (0, 1, ())


def test_a_spelling_that_the_next_year_goes_on_from_is_the_same_village(tmp_path: Path) -> None:
    delivery = read(tmp_path, *LIST, *LISTED_IN_HISTORY, old("薛家墕村委会", 2009, 2020))

    assert dated(delivery, "141124104203") == [Alias("薛家墕村委会", AliasKind.ALIAS, "旧写法", 2009, 2020)]


def test_a_similar_name_of_other_years_is_another_village(tmp_path: Path) -> None:
    delivery = read(tmp_path, *LIST, *LISTED_IN_HISTORY, old("薛家墕村委会", 2009, 2015))

    assert [alias.kind for alias in dated(delivery, "141124104")] == [AliasKind.FORMER_VILLAGE]


def test_the_countys_own_table_tells_better_than_the_history_and_takes_its_years(tmp_path: Path) -> None:
    told = {"village_code": "141124104202", "kind": "former_village", "name": "张羊峁村", "note": "2021年并入"}

    delivery = read(tmp_path, *LIST, told, *LISTED_IN_HISTORY, old("张羊峁村委会", 2009, 2020))

    assert dated(delivery, "141124104202") == [Alias("张羊峁村", AliasKind.FORMER_VILLAGE, "2021年并入", 2009, 2020)]
    assert dated(delivery, "141124104") == []


def test_a_town_whose_villages_all_go_on_in_one_other_town_has_been_renamed(tmp_path: Path) -> None:
    rows = [
        old("庞家庄村委会", 2013, 2023),
        old("薛家焉村委会", 2013, 2023),
        old("庞家庄村委会", 2009, 2012, "第一堡乡"),
        old("薛家焉村委会", 2009, 2012, "第一堡乡"),
        old("郝林甲村委会", 2009, 2012, "第一堡乡"),
    ]

    delivery = read(tmp_path, *LIST, *rows)

    assert dated(delivery, "141124104") == [
        Alias("第一堡乡", AliasKind.FORMER_TOWN, "", 2009, 2012),
        Alias("郝林甲村委会", AliasKind.FORMER_VILLAGE, "并入哪个村没有资料", 2009, 2012),
    ]


def test_names_that_no_list_places_are_shown_and_not_guessed(tmp_path: Path) -> None:
    delivery = read(
        tmp_path, *LIST, *LISTED_IN_HISTORY, old("某家沟村委会", 2009, 2012, "没有的乡"), old("新来村委会", 2023, 2023)
    )

    assert [(one.sheet, one.row, one.column, one.value) for one in delivery.warnings] == [
        ("地名.jsonl", 5, "village", "没有的乡某家沟村委会"),
        ("地名.jsonl", 6, "village", "克虎镇新来村委会"),
    ]
    assert (delivery.old_names, delivery.former_villages) == (0, 0)


def test_a_history_without_codes_is_of_the_deployments_county(tmp_path: Path) -> None:
    delivery = read(tmp_path, *LIST, old("张羊峁村委会", 2009, 2020), county=RegionCode("141125"))

    assert len(delivery.warnings) == 1


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (old("张羊峁村委会", 2020, 2009), "第3行 last: 2009 早于 first 2020"),
        (old("张羊峁村委会", 9, 2020), "第3行 first: '9' 不是年份"),
        (
            {"village_code": "141124104202", "kind": "alias", "name": "庄上", "last_year": "去年"},
            "last_year: '去年' 不是年份",
        ),
        ({"village_code": "141124104202", "kind": "nickname", "name": "庄上"}, "不认识 'nickname'"),
        ({"village_code": "141124104299", "kind": "alias", "name": "庄上"}, "141124104299 不在区划表里"),
        ({"village_code": "141124104202", "kind": "former_town", "name": "庄上乡"}, "应写现在乡镇的代码"),
        ({"village_code": "1411", "kind": "alias", "name": ""}, "没有名称"),
    ],
    ids=["years turned round", "no year", "a word", "unknown kind", "unknown village", "not of a town", "no name"],
)
def test_a_wrong_row_is_named(tmp_path: Path, row: dict[str, object], message: str) -> None:
    with pytest.raises(FileError, match=r"地名|别名") as raised:
        read(tmp_path, *LIST, row)

    assert message in str(raised.value)


def test_a_history_alone_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="和区划表一起导入"):
        read(tmp_path, old("张羊峁村委会", 2009, 2020))


def test_an_alias_may_have_years_in_a_csv(tmp_path: Path) -> None:
    listed, aliases = tmp_path / "区划.jsonl", tmp_path / "别名.csv"
    listed.write_text(json.dumps(LIST[0], ensure_ascii=False), encoding="utf-8")
    aliases.write_text(
        "village_code,kind,name,note,first_year,last_year\n141124104202,natural_village,上庄,,,2015\n",
        encoding="gb18030",
    )

    delivery = read_gazetteer([listed, aliases], COUNTY)

    assert Alias("上庄", AliasKind.NATURAL_VILLAGE, "", None, 2015) in named(delivery, "141124104202").aliases


@given(st.text(alphabet="庞家庄村委会居民社区", max_size=9))
def test_short_names_are_shorter_and_begin_alike(official: str) -> None:
    for short in short_names(official):
        assert official.startswith(short.removesuffix("村"))
        assert len(short) <= len(official)


def located(**changes: object) -> dict[str, object]:
    return {**LIST[0], "longitude": "110.52", "latitude": "38.1", "coordinate_source": "虚构", **changes}


def test_a_village_may_say_where_it_lies(tmp_path: Path):
    delivery = read(tmp_path, located(), LIST[1])

    assert named(delivery, "141124104202").position == Position(110.52, 38.1, "虚构")
    assert named(delivery, "141124104203").position is None
    assert named(delivery, "141124104").position is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"longitude": ""}, "longitude: 没有填"),
        ({"latitude": ""}, "latitude: 没有填"),
        ({"longitude": "东经110"}, "'东经110' 不是十进制的度数"),
        ({"longitude": "38.1", "latitude": "110.52"}, "longitude: '38.1' 不在中国境内"),
        ({"latitude": "nan"}, "latitude: 'nan' 不在中国境内"),
    ],
)
def test_a_position_that_cannot_be_is_named(tmp_path: Path, changes: dict[str, object], said: str):
    with pytest.raises(FileError, match=re.escape(said)):
        read(tmp_path, located(**changes))
