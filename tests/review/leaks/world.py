"""One random world: offices, accounts, households, texts, leads and accusations, every secret marked."""

import random
from dataclasses import dataclass, field, replace
from pathlib import Path

from domain.accounts.access_scope import AccessScope
from domain.accounts.account import Account
from domain.accounts.api_key import KeyScope
from domain.deliveries.receipt import Origin, Way
from domain.deliveries.submission import Submission, SubmissionState
from domain.leads.lead import Decision, LeadEvidence, LeadId, LeadStatus
from domain.links.link import LinkDecision
from domain.links.mention import DocumentMentions, Mentions, PersonMention, PersonRole
from domain.places.place import Place
from domain.places.region import Level, RegionCode
from domain.register.household import HouseholdId, Relation
from domain.risk import Risk
from domain.sending.outgoing import LeadOutcome, OutcomeKind
from domain.texts.analysis import Analysis, Evidence, RiskLabel
from domain.texts.beside_text import BesideText, LinkedFile
from domain.texts.document import Document, DocumentId, Duplicate, Petitioner
from domain.texts.second_reading import Opinion, SecondReading
from domain.words.vocabulary import Channel, Factuality, Role, Route, Scope
from review.handing_in.reception import Reception
from storage.leads.filter import LeadFilter
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from tests.factories import COUNTY, OTHER_VILLAGE, TOWN, VILLAGE, document, household, lead, link, person, raw
from tests.fakes import NOON, FakeClock, reading
from tests.review.api.keys import add_key
from tests.review.leaks.secrets import Kind, Secret, State
from tests.review.office import HASH
from tests.review.receiving import text_register

FAR_TOWN, FAR_VILLAGE = RegionCode("141124105"), RegionCode("141124105201")
VILLAGES = (VILLAGE, OTHER_VILLAGE, FAR_VILLAGE)
DEPARTMENTS = ("medical_insurance", "civil_affairs")
ACCOUNTS = {
    "clerk": (Role.CLERK, TOWN, ""),
    "second_clerk": (Role.CLERK, TOWN, ""),
    "named_clerk": (Role.CLERK, TOWN, ""),
    "far_clerk": (Role.CLERK, FAR_TOWN, ""),
    "county_clerk": (Role.CLERK, COUNTY, ""),
    "town": (Role.TOWN, TOWN, ""),
    "far_town": (Role.TOWN, FAR_TOWN, ""),
    "village": (Role.VILLAGE, VILLAGE, ""),
    "other_village": (Role.VILLAGE, OTHER_VILLAGE, ""),
    "far_village": (Role.VILLAGE, FAR_VILLAGE, ""),
    "medical": (Role.DEPARTMENT, COUNTY, DEPARTMENTS[0]),
    "civil": (Role.DEPARTMENT, COUNTY, DEPARTMENTS[1]),
    "no_department": (Role.DEPARTMENT, COUNTY, ""),
    "leader": (Role.LEADER, COUNTY, ""),
    "admin": (Role.ADMIN, COUNTY, ""),
    "auditor": (Role.AUDITOR, COUNTY, ""),
}
_NAMED, _NAME_OF_NAMED = "named_clerk", "秦六顺"
"""Of the petition office, and named in some of the texts."""
_SURNAMES, _GIVEN = "庞蔡曹薛白高康秦", "禾岚岱屿峤嵘峥渚汀沚溟潆"


@dataclass
class World:
    """What was put in, and how to ask how it stands."""

    store: Store
    clock: FakeClock
    reception: Reception
    rng: random.Random
    secrets: list[Secret] = field(default_factory=list)
    households: dict[HouseholdId, RegionCode] = field(default_factory=dict)
    children: dict[HouseholdId, str] = field(default_factory=dict)
    """Of each household a member whom texts name; no mention tells of it."""
    documents: list[DocumentId] = field(default_factory=list)
    candidates: dict[DocumentId, tuple[HouseholdId, ...]] = field(default_factory=dict)
    reveals: list[str] = field(default_factory=list)
    keys: dict[str, tuple[RegionCode, str]] = field(default_factory=dict)
    submissions: list[str] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    @property
    def accounts(self) -> dict[str, Account]:
        """All accounts by name."""
        with self.store.reading() as work:
            return {one.username: one for one in work.accounts.all()}

    def state(self) -> State:
        """How it stands now."""
        with self.store.reading() as work:
            views = work.leads.feed(LeadFilter(scope=AccessScope(COUNTY), limit=10_000))
            restricted = frozenset(one for one in self.documents if work.routes.restriction(one) is not None)
        return State({view.lead.id: view for view in views}, restricted, self.households, self.candidates)

    def mark(self) -> str:
        """A word that stands nowhere else."""
        return f"秘{self.rng.getrandbits(40):010x}"

    def mark_of(self, kind: Kind, lead_id: LeadId) -> str:
        """A word that stands nowhere else and is kept as a secret of the lead."""
        made = self.mark()
        self.secrets.append(Secret(value=made, kind=kind, lead_id=lead_id))
        return made

    def name(self) -> str:
        """A name that stands nowhere else."""
        while True:
            made = self.rng.choice(_SURNAMES) + "".join(self.rng.choices(_GIVEN, k=2))
            if made not in self.names:
                self.names.add(made)
                return made

    def phone(self) -> str:
        """A phone of no network."""
        return f"1{self.rng.randrange(3, 10)}{self.rng.randrange(10**9):09d}"

    def id_number(self) -> str:
        """An ID number, made at run time and kept nowhere."""
        born = f"{self.rng.randrange(1930, 2005)}0{self.rng.randrange(1, 10)}1{self.rng.randrange(10)}"
        return f"141124{born}{self.rng.randrange(1000):03d}0"


