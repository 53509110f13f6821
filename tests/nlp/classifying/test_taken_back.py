"""When a category goes; bounds are those of the shipped vocabulary."""

import numpy as np
import pytest

from domain.risk import Risk
from domain.words.vocabulary import Factuality
from nlp.classifying.stance import Takeback, load_stance_reader
from nlp.classifying.stance_lexicon import Stance
from nlp.classifying.taken_back import Withdrawals, kind_of
from nlp.clauses import split_clauses
from nlp.scorer import Array


@pytest.fixture
def withdrawals() -> Withdrawals:
    return Withdrawals(load_stance_reader())


def _weights(*odds: float) -> Array:
    return np.array(odds, dtype=np.float32)


def _taken(denied: set[int], fine: set[int] = frozenset(), after_all: set[int] = frozenset()) -> Takeback:
    return Takeback(dict.fromkeys(denied, Stance.DENIED), frozenset(fine), frozenset(after_all))


def test_a_category_goes_when_the_clauses_that_carry_it_deny_it(withdrawals: Withdrawals):
    assert withdrawals.goes("短文", _taken({0}), _weights(3.0, -4.0), set())


def test_it_stays_when_another_clause_carries_it(withdrawals: Withdrawals):
    assert not withdrawals.goes("短文", _taken({0}), _weights(3.0, 3.2), set())


def test_it_stays_when_a_rule_found_it_said_plainly_elsewhere(withdrawals: Withdrawals):
    assert withdrawals.goes("短文", _taken({0}), _weights(3.0, -4.0), {0})
    assert not withdrawals.goes("短文", _taken({0}), _weights(3.0, -4.0), {1})


def test_it_stays_when_what_is_taken_back_never_carried_it(withdrawals: Withdrawals):
    assert not withdrawals.goes("短文", _taken({0}), _weights(-5.0, -6.0), set())


def test_a_clause_that_says_all_is_well_keeps_nothing(withdrawals: Withdrawals):
    assert withdrawals.goes("短文", _taken({0}, fine={1}), _weights(1.0, 4.0), set())


def test_a_clause_after_a_contrast_keeps_the_category_however_light(withdrawals: Withdrawals):
    assert withdrawals.goes("短文", _taken({0}), _weights(3.0, 0.2), set())
    assert not withdrawals.goes("短文", _taken({0}, after_all={1}), _weights(3.0, 0.2), set())


def test_a_long_text_needs_more(withdrawals: Withdrawals):
    assert not withdrawals.goes("长" * 300, _taken({0}), _weights(3.0, 0.2), set())


@pytest.mark.parametrize(("probability", "believed"), [(0.001, False), (0.6, True)])
def test_a_settlement_is_believed_only_where_the_model_thinks_of_one(
    withdrawals: Withdrawals, probability: float, believed: bool
):
    text = "欠的工资已全部付清"
    found = withdrawals.taken_back(text, split_clauses(text), [Risk.UNEMPLOYMENT], {Factuality.RESOLVED: probability})

    assert (Risk.UNEMPLOYMENT in found) is believed


def test_a_model_that_knows_no_kinds_of_text_believes_denials_alone(withdrawals: Withdrawals):
    text = "没有拖欠工资,已全部付清"
    found = withdrawals.taken_back(text, split_clauses(text), [Risk.UNEMPLOYMENT], {})

    assert set(found[Risk.UNEMPLOYMENT].stances.values()) == {Stance.DENIED}


def test_a_text_tells_of_what_its_strongest_clause_does():
    taken = Takeback({0: Stance.DENIED, 1: Stance.SETTLED}, frozenset(), frozenset())

    assert kind_of(taken, _weights(0.0, 2.0)) is Factuality.RESOLVED
    assert kind_of(taken, _weights(2.0, 0.0)) is Factuality.NONE
