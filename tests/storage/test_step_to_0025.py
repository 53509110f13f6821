"""The step to revision 0025 and back: decisions of before name nothing, and those that name a lead are found."""

from domain.leads.lead import Decision, LeadId, LeadStatus
from storage.schema import upgrade
from storage.store import Store
from tests.conftest import KEY
from tests.factories import lead
from tests.fakes import NOON
from tests.storage.steps import step_down


def test_duplicates_of_before_stay_as_they_are_and_named_leads_are_found(store: Store, database_url: str):
    with store.unit_of_work() as work:
        for name, other in (("a", None), ("b", LeadId("a")), ("c", LeadId("a"))):
            work.leads.add(lead(name, matter=name))
            duplicate = Decision(
                lead_id=LeadId(name),
                status=LeadStatus.DUPLICATE,
                decided_by="t",
                decided_at=NOON,
                reason="同一件事",
                other_lead=other,
            )
            work.decisions.append(duplicate)
        work.commit()
        before = [work.leads.get(LeadId(name)) for name in "abc"]

    step_down(database_url, "0024")
    upgrade(database_url, KEY)

    with store.reading() as work:
        assert [work.leads.get(LeadId(name)) for name in "abc"] == before
        assert work.decisions.naming(LeadId("a")) == ["b", "c"]
        assert work.decisions.naming(LeadId("b")) == []
