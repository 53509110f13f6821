"""Records that a stage set aside and that nobody has dealt with yet."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, exists, func, select
from sqlalchemy.orm import aliased

from domain.texts.document import Breadcrumb, DocumentId, Outcome
from storage.session import Session
from storage.tables.documents import BreadcrumbRow, RawDocumentRow
from storage.texts.breadcrumbs import Breadcrumbs, crumb_from

_SETTLED = "set_aside"
"""Stands where a stage's name stands in the crumb that a person leaves; its version is the crumb that it settles."""


class SetAsideRecords:
    """What is counted here is no more once it was mended.

    That is when the stage took the record itself or a later one of the same number or address, or a person says so.
    """

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def latest(self, limit: int) -> list[Breadcrumb]:
        """The latest of them, whatever the reason."""
        query = select(BreadcrumbRow.__table__).where(_still_aside())
        rows = self._session.connection.execute(query.order_by(BreadcrumbRow.sequence.desc()).limit(limit))
        return [crumb_from(row) for row in rows]

    def counts(self) -> list[tuple[str, str, int]]:
        """How many each stage set aside, by stage and slug of why, the most first; no sentence of any."""
        query = (
            select(BreadcrumbRow.stage, BreadcrumbRow.detail, func.count().label("found"))
            .where(_still_aside())
            .group_by(BreadcrumbRow.stage, BreadcrumbRow.detail)
        )
        rows = [(row.stage, row.detail, row.found) for row in self._session.connection.execute(query)]
        return sorted(rows, key=lambda row: (-row[2], row[0], row[1]))

    def records(self, stage: str, detail: str, *, limit: int, offset: int) -> list[Breadcrumb]:
        """Those that `counts` counts, the latest first."""
        query = select(BreadcrumbRow.__table__).where(_still_aside(), *_because(stage, detail))
        ordered = query.order_by(BreadcrumbRow.sequence.desc()).limit(limit).offset(offset)
        return [crumb_from(row) for row in self._session.connection.execute(ordered)]

    def settle(self, stage: str, detail: str, ids: Sequence[DocumentId], at: datetime) -> list[DocumentId]:
        """A person dealt with these; which of them were still set aside for this reason."""
        query = select(BreadcrumbRow.document_id, BreadcrumbRow.sequence).where(
            _still_aside(), *_because(stage, detail), BreadcrumbRow.document_id.in_(ids)
        )
        rows = self._session.connection.execute(query.order_by(BreadcrumbRow.sequence)).all()
        crumbs = [
            Breadcrumb(
                document_id=DocumentId(row.document_id),
                stage=_SETTLED,
                outcome=Outcome.DONE,
                detail=detail,
                version=str(row.sequence),
                at=at,
            )
            for row in rows
        ]
        Breadcrumbs(self._session).append_many(crumbs)
        return [crumb.document_id for crumb in crumbs]


def _because(stage: str, detail: str) -> tuple[ColumnElement[bool], ...]:
    return BreadcrumbRow.stage == stage, BreadcrumbRow.detail == detail


def _still_aside() -> ColumnElement[bool]:
    aside = BreadcrumbRow.outcome == Outcome.QUARANTINED.value
    return and_(aside, ~_taken_later(), ~_came_anew(), ~_settled())


def _taken_later() -> Any:
    """True where the stage took the record afterwards, as a newer program may."""
    later = aliased(BreadcrumbRow)
    return exists().where(
        later.document_id == BreadcrumbRow.document_id,
        later.stage == BreadcrumbRow.stage,
        later.sequence > BreadcrumbRow.sequence,
    )


def _came_anew() -> Any:
    """True where the stage took a later record of the same number, or a later state of the same page."""
    own, newer, taken = aliased(RawDocumentRow), aliased(RawDocumentRow), aliased(BreadcrumbRow)
    return exists().where(
        own.id == BreadcrumbRow.document_id,
        newer.external_hash == own.external_hash,
        newer.source == own.source,
        newer.office == own.office,
        newer.received_at > own.received_at,
        taken.document_id == newer.id,
        taken.stage == BreadcrumbRow.stage,
        taken.outcome != Outcome.QUARANTINED.value,
    )


def _settled() -> Any:
    by_person = aliased(BreadcrumbRow)
    return exists().where(
        by_person.document_id == BreadcrumbRow.document_id,
        by_person.stage == _SETTLED,
        by_person.version == cast(BreadcrumbRow.sequence, String),
    )
