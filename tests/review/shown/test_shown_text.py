"""Nobody's name reaches whoever may not read whole texts: not from a text, not from a remark, on no page."""

from dataclasses import dataclass, replace

import pytest

from domain.leads.lead import Decision, LeadEvidence, LeadId, LeadNote, LeadStatus
from domain.links.link import LinkDecision
from domain.links.mention import DocumentMentions, Mentions, PersonMention, PersonRole
from domain.register.household import HouseholdId, Relation
from domain.risk import Risk
from domain.sending.outgoing import LeadOutcome, OutcomeKind
from domain.texts.analysis import Analysis, Evidence, RiskLabel
from domain.texts.document import Document, Petitioner
from domain.words.vocabulary import Channel
from storage.store import Store
from tests.factories import TOWN, VILLAGE, document, household, lead, link, person, raw
from tests.fakes import NOON, FakeClock, reading
from tests.review.forms import look_for
from tests.review.office import DEPARTMENT, Office, fill

PAGE = "/leads/named"
HOUSEHOLD = HouseholdId("1411241042020021")
NEPHEW, NEIGHBOUR, DOCTOR, SON, PETITIONER = "薛改改", "白有粮", "高大夫", "庞五五", "张六六"
SENTENCE = f"侄子{NEPHEW}和{NEIGHBOUR}轮流照看，{DOCTOR}说要透析，儿子{' '.join(SON)}也病倒，药费负担不起"
TEXT = f"{PETITIONER}来信反映：{SENTENCE}。{NEPHEW}可以作证。"
NAMES = (NEPHEW, NEIGHBOUR, DOCTOR, SON, " ".join(SON), PETITIONER)
PHONE, ID_NUMBER = "13800000000", "14112419610101000x"
REMARK = f"{NEPHEW}、{SON}、{PETITIONER}都在, 电话{PHONE}, 也可打138 0000 0000, 证件{ID_NUMBER}"
PAGES = ("/", PAGE, f"{PAGE}/visit", f"{PAGE}/sheet")


@dataclass(frozen=True)
class _Case:
    office: Office

    def page(self, name: str, address: str = PAGE) -> str:
        return str(self.office.client(name).get(address).text)

    def found(self, name: str, words: str) -> str:
        return str(look_for(self.office.client(name), words).text)

    def record(self, status: LeadStatus, **more: str) -> None:
        with self.office.store.unit_of_work() as work:
            made = Decision(
                lead_id=LeadId("named"), status=status, decided_by="town", decided_at=NOON, reason=REMARK, **more
            )  # type: ignore[arg-type]
            work.decisions.append(made)
            work.commit()


@pytest.fixture
def case(sqlite_store: Store, clock: FakeClock) -> _Case:
    filled = fill(sqlite_store, clock)
    put(sqlite_store, document("N", TEXT, region=TOWN, petitioner=Petitioner(name=PETITIONER)))
    return _Case(filled)


def put(store: Store, text: Document) -> None:
    """A lead whose text names four people; the mentions know three of them, the register the fourth."""
    start = TEXT.index(SENTENCE)
    span = Evidence(start=start, end=start + len(SENTENCE), text=SENTENCE)
    found = replace(reading(Risk.ILLNESS), labels=(RiskLabel(risk=Risk.ILLNESS, probability=0.9, evidence=(span,)),))
    persons = tuple(
        PersonMention(name=name, role=role, start=TEXT.index(name), end=TEXT.index(name) + len(name))
        for name, role in (
            (NEPHEW, PersonRole.RELATIVE),
            (NEIGHBOUR, PersonRole.OTHER),
            (DOCTOR, PersonRole.OFFICIAL),
        )
    )
    opened = lead("named", region=VILLAGE, matter="named", household_id=HOUSEHOLD)
    with store.unit_of_work() as work:
        people = (person("庞四四"), person(SON, Relation.CHILD))
        work.registry.import_households([household(HOUSEHOLD, *people)], file="n", file_sha256="2", at=NOON)
        work.raw.add(raw("N", TEXT))
        work.documents.add(text)
        work.analyses.add(Analysis(document_id=text.id, reading=found), NOON)
        mentions = DocumentMentions(document_id=text.id, mentions=Mentions(persons=persons), version="1")
        work.mentions.add(mentions, NOON)
        work.links.add(link(text, LinkDecision.LINKED, HOUSEHOLD, village=VILLAGE), NOON)
        work.leads.add(opened)
        work.leads.add_evidence(
            LeadEvidence(lead_id=opened.id, document_id=text.id, risks=opened.risks, urgent=False, added_at=NOON)
        )
        work.commit()


