"""Alarms: one row for each spell in which a medium needed a person."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from domain.media.source_health import Alarm, SourceVerdict
from storage.session import Session
from storage.tables.watch import SourceAlarmRow


class Alarms:
    """At most one is open for a medium."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def begin(self, source: str, verdict: SourceVerdict, *, since: datetime | None, reason: str, at: datetime) -> Alarm:
        """A new open alarm."""
        row = {"source": source, "verdict": verdict.value, "began_at": at, "since": since, "reason": reason}
        adding = insert(SourceAlarmRow).values({**row, "ended_at": None}).returning(SourceAlarmRow.sequence)
        number = int(self._session.connection.execute(adding).scalar_one())
        return Alarm(number=number, source=source, verdict=verdict, began_at=at, since=since, reason=reason)

    def change(self, number: int, verdict: SourceVerdict, reason: str) -> None:
        """The alarm goes on with this verdict; one that had ended is open again."""
        changed = {"verdict": verdict.value, "reason": reason, "ended_at": None}
        self._session.connection.execute(
            update(SourceAlarmRow).where(SourceAlarmRow.sequence == number).values(changed)
        )

    def end(self, number: int, at: datetime) -> None:
        """The medium needs nobody any more."""
        ending = update(SourceAlarmRow).where(SourceAlarmRow.sequence == number, SourceAlarmRow.ended_at.is_(None))
        self._session.connection.execute(ending.values(ended_at=at))

    def open(self) -> list[Alarm]:
        """The open alarms by medium."""
        query = select(SourceAlarmRow.__table__).where(SourceAlarmRow.ended_at.is_(None))
        return [_alarm(row) for row in self._session.connection.execute(query.order_by(SourceAlarmRow.source))]

    def last_of(self, source: str) -> Alarm | None:
        """The medium's latest alarm, open or not."""
        query = select(SourceAlarmRow.__table__).where(SourceAlarmRow.source == source)
        row = self._session.connection.execute(query.order_by(SourceAlarmRow.sequence.desc()).limit(1)).first()
        return _alarm(row) if row else None


def _alarm(row: Row[Any]) -> Alarm:
    return Alarm(
        number=row.sequence,
        source=row.source,
        verdict=SourceVerdict(row.verdict),
        began_at=row.began_at,
        since=row.since,
        reason=row.reason,
        ended_at=row.ended_at,
    )
