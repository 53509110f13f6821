"""A county with any number of leads: a few thousand are made by the program itself, the others are copies of them.

The copies are made inside the database, table by table, with numbers of their own, so that whatever columns and tables
leads have is copied too.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Column, Engine, Integer, MetaData, Table, create_engine, insert, literal, select, text

from domain.accounts.account import Account
from domain.leads.lead import Decision, DueDates, Lead, LeadEvidence, LeadId, LeadStatus, PriorityReason
from domain.links.link import Candidate, Link, LinkDecision
from domain.places.region import RegionCode
from domain.register.household import Household, HouseholdId, Person, Relation
from domain.risk import Risk
from domain.texts.analysis import Analysis, Evidence, Reading, RiskLabel
from domain.texts.document import Document, DocumentId, Petitioner, RawDocument, document_id
from domain.words.vocabulary import Channel, Factuality, Role, Route, Scope
from storage.columns import Base
from storage.encryption.cipher import UNBOUND, FieldCipher
from storage.encryption.suites import make_aead, new_nonce
from storage.engine import make_engine
from storage.store import Store
from storage.unit_of_work import UnitOfWork

_MATERIAL = yaml.safe_load((Path(__file__).parent / "material.yml").read_text(encoding="utf-8"))
_OPEN_SHARE = 0.06
"""Of all leads; the rest were verified, and most of those closed, in earlier years."""
_OPEN = (LeadStatus.NEW, LeadStatus.ASSIGNED, LeadStatus.VISITING)
_ENDED = (LeadStatus.CONFIRMED, LeadStatus.NOT_CONFIRMED, LeadStatus.ALREADY_KNOWN)
_NUMBERED = {"leads": "id", "documents": "id", "raw_documents": "id"}
_NAMES = frozenset({"lead_id", "document_id", "matter", "cluster_id", "household_id", "original_id"})
_ROWS = "row_id"
_ALONE = frozenset({"outgoing_events", "outgoing_waiting"})
"""What no page of this benchmark reads; its numbers are its own."""


class FirstFormCipher(FieldCipher):
    """Seals as the first version did, bound to no row: a value that is copied to another row still opens there."""

    def encrypt_bytes(self, content: bytes, place: bytes = UNBOUND) -> bytes:
        """Nonce, ciphertext and tag under the first key."""
        first, nonce = self.ring.keys[0], new_nonce()
        if first.secret is None:
            raise ValueError("the first key has no secret")
        return nonce + make_aead(first.algorithm, first.secret).encrypt(nonce, content, None)


class FirstFormStore(Store):
    """A store that writes with this cipher."""

    def __init__(self, url: str, key: bytes) -> None:
        """Like `open_store`."""
        super().__init__(make_engine(url), key)
        self._writing = FirstFormCipher(key)

    def unit_of_work(self) -> UnitOfWork:
        """A transaction that writes."""
        return UnitOfWork(self._engine, self._writing)


def make_prototypes(
    store: Store, villages: Sequence[RegionCode], count: int, now: datetime, rng: random.Random
) -> None:
    """So many leads, each of its own household, spread over the villages."""
    people = [_household(number, rng.choice(villages), rng) for number in range(count)]
    with store.unit_of_work() as work:
        work.registry.import_households(people, file="bench", file_sha256="0" * 64, at=now)
        work.commit()
    for start in range(0, count, 200):
        with store.unit_of_work() as work:
            for number, household in enumerate(people[start : start + 200], start):
                _add_lead(work, number, household, now, rng)
            work.commit()


def add_accounts(
    store: Store, accounts: Sequence[tuple[str, Role, RegionCode]], password_hash: str, now: datetime
) -> None:
    """Accounts of these names, all with one password."""
    with store.unit_of_work() as work:
        for name, role, region in accounts:
            work.accounts.add(
                Account(
                    username=name,
                    display_name=f"账号{name}",
                    role=role,
                    region=region,
                    password_hash=password_hash,
                    created_at=now,
                )
            )
        work.commit()


def multiply(url: str, copies: int) -> None:
    """Copy everything of every lead and household `copies` times."""
    engine = create_engine(url)
    numbers = Table("bench_copies", MetaData(), Column("n", Integer, primary_key=True))
    with engine.begin() as connection:
        numbers.create(connection)
        connection.execute(insert(numbers), [{"n": number} for number in range(1, copies + 1)])
        for table in Base.metadata.sorted_tables:
            columns = list(_copied(table, numbers.c.n))
            if columns:
                connection.execute(
                    insert(table).from_select(
                        [name for name, _ in columns],
                        select(*(value for _, value in columns)).select_from(table.join(numbers, literal(True))),
                    )
                )
        numbers.drop(connection)
    _settle(engine)


def _copied(table: Table, number: Any) -> Iterator[tuple[str, Any]]:
    """The columns of a copy; none where the table says nothing of leads, texts or households."""
    if table.name in _ALONE:
        return
    names = {
        column.name for column in table.columns if column.name in _NAMES or column.name == _NUMBERED.get(table.name)
    }
    by_row = _ROWS in table.columns
    if not names and not by_row:
        return
    for column in table.columns:
        if column.name in names:
            yield column.name, column + literal("-") + number.cast(column.type)
        elif column.name == _ROWS:
            yield column.name, column + number * 1_000_000
        elif not (column.primary_key and column.autoincrement is True):
            yield column.name, column


def _settle(engine: Engine) -> None:
    """What the databases do by themselves in the night: statistics for the planner."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()


