"""Without anybody's labels the estimate comes near the shares by which texts were made, and few texts move little."""

import random
from collections.abc import Sequence

import pytest

from pipeline.linking.estimate import estimate
from pipeline.linking.names import NameAgreement
from pipeline.linking.parameters import load_parameters
from pipeline.linking.place_agreement import PlaceAgreement
from pipeline.linking.reasons import Basis, Evidence, Reason

BEFORE = load_parameters()
_AGES = (Reason.BIRTH_YEAR, Reason.BIRTH_YEAR_ONE_OFF, Reason.BIRTH_YEAR_NEAR, Reason.BIRTH_YEAR_DIFFERS)


def _household(dice: random.Random, *, meant: bool, exact: float) -> Sequence[Evidence]:
    off = (0.9 - exact) / 2
    age = dice.choices(_AGES, (exact, off, off, 0.1) if meant else (0.05, 0.05, 0.1, 0.8))[0]
    group = Reason.GROUP if dice.random() < (0.7 if meant else 0.2) else Reason.GROUP_DIFFERS
    name = Basis(0.3, NameAgreement.IDENTICAL, PlaceAgreement.VILLAGE)
    return (Evidence(Reason.NAME_AND_VILLAGE, 0.0, basis=name), Evidence(age, 0.0), Evidence(group, 0.0))


def _texts(count: int, *, absent: float, exact: float) -> list[list[Sequence[Evidence]]]:
    dice = random.Random(11)
    return [
        [
            *([_household(dice, meant=True, exact=exact)] if dice.random() >= absent else []),
            *(_household(dice, meant=False, exact=exact) for _ in range(dice.choices([0, 1, 2], [74, 22, 4])[0])),
        ]
        for _ in range(count)
    ]


def test_shares_are_found_again_without_labels() -> None:
    found = estimate(BEFORE, _texts(3_000, absent=0.3, exact=0.6), version="own-1")

    assert found.version == "own-1"
    assert found.among_meant[Reason.BIRTH_YEAR] == pytest.approx(0.6, abs=0.06)
    assert found.among_meant[Reason.GROUP] == pytest.approx(0.7, abs=0.05)
    assert found.by_chance[Reason.BIRTH_YEAR] == pytest.approx(0.05, abs=0.04)


def test_what_holds_exclusively_keeps_its_sum() -> None:
    found = estimate(BEFORE, _texts(500, absent=0.1, exact=0.5), version="own-1")

    for table, before in ((found.among_meant, BEFORE.among_meant), (found.by_chance, BEFORE.by_chance)):
        assert sum(table[age] for age in _AGES) == pytest.approx(sum(before[age] for age in _AGES), abs=1e-3)


def test_more_strangers_are_noticed() -> None:
    few, many = (estimate(BEFORE, _texts(2_000, absent=share, exact=0.9), version="x") for share in (0.05, 0.6))

    assert few.not_in_register < many.not_in_register


def test_two_texts_change_little() -> None:
    found = estimate(BEFORE, _texts(2, absent=0.0, exact=0.0), version="x")

    assert found.among_meant[Reason.BIRTH_YEAR] == pytest.approx(BEFORE.among_meant[Reason.BIRTH_YEAR], abs=0.1)
    assert found.by_chance.keys() == BEFORE.by_chance.keys()


def test_texts_without_candidates_say_nothing() -> None:
    assert estimate(BEFORE, [[], []], version=BEFORE.version).among_meant == pytest.approx(BEFORE.among_meant, abs=1e-3)
