"""Deliveries that need nothing more are forgotten in time; what a receiver has not heard of stays."""

from domain.leads.lead import LeadStatus
from domain.sending.delivery import DeliveryState
from pipeline.deployment import WAY
from pipeline.upkeep.retention import Purge
from storage.store import Store
from tests.fakes import FakeClock
from tests.pipeline.upkeep.test_retention import POLICY, holdings, purge
from tests.storage.outgoing.test_events import ALL, add, decided

__all__ = ["holdings"]


def queue(store: Store, clock: FakeClock, *states: DeliveryState) -> None:
    """One delivery in each of these states, changed now."""
    add(store, *(decided(LeadStatus.CONFIRMED, f"lead{number}") for number, _ in enumerate(states)))
    with store.unit_of_work() as work:
        work.outgoing.give_positions()
        events = [event.number for _, event in work.outgoing.newest(ALL, limit=9)]
        work.webhook_deliveries.give_out("county", events, len(events), clock.now())
        for number, state in enumerate(states, 1):
            if state is not DeliveryState.WAITING:
                work.webhook_deliveries.settle(number, state, clock.now())
        work.commit()


def left(store: Store) -> dict[DeliveryState, int]:
    with store.reading() as work:
        return {state: count for (_, state), count in work.webhook_deliveries.counts().items()}


def test_what_is_settled_goes_after_its_days_and_everything_else_stays(sqlite_store: Store, holdings, clock: FakeClock):
    queue(sqlite_store, clock, *DeliveryState)
    assert POLICY.webhook_deliveries_days is not None
    clock.move(days=POLICY.webhook_deliveries_days)
    assert purge(sqlite_store, holdings, clock).counts["webhook_deliveries"] == 0
    clock.move(days=1)

    assert purge(sqlite_store, holdings, clock, dry_run=True).counts["webhook_deliveries"] == 2
    assert purge(sqlite_store, holdings, clock).counts["webhook_deliveries"] == 2

    assert left(sqlite_store) == {DeliveryState.WAITING: 1, DeliveryState.GIVEN_UP: 1}
    with sqlite_store.reading() as work:
        [entry] = [one for one in work.audit.recent(5) if "webhook" in one.detail]
        assert (entry.action, entry.detail) == ("purge", "webhook_deliveries=2")
        assert work.webhook_deliveries.position("county") == 4


def test_a_countys_policy_without_days_for_them_keeps_them(sqlite_store: Store, holdings, clock: FakeClock):
    queue(sqlite_store, clock, DeliveryState.DELIVERED)
    clock.move(days=4000)
    older = POLICY.model_copy(update={"webhook_deliveries_days": None})

    report = Purge(sqlite_store, holdings, older, clock, stages=WAY, batch_size=2).run()

    assert "webhook_deliveries" not in report.counts
    assert left(sqlite_store) == {DeliveryState.DELIVERED: 1}