def _household(number: int, village: RegionCode, rng: random.Random) -> Household:
    surname = rng.choice(_MATERIAL["surnames"])
    persons = tuple(
        Person(
            name=surname + "".join(rng.choices(_MATERIAL["given"], k=2)),
            relation=relation,
            birth_year=rng.randint(1940, 2015),
        )
        for relation in (Relation.HEAD, Relation.SPOUSE, Relation.CHILD)
    )
    return Household(
        id=HouseholdId(f"{village.digits}{number:06d}"),
        village=village,
        group=f"{rng.randint(1, 6)}组",
        persons=persons,
    )


def _add_lead(work: UnitOfWork, number: int, household: Household, now: datetime, rng: random.Random) -> None:
    risks = [Risk(one) for one in rng.sample(sorted(_MATERIAL["difficulties"]), k=rng.choice((1, 1, 2, 3)))]
    still_open = rng.random() < _OPEN_SHARE
    opened = now - timedelta(hours=rng.randint(1, 240) if still_open else rng.randint(500, 30_000))
    lead = _lead(number, household, risks, opened, rng)
    work.leads.add(lead)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        _add_text(work, lead, household, risks, opened, rng)
    for status in _way(still_open, rng):
        decision = Decision(
            lead_id=lead.id, status=status, decided_by="town", decided_at=opened, reason="已入户了解情况，按程序办理。"
        )
        work.decisions.append(decision)


def _way(still_open: bool, rng: random.Random) -> list[LeadStatus]:
    if still_open:
        return list(_OPEN[1 : rng.randint(1, 3)])
    return [LeadStatus.ASSIGNED, rng.choice(_ENDED), *([LeadStatus.CLOSED] if rng.random() < 0.8 else [])]


def _lead(number: int, household: Household, risks: Sequence[Risk], opened: datetime, rng: random.Random) -> Lead:
    day = opened.date()
    points = [PriorityReason(points=rng.randint(5, 14), reason=risk.label) for risk in risks]
    points += [
        PriorityReason(points=6, reason="已关联到户"),
        PriorityReason(points=rng.randint(0, 40), reason="涉及重点人群:大病"),
    ]
    return Lead(
        id=LeadId(f"{rng.getrandbits(48):012x}"),
        household_id=household.id,
        region=household.village,
        scope=Scope.HOUSEHOLD,
        matter=household.id,
        risks=frozenset(risks),
        opened_at=opened,
        due=due_dates(day),
        priority=sum(one.points for one in points),
        priority_reasons=tuple(points),
    )


def due_dates(day: date) -> DueDates:
    """Days after the opening, whichever the workflow has."""
    names = list(DueDates.__dataclass_fields__)
    return DueDates(**{name: day + timedelta(days=3 * at) for at, name in enumerate(names, 1)})


def _add_text(
    work: UnitOfWork, lead: Lead, household: Household, risks: Sequence[Risk], at: datetime, rng: random.Random
) -> None:
    told = [(risk, rng.choice(_MATERIAL["difficulties"][risk.value])) for risk in risks]
    parts = [rng.choice(_MATERIAL["openings"]), *(words for _, words in told), *rng.sample(_MATERIAL["closings"], k=2)]
    content = "，".join(parts) + "。"
    number = document_id("bench", f"{rng.getrandbits(64):x}", "", content)
    work.raw.add(_raw(number, content, at))
    work.documents.add(_document(number, content, at, household.village, rng))
    work.routes.add(number, Route.OPEN, "", "bench", at)
    work.analyses.add(Analysis(document_id=number, reading=_reading(content, told)), at)
    candidate = Candidate(household_id=household.id, probability=0.95, why=("同村、姓名相同",))
    link = Link(
        document_id=number,
        decision=LinkDecision.LINKED,
        village=household.village,
        candidates=(candidate,),
        version="bench",
    )
    work.links.add(link, at)
    evidence = LeadEvidence(
        lead_id=lead.id, document_id=number, risks=frozenset(risks), urgent=rng.random() < 0.05, added_at=at
    )
    work.leads.add_evidence(evidence)


def _reading(content: str, told: Sequence[tuple[Risk, str]]) -> Reading:
    return Reading(
        risk_probability=0.9,
        labels=tuple(
            RiskLabel(risk=risk, probability=0.9, evidence=(_evidence(content, words),)) for risk, words in told
        ),
        scope=Scope.HOUSEHOLD,
        relocation=False,
        accusation=False,
        urgent=False,
        factuality=Factuality.CURRENT,
        groups=(),
        model="bench",
    )


def _evidence(content: str, words: str) -> Evidence:
    start = content.index(words)
    return Evidence(start=start, end=start + len(words), text=words)


def _raw(number: DocumentId, content: str, at: datetime) -> RawDocument:
    return RawDocument(
        id=number,
        channel=Channel.PETITION,
        source="bench",
        external_key=number,
        title="",
        text=content,
        published_at=None,
        received_at=at,
    )


def _document(number: DocumentId, content: str, at: datetime, village: RegionCode, rng: random.Random) -> Document:
    name = rng.choice(_MATERIAL["surnames"]) + "".join(rng.choices(_MATERIAL["given"], k=2))
    return Document(
        id=number,
        channel=Channel.PETITION,
        source="bench",
        title="",
        text=content,
        published_at=None,
        received_at=at,
        url="",
        origin="",
        petitioner=Petitioner(name=name),
        category="",
        purpose="",
        region=village,
    )
