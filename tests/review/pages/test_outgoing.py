"""外送 for the operator."""

import pytest

from domain.accounts.access_scope import AccessScope
from domain.sending.delivery import DeliveryState
from domain.sending.outgoing import START
from storage.joined.feed_reading import read_feed
from storage.store import Store
from tests.factories import COUNTY
from tests.fakes import NOON, FakeClock
from tests.review.forms import token_of
from tests.review.office import ACCOUNTS, Office, fill, verify


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock) -> Office:
    office = fill(sqlite_store, clock)
    verify(office, "own")
    [item] = read_feed(sqlite_store, START, AccessScope(COUNTY), limit=10).items
    with sqlite_store.unit_of_work() as work:
        [(_, event)] = work.outgoing.after(START, AccessScope(COUNTY), limit=10)
        work.webhook_deliveries.give_out("county", [event.number], item.position, NOON)
        [delivery] = work.webhook_deliveries.due("county", NOON, limit=10)
        work.webhook_deliveries.failed(delivery.number, problem="推送被对方拒绝, 状态码500", at=NOON, next_try_at=None)
        work.commit()
    return office


def test_the_operator_sees_what_was_given_up_and_sends_it_again(office: Office):
    client = office.client("admin")
    page = client.get("/outgoing").text
    assert "状态码500" in page
    assert "庞" not in page

    answer = client.post("/outgoing/1/again", data={"csrf": token_of(page)})

    assert answer.status_code == 303
    with office.store.reading() as work:
        assert work.webhook_deliveries.counts() == {("county", DeliveryState.WAITING): 1}
        assert work.audit.recent(limit=1)[0].action == "send_again"
    assert client.post("/outgoing/1/again", data={"csrf": token_of(page)}).status_code == 409


@pytest.mark.parametrize("name", sorted(set(ACCOUNTS) - {"admin"}))
def test_nobody_else_does(office: Office, name: str):
    client = office.client(name)

    assert client.get("/outgoing").status_code == 403
    assert client.post("/outgoing/1/again", data={"csrf": "x"}).status_code == 403


def test_a_form_from_elsewhere_sends_nothing(office: Office):
    assert office.client("admin").post("/outgoing/1/again", data={"csrf": "x"}).status_code == 403
