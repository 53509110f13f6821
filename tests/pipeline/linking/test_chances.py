"""A common name agrees by chance more often than a rare one, and what a writer hides agrees more often still."""

import random

import pytest

from domain.register.household import HouseholdId
from pipeline.linking.chances import Chances
from pipeline.linking.index_building import build_index
from pipeline.linking.register_index import Registered
from tests.pipeline.linking.households import HERE, THERE


@pytest.fixture(scope="module")
def chances() -> Chances:
    dice = random.Random(3)
    given = ["建国", "建军", "秀英", "秀兰", "卫东", "强", "芳", "改花", "卫国", "玉梅"]
    people = [
        Registered(HouseholdId(str(number)), village, surname + dice.choices(given, range(10, 0, -1))[0])
        for number in range(1_000)
        for village, surname in ((HERE, dice.choice("庞庞庞薛")), (THERE, dice.choice("李王张刘")))
    ]
    return Chances(build_index([*people, Registered(HouseholdId("rare"), HERE, "钮珏")]))


def test_a_common_name_is_likelier_than_a_rare_one(chances: Chances) -> None:
    assert (
        chances.of("庞建国", "庞建国", HERE) > chances.of("庞玉梅", "庞玉梅", HERE) > chances.of("钮珏", "钮珏", HERE)
    )


def test_a_surname_is_common_where_it_lives(chances: Chances) -> None:
    assert chances.of("庞某某", "庞建国", HERE) > 0.5
    assert chances.of("庞某某", "庞建国", THERE) < 0.1


def test_the_person_himself_does_not_make_his_name_common(chances: Chances) -> None:
    assert chances.of("钮珏", "钮珏", HERE) < 1 / chances.index.persons


def test_the_less_a_name_shows_the_likelier_it_agrees(chances: Chances) -> None:
    whole, masked, surname = (chances.of(written, "庞建国", HERE) for written in ("庞建国", "庞*国", "老庞"))
    assert whole < masked < surname


def test_what_sounds_alike_is_likelier_than_what_is_written_alike(chances: Chances) -> None:
    assert chances.of("庞建果", "庞建国", HERE) >= chances.of("庞建国", "庞建国", HERE) * 0.9


def test_chances_are_close_to_what_the_register_shows(chances: Chances) -> None:
    share = len([1 for person in chances.index.named("庞建国") if person in chances.index.persons_of(HERE)]) / 1_001
    assert chances.of("庞建国", "庞建国", HERE) == pytest.approx(share, rel=0.25)


@pytest.mark.parametrize("written", ["庞建国", "庞健国", "庞建军", "庞某某", "老庞", "军娃", "庞*国"])
def test_every_chance_is_a_probability(chances: Chances, written: str) -> None:
    assert 0.0 < chances.of(written, "庞建国" if written != "军娃" else "庞建军", HERE) <= 1.0
