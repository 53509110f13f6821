"""Leads without a text that wait for their time, and which accusation told of one; for the petition office alone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update

from domain.leads.planned_lead import PlannedLead
from domain.places.region import RegionCode
from domain.register.household import HouseholdId
from domain.risk import Risk
from domain.texts.document import DocumentId
from storage.columns import inside
from storage.encryption.sealed import PLANNED_LEAD
from storage.session import Session
from storage.tables.leads import LeadRow
from storage.tables.protection import PlannedLeadRow


class PlannedLeads:
    """Appended; that one was opened, or settled, is noted once."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, planned: PlannedLead) -> None:
        """Append it."""
        row = {
            "id": planned.id,
            "document_id": planned.document_id,
            "opens_at": planned.opens_at,
            "opened_at": planned.opened_at,
            "planned_by": planned.planned_by,
            "sealed": self._sealed(planned),
        }
        self._session.insert_new(PlannedLeadRow, [row])

    def due(self, at: datetime) -> list[PlannedLead]:
        """Those whose time has come and that are not open yet."""
        query = select(PlannedLeadRow.__table__).where(
            PlannedLeadRow.opened_at.is_(None), PlannedLeadRow.opens_at <= at
        )
        return self._all(query)

    def waiting(self) -> list[PlannedLead]:
        """Those that are not open yet."""
        return self._all(select(PlannedLeadRow.__table__).where(PlannedLeadRow.opened_at.is_(None)))

    def of_documents(self, ids: Sequence[DocumentId]) -> list[PlannedLead]:
        """Those that these accusations told of."""
        return self._all(select(PlannedLeadRow.__table__).where(PlannedLeadRow.document_id.in_(ids)))

    def opened(self, planned_id: str, at: datetime) -> None:
        """Note that the lead is open."""
        changing = update(PlannedLeadRow).where(PlannedLeadRow.id == planned_id)
        self._session.connection.execute(changing.values(opened_at=at))

    def settle(self, planned: PlannedLead, at: datetime) -> None:
        """Note that it is not to open any more."""
        changing = update(PlannedLeadRow).where(PlannedLeadRow.id == planned.id, PlannedLeadRow.opened_at.is_(None))
        self._session.connection.execute(
            changing.values(opened_at=at, sealed=self._sealed(replace(planned, settled=True)))
        )

    def others_in(self, village: RegionCode, household_id: HouseholdId, since: datetime) -> int:
        """How many leads of other households of the village were opened since a moment: the crowd it would stand in."""
        query = select(func.count()).select_from(LeadRow)
        query = query.where(
            inside(LeadRow.region, village),
            LeadRow.opened_at >= since,
            func.coalesce(LeadRow.household_id, "") != household_id,
        )
        return self._session.connection.scalar(query) or 0

    def _sealed(self, planned: PlannedLead) -> bytes:
        told = {
            "household": planned.household_id,
            "region": planned.region.digits,
            "risks": sorted(risk.value for risk in planned.risks),
            "register_version": planned.register_version,
            "settled": planned.settled,
        }
        return self._session.seal(told, PLANNED_LEAD.of(planned.id))

    def _all(self, query: Any) -> list[PlannedLead]:
        rows = self._session.connection.execute(query.order_by(PlannedLeadRow.opens_at, PlannedLeadRow.id))
        return [self._planned(row) for row in rows]

    def _planned(self, row: Row[Any]) -> PlannedLead:
        sealed = self._session.unseal(row.sealed, PLANNED_LEAD.of(row.id))
        return PlannedLead(
            id=row.id,
            document_id=DocumentId(row.document_id) if row.document_id else None,
            household_id=HouseholdId(sealed["household"]),
            region=RegionCode(sealed["region"]),
            risks=frozenset(Risk(one) for one in sealed["risks"]),
            register_version=sealed.get("register_version", 0),
            planned_by=row.planned_by,
            opens_at=row.opens_at,
            opened_at=row.opened_at,
            settled=sealed.get("settled", False),
        )
