"""Views that an account keeps, and forms that arrive twice."""

import pytest
from sqlalchemy import create_engine, text

from domain.accounts.account import Account
from domain.words.vocabulary import Role
from storage.leads.saved_views import MOST_VIEWS
from storage.store import Store
from tests.factories import VILLAGE
from tests.fakes import NOON


@pytest.fixture
def filled(store: Store) -> Store:
    with store.unit_of_work() as work:
        for name in ("one", "two"):
            work.accounts.add(
                Account(
                    username=name,
                    display_name=name,
                    role=Role.VILLAGE,
                    region=VILLAGE,
                    password_hash="-",
                    created_at=NOON,
                )
            )
        work.commit()
    return store


def test_a_view_is_its_accounts_own(filled: Store):
    with filled.unit_of_work() as work:
        work.saved_views.add("one", "因病", "risk=illness", default=False)
        [kept] = work.saved_views.of("one")
        assert (kept.name, kept.query, kept.is_default) == ("因病", "risk=illness", False)
        assert work.saved_views.of("two") == []

        work.saved_views.delete("two", kept.number)
        assert work.saved_views.of("one") == [kept]
        work.saved_views.delete("one", kept.number)
        assert work.saved_views.of("one") == []


def test_one_name_is_kept_once_and_one_view_is_the_default(filled: Store):
    with filled.unit_of_work() as work:
        work.saved_views.add("one", "因病", "risk=illness", default=True)
        work.saved_views.add("one", "到期", "due=soon", default=True)
        work.saved_views.add("one", "因病", "risk=illness&due=soon", default=False)
        views = {view.name: (view.query, view.is_default) for view in work.saved_views.of("one")}
    assert views == {"到期": ("due=soon", True), "因病": ("risk=illness&due=soon", False)}


def test_there_is_an_end_to_views(filled: Store):
    with filled.unit_of_work() as work:
        assert all(work.saved_views.add("one", str(number), "", default=False) for number in range(MOST_VIEWS))
        assert not work.saved_views.add("one", "one more", "", default=False)
        assert work.saved_views.add("one", "0", "due=soon", default=False)


def test_what_was_searched_for_is_not_readable_in_the_database(filled: Store, database_url: str):
    with filled.unit_of_work() as work:
        work.saved_views.add("one", "庞四孩家", "q=%E5%BA%9E", default=False)
        work.commit()
    engine = create_engine(database_url)
    with engine.connect() as connection:
        sealed = connection.execute(text("SELECT sealed FROM saved_views")).scalar_one()
    engine.dispose()
    assert "庞四孩家".encode() not in bytes(sealed)
    assert b"%E5" not in bytes(sealed)


def test_a_form_counts_once_for_one_account_and_one_lead(filled: Store):
    with filled.unit_of_work() as work:
        assert work.sent_forms.first("key", "one", "a", NOON)
        assert not work.sent_forms.first("key", "one", "a", NOON)
        assert work.sent_forms.first("key", "two", "a", NOON)
        assert work.sent_forms.first("key", "one", "b", NOON)


def test_a_form_whose_recording_failed_may_come_again(filled: Store):
    with filled.unit_of_work() as work:
        assert work.sent_forms.first("key", "one", "a", NOON)
    with filled.unit_of_work() as work:
        assert work.sent_forms.first("key", "one", "a", NOON)
