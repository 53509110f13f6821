"""An invented county and invented name frequencies, small enough to draw a register from in a test."""

import csv
import json
from pathlib import Path

import pytest

from benchmarks.linking.gold import Text
from benchmarks.linking.register import Register
from benchmarks.linking.setting import Setting
from benchmarks.linking.texts import TextGenerator
from benchmarks.linking.villages import VillageList

_TOWNS = ("柳泉镇", "石滩乡", "北塬镇")
_STEMS = ("赵家坪", "孙家坡", "前坪", "后河塔", "李家河", "枣树峁", "白家垛", "上庄")
_SURNAMES = "赵钱孙李周吴郑王冯陈白石"
_CHARACTERS = "伟维建健明鸣军君芳方秀修英瑛莲连海亥林临梅玉红虹平萍"
_PERIODS = ("1930_1959", "1960_1969", "1970_1979", "1980_1989", "1990_1999", "2000_2008")


def write_villages(path: Path) -> Path:
    lines = []
    for town_number, town in enumerate(_TOWNS, start=100):
        for number, stem in enumerate(_STEMS, start=201):
            row = {
                "city": "丙市",
                "city_code": "990100000000",
                "county": "乙县",
                "county_code": "990121000000",
                "town": town,
                "town_code": f"990121{town_number}000",
                "village": f"{stem}村委会" if town_number == 100 or number < 204 else f"{stem}{town[0]}村委会",
                "village_code": f"990121{town_number}{number}",
            }
            lines.append(json.dumps(row, ensure_ascii=False))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def write_names(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    surnames = [{"surname": one, "n.1930_2008": 100 - at} for at, one in enumerate(_SURNAMES)]
    given = [
        {"character": one, "n.male": 50, "n.female": 50, **{f"n.{period}": 100 + at for period in _PERIODS}}
        for at, one in enumerate(_CHARACTERS)
    ]
    whole = [{"name": "建军", "n.male": 9, "n.female": 1}, {"name": "秀英", "n.male": 1, "n.female": 9}]
    for name, rows in (("familyname", surnames), ("givenname", given), ("top1000name.prov", whole)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder


@pytest.fixture(scope="session")
def setting(tmp_path_factory: pytest.TempPathFactory) -> Setting:
    folder = tmp_path_factory.mktemp("linking")
    villages, names = write_villages(folder / "villages.jsonl"), write_names(folder / "names")
    return Setting(gazetteer=villages, names=names, persons=4_000, mentions=400, seed=101, work=folder)


@pytest.fixture(scope="session")
def villages(setting: Setting) -> VillageList:
    return setting.villages()


@pytest.fixture(scope="session")
def register(setting: Setting, villages: VillageList) -> Register:
    return setting.register(villages)


@pytest.fixture(scope="session")
def texts(register: Register, villages: VillageList) -> list[Text]:
    return list(TextGenerator(register, villages).texts(1_500, seed=101))
