"""A village with its town and county, where people decide about leads."""

from dataclasses import dataclass, field, replace
from datetime import date

from domain.accounts.account import Account
from domain.leads.lead import Decision, LeadEvidence, LeadId, LeadStatus, LeadView
from domain.leads.workflow import Requirement, step_to
from domain.places.region import RegionCode
from domain.texts.document import DocumentId
from domain.words.vocabulary import Role
from pipeline.leads.workflow import CountyWorkflow
from pipeline.policy.tables import load_policy
from review.decisions.decisions import decide, undo
from storage.store import Store
from tests.factories import COUNTY, TOWN, VILLAGE, document, lead, raw
from tests.fakes import NOON, FakeClock

WORKFLOW = CountyWorkflow(load_policy())
NAMES = {
    Role.VILLAGE: ("庞有田", VILLAGE, ""),
    Role.TOWN: ("郭三多", TOWN, ""),
    Role.CLERK: ("秦六顺", TOWN, ""),
    Role.LEADER: ("成四海", COUNTY, ""),
    Role.DEPARTMENT: ("卫健局经办", COUNTY, "health"),
}


def account(role: Role, **changes: object) -> Account:
    """The account of the role."""
    name, region, department = NAMES[role]
    values: dict[str, object] = {
        "username": role.value,
        "display_name": name,
        "role": role,
        "region": region,
        "password_hash": "x",
        "created_at": NOON,
        "department": department,
    }
    return Account(**{**values, **changes})  # type: ignore[arg-type]


@dataclass
class Deciding:
    """One store and clock; every act takes a minute."""

    store: Store
    clock: FakeClock = field(default_factory=FakeClock)

    def arrive(self, lead_id: str, *texts: str, **changes: object) -> LeadId:
        """A lead with these texts."""
        self.clock.move(minutes=1)
        opened = lead(lead_id, **{"matter": lead_id, **changes})  # type: ignore[arg-type]
        with self.store.unit_of_work() as work:
            work.leads.add(opened)
            for text in texts or ("家里有人病了。",):
                written = document(f"{lead_id}{text}", text)
                work.raw.add(raw(f"{lead_id}{text}", text))
                work.documents.add(written)
                evidence = LeadEvidence(
                    lead_id=opened.id,
                    document_id=written.id,
                    risks=opened.risks,
                    urgent=False,
                    added_at=self.clock.now(),
                )
                work.leads.add_evidence(evidence)
            work.commit()
        return opened.id

    def view(self, lead_id: str) -> LeadView:
        """The lead as it stands."""
        with self.store.reading() as work:
            found = work.leads.get(LeadId(lead_id))
        assert found is not None
        return found

    def texts(self, lead_id: str) -> list[DocumentId]:
        """Which texts the lead has."""
        return [one.document_id for one in self.view(lead_id).evidence]

    def decide(self, role: Role, lead_id: str, status: LeadStatus, *, assignee: str = "", **given: object) -> None:
        """Let the role's account decide, with these fields and no other."""
        self.clock.move(minutes=1)
        decision = Decision(
            lead_id=LeadId(lead_id), status=status, decided_by=role.value, decided_at=self.clock.now(), reason=""
        )
        filled = replace(decision, **given)  # type: ignore[arg-type]
        decide(self.store, account(role), LeadId(lead_id), filled, workflow=WORKFLOW, assignee=assignee)

    def step(self, role: Role, lead_id: str, status: LeadStatus, **more: object) -> None:
        """Let the role's account decide with everything that the table asks for."""
        row = step_to(self.view(lead_id), status, role)
        self.decide(role, lead_id, status, **{**filled_in(row.requires if row else frozenset()), **more})  # type: ignore[arg-type]

    def undo(self, role: Role, lead_id: str) -> None:
        """Let the role's account take its last step back."""
        self.clock.move(minutes=1)
        undo(self.store, account(role), LeadId(lead_id), self.clock.now(), WORKFLOW)


def filled_in(requires: frozenset[Requirement]) -> dict[str, object]:
    """Something for every field that is required, save another lead."""
    values: dict[Requirement, object] = {
        Requirement.REASON: "到家里看过",
        Requirement.VISITED_ON: date(2026, 11, 24),
        Requirement.SIGNED: True,
        Requirement.MEASURES: "临时救助",
        Requirement.NOT_TAKEN_IN: "收入稳定",
        Requirement.DEPARTMENT: "health",
    }
    return {one.value: values[one] for one in requires if one in values}


def settle(store: Store) -> Deciding:
    """The place with an account for every role."""
    with store.unit_of_work() as work:
        for role in NAMES:
            work.accounts.add(account(role))
        other = RegionCode("141124104203")
        work.accounts.add(account(Role.VILLAGE, username="elsewhere", display_name="雷五福", region=other))
        work.accounts.add(account(Role.VILLAGE, username="second", display_name="蔡二白"))
        work.commit()
    return Deciding(store)
