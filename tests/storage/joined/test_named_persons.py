"""Whose names what is shown of a lead may hold."""

from dataclasses import replace

import pytest

from domain.leads.lead import LeadEvidence, LeadView
from domain.links.link import LinkDecision
from domain.links.mention import DocumentMentions, Mentions, PersonMention, PersonRole
from domain.register.household import HouseholdId, Relation
from domain.texts.document import Petitioner
from storage.joined.named_persons import named_in, preload_names
from storage.joined.preloading import preload_texts
from storage.store import Store
from tests.databases import statements_asked
from tests.factories import OTHER_VILLAGE, document, household, lead, link, person, raw
from tests.fakes import NOON

OWN, OTHER = HouseholdId("1411241042020031"), HouseholdId("1411241042030031")


@pytest.fixture
def view(store: Store) -> LeadView:
    text = document("A", petitioner=Petitioner(name="张六六"))
    opened = lead("a", household_id=OWN)
    mention = PersonMention(name="薛改改", role=PersonRole.RELATIVE, start=0, end=3)
    of_family = replace(mention, name="白有粮家儿子", relation_to="白有粮")
    with store.unit_of_work() as work:
        here = household(OWN, person("庞四四"), person("庞五五", Relation.CHILD))
        there = household(OTHER, person("蔡七七"), village=OTHER_VILLAGE)
        work.registry.import_households([here, there], file="n", file_sha256="2", at=NOON)
        work.raw.add(raw("A"))
        work.documents.add(text)
        for version, persons in (("1", ()), ("2", (mention, of_family))):
            found = DocumentMentions(document_id=text.id, mentions=Mentions(persons=persons), version=version)
            work.mentions.add(found, NOON)
        work.links.add(link(text, LinkDecision.REVIEW, OTHER), NOON)
        work.leads.add(opened)
        work.leads.add_evidence(
            LeadEvidence(lead_id=opened.id, document_id=text.id, risks=opened.risks, urgent=False, added_at=NOON)
        )
        work.commit()
    with store.reading() as work:
        found_view = work.leads.get(opened.id)
    assert found_view is not None
    return found_view


def test_they_are_those_of_the_newest_mentions_of_the_households_it_may_mean_and_who_petitioned(
    store: Store, view: LeadView
):
    with store.reading() as work:
        named = named_in(work, view)

    assert named.persons == {"薛改改", "白有粮", "庞四四", "庞五五", "蔡七七"}
    assert named.petitioners == {"张六六"}


def test_of_what_was_read_ahead_nothing_is_asked_again(store: Store, view: LeadView):
    with store.reading() as work:
        preload_texts(work, [view])
        preload_names(work, [view])
        with statements_asked() as asked:
            named = named_in(work, view)

    assert len(named.persons) == 5
    assert asked == []
