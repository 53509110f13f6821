"""Events on their way to webhook endpoints: given out once each, tried until delivered or given up."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update

from domain.sending.delivery import Delivery, DeliveryState
from storage.outgoing.events import Outgoing
from storage.session import Session
from storage.tables.outgoing import OutgoingEventRow, WebhookDeliveryRow, WebhookPositionRow


class WebhookDeliveries:
    """The queue of every endpoint."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def position(self, endpoint: str) -> int | None:
        """Up to where events were given out to the endpoint; None when it is new."""
        query = select(WebhookPositionRow.position).where(WebhookPositionRow.endpoint == endpoint)
        return self._session.connection.scalar(query)

    def give_out(self, endpoint: str, events: Sequence[int], position: int, at: datetime) -> None:
        """Queue the events, each once, and remember that everything up to the position was given out."""
        rows = [
            {
                "endpoint": endpoint,
                "event": event,
                "state": DeliveryState.WAITING.value,
                "attempts": 0,
                "next_try_at": at,
                "changed_at": at,
                "problem": "",
            }
            for event in events
        ]
        self._session.insert_new(WebhookDeliveryRow, rows)
        keys = [WebhookPositionRow.endpoint]
        self._session.upsert(WebhookPositionRow, keys, [{"endpoint": endpoint, "position": position}])

    def due(self, endpoint: str, now: datetime, *, limit: int) -> list[Delivery]:
        """What is to be tried now, in the order of the feed."""
        query = (
            select(WebhookDeliveryRow.__table__)
            .where(
                WebhookDeliveryRow.endpoint == endpoint,
                WebhookDeliveryRow.state == DeliveryState.WAITING.value,
                WebhookDeliveryRow.next_try_at <= now,
            )
            .order_by(WebhookDeliveryRow.sequence)
            .limit(limit)
        )
        return self._deliveries(query)

    def in_state(
        self, state: DeliveryState, *, limit: int, offset: int = 0, endpoint: str | None = None
    ) -> list[Delivery]:
        """Deliveries of the endpoint, or of every one, in this state, the one changed last first."""
        query = select(WebhookDeliveryRow.__table__).where(WebhookDeliveryRow.state == state.value)
        if endpoint is not None:
            query = query.where(WebhookDeliveryRow.endpoint == endpoint)
        ordered = query.order_by(WebhookDeliveryRow.changed_at.desc(), WebhookDeliveryRow.sequence.desc())
        return self._deliveries(ordered.limit(limit).offset(offset))

    def counts(self) -> dict[tuple[str, DeliveryState], int]:
        """How many deliveries each endpoint has in each state."""
        state = (WebhookDeliveryRow.endpoint, WebhookDeliveryRow.state)
        query = select(*state, func.count().label("found")).group_by(*state)
        return {(row.endpoint, DeliveryState(row.state)): row.found for row in self._session.connection.execute(query)}

    def waiting_since(self, moment: datetime) -> int:
        """How many deliveries have waited, or been tried in vain, since before the moment."""
        event_at = select(OutgoingEventRow.at).where(OutgoingEventRow.sequence == WebhookDeliveryRow.event)
        query = select(func.count()).where(
            WebhookDeliveryRow.state == DeliveryState.WAITING.value,
            WebhookDeliveryRow.changed_at < moment,
            event_at.scalar_subquery() < moment,
        )
        return self._session.connection.scalar(query) or 0

    def count_settled_before(self, moment: datetime) -> int:
        """How many deliveries needed nothing more since before the moment."""
        query = select(func.count()).select_from(WebhookDeliveryRow).where(_settled_before(moment))
        return self._session.connection.scalar(query) or 0

    def delete_settled_before(self, moment: datetime) -> None:
        """Forget them; the endpoint's position stays, so that none is given out a second time."""
        self._session.connection.execute(delete(WebhookDeliveryRow).where(_settled_before(moment)))

    def settle(self, number: int, state: DeliveryState, at: datetime) -> None:
        """Delivered, or not to be delivered any more."""
        self._update(number, state=state.value, changed_at=at, problem="")

    def failed(self, number: int, *, problem: str, at: datetime, next_try_at: datetime | None) -> None:
        """Not delivered: tried again then, or given up when None."""
        state = DeliveryState.GIVEN_UP if next_try_at is None else DeliveryState.WAITING
        self._update(
            number,
            attempts=WebhookDeliveryRow.attempts + 1,
            problem=problem,
            changed_at=at,
            state=state.value,
            next_try_at=next_try_at or at,
        )

    def send_again(self, number: int, at: datetime) -> bool:
        """True when the delivery was given up; it is tried from now on as if it were new."""
        again = update(WebhookDeliveryRow).where(
            WebhookDeliveryRow.sequence == number, WebhookDeliveryRow.state == DeliveryState.GIVEN_UP.value
        )
        changed = {"state": DeliveryState.WAITING.value, "attempts": 0, "next_try_at": at, "changed_at": at}
        return self._session.connection.execute(again.values(changed)).rowcount == 1

    def _update(self, number: int, **values: object) -> None:
        changing = update(WebhookDeliveryRow).where(WebhookDeliveryRow.sequence == number)
        self._session.connection.execute(changing.values(values))

    def _deliveries(self, query: Any) -> list[Delivery]:
        rows = self._session.connection.execute(query).all()
        events = Outgoing(self._session).events([row.event for row in rows])
        return [
            Delivery(
                number=row.sequence,
                endpoint=row.endpoint,
                position=events[row.event][0],
                event=events[row.event][1],
                state=DeliveryState(row.state),
                attempts=row.attempts,
                next_try_at=row.next_try_at,
                changed_at=row.changed_at,
                problem=row.problem,
            )
            for row in rows
        ]


def _settled_before(moment: datetime) -> ColumnElement[bool]:
    settled = (DeliveryState.DELIVERED.value, DeliveryState.WITHDRAWN.value)
    return WebhookDeliveryRow.state.in_(settled) & (WebhookDeliveryRow.changed_at < moment)
