"""Notices that wait to be sent: queued in the transaction of what they tell, sent afterwards, each event once a way."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update

from domain.sending.notice import Notice, NoticeKind, NoticeWay, QueuedNotice
from storage.session import Session
from storage.tables.watch import NoticePositionRow, NoticeRow


class Notices:
    """The queue."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def queue(self, notice: Notice, ways: Iterable[NoticeWay], receiver: str = "") -> None:
        """Queue the notice for each way of a team, else of the operator; an event queued before changes nothing."""
        rows = [
            {
                "key": notice.key,
                "way": way.value,
                "receiver": receiver,
                "kind": notice.kind.value,
                "subject": notice.subject,
                "body": notice.body,
                "at": notice.at,
                "attempts": 0,
                "next_try_at": notice.at,
                "sent_at": None,
                "problem": "",
            }
            for way in ways
        ]
        self._session.insert_new(NoticeRow, rows)

    def is_known(self, key: str) -> bool:
        """True when the event was queued before."""
        query = select(NoticeRow.sequence).where(NoticeRow.key == key).limit(1)
        return self._session.connection.scalar(query) is not None

    def waiting(self, now: datetime, *, most_attempts: int, receiver: str = "") -> list[QueuedNotice]:
        """What is to be tried now for this receiver, oldest first."""
        query = select(NoticeRow.__table__).where(
            NoticeRow.receiver == receiver,
            NoticeRow.sent_at.is_(None),
            NoticeRow.next_try_at <= now,
            NoticeRow.attempts < most_attempts,
        )
        return [_queued(row) for row in self._session.connection.execute(query.order_by(NoticeRow.sequence))]

    def sent(self, number: int, at: datetime) -> None:
        """The notice left."""
        self._update(number, sent_at=at, problem="")

    def failed(self, number: int, *, problem: str, next_try_at: datetime) -> None:
        """It did not leave and is tried again then."""
        self._update(number, attempts=NoticeRow.attempts + 1, problem=problem, next_try_at=next_try_at)

    def stuck(self) -> tuple[int, str]:
        """How many notices failed and have not left since, and the latest problem."""
        failed = (NoticeRow.sent_at.is_(None), NoticeRow.attempts > 0)
        count = self._session.connection.scalar(select(func.count()).select_from(NoticeRow).where(*failed)) or 0
        latest = select(NoticeRow.problem).where(*failed).order_by(NoticeRow.sequence.desc()).limit(1)
        return count, self._session.connection.scalar(latest) or ""

    def position(self, name: str) -> int:
        """Up to which reminder a team was told; 0 when it never was."""
        query = select(NoticePositionRow.position).where(NoticePositionRow.name == name)
        return self._session.connection.scalar(query) or 0

    def move(self, name: str, position: int) -> None:
        """The team was told of everything up to this reminder."""
        row = {"name": name, "position": position}
        self._session.upsert(NoticePositionRow, [NoticePositionRow.name], [row])

    def _update(self, number: int, **values: object) -> None:
        self._session.connection.execute(update(NoticeRow).where(NoticeRow.sequence == number).values(values))


def _queued(row: Row[Any]) -> QueuedNotice:
    notice = Notice(key=row.key, kind=NoticeKind(row.kind), subject=row.subject, body=row.body, at=row.at)
    return QueuedNotice(number=row.sequence, way=NoticeWay(row.way), notice=notice, attempts=row.attempts)
