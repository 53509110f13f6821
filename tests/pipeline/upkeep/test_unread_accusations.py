"""Accusations for which there is nobody are counted, so that somebody is found."""

import pytest

from domain.accounts.account import Account
from domain.places.region import RegionCode
from domain.words.vocabulary import Role, Route
from pipeline.upkeep.unread_accusations import accusations_without_reader
from storage.store import Store
from tests.factories import COUNTY, TOWN, document, raw
from tests.fakes import NOON

FAR_TOWN = RegionCode("141124105")


@pytest.fixture
def accused(sqlite_store: Store) -> Store:
    """A store with one accusation, of 秦六顺."""
    text = document("C", "举报信访办秦六顺压件不办。", region=TOWN)
    with sqlite_store.unit_of_work() as work:
        work.raw.add(raw("C", text.text))
        work.documents.add(text)
        work.routes.add(text.id, Route.RESTRICTED, "文中指向干部", "1", NOON)
        work.commit()
    return sqlite_store


def add(store: Store, name: str, region: RegionCode, role: Role = Role.CLERK) -> None:
    account = Account(
        username=f"user{name}", display_name=name, role=role, region=region, password_hash="x", created_at=NOON
    )
    with store.unit_of_work() as work:
        work.accounts.add(account)
        work.commit()


def left(store: Store) -> int:
    with store.reading() as work:
        return accusations_without_reader(work, COUNTY, COUNTY)


def test_one_of_an_office_without_accounts_is_counted(accused: Store):
    add(accused, "郭三多", TOWN, Role.TOWN)

    assert left(accused) == 1


def test_whoever_it_names_does_not_count_and_neither_does_another_towns_office(accused: Store):
    add(accused, "秦六顺", TOWN)
    add(accused, "白禾岚", FAR_TOWN)

    assert left(accused) == 1


@pytest.mark.parametrize("region", [TOWN, COUNTY])
def test_a_colleague_or_the_office_above_is_enough(accused: Store, region: RegionCode):
    add(accused, "秦六顺", TOWN)
    add(accused, "白禾岚", region)

    assert left(accused) == 0


def test_an_account_that_was_closed_reads_nothing(accused: Store):
    add(accused, "白禾岚", TOWN)
    with accused.unit_of_work() as work:
        work.accounts.set_disabled("user白禾岚", disabled=True)
        work.commit()

    assert left(accused) == 1