def fill(store: Store, clock: FakeClock, reception: Reception, seed: int) -> World:
    """The world of this seed, put into the store."""
    world = World(store, clock, reception, random.Random(seed))
    with store.unit_of_work() as work:
        _accounts(work)
        _places(work)
        _households(world, work)
        for number, village in enumerate(VILLAGES * 3):
            _lead(world, work, f"lead{number}", village, number)
        for region in (TOWN, FAR_TOWN):
            _accusation(world, work, region)
            _unread(world, work, region)
        work.commit()
    _deliveries(world)
    for name, region in (("own", TOWN), ("far", FAR_TOWN)):
        world.keys[name] = (region, add_key(store, region=region))
    world.keys["submits_only"] = (TOWN, add_key(store, (KeyScope.SUBMIT_PETITIONS,), region=TOWN))
    return world


def _accounts(work: UnitOfWork) -> None:
    for name, (role, region, department) in ACCOUNTS.items():
        account = Account(
            username=name,
            display_name=_NAME_OF_NAMED if name == _NAMED else f"账号{name}",
            role=role,
            region=region,
            password_hash=HASH,
            created_at=NOON,
            department=department,
        )
        work.accounts.add(account)


def _places(work: UnitOfWork) -> None:
    names = {
        COUNTY: "测试县",
        TOWN: "近镇",
        FAR_TOWN: "远镇",
        VILLAGE: "甲村",
        OTHER_VILLAGE: "乙村",
        FAR_VILLAGE: "丙村",
    }
    work.places.put([Place(code=code, name=name) for code, name in names.items()])


def _households(world: World, work: UnitOfWork) -> None:
    made = []
    for village in VILLAGES:
        for number in range(4):
            household_id = HouseholdId(f"{village}{number:04d}")
            world.households[household_id] = village
            people = []
            for relation in (Relation.HEAD, Relation.SPOUSE, Relation.CHILD):
                name, phone, id_number, health = world.name(), world.phone(), world.id_number(), world.mark()
                if relation is Relation.CHILD:
                    world.children[household_id] = name
                people.append(person(name, relation, phone=phone, id_number=id_number, health=health))
                for kind, value in (
                    (Kind.HOUSEHOLD_NAMES, name),
                    (Kind.HOUSEHOLD_PHONES, phone),
                    (Kind.HOUSEHOLD_ID_NUMBERS, id_number),
                    (Kind.HEALTH, health),
                ):
                    world.secrets.append(Secret(value=value, kind=kind, household_id=household_id))
            made.append(household(household_id, *people, village=village))
    work.registry.import_households(made, file="a", file_sha256="0", at=NOON)


def _lead(world: World, work: UnitOfWork, name: str, village: RegionCode, number: int) -> None:
    """A lead with one to three texts; some are transferred, some have a text that became an accusation."""
    own = [one for one, where in world.households.items() if where == village]
    chosen = world.rng.choice(own) if world.rng.random() < 0.7 else None
    opened = lead(name, region=village, matter=name, household_id=chosen, risks=frozenset({Risk.ILLNESS}))
    work.leads.add(opened)
    named: list[str] = []
    for position in range(world.rng.randint(1, 3)):
        news = world.rng.random() < 0.3
        among = [chosen] if chosen else world.rng.sample(list(world.households), 3)
        persons = (world.name(), world.name(), world.children[world.rng.choice(among)])
        named += persons
        text = _text(world, work, f"{name}-{position}", village.ancestor(Level.TOWN), persons, news=news)
        world.candidates[text.id] = tuple(among)
        decision = LinkDecision.LINKED if chosen else LinkDecision.REVIEW
        work.links.add(link(text, decision, *among, village=village), NOON)
        evidence = LeadEvidence(lead_id=opened.id, document_id=text.id, risks=opened.risks, urgent=False, added_at=NOON)
        work.leads.add_evidence(evidence)
        if world.rng.random() < 0.15:
            work.routes.add(text.id, Route.RESTRICTED, "文中指向干部", "2", NOON)
    if number % 3 == 2 or world.rng.random() < 0.3:
        _transfer(world, work, opened.id, named)


