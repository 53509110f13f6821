"""Days that people write."""

import pytest

from domain.clock import written_day


@pytest.mark.parametrize("text", ["1949-01-01", "2026-11-24", "2999-12-31"])
def test_a_day_of_our_times_is_read(text: str):
    assert written_day(text).isoformat() == text


@pytest.mark.parametrize("text", ["", "gestern", "2026-02-30", "0001-01-01", "1948-12-31", "9999-12-31"])
def test_no_other_is(text: str):
    with pytest.raises(ValueError, match=r"day|isoformat|month|Invalid"):
        written_day(text)
