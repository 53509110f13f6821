"""Rosters of thousands: a text four times as long takes about four times as long, not sixteen."""

import time
from itertools import islice, product

import pytest

from domain.places.place import Place
from domain.places.region import RegionCode
from nlp.mentions import MentionFinder
from nlp.places.gazetteer import Gazetteer

TOWNS = {RegionCode("141124101"): "白文镇", RegionCode("141124105"): "三交镇"}
PLACES = (
    *(Place(code=code, name=name) for code, name in TOWNS.items()),
    *(Place(code=RegionCode(f"{code}231"), name="中庄村委会") for code in TOWNS),
    *(Place(code=RegionCode(f"{code}232"), name="薛家坪村委会") for code in TOWNS),
)
FEW, MANY = 400, 1600
MOST = 7.0
"""Times as long that four times as many may take: more than four, for machines are shared."""


@pytest.fixture(scope="module")
def finder() -> MentionFinder:
    found = MentionFinder(Gazetteer(PLACES, RegionCode("141124")))
    found.find("", "庞建国的妻子李秀英患病，白文镇中庄村")  # reads what is read once
    return found


def invented(count: int) -> list[str]:
    names = ("".join(signs) for signs in product("庞薛郝樊", "建秀改志玉文明国", "国英花强梅军兰平", "亮芳宁林"))
    return [name[:3] if place % 2 else name[:2] + name[3] for place, name in enumerate(islice(names, count))]


def cost(finder: MentionFinder, content: str) -> float:
    taken = []
    for _ in range(2):
        started = time.process_time()
        finder.find("", content)
        taken.append(time.process_time() - started)
    return min(taken)


@pytest.mark.parametrize(
    "form",
    [
        "、{}",
        "\n{}",
        "{} 100元，",
        "{}的妻子{}，",
        "我叫{}反映",
        "庞建国说{}",
        "中庄村{}、",
        "白文镇薛家坪村{}。",
        "中庄村、白文镇、中庄村二组、",
    ],
)
def test_time_grows_with_the_names_and_not_with_their_square(finder: MentionFinder, form: str) -> None:
    names = invented(MANY)
    few, many = ("".join(form.format(name, name) for name in names[:count]) for count in (FEW, MANY))

    assert cost(finder, many) < MOST * cost(finder, few)
