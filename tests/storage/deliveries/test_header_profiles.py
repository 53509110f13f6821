"""Confirmed headers."""

from dataclasses import replace
from datetime import timedelta

from domain.deliveries.header_profile import Profile
from storage.store import Store
from tests.fakes import NOON

PROFILE = Profile(
    fingerprint="1" * 64,
    layout="petition_register",
    columns={0: "number", 10: "summary"},
    confirmed_by="clerk",
    confirmed_at=NOON,
)


def test_a_confirmed_header_comes_back_as_it_was(store: Store):
    with store.unit_of_work() as work:
        work.header_profiles.remember(PROFILE)
        work.commit()

    with store.reading() as work:
        assert work.header_profiles.every() == [PROFILE]


def test_the_last_confirmation_counts(store: Store):
    later = replace(PROFILE, columns={1: "summary"}, confirmed_at=NOON + timedelta(days=1))
    with store.unit_of_work() as work:
        work.header_profiles.remember(PROFILE)
        work.header_profiles.remember(later)

        assert work.header_profiles.every() == [later]


def test_a_forgotten_header_is_unknown_again(store: Store):
    with store.unit_of_work() as work:
        work.header_profiles.remember(PROFILE)

        assert work.header_profiles.forget(PROFILE)
        assert not work.header_profiles.forget(PROFILE)
        assert work.header_profiles.every() == []


def test_one_office_neither_changes_nor_forgets_what_another_one_confirmed(store: Store):
    others = replace(PROFILE, office="141124105", columns={10: "summary"})
    with store.unit_of_work() as work:
        work.header_profiles.remember(PROFILE)
        work.header_profiles.remember(others)
        assert {one.office: one.columns for one in work.header_profiles.every()} == {
            "": PROFILE.columns,
            "141124105": {10: "summary"},
        }

        work.header_profiles.forget(others)
        assert work.header_profiles.every() == [PROFILE]
