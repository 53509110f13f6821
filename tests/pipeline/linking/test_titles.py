"""大爷 is a man of some age; what the register does not say neither fits nor does not."""

import pytest

from domain.register.household import Person, Relation, Sex
from pipeline.linking.titles import title_of


def _person(birth_year: int | None) -> Person:
    return Person(name="薛某甲", relation=Relation.HEAD, birth_year=birth_year)


@pytest.mark.parametrize(
    ("written", "sex", "birth_year", "fits"),
    [
        ("薛大爷", Sex.MALE, 1950, True),
        ("薛大爷", Sex.MALE, 2001, False),
        ("薛大爷", Sex.MALE, None, None),
        ("薛奶奶", Sex.FEMALE, 1945, True),
        ("薛老人", Sex.UNKNOWN, 1980, False),
        ("薛女士", Sex.FEMALE, 1990, True),
    ],
)
def test_a_title_tells_sex_and_age(written: str, sex: Sex, birth_year: int | None, *, fits: bool | None) -> None:
    title = title_of(written)
    assert title is not None
    assert title.sex is sex
    assert title.old_enough(_person(birth_year), 2026) is fits


@pytest.mark.parametrize("written", ["薛改花", "庞某某", "老张", "姨"])
def test_a_name_without_a_title_has_none(written: str) -> None:
    assert title_of(written) is None
