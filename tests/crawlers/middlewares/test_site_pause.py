from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.middlewares.site_pause import retry_after
from tests.fakes import NOON


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(seconds=120)),
        ("Tue, 24 Nov 2026 05:00:00 GMT", timedelta(hours=1)),
        ("Tue, 24 Nov 2026 03:00:00 GMT", timedelta(0)),
        ("soon", None),
        ("", None),
        ("9" * 400, timedelta(days=7)),
        ("9" * 5000, timedelta(days=7)),
        ("¹", None),
        ("٣", None),
    ],
)
def test_seconds_and_dates_are_understood(value: str, wait: timedelta | None):
    assert retry_after(value, NOON) == wait


@given(st.text(max_size=40))
def test_any_header_is_read(value: str):
    wait = retry_after(value, NOON)

    assert wait is None or wait >= timedelta(0)
