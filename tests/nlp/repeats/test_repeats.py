"""When two near-duplicate texts are one matter."""

import pytest

from domain.texts.document import Petitioner
from nlp.repeats.repeats import one_matter
from tests.factories import document


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        (Petitioner(phone="13800000001"), Petitioner(phone="13900000002"), False),
        (Petitioner(name="庞四孩", phone="13800000001"), Petitioner(phone="13900000002"), False),
        (Petitioner(name="庞四孩", phone="13800000001"), Petitioner(name="庞四孩", phone="13900000002"), True),
        (Petitioner(name="庞四孩", phone="13800000001"), Petitioner(phone="13800000001"), True),
        (Petitioner(name="庞四孩", phone="13800000001"), Petitioner(), True),
        (Petitioner(name="庞四孩", phone="1"), Petitioner(name="蔡玉明", phone="1"), False),
        (Petitioner(id_number="14112419600101001x"), Petitioner(id_number="14112419600101001X", phone="1"), True),
    ],
)
def test_different_phones_without_a_common_name_are_two_people(first: Petitioner, second: Petitioner, one: bool):
    assert one_matter(document("A", petitioner=first), document("B", petitioner=second)) is one
