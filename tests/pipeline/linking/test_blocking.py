import pytest

from domain.mention import PersonRole
from domain.region import Level
from pipeline.linking.blocking import Lookups, lookups, phone_numbers
from tests.pipeline.linking.households import HERE, ID_NUMBER, PHONE, document, mentions


def test_numbers_and_names_of_row_and_text_are_asked_for_once() -> None:
    text = f"庞建国的妻子李秀英患病，电话{PHONE}，身份证{ID_NUMBER}"
    written = document(text, name="庞建国", phone=f"{PHONE}/0358-0000000", id_number=ID_NUMBER)
    named = mentions(text, {"庞建国": PersonRole.PETITIONER, "李秀英": PersonRole.RELATIVE}, {})

    asked = lookups(written, named)

    assert asked == Lookups(id_numbers=(ID_NUMBER,), phones=("03580000000", PHONE), names=("庞建国", "李秀英"))


def test_officials_are_never_asked_for() -> None:
    text = "村支书高明远说没有水"

    assert lookups(document(text), mentions(text, {"高明远": PersonRole.OFFICIAL}, {})).names == ()


def test_masked_names_and_numbers_are_not_asked_for_but_name_the_village() -> None:
    text = "庞家庄庞某某患病，身份证141124********0010"
    named = mentions(text, {"庞某某": PersonRole.SUFFERER}, {"庞家庄": (HERE, Level.VILLAGE)})

    asked = lookups(document(text, name="庞某", phone="138****0000"), named)

    assert asked == Lookups(id_numbers=(), phones=(), names=(), villages=(HERE,))


def test_whole_names_ask_for_no_village() -> None:
    text = "庞家庄庞建国患病"
    named = mentions(text, {"庞建国": PersonRole.SUFFERER}, {"庞家庄": (HERE, Level.VILLAGE)})

    assert lookups(document(text), named).villages == ()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("13800000000", {"13800000000"}),
        ("+86 138 0000 0000", set()),
        ("8613800000000", {"13800000000"}),
        ("13800000000、0358-0000000", {"13800000000", "03580000000"}),
        ("无", set()),
        ("", set()),
    ],
)
def test_a_cell_may_hold_several_phones(written: str, expected: set[str]) -> None:
    assert phone_numbers(written) == expected