def _transfer(world: World, work: UnitOfWork, lead_id: LeadId, named: list[str]) -> None:
    """What was decided, and what another system reported, in words that name people and their numbers."""
    steps = [(LeadStatus.CONFIRMED, ""), (LeadStatus.TO_DEPARTMENT, world.rng.choice(DEPARTMENTS))]
    if world.rng.random() < 0.3:
        steps.append((LeadStatus.VISITING, ""))
    for status, department in steps:
        reason = world.mark()
        work.decisions.append(
            Decision(
                lead_id=lead_id,
                status=status,
                decided_by="town",
                decided_at=NOON,
                reason=_words(world, reason, named),
                measures=_words(world, world.mark_of(Kind.DECISION, lead_id), named),
                department=department,
            )
        )
        world.secrets.append(Secret(value=reason, kind=Kind.DECISION, lead_id=lead_id))
    remark = _words(world, world.mark_of(Kind.REMARK, lead_id), named)
    work.lead_outcomes.append(
        LeadOutcome(
            id=f"outcome-{lead_id}",
            lead_id=lead_id,
            outcome=OutcomeKind.RECEIVED,
            reported_by="key own",
            office="防返贫系统",
            reference=f"R-{lead_id}",
            occurred_on=NOON.date(),
            received_at=NOON,
            remark=remark,
        )
    )


def _words(world: World, mark: str, named: list[str]) -> str:
    phone, id_number = world.phone(), world.id_number()
    world.secrets += [Secret(value=one, kind=Kind.NUMBER) for one in (phone, id_number)]
    return f"情况{mark}，{'、'.join(named)}都在场，电话{phone}，证件{id_number}"


def _text(
    world: World, work: UnitOfWork, key: str, office: RegionCode, persons: tuple[str, str, str], *, news: bool
) -> Document:
    """A text of marked clauses, of which the middle ones are evidence; the mentions know two of the persons in it."""
    name, phone, id_number = world.name(), world.phone(), world.id_number()
    nephew, neighbour, child = persons
    marks = {kind: world.mark() for kind in (Kind.EVIDENCE, Kind.DOOR, Kind.BODY)}
    shown = (
        f"家里有人得了重病{marks[Kind.EVIDENCE]}，多次上访{marks[Kind.DOOR]}没有回音，侄子{nephew}和{neighbour}照看，"
        f"孩子{' '.join(child)}也病倒了，药费负担不起，电话{phone}"
    )
    named = not news and world.rng.random() < 0.2
    received = f"{_NAME_OF_NAMED}接待过。" if named else ""
    content = f"{name}来信反映：{shown}。{received}另外{marks[Kind.BODY]}，{nephew}作证，证件{id_number}。"
    channel = Channel.NEWS if news else Channel.PETITION
    petitioner = Petitioner() if news else Petitioner(name=name, phone=phone, id_number=id_number)
    text = document(key, content, region=office, channel=channel, petitioner=petitioner)
    beside = _beside(world, text, office, news=news)
    work.raw.add(raw(key, content, channel=channel, petitioner=petitioner, fields=beside))
    work.documents.add(text)
    work.duplicates.add(Duplicate(document_id=text.id, cluster_id=text.id, similarity=1.0))
    mentions = Mentions(persons=tuple(_mention(content, one) for one in (nephew, neighbour)))
    work.mentions.add(DocumentMentions(document_id=text.id, mentions=mentions, version="1"), NOON)
    start = content.index(shown)
    span = Evidence(start=start, end=start + len(shown), text=shown)
    label = RiskLabel(risk=Risk.ILLNESS, probability=0.9, evidence=(span,))
    found = replace(reading(Risk.ILLNESS), labels=(label,))
    work.analyses.add(Analysis(document_id=text.id, reading=found), NOON)
    world.documents.append(text.id)
    for kind, value in (*marks.items(), *((Kind.NAMED, one) for one in (nephew, neighbour, child, " ".join(child)))):
        kept = Kind.NEWS if news and kind is not Kind.EVIDENCE else kind
        whom = _NAMED if named and kept in (Kind.DOOR, Kind.BODY) else ""
        world.secrets.append(Secret(value=value, kind=kept, document_id=text.id, region=office, named=whom))
    if not news:
        whom = _NAMED if named else ""
        for kind, value in (
            (Kind.PETITIONER_NAME, name),
            (Kind.PETITIONER_PHONE, phone),
            (Kind.PETITIONER_ID_NUMBER, id_number),
        ):
            world.secrets.append(Secret(value=value, kind=kind, document_id=text.id, region=office, named=whom))
    return text


