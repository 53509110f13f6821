"""The Splink model of the benchmark: columns, comparisons, blocking, and how its parameters are estimated.

As Splink's documentation advises for a small set against a large one: u by random pairs of the large set, the prior by
deterministic rules, m by expectation maximisation between the two sets over several blocking rules, u held fixed.
"""

import logging
from typing import Any

import splink.comparison_level_library as levels
from splink import Linker, SettingsCreator, block_on
from splink.comparison_library import CustomComparison, ExactMatch
from splink.internals.splink_dataframe import SplinkDataFrame

_LOG = logging.getLogger(__name__)
_U_PAIRS = 1e7
_SEED = 7
_RULE_RECALL = 0.6
"""Guess of how many true pairs the deterministic rules catch: two texts in three give full name and right village."""
_SURNAME_RIGHT = 0.98
"""m of a surname that stands alone (王某某); blocking on it leaves expectation maximisation nothing to estimate."""
_SAME_ID_NUMBER = 1e-8
"""u of one ID number for two persons; no sample of pairs holds such a slip."""

_PREDICTION_RULES: list[Any] = [
    block_on("id_number"),
    block_on("phone"),
    block_on("name"),
    block_on("pinyin"),
    block_on("village", "surname"),
    block_on("town", "surname", "birth_year"),
]
_CERTAIN_RULES: list[Any] = [block_on("id_number"), block_on("name", "village")]
_TRAINING_RULES = [
    block_on("name", "village"),
    block_on("name", "birth_year"),
    block_on("phone"),
    block_on("id_number"),
    block_on("village", "surname", "birth_year"),
]
"""Without the two numbers recall is half a point lower on tuning seed 1, although relatives share them in a text."""


def _comparisons() -> list[Any]:
    """Names from identical to another, place by village and town, and the rest as it is."""
    return [
        CustomComparison(
            output_column_name="name",
            comparison_levels=[
                levels.NullLevel("name"),
                levels.ExactMatchLevel("name", term_frequency_adjustments=True),
                levels.CustomLevel("pinyin_l = pinyin_r"),
                levels.LevenshteinLevel("name", 1),
                levels.ElseLevel(),
            ],
        ),
        CustomComparison(
            output_column_name="surname_alone",
            comparison_levels=[
                levels.NullLevel("surname_alone"),
                levels.ExactMatchLevel("surname_alone", term_frequency_adjustments=True).configure(
                    m_probability=_SURNAME_RIGHT, fix_m_probability=True
                ),
                levels.ElseLevel().configure(m_probability=1 - _SURNAME_RIGHT, fix_m_probability=True),
            ],
        ),
        CustomComparison(
            output_column_name="village",
            comparison_levels=[
                levels.NullLevel("town"),
                levels.CustomLevel("village_l = village_r"),
                levels.CustomLevel("town_l = town_r"),
                levels.ElseLevel(),
            ],
        ),
        CustomComparison(
            output_column_name="birth_year",
            comparison_levels=[
                levels.NullLevel("birth_year"),
                levels.CustomLevel("birth_year_l = birth_year_r"),
                levels.CustomLevel("abs(birth_year_l - birth_year_r) <= 1"),
                levels.CustomLevel("abs(birth_year_l - birth_year_r) <= 5"),
                levels.ElseLevel(),
            ],
        ),
        ExactMatch("sex"),
        ExactMatch("phone"),
        CustomComparison(
            output_column_name="id_number",
            comparison_levels=[
                levels.NullLevel("id_number"),
                levels.ExactMatchLevel("id_number").configure(u_probability=_SAME_ID_NUMBER, fix_u_probability=True),
                levels.ElseLevel(),
            ],
        ),
    ]


def settings(link_type: Any) -> SettingsCreator:
    """The model without estimates."""
    return SettingsCreator(
        link_type=link_type,
        comparisons=_comparisons(),
        blocking_rules_to_generate_predictions=_PREDICTION_RULES,
        retain_matching_columns=False,
        additional_columns_to_retain=["household_id"],
    )


def with_random_pairs(register: SplinkDataFrame) -> Linker:
    """A linker of the register with itself that knows the u probabilities and how often names are."""
    linker = Linker(register, settings("dedupe_only"), log_level=None)
    linker.training.estimate_u_using_random_sampling(max_pairs=_U_PAIRS, seed=_SEED)
    return linker


def trained(alone: Linker, mentions: SplinkDataFrame, register: SplinkDataFrame) -> Linker:
    """The linker of mentions to the register with every parameter estimated, without a label."""
    model = alone.misc.save_model_to_json() | {"link_type": "link_only"}
    linker = Linker([mentions, register], model, log_level=None)
    linker.training.estimate_probability_two_random_records_match(_CERTAIN_RULES, recall=_RULE_RECALL)
    for rule in _TRAINING_RULES:
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
        except ValueError as exc:
            # With few texts a level may never occur among matches; its m runs to zero, which Splink refuses to store.
            # The parameters then come from the other rules.
            _LOG.warning("Splink learned nothing from one blocking rule: %s", exc)
    for column in ("name", "surname_alone"):
        table = alone.table_management.compute_tf_table(column)
        linker.table_management.register_term_frequency_lookup(table, column)
    return linker
