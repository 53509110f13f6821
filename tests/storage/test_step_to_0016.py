"""The step to revision 0016 and back: entries and signatures of leads that were there before."""

from domain.accounts.access_scope import AccessScope
from domain.leads.lead import Decision, LeadEvidence, LeadId, LeadStatus
from domain.places.place import Place, Position
from domain.risk import Risk
from storage.leads.filter import LeadFilter, SearchTerm
from storage.schema import upgrade
from storage.store import Store
from tests.conftest import KEY
from tests.factories import COUNTY, OTHER_VILLAGE, VILLAGE, document, lead
from tests.fakes import NOON
from tests.storage.steps import step_down


def test_leads_that_were_there_are_sorted_and_found(store: Store, database_url: str):
    letter = document("A", "老人查出肾病要长期透析。")
    with store.unit_of_work() as work:
        work.documents.add(letter)
        for name, region in (("a", VILLAGE), ("b", OTHER_VILLAGE)):
            work.leads.add(lead(name, region=region, matter=name))
        work.leads.add_evidence(
            LeadEvidence(
                lead_id=LeadId("a"), document_id=letter.id, risks=frozenset({Risk.ILLNESS}), urgent=False, added_at=NOON
            )
        )
        work.leads.assess(LeadId("b"), 500, [], NOON)
        decision = Decision(
            lead_id=LeadId("a"), status=LeadStatus.CONFIRMED, decided_by="t", decided_at=NOON, reason="属实"
        )
        work.decisions.append(decision)
        work.places.put([Place(code=VILLAGE, name="庞家庄村委会", position=Position(110.5, 38.0, "虚构"))])
        work.commit()
        before = work.leads.feed(LeadFilter(scope=AccessScope(COUNTY)))

    step_down(database_url, "0015")
    upgrade(database_url, KEY)

    with store.reading() as work:
        assert work.leads.feed(LeadFilter(scope=AccessScope(COUNTY))) == before
        assert [view.lead.id for view in before] == ["b", "a"]
        words = LeadFilter(scope=AccessScope(VILLAGE), terms=(SearchTerm(text="长期透析"),))
        assert [view.lead.id for view in work.leads.feed(words)] == ["a"]
        [place] = work.places.all()
        assert place.position is None


def test_where_a_place_lies_is_kept(store: Store):
    place = Place(code=VILLAGE, name="庞家庄村委会", position=Position(110.5, 38.0, "虚构"))
    with store.unit_of_work() as work:
        work.places.put([place, Place(code=COUNTY, name="临县")])
        work.commit()

    with store.reading() as work:
        assert work.places.villages(COUNTY) == [place]
        assert work.places.names_of([VILLAGE, OTHER_VILLAGE]) == {
            VILLAGE: "庞家庄村委会",
            OTHER_VILLAGE: OTHER_VILLAGE.digits,
        }
