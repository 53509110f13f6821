"""The words for a household that may not be in the register."""

import pytest

from domain.register.register_absence import AbsenceThresholds, AbsenceWord


@pytest.mark.parametrize(
    ("absent", "word"),
    [(0.0, None), (0.19, None), (0.2, AbsenceWord.POSSIBLE), (0.59, AbsenceWord.POSSIBLE), (0.6, AbsenceWord.LIKELY)],
)
def test_the_word_follows_the_probability(absent: float, word: AbsenceWord | None):
    assert AbsenceThresholds(likely=0.6, possible=0.2).word(absent) is word
