"""Confirmed headers as they were when a file was opened."""

from storage.known_headers import KnownHeaders
from storage.store import Store
from tests.storage.test_header_profiles import PROFILE


def test_what_is_confirmed_while_a_file_is_read_counts_from_the_next_file_on(sqlite_store: Store):
    before = KnownHeaders(sqlite_store)
    with sqlite_store.unit_of_work() as work:
        work.header_profiles.remember(PROFILE)
        work.commit()

    assert before.known(PROFILE.fingerprint) is None
    assert KnownHeaders(sqlite_store).known(PROFILE.fingerprint) == PROFILE
