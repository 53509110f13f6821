"""Whoever is not a clerk is refused on every route of the ways in, whatever is sent."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.store import Store
from tests.fakes import FakeClock
from tests.review.office import ACCOUNTS, Office
from tests.review.receiving import receiving_office, register, taken_in, upload

OTHERS = [name for name in ACCOUNTS if name != "clerk"]
GETS = ("/imports", "/imports/{waiting}", "/receipts/{receipt}", "/receipts/{receipt}/workbook", "/petitions/new")
POSTS = ("/imports", "/imports/{waiting}/confirm", "/imports/{waiting}/discard", "/petitions")


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock, tmp_path: Path) -> Office:
    return receiving_office(sqlite_store, clock, tmp_path / "uploads")


def test_every_other_role_is_refused_on_every_route_and_nothing_changes(office: Office):
    clerk = office.client("clerk")
    receipt = taken_in(clerk).rsplit("/", 1)[1]
    waiting = upload(clerk, ("一.xlsx", register())).headers["location"].rsplit("/", 1)[1]
    clients = {name: office.client(name) for name in OTHERS}
    nobody = office.client()
    routes = [("GET", path) for path in GETS] + [("POST", path) for path in POSTS]

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.sampled_from(OTHERS),
        st.sampled_from(routes),
        st.dictionaries(st.sampled_from(["csrf", "matter", "again", "page", "show"]), st.text(max_size=8)),
        st.booleans(),
    )
    def refused(name: str, route: tuple[str, str], form: dict[str, str], with_file: bool) -> None:
        method, path = route[0], route[1].format(waiting=waiting, receipt=receipt)
        files = {"file": ("a.xlsx", register())} if with_file and method == "POST" else None
        content = {"data": form, "files": files} if method == "POST" else {"params": form}

        assert clients[name].request(method, path, **content).status_code == 403  # type: ignore[arg-type]
        unknown = nobody.request(method, path, **content)  # type: ignore[arg-type]
        assert (unknown.status_code, unknown.headers["location"]) == (303, "/login")

    refused()
    with office.store.reading() as work:
        assert len(work.receipts.recent(10)) == 1
        found = work.submissions.get(waiting)
    assert found is not None
    assert found.state.value == "waiting"


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_finds_the_way_in_the_navigation(office: Office, name: str):
    assert 'href="/imports"' not in office.client(name).get("/", follow_redirects=True).text
