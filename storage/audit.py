"""The audit log: append-only, each entry chained by hash to the one before."""

import hashlib
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, text

from domain.account import AuditEntry
from storage.codec import dump
from storage.session import Session
from storage.tables.operation import AuditRow

_FIRST = "0" * 64


class Audit:
    """Who did what; an entry changed, removed or put in between breaks the chain."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def append(self, entry: AuditEntry) -> None:
        """Append the entry; writers wait for one another, so the chain never forks."""
        if self._session.connection.dialect.name == "postgresql":
            self._session.connection.execute(text("LOCK TABLE audit IN SHARE ROW EXCLUSIVE MODE"))
        last = self._session.connection.execute(
            select(AuditRow.sequence, AuditRow.hash).order_by(AuditRow.sequence.desc()).limit(1)
        ).one_or_none()
        sequence, previous = (last.sequence + 1, last.hash) if last else (1, _FIRST)
        row = {
            "sequence": sequence,
            "at": entry.at,
            "actor": entry.actor,
            "action": entry.action,
            "subject": entry.subject,
            "detail": entry.detail,
            "previous_hash": previous,
            "hash": _hash(sequence, previous, entry),
        }
        self._session.insert_new(AuditRow, [row])

    def verify(self) -> int | None:
        """The sequence number of the first entry that breaks the chain, None when it is whole."""
        previous, expected = _FIRST, 1
        for row in self._session.connection.execute(select(AuditRow.__table__).order_by(AuditRow.sequence)):
            genuine = row.sequence == expected and row.previous_hash == previous
            if not genuine or row.hash != _hash(row.sequence, previous, _entry(row)):
                return int(row.sequence)
            previous, expected = row.hash, expected + 1
        return None

    def count_since(self, actions: Collection[str], moment: datetime) -> int:
        """How many acts of these kinds there were since a moment."""
        query = select(func.count()).select_from(AuditRow)
        query = query.where(AuditRow.action.in_(actions), AuditRow.at >= moment)
        return self._session.connection.scalar(query) or 0

    def recent(self, limit: int) -> list[AuditEntry]:
        """The latest entries, newest first."""
        query = select(AuditRow.__table__).order_by(AuditRow.sequence.desc()).limit(limit)
        return [_entry(row) for row in self._session.connection.execute(query)]


def _entry(row: Row[Any]) -> AuditEntry:
    return AuditEntry(at=row.at, actor=row.actor, action=row.action, subject=row.subject, detail=row.detail)


def _hash(sequence: int, previous: str, entry: AuditEntry) -> str:
    content = [sequence, previous, entry.at.isoformat(), entry.actor, entry.action, entry.subject, entry.detail]
    return hashlib.sha256(dump(content).encode()).hexdigest()