@pytest.mark.parametrize("name", ["village", "town", "leader"])
@pytest.mark.parametrize("address", PAGES)
def test_nobody_whom_a_text_names_is_named_on_a_page(case: _Case, name: str, address: str):
    page = case.page(name, address)

    assert [one for one in NAMES if one in page] == []
    if address in ("/", PAGE):
        assert "侄子薛**和白**轮流照看" in page
        assert "儿子庞****也病倒" in page


def test_a_department_is_told_no_name_of_what_was_transferred_to_it(case: _Case):
    case.record(LeadStatus.TO_DEPARTMENT, department=DEPARTMENT)

    for address in ("/", PAGE):
        page = case.page("department", address)
        assert "侄子薛**和白**轮流照看" in page
        assert [one for one in NAMES if one in page] == []


def test_who_reads_the_whole_letter_reads_its_names(case: _Case):
    page = case.page("clerk")

    assert f"侄子{NEPHEW}和{NEIGHBOUR}轮流照看" in page


def test_what_a_medium_published_the_town_reads_as_it_stands_and_the_village_without_names(
    sqlite_store: Store, clock: FakeClock
):
    case = _Case(fill(sqlite_store, clock))
    put(sqlite_store, document("N", TEXT, region=TOWN, channel=Channel.NEWS))

    assert NEPHEW in case.page("town")
    assert [one for one in NAMES if one in case.page("village")] == []


def test_a_name_that_is_masked_is_not_found_by_searching_for_it(case: _Case):
    assert PAGE in case.found("clerk", NEPHEW)
    assert PAGE not in case.found("town", NEPHEW)
    assert PAGE in case.found("town", "轮流照看")


def test_a_text_that_is_revealed_for_a_reason_names_everybody_but_who_petitioned(case: _Case):
    client = case.office.client("town")
    form = client.get(f"{PAGE}/reveals").text
    item = form[form.index('value="text:') + 7 :].split('"')[0]
    csrf = form[form.index('name="csrf" value="') + 19 :].split('"')[0]

    answer = client.post(f"{PAGE}/reveals", data={"csrf": csrf, "item": item, "reason": "入户前要找到照看的人"})
    shown = client.get(answer.headers["location"]).text

    assert NEPHEW in shown
    assert PETITIONER not in shown


@pytest.mark.parametrize("name", ["village", "town", "leader", "clerk"])
def test_what_people_wrote_shows_no_number_and_no_name_to_whoever_may_not_read_it(case: _Case, name: str):
    case.record(LeadStatus.CONFIRMED)
    with case.office.store.unit_of_work() as work:
        [document_id] = [one.document_id for one in _view(case).evidence]
        note = LeadNote(
            lead_id=LeadId("named"),
            document_id=document_id,
            written_by="clerk",
            written_at=NOON,
            text=f"补充: {REMARK}",
        )
        work.leads.add_note(note)
        work.commit()

    page = case.page(name)

    assert PHONE not in page
    assert ID_NUMBER not in page
    assert page.count("138****0000") == 2
    assert "138 0000 0000" not in page
    if name != "clerk":
        assert [one for one in NAMES if one in page] == []
        assert page.count("薛**、庞**、张**都在") == 2


@pytest.mark.parametrize(("name", "reads"), [("village", False), ("town", True), ("leader", True), ("clerk", True)])
def test_what_another_system_wrote_beside_its_report_is_for_offices(case: _Case, name: str, reads: bool):
    with case.office.store.unit_of_work() as work:
        work.lead_outcomes.append(
            LeadOutcome(
                id="o",
                lead_id=LeadId("named"),
                outcome=OutcomeKind.TAKEN_IN,
                reported_by="key",
                office="防返贫系统",
                reference="1",
                occurred_on=NOON.date(),
                received_at=NOON,
                remark=f"县里审过, {REMARK}",
            )
        )
        work.commit()

    page = case.page(name)

    assert "防返贫系统 反馈" in page
    assert ("县里审过" in page) is reads
    assert PHONE not in page
    assert name == "clerk" or NEPHEW not in page


def _view(case: _Case):
    with case.office.store.reading() as work:
        found = work.leads.get(LeadId("named"))
    assert found is not None
    return found
