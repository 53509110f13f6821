"""Breadcrumbs: where every document went, and therefore what is still pending."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from domain.texts.document import BY_PERSON, Breadcrumb, DocumentId, Outcome
from storage.session import Session, chunks
from storage.tables.documents import BreadcrumbRow, RawDocumentRow


class Breadcrumbs:
    """One per document, stage and version; appended, never changed."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def append(self, crumb: Breadcrumb) -> None:
        """Append the crumb; the same document, stage and version a second time changes nothing."""
        self.append_many([crumb])

    def append_many(self, crumbs: Sequence[Breadcrumb]) -> None:
        """Append all crumbs."""
        received = self.received_at([crumb.document_id for crumb in crumbs])
        rows = [
            {
                "document_id": crumb.document_id,
                "stage": crumb.stage,
                "version": crumb.version,
                "outcome": crumb.outcome.value,
                "detail": crumb.detail,
                "reason": crumb.reason,
                "at": crumb.at,
                "received_at": received.get(crumb.document_id, crumb.at),
            }
            for crumb in crumbs
        ]
        self._session.insert_new(BreadcrumbRow, rows)

    def pending(
        self,
        stage: str,
        version: str,
        *,
        after: tuple[str, str] | None,
        limit: int,
        outcomes: frozenset[Outcome] = frozenset({Outcome.DONE}),
    ) -> list[DocumentId]:
        """Documents that the stage before left with one of `outcomes` and this one has not seen, oldest first.

        What a person decided at the stage before counts whatever that stage's version is. Without a stage before, the
        raw texts that this stage has not seen.
        """
        if after is None:
            return self._unseen_raw(stage, version, limit)
        found = self._left_by(after, stage, version, limit, outcomes)
        if len(found) < limit:
            found += self._left_by((after[0], BY_PERSON), stage, version, limit, frozenset({Outcome.DONE}))
        return list(dict.fromkeys(found))[:limit]

    def waiting(self, stage: str, version: str, *, after: tuple[str, str]) -> int:
        """How many documents `pending` would give, one after the other, with nothing else going on."""
        before = aliased(BreadcrumbRow)
        left = or_(before.version == after[1], before.version == BY_PERSON)
        query = select(func.count(func.distinct(before.document_id))).where(
            before.stage == after[0],
            left,
            before.outcome == Outcome.DONE.value,
            ~_seen(before.document_id, stage, version),
        )
        return self._session.connection.scalar(query) or 0

    def _unseen_raw(self, stage: str, version: str, limit: int) -> list[DocumentId]:
        query = (
            select(RawDocumentRow.id)
            .where(~_seen(RawDocumentRow.id, stage, version), RawDocumentRow.anonymised_at.is_(None))
            .order_by(RawDocumentRow.received_at, RawDocumentRow.id)
        )
        return [DocumentId(found) for found in self._session.connection.scalars(query.limit(limit))]

    def _left_by(
        self, after: tuple[str, str], stage: str, version: str, limit: int, outcomes: frozenset[Outcome]
    ) -> list[DocumentId]:
        before = aliased(BreadcrumbRow)
        query = (
            select(before.document_id)
            .where(
                before.stage == after[0],
                before.version == after[1],
                before.outcome.in_(sorted(outcome.value for outcome in outcomes)),
                ~_seen(before.document_id, stage, version),
            )
            .order_by(before.received_at, before.document_id)
        )
        return [DocumentId(found) for found in self._session.connection.scalars(query.limit(limit))]

    def of(self, document_id: DocumentId) -> list[Breadcrumb]:
        """The document's crumbs in the order they were left."""
        query = select(BreadcrumbRow.__table__).where(BreadcrumbRow.document_id == document_id)
        return [crumb_from(row) for row in self._session.connection.execute(query.order_by(BreadcrumbRow.sequence))]

    def counts(self, stage: str, version: str) -> dict[Outcome, int]:
        """How many documents the stage at this version left in each way."""
        query = (
            select(BreadcrumbRow.outcome, func.count().label("documents"))
            .where(BreadcrumbRow.stage == stage, BreadcrumbRow.version == version)
            .group_by(BreadcrumbRow.outcome)
        )
        return {Outcome(row.outcome): row.documents for row in self._session.connection.execute(query)}

    def received_at(self, ids: Sequence[DocumentId]) -> dict[str, datetime]:
        """When the raw texts of these documents came in."""
        found: dict[str, datetime] = {}
        for part in chunks(ids):
            query = select(RawDocumentRow.id, RawDocumentRow.received_at).where(RawDocumentRow.id.in_(part))
            found.update((row.id, row.received_at) for row in self._session.connection.execute(query))
        return found


def _seen(document_id: Any, stage: str, version: str) -> Any:
    """True of a document that the stage of this version has left a crumb for."""
    mine = aliased(BreadcrumbRow)
    return exists().where(and_(mine.document_id == document_id, mine.stage == stage, mine.version == version))


def crumb_from(row: Row[Any]) -> Breadcrumb:
    """The crumb of a row."""
    return Breadcrumb(
        document_id=DocumentId(row.document_id),
        stage=row.stage,
        outcome=Outcome(row.outcome),
        detail=row.detail,
        version=row.version,
        at=row.at,
        reason=row.reason,
    )
