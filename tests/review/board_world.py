"""Leads, queues and deliveries by chance, for boards that have to count whatever there is."""

import random
from collections import Counter
from datetime import date, timedelta

from domain.accounts.access_scope import AccessScope
from domain.counting.operation import OperationState, StageQueue
from domain.counting.risk_point import AlertLevel, RiskPoint
from domain.counting.stage_report import StageName, StageReport
from domain.leads.lead import Assignment, Decision, DueDates, LeadEvidence, LeadId, LeadMove, LeadStatus
from domain.leads.step import Step
from domain.places.region import RegionCode
from domain.risk import Risk
from domain.sending.outgoing import START
from domain.texts.document import Breadcrumb, Outcome
from domain.words.vocabulary import Role, Route
from storage.joined.feed_reading import read_feed
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from tests.factories import COUNTY, OTHER_VILLAGE, TOWN, VILLAGE, document, lead, raw
from tests.fakes import NOON

FAR_VILLAGE = RegionCode("141124105201")
REGIONS = (VILLAGE, OTHER_VILLAGE, TOWN, FAR_VILLAGE, COUNTY)
_LEADS = 25
_COMPUTED = StageReport.counted(StageName.RISK_POINTS.value, "1", Counter(), Counter(), seconds=0)


class Installation:
    """As it is told; the texts that wait are those of the store."""

    def __init__(self, store: Store, rng: random.Random) -> None:
        self._store, self._waiting = store, {one: rng.randint(0, 45) for one in StageName}

    def operation_state(self) -> OperationState:
        with self._store.reading() as work:
            ids = work.breadcrumbs.pending("nothing", "1", after=None, limit=100)
        queues = tuple(
            StageQueue(stage=stage, documents=ids[:count], more=count > 40) for stage, count in self._waiting.items()
        )
        return OperationState(
            model="model-7",
            queues=queues,
            free_bytes=1 << 29,
            last_backup=NOON,
            key="第2个密钥",
            key_ok=True,
            second_reader="reader-3",
            second_reader_counts={"一致": 4},
        )


def fill_by_chance(store: Store, rng: random.Random) -> None:
    """Every way in which a lead may stand, on top of whatever is there."""
    with store.unit_of_work() as work:
        for number in range(_LEADS):
            _lead(work, f"random-{number}", rng)
        for _ in range(3):
            work.risk_points.add(_point(rng))
        work.stage_runs.add(_COMPUTED, NOON)
        for number in range(rng.randint(1, 45)):
            _set_aside(work, number, rng)
        work.commit()
    _deliveries(store, rng)


def _lead(work: UnitOfWork, name: str, rng: random.Random) -> None:
    made = lead(
        name,
        region=rng.choice(REGIONS),
        matter=name,
        opened_at=NOON - timedelta(hours=rng.randint(0, 24 * 400)),
        risks=frozenset(rng.sample(list(Risk), rng.randint(1, 3))),
        due=_due(rng),
    )
    work.leads.add(made)
    for copy in range(rng.randint(0, 3)):
        _text(work, made.id, f"{name}-{copy}", rng)
    for _ in range(rng.randint(0, 5)):
        rng.choice((_decide, _decide, _assign, _move, _set_due))(work, made.id, rng)


def _due(rng: random.Random) -> DueDates:
    days = sorted(date(2026, 11, 24) + timedelta(days=rng.randint(-300, 20)) for _ in range(5))
    return DueDates(pass_on=days[0], visit=days[1], decide=days[2], measure=days[3], report_back=days[4])


def _text(work: UnitOfWork, lead_id: LeadId, name: str, rng: random.Random) -> None:
    text = document(name, f"{name}来反映家里的难处")
    work.raw.add(raw(name, text.text))
    work.documents.add(text)
    risks = frozenset(rng.sample(list(Risk), 1))
    evidence = LeadEvidence(lead_id=lead_id, document_id=text.id, risks=risks, urgent=False, added_at=NOON)
    work.leads.add_evidence(evidence)
    if rng.random() < 0.2:
        work.leads.leave(lead_id, text.id, NOON)
        if rng.random() < 0.5:
            work.leads.add_evidence(evidence)
    if rng.random() < 0.2:
        work.routes.add(text.id, rng.choice(list(Route)), "文中指向干部", "2", NOON)


