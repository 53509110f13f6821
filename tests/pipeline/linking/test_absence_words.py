"""The shipped thresholds agree with what linking does by itself."""

from domain.register.register_absence import AbsenceWord
from pipeline.linking.absence_words import absence_thresholds
from pipeline.linking.parameters import load_parameters


def test_something_is_said_from_where_linking_by_itself_ends():
    thresholds = absence_thresholds()

    assert round(1 - load_parameters().link_threshold, 9) == thresholds.possible
    assert thresholds.word(thresholds.possible) is AbsenceWord.POSSIBLE
    assert thresholds.word(0.5) is AbsenceWord.LIKELY