def _beside(world: World, text: Document, office: RegionCode, *, news: bool) -> dict[str, str]:
    """Marked words under the headings of what stands beside an article; of a petition nobody is shown them."""
    marks, phone = [world.mark() for _ in range(3)], world.phone()
    if news:
        told = [Secret(value=one, kind=Kind.NEWS, document_id=text.id, region=office) for one in marks]
    else:
        told = [Secret(value=one, kind=Kind.NUMBER) for one in marks]
    world.secrets += [*told, Secret(value=phone, kind=Kind.NUMBER)]
    files = (LinkedFile(f"表{marks[2]}.xls", f"http://a.invalid/{phone}.xls"),)
    return BesideText(author=marks[0], captions=(f"{marks[1]}，电话{phone}",), files=files).to_fields()


def _mention(content: str, name: str) -> PersonMention:
    start = content.index(name)
    return PersonMention(name=name, role=PersonRole.RELATIVE, start=start, end=start + len(name))


def _accusation(world: World, work: UnitOfWork, region: RegionCode) -> None:
    for number in range(2):
        accused, mark, name, phone = world.name(), world.mark(), world.name(), world.phone()
        whom = _NAMED if number else ""
        beside = f"和{_NAME_OF_NAMED}" if number else ""
        content = f"{name}举报{accused}{beside}冒领补贴{mark}，电话{phone}。"
        text = document(f"acc-{region}-{number}", content, region=region, petitioner=Petitioner(name=name, phone=phone))
        work.raw.add(raw(f"acc-{region}-{number}", content))
        work.documents.add(text)
        work.routes.add(text.id, Route.RESTRICTED, "文中指向干部", "1", NOON)
        world.documents.append(text.id)
        world.secrets.append(Secret(value=phone, kind=Kind.NUMBER))
        for value in (accused, mark, name):
            told = Secret(value=value, kind=Kind.ACCUSATION, document_id=text.id, region=region, named=whom)
            world.secrets.append(told)


def _unread(world: World, work: UnitOfWork, region: RegionCode) -> None:
    mark = world.mark()
    content = f"他家住在沟里{mark}，手头紧得很。"
    text = document(f"unread-{region}", content, region=region)
    work.raw.add(raw(f"unread-{region}", content))
    work.documents.add(text)
    work.duplicates.add(Duplicate(document_id=text.id, cluster_id=text.id, similarity=1.0))
    work.analyses.add(Analysis(document_id=text.id, reading=reading()), NOON)
    span = Evidence(start=0, end=6, text=content[:6])
    label = RiskLabel(risk=Risk.OTHER_HARDSHIP, probability=1.0, evidence=(span,))
    opinion = Opinion(
        labels=(label,),
        scope=Scope.HOUSEHOLD,
        relocation=False,
        accusation=False,
        urgent=False,
        factuality=Factuality.CURRENT,
    )
    work.second_readings.add(
        SecondReading(document_id=text.id, first_model="fixed-1", version="q+1", opinion=opinion, agrees=False, at=NOON)
    )
    world.documents.append(text.id)
    world.secrets.append(Secret(value=mark, kind=Kind.UNREAD, document_id=text.id, region=region))


def _deliveries(world: World) -> None:
    """A file of each office, imported, with a receipt that names it and quotes a refused cell."""
    for region in (TOWN, FAR_TOWN):
        name, cell = world.mark(), world.mark()
        row = (f"K-{region}", "", "", cell, "求决", "反映家里有人患病，药费负担不起。")
        submission = hand_in(world, region, f"{name}.csv", text_register(row))
        world.secrets += [Secret(value=one, kind=Kind.FILE, region=region) for one in (name, cell)]
        with world.store.reading() as work:
            done = work.submissions.get(submission)
        assert done is not None
        assert done.receipt_id is not None
        world.submissions.append(submission)
        world.receipts.append(done.receipt_id)


def hand_in(world: World, region: RegionCode, name: str, content: bytes) -> str:
    """The id of a submission of the office that was imported at once."""
    number = f"{world.rng.getrandbits(128):032x}"
    path: Path = world.reception.held.reserve(number, name)
    path.write_bytes(content)
    submission = Submission(
        id=number,
        origin=Origin(way=Way.UPLOAD, who="clerk"),
        region=region,
        file=name,
        size=len(content),
        state=SubmissionState.QUEUED,
        created_at=NOON,
        changed_at=NOON,
    )
    with world.store.unit_of_work() as work:
        work.submissions.add(submission)
        work.commit()
    world.reception.import_now(number)
    return number
