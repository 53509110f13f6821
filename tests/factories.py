"""One line per case: invented documents, households and leads."""

from datetime import date, datetime

from domain.leads.lead import DueDates, Lead, LeadEvidence, LeadId, LeadMove, LeadView
from domain.links.link import Candidate, Link, LinkDecision
from domain.places.region import RegionCode
from domain.register.household import Household, HouseholdId, Person, Relation, Sex
from domain.risk import Risk
from domain.texts.document import Document, Petitioner, RawDocument, document_id
from domain.words.vocabulary import Channel, Scope
from tests.fakes import NOON

COUNTY = RegionCode("141124")
TOWN = RegionCode("141124104")
VILLAGE = RegionCode("141124104202")
OTHER_VILLAGE = RegionCode("141124104203")


def raw(key: str = "X001", text: str = "家里有人病了，药费负担不起。", **changes: object) -> RawDocument:
    """A raw petition."""
    title = str(changes.pop("title", ""))
    source = str(changes.pop("source", "petition_register"))
    values: dict[str, object] = {
        "id": document_id(source, key, title, text),
        "channel": Channel.PETITION,
        "source": source,
        "external_key": key,
        "title": title,
        "text": text,
        "published_at": None,
        "received_at": NOON,
        **changes,
    }
    return RawDocument(**values)  # type: ignore[arg-type]


def document(key: str = "X001", text: str = "家里有人病了，药费负担不起。", **changes: object) -> Document:
    """A normalised petition."""
    source = raw(key, text)
    values: dict[str, object] = {
        "id": source.id,
        "channel": source.channel,
        "source": source.source,
        "title": source.title,
        "text": source.text,
        "published_at": None,
        "received_at": NOON,
        "url": "",
        "origin": "",
        "petitioner": Petitioner(),
        "category": "",
        "purpose": "",
        "region": COUNTY,
        **changes,
    }
    return Document(**values)  # type: ignore[arg-type]


def person(name: str = "庞某甲", relation: Relation = Relation.HEAD, **changes: object) -> Person:
    """A registered person."""
    values: dict[str, object] = {"name": name, "relation": relation, "sex": Sex.MALE, "birth_year": 1961, **changes}
    return Person(**values)  # type: ignore[arg-type]


def household(
    number: str = "1411241042020001", *persons: Person, village: RegionCode = VILLAGE, **changes: object
) -> Household:
    """A registered household."""
    values: dict[str, object] = {
        "id": HouseholdId(number),
        "village": village,
        "group": "一组",
        "persons": persons or (person(),),
        **changes,
    }
    return Household(**values)  # type: ignore[arg-type]


def link(
    text: Document, decision: LinkDecision = LinkDecision.NONE, *ids: str, village: RegionCode | None = None
) -> Link:
    """A link to these households, the first the most probable."""
    candidates = tuple(
        Candidate(household_id=HouseholdId(number), probability=0.9 - index / 10, why=("姓名相同",))
        for index, number in enumerate(ids)
    )
    return Link(document_id=text.id, decision=decision, village=village, candidates=candidates, version="link-test")


def lead(
    lead_id: str = "lead-1", *, region: RegionCode = VILLAGE, matter: str = "household:1", **changes: object
) -> Lead:
    """A lead opened at noon."""
    day = date(2026, 11, 24)
    values: dict[str, object] = {
        "id": LeadId(lead_id),
        "household_id": None,
        "region": region,
        "scope": Scope.HOUSEHOLD,
        "matter": matter,
        "risks": frozenset({Risk.ILLNESS}),
        "opened_at": NOON,
        "due": DueDates(pass_on=day, visit=day, decide=day, measure=day, report_back=day),
        "priority": 10,
        "priority_reasons": (),
        **changes,
    }
    return Lead(**values)  # type: ignore[arg-type]


def lead_move(opened: Lead, region: RegionCode, at: datetime, *, matter: str) -> LeadMove:
    """The lead, of no household before and after, goes to another division and matter."""
    return LeadMove(
        lead_id=opened.id,
        household_before=None,
        household_after=None,
        region_before=opened.region,
        region_after=region,
        matter_before=opened.matter,
        matter_after=matter,
        moved_at=at,
        reason="改户",
    )


def view(opened: Lead, *documents: Document, at: datetime = NOON) -> LeadView:
    """The lead with these documents as evidence and no decision yet."""
    evidence = tuple(
        LeadEvidence(lead_id=opened.id, document_id=one.id, risks=opened.risks, urgent=False, added_at=at)
        for one in documents
    )
    return LeadView(lead=opened, evidence=evidence, decisions=())
