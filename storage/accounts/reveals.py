"""What was revealed to whom; every query of somebody else's carries the reader's scope."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from domain.accounts.access_scope import AccessScope
from domain.leads.disclosure import Reveal, RevealField
from domain.leads.lead import LeadId
from domain.register.household import HouseholdId
from domain.texts.document import DocumentId
from storage.encryption.sealed import REVEAL
from storage.session import Session
from storage.tables.leads import LeadRow
from storage.tables.protection import RevealRow
from storage.visibility import lead_visible


class Reveals:
    """Appended, never changed."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, reveal: Reveal) -> None:
        """Append it."""
        row = {
            "id": reveal.id,
            "account": reveal.account,
            "field": reveal.field.value,
            "lead_id": reveal.lead_id,
            "document_id": reveal.document_id,
            "household_id": reveal.household_id,
            "at": reveal.at,
            "until": reveal.until,
            "sealed": self._session.seal({"reason": reveal.reason}, REVEAL.of(reveal.id)),
        }
        self._session.insert_new(RevealRow, [row])

    def in_force(self, reveal_id: str, account: str, at: datetime) -> Reveal | None:
        """The reveal of this account while it can be read."""
        query = select(RevealRow.__table__).where(
            RevealRow.id == reveal_id, RevealRow.account == account, RevealRow.at <= at, RevealRow.until > at
        )
        row = self._session.connection.execute(query).one_or_none()
        return self._reveal(row) if row else None

    def count_since(self, account: str, moment: datetime) -> int:
        """How many items the account had shown to it since a moment."""
        query = select(func.count()).select_from(RevealRow).where(RevealRow.account == account, RevealRow.at >= moment)
        return self._session.connection.scalar(query) or 0

    def inside(self, scope: AccessScope, *, limit: int, offset: int) -> list[Reveal]:
        """What was revealed of leads inside the scope, newest first."""
        query = select(RevealRow.__table__).join(LeadRow, LeadRow.id == RevealRow.lead_id).where(lead_visible(scope))
        query = query.order_by(RevealRow.at.desc(), RevealRow.id).limit(limit).offset(offset)
        return [self._reveal(row) for row in self._session.connection.execute(query)]

    def _reveal(self, row: Row[Any]) -> Reveal:
        return Reveal(
            id=row.id,
            account=row.account,
            field=RevealField(row.field),
            lead_id=LeadId(row.lead_id),
            document_id=DocumentId(row.document_id) if row.document_id else None,
            household_id=HouseholdId(row.household_id) if row.household_id else None,
            reason=self._session.unseal(row.sealed, REVEAL.of(row.id))["reason"],
            at=row.at,
            until=row.until,
        )
