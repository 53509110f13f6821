"""Names are masked however register and text write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.masking import mask_names
from domain.named_persons import NOBODY, NamedPersons
from nlp.named_persons import hide_names


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("薛改改和薛改改的儿子", "薛**和薛**的儿子"),
        ("薛 改改来了", "薛***来了"),
        ("薛改说薛改改病了", "薛*说薛**病了"),
        ("改改病了", "改改病了"),
    ],
)
def test_every_place_of_a_name_is_masked(text: str, shown: str):
    assert hide_names(text, NamedPersons(persons=frozenset({"薛改改", "薛改", "薛"}))) == shown


def test_several_petitioners_of_one_field_are_masked_one_by_one():
    named = NamedPersons(petitioners=frozenset({"庞四孩、薛老三等5人"}))

    assert hide_names("庞四孩说薛老三病了", named) == "庞**说薛**病了"


def test_where_nobody_is_named_the_text_stands():
    assert hide_names("药费负担不起", NOBODY) == "药费负担不起"


@given(st.text(), st.sets(st.text(min_size=1, max_size=4), max_size=4))
def test_masking_names_keeps_the_length_so_that_offsets_stay_true(text: str, names: set[str]):
    assert len(mask_names(text, names)) == len(text)