def _decide(work: UnitOfWork, lead_id: LeadId, rng: random.Random) -> None:
    status = rng.choice(list(LeadStatus))
    day = NOON + timedelta(days=rng.randint(0, 90))
    work.decisions.append(
        Decision(
            lead_id=lead_id,
            status=status,
            decided_by="town",
            decided_at=day,
            reason="情况属实",
            visited_on=day.date() if rng.random() < 0.5 else None,
            department="medical" if status is LeadStatus.TO_DEPARTMENT else "",
            measures="已送医" if rng.random() < 0.3 else "",
            step=Step.UNDO if rng.random() < 0.2 else None,
        )
    )


def _assign(work: UnitOfWork, lead_id: LeadId, rng: random.Random) -> None:
    holder = rng.choice((Role.VILLAGE, Role.TOWN, Role.LEADER))
    assignee = rng.choice(("", "village", "town"))
    work.assignments.append(
        Assignment(
            lead_id=lead_id, holder=holder, assignee=assignee, assigned_by="t", assigned_at=NOON, reason="按路由表派办"
        )
    )


def _move(work: UnitOfWork, lead_id: LeadId, rng: random.Random) -> None:
    found = work.leads.get(lead_id)
    assert found is not None
    work.leads.move(
        LeadMove(
            lead_id=lead_id,
            household_before=None,
            household_after=None,
            region_before=found.lead.region,
            region_after=rng.choice(REGIONS),
            matter_before=found.lead.matter,
            matter_after=found.lead.matter,
            moved_at=NOON,
            reason="户在别村",
        )
    )


def _set_due(work: UnitOfWork, lead_id: LeadId, rng: random.Random) -> None:
    work.leads.set_due(lead_id, _due(rng), NOON)


def _point(rng: random.Random) -> RiskPoint:
    return RiskPoint(
        region=rng.choice((VILLAGE, OTHER_VILLAGE, FAR_VILLAGE)),
        risk=rng.choice(list(Risk)),
        level=rng.choice(list(AlertLevel)),
        window_start=date(2026, 8, 1),
        window_end=date(2026, 11, 24),
        household_count=3,
        matter_count=3,
        document_ids=(),
        reason="近90天同村同因3件",
        computed_at=NOON,
    )


def _set_aside(work: UnitOfWork, number: int, rng: random.Random) -> None:
    text = raw(f"set-aside-{number}", "张三三的日期读不懂")
    work.raw.add(text)
    crumb = Breadcrumb(
        document_id=text.id,
        stage=rng.choice(("ingest", "route")),
        outcome=Outcome.QUARANTINED,
        detail=rng.choice(("unreadable_date", "too_long")),
        version="1",
        at=NOON,
        reason="张三三的日期读不懂",
    )
    work.breadcrumbs.append(crumb)


def _deliveries(store: Store, rng: random.Random) -> None:
    position = max((one.position for one in read_feed(store, START, AccessScope(COUNTY), limit=100).items), default=0)
    with store.unit_of_work() as work:
        events = [event.number for _, event in work.outgoing.after(START, AccessScope(COUNTY), limit=100)]
        for endpoint in ("county", "district"):
            work.webhook_deliveries.give_out(endpoint, events, position, NOON)
            for delivery in work.webhook_deliveries.due(endpoint, NOON, limit=100):
                if rng.random() < 0.6:
                    next_try = NOON if rng.random() < 0.2 else None
                    work.webhook_deliveries.failed(delivery.number, problem="状态码500", at=NOON, next_try_at=next_try)
        work.commit()
