"""Accusations in the queue of the petition office: which there are for an office, and what was done with each."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, or_, select
from sqlalchemy.orm import aliased

from domain.places.region import RegionCode
from domain.texts.accusation import AccusationAct, AccusationState, AccusationStep, state_of
from domain.texts.document import DocumentId
from domain.words.vocabulary import Route
from storage.columns import inside
from storage.encryption.sealed import ACCUSATION_STEP
from storage.session import Session, chunks
from storage.tables.documents import DocumentRow, RawDocumentRow, RouteRow
from storage.tables.protection import AccusationStepRow


@dataclass(frozen=True, slots=True)
class OfficeScope:
    """Which texts a petition office answers for: those of its division, those it handed in, and the house's own."""

    region: RegionCode
    is_house: bool
    """True for the office that this deployment was set up for: it has what came without naming an office."""


@dataclass(frozen=True, slots=True)
class QueuedAccusation:
    """One text that is or was restricted."""

    document_id: DocumentId
    rule: str
    received_at: datetime
    steps: tuple[AccusationStep, ...]

    @property
    def state(self) -> AccusationState:
        """Where it stands; what was given back and is restricted again waits anew."""
        state = state_of(self.steps)
        return AccusationState.WAITING if state is AccusationState.RELEASED else state


class Accusations:
    """The queue and its steps; the office is part of every query."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def queue(self, office: OfficeScope) -> list[QueuedAccusation]:
        """Every text that is restricted now, oldest first; those that retention has emptied are not listed."""
        return self._queued(_restricted(office))

    def get(self, document_id: DocumentId, office: OfficeScope) -> QueuedAccusation | None:
        """The accusation when it is restricted now and the office's."""
        return next(iter(self._queued(_restricted(office).where(RouteRow.document_id == document_id))), None)

    def hold(self, document_id: DocumentId) -> None:
        """Make a colleague who deals with the same text wait for the end of this transaction."""
        query = select(RawDocumentRow.id).where(RawDocumentRow.id == document_id).with_for_update(key_share=True)
        self._session.connection.execute(query).all()

    def add(self, step: AccusationStep) -> None:
        """Append a step."""
        sealed = {
            "reference": step.reference,
            "day": step.day.isoformat() if step.day else "",
            "reason": step.reason,
            "alone": step.alone,
        }
        row = {
            "document_id": step.document_id,
            "step": step.act.value,
            "made_by": step.made_by,
            "at": step.at,
            "sealed": self._session.seal(
                sealed, ACCUSATION_STEP.of(step.document_id, step.act.value, step.made_by, step.at)
            ),
        }
        self._session.insert_new(AccusationStepRow, [row])

    def released(self, ids: Sequence[DocumentId]) -> frozenset[DocumentId]:
        """Those of the texts that the petition office found to be no accusation."""
        steps = self.steps(ids)
        return frozenset(one for one, found in steps.items() if state_of(found) is AccusationState.RELEASED)

    def _queued(self, query: Select[str, str, datetime]) -> list[QueuedAccusation]:
        rows = list(self._session.connection.execute(query.order_by(DocumentRow.received_at, RouteRow.document_id)))
        steps = self.steps([DocumentId(row.document_id) for row in rows])
        return [
            QueuedAccusation(
                DocumentId(row.document_id), row.rule, row.received_at, tuple(steps.get(row.document_id, ()))
            )
            for row in rows
        ]

    def steps(self, ids: Sequence[DocumentId]) -> dict[DocumentId, list[AccusationStep]]:
        """The steps of each of the texts, the oldest first."""
        found: dict[DocumentId, list[AccusationStep]] = defaultdict(list)
        for part in chunks(ids):
            query = select(AccusationStepRow.__table__).where(AccusationStepRow.document_id.in_(part))
            for row in self._session.connection.execute(query.order_by(AccusationStepRow.sequence)):
                found[DocumentId(row.document_id)].append(self._step(row))
        return found

    def _step(self, row: Row[Any]) -> AccusationStep:
        place = ACCUSATION_STEP.of(row.document_id, row.step, row.made_by, row.at)
        sealed = self._session.unseal(row.sealed, place)
        return AccusationStep(
            document_id=DocumentId(row.document_id),
            act=AccusationAct(row.step),
            made_by=row.made_by,
            at=row.at,
            reference=sealed["reference"],
            day=date.fromisoformat(sealed["day"]) if sealed["day"] else None,
            reason=sealed["reason"],
            alone=sealed["alone"],
        )


def _restricted(office: OfficeScope) -> Select[str, str, datetime]:
    newer = aliased(RouteRow)
    replaced = exists().where(newer.document_id == RouteRow.document_id, newer.sequence > RouteRow.sequence)
    return (
        select(RouteRow.document_id, RouteRow.rule, DocumentRow.received_at)
        .join(DocumentRow, DocumentRow.id == RouteRow.document_id)
        .join(RawDocumentRow, RawDocumentRow.id == RouteRow.document_id)
        .where(
            RouteRow.route == Route.RESTRICTED.value,
            ~replaced,
            RawDocumentRow.anonymised_at.is_(None),
            _of(office),
        )
    )


def _of(office: OfficeScope) -> ColumnElement[bool]:
    own = [inside(DocumentRow.region, office.region), RawDocumentRow.office == office.region.digits]
    return or_(*own, RawDocumentRow.office == "") if office.is_house else or_(*own)
