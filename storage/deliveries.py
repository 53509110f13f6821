"""What was handed in through the web, how far it is, and which worker is at it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select, update

from domain.delivery import FINISHED, UNDER_WAY, Delivery, DeliveryState
from domain.receipt import Origin, ReceiptId, Way
from domain.region import RegionCode
from storage.session import Session
from storage.tables.intake import DeliveryRow


class Deliveries:
    """A queue that a restart does not lose: a claim that is not renewed runs out, and another worker takes over."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, delivery: Delivery) -> bool:
        """True when it was added; False when one of this id is there, which stays as it is."""
        row = {
            "id": delivery.id,
            "way": delivery.origin.way.value,
            "actor": delivery.origin.who,
            "region": delivery.region.digits,
            "size": delivery.size,
            "state": delivery.state.value,
            "created_at": delivery.created_at,
            "changed_at": delivery.changed_at,
            "rows": delivery.rows,
            "receipt_id": delivery.receipt_id,
            "fingerprint": delivery.fingerprint,
            "claimed_until": None,
            "sealed": self._sealed(delivery.file, delivery.message),
        }
        return self._session.insert_new(DeliveryRow, [row]) == 1

    def get(self, delivery_id: str) -> Delivery | None:
        """The delivery, whichever office's it is."""
        return self._one(DeliveryRow.id == delivery_id)

    def of_office(self, delivery_id: str, region: RegionCode) -> Delivery | None:
        """The delivery when it was handed in for exactly this office."""
        return self._one(DeliveryRow.id == delivery_id, DeliveryRow.region == region.digits)

    def open_of(self, region: RegionCode, limit: int) -> list[Delivery]:
        """What an office handed in and still waits for a person or the worker, or was refused as a whole; newest first.

        Refused ones are listed until they are forgotten, so that a clerk who comes back finds out why.
        """
        states = [state.value for state in (DeliveryState.WAITING, *UNDER_WAY, DeliveryState.FAILED)]
        query = select(DeliveryRow.__table__).where(DeliveryRow.region == region.digits, DeliveryRow.state.in_(states))
        query = query.where(DeliveryRow.sealed.is_not(None)).order_by(DeliveryRow.sequence.desc()).limit(limit)
        return [self._delivery(row) for row in self._session.connection.execute(query)]

    def size_held(self) -> int:
        """Bytes of all that lies on disk."""
        held = [state.value for state in DeliveryState if state not in FINISHED]
        query = select(func.sum(DeliveryRow.size)).where(DeliveryRow.state.in_(held))
        return self._session.connection.scalar(query) or 0

    def move(
        self,
        delivery_id: str,
        before: Iterable[DeliveryState],
        state: DeliveryState,
        at: datetime,
        *,
        receipt_id: ReceiptId | None = None,
        message: str = "",
    ) -> bool:
        """True when it was in one of the states `before` and is in `state` now."""
        found = self.get(delivery_id)
        if found is None:
            return False
        moving = update(DeliveryRow).where(
            DeliveryRow.id == delivery_id, DeliveryRow.state.in_([one.value for one in before])
        )
        values = {
            "state": state.value,
            "changed_at": at,
            "claimed_until": None,
            "receipt_id": receipt_id,
            "sealed": self._sealed(found.file, message),
        }
        return self._session.connection.execute(moving.values(values)).rowcount == 1

    def claim(self, now: datetime, *, seconds: float) -> Delivery | None:
        """The oldest delivery that is queued or whose worker has died, claimed for so long; None when there is none."""
        free = or_(DeliveryRow.claimed_until.is_(None), DeliveryRow.claimed_until < now)
        under_way = DeliveryRow.state.in_([state.value for state in UNDER_WAY])
        query = select(DeliveryRow.id).where(under_way, free).order_by(DeliveryRow.sequence)
        for delivery_id in self._session.connection.scalars(query.limit(1)).all():
            if self._take(delivery_id, now, seconds, free, under_way):
                return self.get(delivery_id)
        return None

    def claim_this(self, delivery_id: str, now: datetime, *, seconds: float) -> bool:
        """True when nobody is at this delivery and it is claimed now."""
        free = or_(DeliveryRow.claimed_until.is_(None), DeliveryRow.claimed_until < now)
        under_way = DeliveryRow.state.in_([state.value for state in UNDER_WAY])
        return self._take(delivery_id, now, seconds, free, under_way)

    def renew(self, delivery_id: str, now: datetime, *, seconds: float, rows: int) -> None:
        """The worker lives and is this far."""
        renewing = update(DeliveryRow).where(DeliveryRow.id == delivery_id)
        until = now + timedelta(seconds=seconds)
        self._session.connection.execute(renewing.values(claimed_until=until, rows=rows))

    def forget_before(self, moment: datetime) -> list[str]:
        """Discard what waited since before a moment, and drop file names and messages of what ended; ids discarded."""
        connection = self._session.connection
        old = DeliveryRow.changed_at < moment
        waited = [*connection.scalars(select(DeliveryRow.id).where(old, DeliveryRow.state == DeliveryState.WAITING))]
        discarding = update(DeliveryRow).where(DeliveryRow.id.in_(waited))
        connection.execute(discarding.values(state=DeliveryState.DISCARDED.value))
        ended = DeliveryRow.state.in_([state.value for state in FINISHED])
        connection.execute(update(DeliveryRow).where(old, ended).values(sealed=None))
        return waited

    def _take(
        self, delivery_id: str, now: datetime, seconds: float, free: ColumnElement[bool], under_way: ColumnElement[bool]
    ) -> bool:
        taking = update(DeliveryRow).where(DeliveryRow.id == delivery_id, free, under_way)
        values = {"state": DeliveryState.RUNNING.value, "claimed_until": now + timedelta(seconds=seconds)}
        return self._session.connection.execute(taking.values(values)).rowcount == 1

    def _one(self, *conditions: ColumnElement[bool]) -> Delivery | None:
        row = self._session.connection.execute(select(DeliveryRow.__table__).where(*conditions)).one_or_none()
        return self._delivery(row) if row else None

    def _sealed(self, file: str, message: str) -> bytes:
        return self._session.seal({"file": file, "message": message})

    def _delivery(self, row: Row[Any]) -> Delivery:
        said = self._session.unseal(row.sealed) if row.sealed is not None else {"file": "", "message": ""}
        return Delivery(
            id=row.id,
            origin=Origin(way=Way(row.way), who=row.actor),
            region=RegionCode(row.region),
            file=said["file"],
            size=row.size,
            state=DeliveryState(row.state),
            created_at=row.created_at,
            changed_at=row.changed_at,
            rows=row.rows,
            receipt_id=ReceiptId(row.receipt_id) if row.receipt_id else None,
            message=said["message"],
            fingerprint=row.fingerprint,
        )
