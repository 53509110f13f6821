"""What cadres said of texts and households."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, String, cast, exists, insert, literal, select

from domain.links.household_judgement import (
    HouseholdJudgement,
    HouseholdVerdict,
    JudgementEvent,
    NumberedHouseholdJudgement,
)
from domain.places.region import RegionCode
from domain.register.household import HouseholdId
from domain.texts.document import BY_PERSON, DocumentId
from storage.session import Session, chunks
from storage.tables.documents import BreadcrumbRow
from storage.tables.household_judgements import HouseholdJudgementRow, HouseholdJudgementUndoingRow

STAGE = "judge_household"
"""The stage whose breadcrumb says that an event took effect."""
_UNDONE = "-undone"


class HouseholdJudgements:
    """Appended, never changed; one that was undone counts no more."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, judgement: HouseholdJudgement) -> int:
        """Append the judgement; its number."""
        row = {
            "document_id": judgement.document_id,
            "cluster_id": judgement.cluster_id,
            "household_id": judgement.household_id,
            "verdict": judgement.verdict.value,
            "judged_by": judgement.judged_by,
            "division": judgement.division.digits,
            "register_version": judgement.register_version,
            "judged_at": judgement.judged_at,
        }
        adding = insert(HouseholdJudgementRow).values(row).returning(HouseholdJudgementRow.sequence)
        return int(self._session.connection.execute(adding).scalar_one())

    def undo(self, number: int, by: str, at: datetime) -> bool:
        """True when the judgement is undone thereby, False when it had been before."""
        row = {"judgement": number, "undone_by": by, "at": at}
        return self._session.insert_new(HouseholdJudgementUndoingRow, [row]) == 1

    def standing_in(self, clusters: Sequence[DocumentId]) -> dict[DocumentId, list[NumberedHouseholdJudgement]]:
        """The judgements in force about texts of these clusters, by cluster, oldest first."""
        found: dict[DocumentId, list[NumberedHouseholdJudgement]] = defaultdict(list)
        for part in chunks(sorted(set(clusters))):
            query = select(HouseholdJudgementRow.__table__).where(
                HouseholdJudgementRow.cluster_id.in_(part), ~_is_undone()
            )
            for row in self._session.connection.execute(query.order_by(HouseholdJudgementRow.sequence)):
                found[DocumentId(row.cluster_id)].append(_numbered(row))
        return found

    def waiting(self, limit: int) -> list[JudgementEvent]:
        """Verdicts and undoings that no run has given effect to, oldest first.

        A verdict that was undone before any run saw it never took effect and is left out, and so is its undoing.
        """
        given = (
            select(HouseholdJudgementRow.__table__, literal(value=False).label("undone"))
            .where(~_is_undone(), ~_has_crumb(undone=False))
            .order_by(HouseholdJudgementRow.sequence)
        )
        taken_back = (
            select(HouseholdJudgementRow.__table__, literal(value=True).label("undone"))
            .where(_is_undone(), _has_crumb(undone=False), ~_has_crumb(undone=True))
            .order_by(HouseholdJudgementRow.sequence)
        )
        events = [
            JudgementEvent(
                number=row.sequence,
                document_id=DocumentId(row.document_id),
                cluster_id=DocumentId(row.cluster_id),
                undone=bool(row.undone),
            )
            for query in (given, taken_back)
            for row in self._session.connection.execute(query.limit(limit))
        ]
        return sorted(events, key=lambda event: event.number)[:limit]


def event_version(event: JudgementEvent) -> str:
    """The version of the breadcrumbs that giving effect to the event leaves."""
    return f"{BY_PERSON}-{event.number}{_UNDONE if event.undone else ''}"


def _is_undone() -> ColumnElement[bool]:
    return exists().where(HouseholdJudgementUndoingRow.judgement == HouseholdJudgementRow.sequence)


def _has_crumb(*, undone: bool) -> ColumnElement[bool]:
    number = literal(f"{BY_PERSON}-") + cast(HouseholdJudgementRow.sequence, String)
    return exists().where(
        BreadcrumbRow.document_id == HouseholdJudgementRow.document_id,
        BreadcrumbRow.stage == STAGE,
        BreadcrumbRow.version == (number + _UNDONE if undone else number),
    )


def _numbered(row: Row[Any]) -> NumberedHouseholdJudgement:
    judgement = HouseholdJudgement(
        document_id=DocumentId(row.document_id),
        cluster_id=DocumentId(row.cluster_id),
        household_id=HouseholdId(row.household_id),
        verdict=HouseholdVerdict(row.verdict),
        judged_by=row.judged_by,
        division=RegionCode(row.division),
        register_version=row.register_version,
        judged_at=row.judged_at,
    )
    return NumberedHouseholdJudgement(number=row.sequence, judgement=judgement)
