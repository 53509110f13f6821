"""A county's own table over the shipped one."""

from domain.words.own_table import completed

SHIPPED = {"days": {"first": 1, "last": 2}, "names": ["a", "b"], "backup": 30}


def test_one_key_is_changed_and_everything_else_stays():
    assert completed({"days": {"last": 9}}, SHIPPED) == {**SHIPPED, "days": {"first": 1, "last": 9}}


def test_a_list_is_taken_as_a_whole():
    assert completed({"names": ["c"]}, SHIPPED)["names"] == ["c"]


def test_what_means_something_by_its_absence_is_not_filled_in():
    assert completed({}, SHIPPED, left_unsaid=["backup"]) == {"days": SHIPPED["days"], "names": SHIPPED["names"]}


def test_a_value_in_the_place_of_a_table_stays_for_the_check_to_refuse():
    assert completed({"days": 3}, SHIPPED)["days"] == 3
