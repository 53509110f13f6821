"""Notices that wait to be sent: queued in the transaction of what they tell, sent afterwards, each event once a way."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update

from domain.notice import Notice, NoticeKind, NoticeWay, QueuedNotice
from storage.session import Session
from storage.tables.watch import NoticeRow


class Notices:
    """The queue."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def queue(self, notice: Notice, ways: Iterable[NoticeWay]) -> None:
        """Queue the notice for each way; an event that was queued before changes nothing."""
        rows = [
            {
                "key": notice.key,
                "way": way.value,
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

    def waiting(self, now: datetime, *, most_attempts: int) -> list[QueuedNotice]:
        """What is to be tried now, oldest first."""
        query = select(NoticeRow.__table__).where(
            NoticeRow.sent_at.is_(None), NoticeRow.next_try_at <= now, NoticeRow.attempts < most_attempts
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

    def _update(self, number: int, **values: object) -> None:
        self._session.connection.execute(update(NoticeRow).where(NoticeRow.sequence == number).values(values))


def _queued(row: Row[Any]) -> QueuedNotice:
    notice = Notice(key=row.key, kind=NoticeKind(row.kind), subject=row.subject, body=row.body, at=row.at)
    return QueuedNotice(number=row.sequence, way=NoticeWay(row.way), notice=notice, attempts=row.attempts)
