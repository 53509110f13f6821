"""Weights follow from how often agreements hold; candidates and "not in the register" share one probability."""

import math
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.failures.errors import ConfigError
from domain.register.household import HouseholdId
from pipeline.linking.names import NameAgreement
from pipeline.linking.parameters import load_parameters, parameters_text, probabilities
from pipeline.linking.place_agreement import PlaceAgreement
from pipeline.linking.reasons import Evidence, Reason, sentence

PARAMETERS = load_parameters()
_OF_NAMES = {
    Reason.NAME_AND_VILLAGE,
    Reason.NAME_AND_TOWN,
    Reason.NAME_ONLY,
    Reason.NAME_OTHER_VILLAGE,
    Reason.SOUND_AND_VILLAGE,
    Reason.SOUND,
    Reason.MISSPELT_AND_VILLAGE,
    Reason.MISSPELT,
    Reason.PARTIAL_NAME_AND_VILLAGE,
    Reason.PARTIAL_NAME,
}
_COMPUTED = {Reason.SECOND_MEMBER, Reason.MASKED_ID_NUMBER}


def test_every_reason_has_a_weight_or_a_chance_that_is_computed() -> None:
    given_weight = set(PARAMETERS.log_odds) | (set(PARAMETERS.among_meant) & set(PARAMETERS.by_chance))
    assert given_weight | _OF_NAMES | _COMPUTED == set(Reason)
    assert set(PARAMETERS.among_meant) >= _COMPUTED
    assert set(PARAMETERS.name) == set(NameAgreement)
    assert set(PARAMETERS.place) == set(PlaceAgreement)


def test_what_holds_more_often_by_chance_weighs_less_than_nought() -> None:
    assert PARAMETERS.weight(Reason.BIRTH_YEAR) > 0 > PARAMETERS.weight(Reason.BIRTH_YEAR_DIFFERS)
    assert PARAMETERS.weight(Reason.ID_NUMBER) > PARAMETERS.weight(Reason.PHONE) > PARAMETERS.weight(Reason.GROUP)


def test_a_rare_name_weighs_more_than_a_common_one_up_to_a_limit() -> None:
    common, rare, rarest = (
        PARAMETERS.name_weight(NameAgreement.IDENTICAL, PlaceAgreement.VILLAGE, chance) for chance in (0.5, 0.05, 1e-9)
    )
    assert common < rare < rarest
    least = PARAMETERS.least_chance[PlaceAgreement.VILLAGE]
    assert rarest == PARAMETERS.name_weight(NameAgreement.IDENTICAL, PlaceAgreement.VILLAGE, least)


def test_two_equal_candidates_share_and_neither_is_clear() -> None:
    shared = probabilities({HouseholdId("a"): 3.0, HouseholdId("b"): 3.0}, 0.0, PARAMETERS)

    assert shared[HouseholdId("a")] == shared[HouseholdId("b")] < 0.5


def test_namesakes_that_nobody_loaded_count_against() -> None:
    alone = probabilities({HouseholdId("a"): 1.0}, 0.0, PARAMETERS)
    rivalled = probabilities({HouseholdId("a"): 1.0}, 3.0, PARAMETERS)

    assert rivalled[HouseholdId("a")] < alone[HouseholdId("a")]


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.floats(-20, 30), max_size=6), st.floats(0, 9))
def test_probabilities_sum_to_at_most_one(scores: dict[str, float], unseen: float) -> None:
    shared = probabilities({HouseholdId(key): value for key, value in scores.items()}, unseen, PARAMETERS)

    assert math.fsum(shared.values()) <= 1.0 + 1e-9
    assert all(0.0 <= value <= 1.0 for value in shared.values())


def test_a_sentence_counts_namesakes_only_for_names() -> None:
    assert sentence(Evidence(Reason.NAME_AND_VILLAGE, 5.0, "庞建国"), 2) == "同村、姓名相同；台账中同名2户"
    assert sentence(Evidence(Reason.NAME_AND_VILLAGE, 5.0, "庞建国"), 1) == "同村、姓名相同"
    assert sentence(Evidence(Reason.PHONE, 3.0), 5) == "联系电话一致"


@pytest.mark.parametrize("reason", list(Reason))
def test_no_sentence_says_who_petitioned(reason: Reason) -> None:
    assert not any(word in reason.label for word in ("信访人", "反映人", "来访", "来信", "举报", "上访", "登记人"))


def test_written_parameters_are_read_again(tmp_path: Path) -> None:
    path = tmp_path / "linking.toml"
    path.write_text(parameters_text(PARAMETERS, "Estimated."), encoding="utf-8")

    assert load_parameters(path) == PARAMETERS


@pytest.mark.parametrize(
    ("content", "told"),
    [("version = ", "不是合格的TOML"), ("version = 'x'", "link_threshold"), (None, "读不了关联参数")],
)
def test_a_wrong_file_of_parameters_is_told(tmp_path: Path, content: str | None, told: str) -> None:
    path = tmp_path / "linking.toml"
    if content is not None:
        path.write_text(content, encoding="utf-8")

    with pytest.raises(ConfigError, match=told):
        load_parameters(path)


@pytest.mark.parametrize(
    ("line", "instead", "told"),
    [("health = 0.65\n", "", "health"), ("not_in_register = 0.25", "not_in_register = 0", "not_in_register")],
)
def test_a_number_that_is_missing_or_impossible_is_told_at_once(
    tmp_path: Path, line: str, instead: str, told: str
) -> None:
    path = tmp_path / "linking.toml"
    content = parameters_text(PARAMETERS, "Estimated.")
    assert line in content
    path.write_text(content.replace(line, instead), encoding="utf-8")

    with pytest.raises(ConfigError, match=told):
        load_parameters(path)


def test_a_file_made_before_ages_were_told_apart_is_completed(tmp_path: Path) -> None:
    text = re.sub(r"(?m)^(?:birth_year_one_off|head|not_head) = .*\n", "", parameters_text(PARAMETERS, "before"))
    path = tmp_path / "linking.toml"
    path.write_text(re.sub(r"(?m)^birth_year = .*$", "birth_year = 0.9", text), encoding="utf-8")

    read = load_parameters(path)

    ages = (Reason.BIRTH_YEAR, Reason.BIRTH_YEAR_ONE_OFF)
    assert sum(read.among_meant[one] for one in ages) == pytest.approx(0.9)
    assert sum(read.by_chance[one] for one in ages) == pytest.approx(0.9)
    assert read.weight(Reason.BIRTH_YEAR) > read.weight(Reason.BIRTH_YEAR_ONE_OFF)
    assert read.weight(Reason.HEAD) == PARAMETERS.weight(Reason.HEAD)


def test_a_share_that_one_table_alone_lacks_is_told(tmp_path: Path) -> None:
    text = re.sub(r"birth_year_one_off = .*\n", "", parameters_text(PARAMETERS, "before"), count=1)
    path = tmp_path / "linking.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError, match="birth_year_one_off"):
        load_parameters(path)
