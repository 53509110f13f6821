"""The audit log: append-only, in the database too, each entry chained by hash to the one before."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, text

from domain.accounts.account import AuditEntry
from domain.auditing.audit import FIRST_HASH, Anchor, AuditQuestion, Link, Verdict, check_chain, link_hash
from storage.session import Session
from storage.tables.operation import AuditRow

_AT_ONCE = 5_000
_SQLITE_TRIGGERS = (
    "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name IN ('audit_no_update', 'audit_no_delete')"
)
_POSTGRES_TRIGGERS = (
    "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'audit'::regclass "
    "AND tgname = 'audit_no_change' AND tgenabled IN ('O', 'A')"
)


class Audit:
    """Who did what; an entry changed, removed or put in between breaks the chain."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def append(self, entry: AuditEntry) -> None:
        """Append the entry; writers wait for one another, so the chain never forks."""
        if self._session.connection.dialect.name == "postgresql":
            self._session.connection.execute(text("LOCK TABLE audit IN SHARE ROW EXCLUSIVE MODE"))
        last = self.head() or Anchor(0, FIRST_HASH)
        sequence = last.sequence + 1
        row = {
            "sequence": sequence,
            "at": entry.at,
            "actor": entry.actor,
            "action": entry.action,
            "subject": entry.subject,
            "detail": entry.detail,
            "previous_hash": last.hash,
            "hash": link_hash(sequence, last.hash, entry),
        }
        self._session.insert_new(AuditRow, [row])

    def head(self) -> Anchor | None:
        """The latest entry's number and hash, to be kept elsewhere; None while the log is empty."""
        query = select(AuditRow.sequence, AuditRow.hash).order_by(AuditRow.sequence.desc()).limit(1)
        last = self._session.connection.execute(query).one_or_none()
        return Anchor(last.sequence, last.hash) if last else None

    def links(self) -> Iterator[Link]:
        """The whole chain from its first entry on, read as it is asked for."""
        query = select(AuditRow.__table__).order_by(AuditRow.sequence).execution_options(yield_per=_AT_ONCE)
        return map(_link, self._session.connection.execute(query))

    def check(self, anchors: Iterable[Anchor] = ()) -> Verdict:
        """The verdict on the whole chain, and on whether it still holds the anchors."""
        return check_chain(self.links(), anchors)

    def verify(self) -> int | None:
        """The sequence number of the first entry that breaks the chain, None when it is whole."""
        return self.check().broken_at

    def refuses_changes(self) -> bool:
        """True while the database itself refuses to change or delete entries."""
        sqlite = self._session.connection.dialect.name == "sqlite"
        found = self._session.connection.scalar(text(_SQLITE_TRIGGERS if sqlite else _POSTGRES_TRIGGERS))
        return bool(found == (2 if sqlite else 1))

    def count_since(self, actions: Collection[str], moment: datetime) -> int:
        """How many acts of these kinds there were since a moment."""
        query = select(func.count()).select_from(AuditRow)
        query = query.where(AuditRow.action.in_(actions), AuditRow.at >= moment)
        return self._session.connection.scalar(query) or 0

    def recent(self, limit: int) -> list[AuditEntry]:
        """The latest entries, newest first."""
        return [link.entry for link in self.found(AuditQuestion(), limit)]

    def found(self, question: AuditQuestion, limit: int) -> list[Link]:
        """The latest entries that were asked for, newest first."""
        query = select(AuditRow.__table__)
        for column, wanted in (
            (AuditRow.actor, question.actor),
            (AuditRow.action, question.action),
            (AuditRow.subject, question.subject),
        ):
            query = query.where(column == wanted) if wanted else query
        query = query.where(AuditRow.at >= question.since) if question.since is not None else query
        query = query.where(AuditRow.at < question.until) if question.until is not None else query
        query = query.where(AuditRow.sequence < question.before) if question.before is not None else query
        rows = self._session.connection.execute(query.order_by(AuditRow.sequence.desc()).limit(limit))
        return [_link(row) for row in rows]

    def at(self, sequence: int) -> Link | None:
        """The entry of this number."""
        query = select(AuditRow.__table__).where(AuditRow.sequence == sequence)
        row = self._session.connection.execute(query).one_or_none()
        return _link(row) if row else None

    def acts(self, actions: Collection[str], *, after: int) -> list[Link]:
        """The acts of these kinds with a greater number, the oldest first."""
        query = select(AuditRow.__table__).where(AuditRow.action.in_(sorted(actions)), AuditRow.sequence > after)
        return [_link(row) for row in self._session.connection.execute(query.order_by(AuditRow.sequence))]

    def actions(self) -> list[str]:
        """Every kind of act that the log holds, for the choice of a filter."""
        return sorted(self._session.connection.scalars(select(AuditRow.action).distinct()))


def _link(row: Row[Any]) -> Link:
    entry = AuditEntry(at=row.at, actor=row.actor, action=row.action, subject=row.subject, detail=row.detail)
    return Link(sequence=row.sequence, entry=entry, previous_hash=row.previous_hash, hash=row.hash)
