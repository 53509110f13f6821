"""Confirmed headers as they were when a file was opened."""

from dataclasses import replace

from storage.joined.known_headers import KnownHeaders
from storage.store import Store
from tests.storage.deliveries.test_header_profiles import PROFILE


def test_what_is_confirmed_while_a_file_is_read_counts_from_the_next_file_on(sqlite_store: Store):
    before = KnownHeaders(sqlite_store)
    with sqlite_store.unit_of_work() as work:
        work.header_profiles.remember(PROFILE)
        work.commit()

    assert before.known(PROFILE.fingerprint) is None
    assert KnownHeaders(sqlite_store).known(PROFILE.fingerprint) == PROFILE


def test_an_office_reads_its_own_confirmations_then_those_of_the_deployment_never_another_offices(sqlite_store: Store):
    own, others = replace(PROFILE, office="141124105"), replace(PROFILE, office="141124106", fingerprint="2" * 64)
    with sqlite_store.unit_of_work() as work:
        for profile in (PROFILE, own, others):
            work.header_profiles.remember(profile)
        work.commit()

    assert KnownHeaders(sqlite_store, "141124105").known(PROFILE.fingerprint) == own
    assert KnownHeaders(sqlite_store, "141124106").known(PROFILE.fingerprint) == PROFILE
    assert KnownHeaders(sqlite_store, "141124105").known(others.fingerprint) is None
    assert KnownHeaders(sqlite_store).known(others.fingerprint) is None
