"""Leads that a department had and has no more: it is told that they are gone, and nothing else of them."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, literal_column, or_, select
from sqlalchemy.orm import aliased

from domain.accounts.access_scope import AccessScope
from domain.leads.lead import Decision, LeadId, LeadStatus
from domain.leads.withdrawn_lead import STAYS_WITH_DEPARTMENT, WithdrawnLead, withdrawal
from storage.columns import inside
from storage.leads.rows import decision_from
from storage.session import Session, chunks
from storage.tables.leads import DecisionRow, LeadRow
from storage.tables.operation import AccountRow

_MOST = 50
"""Leads that are told, the latest first."""


class WithdrawnLeads:
    """Read from the decisions."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def since(self, scope: AccessScope, moment: datetime) -> list[WithdrawnLead]:
        """What somebody else took back from the scope's department since a moment, the latest first; fifty at most.

        Nothing for a scope without a department.
        """
        if not scope.department:
            return []
        connection = self._session.connection
        own = set(connection.scalars(select(AccountRow.username).where(AccountRow.department == scope.department)))
        ids = list(connection.scalars(_changed_hands(scope, moment)))
        found = (withdrawal(decisions, scope.department) for decisions in self._histories(ids))
        told = [one for one in found if one is not None and one.at >= moment and one.by not in own]
        return sorted(told, key=lambda one: (one.at, one.lead_id), reverse=True)[:_MOST]

    def _histories(self, ids: list[str]) -> list[list[Decision]]:
        histories: dict[LeadId, list[Decision]] = defaultdict(list)
        for part in chunks(ids):
            query = select(DecisionRow.__table__).where(DecisionRow.lead_id.in_(part)).order_by(DecisionRow.sequence)
            for row in self._session.connection.execute(query):
                histories[LeadId(row.lead_id)].append(decision_from(row))
        return list(histories.values())


def _changed_hands(scope: AccessScope, moment: datetime) -> Select[Any]:
    """Leads that were transferred to the department and about which somebody decided otherwise since the moment."""
    later = aliased(DecisionRow)
    return (
        select(DecisionRow.lead_id)
        .distinct()
        .join(LeadRow, LeadRow.id == DecisionRow.lead_id)
        .where(
            DecisionRow.department == scope.department,
            # Said in the words of the index, without which SQLite reads every decision there is.
            DecisionRow.department != literal_column("''"),
            DecisionRow.status == LeadStatus.TO_DEPARTMENT.value,
            inside(LeadRow.region, scope.region),
            exists().where(
                later.lead_id == DecisionRow.lead_id,
                later.sequence > DecisionRow.sequence,
                later.decided_at >= moment,
                _leaves(later, str(scope.department)),
            ),
        )
    )


def _leaves(later: Any, department: str) -> ColumnElement[bool]:
    elsewhere = (later.status == LeadStatus.TO_DEPARTMENT.value) & (later.department != department)
    return or_(later.status.not_in(sorted(one.value for one in STAYS_WITH_DEPARTMENT)), elsewhere)
