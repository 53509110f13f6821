"""The feed's entries: what a lead is sorted, filtered and counted by, made from what was appended about it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, func, select

from domain.counting.board import Duration, Stage
from domain.leads.lead import Decision, LeadMove, LeadStatus, days_in_vain
from domain.leads.step import Step
from domain.leads.workflow import owed
from domain.places.region import RegionCode
from domain.words.vocabulary import Route
from storage.leads.departed_evidence import has_departed
from storage.leads.filter import (
    latest_assignee,
    latest_holder,
    latest_measures,
    latest_priority,
    latest_status,
    section_of,
)
from storage.leads.first_steps import durations_of, first_steps
from storage.leads.rows import decision_from, move_from
from storage.session import Session, chunks
from storage.tables.documents import RouteRow
from storage.tables.feed import FeedEntryRow
from storage.tables.leads import DecisionRow, LeadEvidenceRow, LeadMoveRow, LeadRiskRow, LeadRow

FEED_ORDER: tuple[Any, ...] = (
    FeedEntryRow.section,
    FeedEntryRow.rank,
    FeedEntryRow.opened_at,
    FeedEntryRow.lead_id,
)
"""Open leads first, then those with the county, then the most pressing, then the oldest; no two are equal in it."""
_WIDTHS = {"county": 6, "town": 9, "village": 12}


class FeedEntries:
    """Whoever appends to a lead refreshes its entry in the same transaction, so that the two never differ."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def refresh(self, lead_ids: Iterable[str]) -> None:
        """Make the entries of these leads anew."""
        for part in chunks(sorted(set(lead_ids))):
            self._hold(part)
            taken, risks, in_vain = self._steps(part), self._risks(part), self._days_in_vain(part)
            rows = self._session.connection.execute(_STANDING, {"ids": part})
            entries = [_entry(row, taken.get(row.id, ()), risks[row.id], in_vain.get(row.id, 0)) for row in rows]
            self._session.upsert(FeedEntryRow, [FeedEntryRow.lead_id], entries)

    def refresh_of(self, document_id: str) -> None:
        """Make the entries of all leads anew that the text supports or ever did."""
        self.refresh(self._session.connection.scalars(_TOLD_BY, {"document_id": document_id}))

    def _hold(self, ids: Sequence[str]) -> None:
        """Wait for whoever is appending to these leads: an entry made beside them would outlive what they append.

        The lock leaves foreign keys alone, so that it waits for nobody who only refers to the lead.
        """
        if self._session.connection.dialect.name != "sqlite":
            self._session.connection.execute(_HELD, {"ids": ids}).all()

    def _steps(self, ids: Sequence[str]) -> Mapping[str, tuple[Duration, ...]]:
        rows = self._session.connection.execute(_STEPS, {"ids": ids})
        return {row.id: tuple(durations_of(row)) for row in rows}

    def _days_in_vain(self, ids: Sequence[str]) -> Mapping[str, int]:
        """Only few leads have such a visit: of the others nothing more is read."""
        tried = list(self._session.connection.scalars(_TRIED, {"ids": ids}))
        if not tried:
            return {}
        decided: dict[str, list[Decision]] = defaultdict(list)
        moved: dict[str, list[LeadMove]] = defaultdict(list)
        for row in self._session.connection.execute(_DECIDED, {"ids": tried}):
            decided[row.lead_id].append(decision_from(row))
        for row in self._session.connection.execute(_MOVED, {"ids": tried}):
            moved[row.lead_id].append(move_from(row))
        return {one: len(days_in_vain(decided[one], moved[one])) for one in tried}

    def _risks(self, ids: Sequence[str]) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for row in self._session.connection.execute(_RISKS, {"ids": ids}):
            found[row.lead_id].append(row.risk)
        return found


def _standing() -> Any:
    return select(
        LeadRow.id,
        LeadRow.region,
        LeadRow.opened_at,
        LeadRow.pass_on,
        LeadRow.visit,
        LeadRow.decide,
        LeadRow.measure,
        LeadRow.report_back,
        latest_status().label("status"),
        latest_priority().label("priority"),
        latest_measures().label("measures"),
        latest_assignee().label("assignee"),
        latest_holder().label("holder"),
        _text_count().label("texts"),
    )


def _text_count() -> Any:
    """How many texts support the lead and may be shown: those that left it or are restricted now do not count."""
    route = (
        select(RouteRow.route)
        .where(RouteRow.document_id == LeadEvidenceRow.document_id)
        .order_by(RouteRow.sequence.desc())
        .limit(1)
        .correlate(LeadEvidenceRow)
        .scalar_subquery()
    )
    return (
        select(func.count())
        .select_from(LeadEvidenceRow)
        .where(
            LeadEvidenceRow.lead_id == LeadRow.id,
            ~has_departed(),
            func.coalesce(route, Route.OPEN.value) != Route.RESTRICTED.value,
        )
        .correlate(LeadRow)
        .scalar_subquery()
    )


def _entry(row: Row[Any], taken: Sequence[Duration], risks: Sequence[str], in_vain: int) -> dict[str, Any]:
    status = LeadStatus(row.status)
    deadline = owed(status, carried_out=bool(row.measures))
    return {
        "lead_id": row.id,
        **_divisions(RegionCode(row.region)),
        "status": status.value,
        "section": section_of(status),
        "rank": -row.priority,
        "opened_at": row.opened_at,
        "next_due": getattr(row, deadline.value) if deadline else None,
        "assignee": row.assignee,
        "holder": row.holder,
        "risks": ",".join(sorted(risks)),
        "texts": row.texts,
        "days_in_vain": in_vain,
        **_paces({one.stage: one for one in taken}),
    }


def _paces(taken: Mapping[Stage, Duration]) -> dict[str, int | bool | None]:
    columns: dict[str, int | bool | None] = {}
    for stage in Stage:
        one = taken.get(stage)
        columns[f"{stage.value}_days"] = one.days if one else None
        columns[f"{stage.value}_late"] = not one.in_time if one and one.in_time is not None else None
    return columns


def _divisions(region: RegionCode) -> dict[str, str]:
    """The code at the width of each level; where it is shorter than that, all of it."""
    return {name: region.digits[:width] for name, width in _WIDTHS.items()}


_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
# Made once: every text of a lead runs them, and making them anew takes longer than running them.
_HELD = select(LeadRow.id).where(LeadRow.id.in_(_IDS)).order_by(LeadRow.id).with_for_update(key_share=True)
_STANDING = _standing().where(LeadRow.id.in_(_IDS))
_STEPS = first_steps().where(LeadRow.id.in_(_IDS))
_RISKS = select(LeadRiskRow.lead_id, LeadRiskRow.risk).where(LeadRiskRow.lead_id.in_(_IDS))
_TRIED = (
    select(DecisionRow.lead_id)
    .distinct()
    .where(DecisionRow.lead_id.in_(_IDS), DecisionRow.step == Step.VISIT_IN_VAIN.value)
)
_DECIDED = select(DecisionRow.__table__).where(DecisionRow.lead_id.in_(_IDS)).order_by(DecisionRow.sequence)
_MOVED = select(LeadMoveRow.__table__).where(LeadMoveRow.lead_id.in_(_IDS))
_TOLD_BY = select(LeadEvidenceRow.lead_id).where(LeadEvidenceRow.document_id == bindparam("document_id"))
