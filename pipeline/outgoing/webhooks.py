"""Tells declared receivers of verified leads: every event once queued for each, sent until it is taken or given up.

An event is on its way from the transaction that made it. What is sent is recorded afterwards: whoever is killed in
between sends again under the same id, and the receiver's effect stays one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.clock import Clock
from domain.failures.errors import NoticeError
from domain.sending.delivery import Delivery, DeliveryState
from domain.sending.outgoing import START, item_record
from notices.posting import UNREACHABLE
from notices.webhook import GONE
from pipeline.policy.outgoing_table import DeliveryPolicy
from pipeline.settings.webhooks import Endpoint, Since
from storage.joined.feed_reading import feed_items, give_positions
from storage.store import Store

_PAGE = 500


@dataclass(frozen=True, slots=True)
class SendingReport:
    """What one run did."""

    delivered: int
    problems: tuple[str, ...]
    """A Chinese sentence for each delivery that did not leave."""


def give_out(store: Store, endpoints: Sequence[Endpoint], now: datetime) -> None:
    """Queue for each endpoint the events that it was not told of yet."""
    give_positions(store)
    for endpoint in endpoints:
        while _give_out_page(store, endpoint, now):
            pass


def send_due(store: Store, endpoints: Sequence[Endpoint], clock: Clock, policy: DeliveryPolicy) -> SendingReport:
    """Send what is due, in the order of the feed; one process at a time for each endpoint."""
    delivered = 0
    problems: list[str] = []
    for endpoint in endpoints:
        with store.claim(f"webhook:{endpoint.name}") as mine:
            if mine:
                found = _send_to(store, endpoint, clock, policy)
                delivered += found.delivered
                problems += found.problems
    return SendingReport(delivered, tuple(problems))


def _give_out_page(store: Store, endpoint: Endpoint, now: datetime) -> bool:
    """True when there may be another page."""
    with store.reading() as work:
        position, last = work.webhook_deliveries.position(endpoint.name), work.outgoing.last_position()
    if position is None:
        position = last if endpoint.since is Since.NOW else START
    elif position >= last:
        return False
    with store.unit_of_work() as work:
        found = work.outgoing.after(position, endpoint.scope, limit=_PAGE, up_to=last)
        reached = found[-1][0] if len(found) == _PAGE else last
        work.webhook_deliveries.give_out(endpoint.name, [event.number for _, event in found], reached, now)
        work.commit()
    return reached < last


def _send_to(store: Store, endpoint: Endpoint, clock: Clock, policy: DeliveryPolicy) -> SendingReport:
    with store.reading() as work:
        due = work.webhook_deliveries.due(endpoint.name, clock.now(), limit=policy.at_once)
    delivered, problems = 0, []
    for delivery in due:
        problem = _send(store, endpoint, delivery, clock, policy)
        if problem is None:
            delivered += 1
            continue
        problems.append(f"{endpoint.name}: {problem}")
        if problem.reason == UNREACHABLE:
            # Whoever does not answer once is not asked a hundred times more in this run.
            break
    return SendingReport(delivered, tuple(problems))


def _send(
    store: Store, endpoint: Endpoint, delivery: Delivery, clock: Clock, policy: DeliveryPolicy
) -> NoticeError | None:
    with store.reading() as work:
        inside = work.outgoing.is_verified(delivery.event.lead_id, endpoint.scope)
        items = feed_items(work, [(delivery.position, delivery.event)], endpoint.scope) if inside else []
    problem = None
    for item in items:
        record = {
            "type": item.kind.value,
            "timestamp": item.at.isoformat(timespec="seconds"),
            "data": item_record(item),
        }
        try:
            endpoint.webhook.post(item.id, record)
        except NoticeError as exc:
            problem = exc
    with store.unit_of_work() as work:
        if problem is None:
            state = DeliveryState.DELIVERED if items else DeliveryState.WITHDRAWN
            work.webhook_deliveries.settle(delivery.number, state, clock.now())
        else:
            wait = None if problem.reason == GONE else policy.wait(delivery.attempts + 1)
            next_try_at = clock.now() + wait if wait is not None else None
            work.webhook_deliveries.failed(
                delivery.number, problem=str(problem), at=clock.now(), next_try_at=next_try_at
            )
        work.commit()
    return problem
