"""A small office: two villages with a lead each, an accusation, and an account for every role."""

from dataclasses import dataclass

from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from domain.accounts.account import Account
from domain.leads.lead import Decision, LeadEvidence, LeadId, LeadStatus
from domain.links.link import LinkDecision
from domain.places.region import RegionCode
from domain.risk import Risk
from domain.texts.analysis import Analysis
from domain.texts.document import Document, Petitioner
from domain.words.vocabulary import Role, Route
from pipeline.leads.workflow import CountyWorkflow
from pipeline.linking.absence_words import absence_thresholds
from pipeline.policy.tables import load_policy
from review.app import create_app
from review.exports import Exports
from review.handing_in.reception import Reception
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from tests.factories import COUNTY, OTHER_VILLAGE, TOWN, VILLAGE, document, household, lead, link, person, raw
from tests.fakes import NOON, FakeClock, reading

POLICY = load_policy()
PASSWORD = "the-same-for-all"
CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
"""A sign-in takes no eighth of a second; test_passwords.py has the real cost."""
HASH = CHEAP.hash(PASSWORD)
PETITIONER = "张三三"
DEPARTMENT = "medical"
SECRET = "会计冒领补贴"
OWN_TEXT = "张三三来访反映：庞家庄邻居得了重病，药费负担不起，电话13800000000。<script>alert(1)</script>"
OTHER_TEXT = "蔡家洼有人家里的窑洞塌了半边，没有地方住。"
ACCOUNTS = {
    "clerk": (Role.CLERK, TOWN),
    "town": (Role.TOWN, TOWN),
    "village": (Role.VILLAGE, VILLAGE),
    "other_village": (Role.VILLAGE, OTHER_VILLAGE),
    "other_town": (Role.TOWN, RegionCode("141124105")),
    "department": (Role.DEPARTMENT, COUNTY),
    "leader": (Role.LEADER, COUNTY),
    "admin": (Role.ADMIN, COUNTY),
    "auditor": (Role.AUDITOR, COUNTY),
}


@dataclass(frozen=True)
class Office:
    """The application with its documents."""

    store: Store
    clock: FakeClock
    accusation: Document
    reception: Reception | None = None
    exports: Exports | None = None

    def client(self, name: str = "") -> TestClient:
        """A browser, signed in when a name is given."""
        app = create_app(
            self.store,
            self.clock,
            POLICY.departments,
            reception=self.reception,
            workflow=CountyWorkflow(POLICY),
            absence=absence_thresholds(),
            disclosure=POLICY.disclosure.rules,
            exports=self.exports,
        )
        client = TestClient(app, follow_redirects=False)
        if name:
            answer = client.post("/login", data={"username": name, "password": PASSWORD})
            assert answer.status_code == 303
        return client


def fill(store: Store, clock: FakeClock) -> Office:
    """Put the office into the store."""
    accusation = document("C", SECRET, region=TOWN)
    with store.unit_of_work() as work:
        work.registry.import_households(
            [
                household("1411241042020001", person("庞四孩")),
                household("1411241042030001", person("蔡二白"), village=OTHER_VILLAGE),
            ],
            file="a",
            file_sha256="0",
            at=NOON,
        )
        own = document("A", OWN_TEXT, petitioner=Petitioner(name=PETITIONER, phone="13900000000"))
        _add_lead(work, "own", own, VILLAGE, "1411241042020001", Risk.ILLNESS)
        _add_lead(work, "other", document("B", OTHER_TEXT), OTHER_VILLAGE, "1411241042030001", Risk.HOUSING)
        work.raw.add(raw("C", SECRET))
        work.documents.add(accusation)
        work.routes.add(accusation.id, Route.RESTRICTED, "文中指向干部", "1", NOON)
        for name, (role, region) in ACCOUNTS.items():
            account = Account(
                username=name,
                display_name=f"账号{name}",
                role=role,
                region=region,
                password_hash=HASH,
                created_at=NOON,
                department=DEPARTMENT if role is Role.DEPARTMENT else "",
            )
            work.accounts.add(account)
        work.commit()
    return Office(store, clock, accusation)


def _add_lead(work: UnitOfWork, name: str, text: Document, region: RegionCode, household_id: str, risk: Risk) -> None:
    work.raw.add(raw(name, text.text))
    work.documents.add(text)
    shown = text.text[text.text.index("：") + 1 :][:12] if "：" in text.text else text.text[:12]
    start = text.text.index(shown)
    found = reading(risk, text=shown)
    spans = tuple(
        type(span)(start=start, end=start + len(shown), text=shown) for label in found.labels for span in label.evidence
    )
    label = type(found.labels[0])(risk=risk, probability=0.9, evidence=spans)
    changed = type(found)(**{**{key: getattr(found, key) for key in found.__slots__}, "labels": (label,)})
    work.analyses.add(Analysis(document_id=text.id, reading=changed), NOON)
    work.links.add(link(text, LinkDecision.LINKED, household_id, village=region), NOON)
    opened = lead(name, region=region, matter=name, risks=frozenset({risk}))
    work.leads.add(opened)
    evidence = LeadEvidence(
        lead_id=opened.id, document_id=text.id, risks=frozenset({risk}), urgent=False, added_at=NOON
    )
    work.leads.add_evidence(evidence)


def verify(office: Office, *lead_ids: str, status: LeadStatus = LeadStatus.CONFIRMED, department: str = "") -> None:
    """Record that somebody was at the door."""
    with office.store.unit_of_work() as work:
        for lead_id in lead_ids:
            work.decisions.append(
                Decision(
                    lead_id=LeadId(lead_id),
                    status=status,
                    decided_by="village",
                    decided_at=NOON,
                    reason="蔡大娘家核实过",
                    visited_on=NOON.date(),
                    department=department,
                )
            )
        work.commit()
