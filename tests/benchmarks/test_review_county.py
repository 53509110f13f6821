"""The county of the review benchmark: copies are whole leads, each of its own."""

import random

from benchmarks.review.county import FirstFormStore, make_prototypes, multiply
from benchmarks.review.report import quantile
from domain.accounts.access_scope import AccessScope
from storage.leads.filter import LeadFilter, SearchTerm
from storage.store import Store
from tests.databases import KEY
from tests.factories import COUNTY, OTHER_VILLAGE, VILLAGE
from tests.fakes import NOON


def test_copies_are_whole_leads(store: Store, database_url: str):
    writing = FirstFormStore(database_url, KEY)
    make_prototypes(writing, [VILLAGE, OTHER_VILLAGE], 6, NOON, random.Random(1))
    writing.close()
    multiply(database_url, 3)

    with store.reading() as work:
        views = work.leads.feed(LeadFilter(scope=AccessScope(COUNTY), limit=100))
        documents = {one.document_id for view in views for one in view.evidence}
        households = {view.lead.household_id for view in views}
        assert len(views) == len(households) == 24
        assert len(work.documents.found(sorted(documents))) == len(documents)
        assert len(work.registry.households(sorted(one for one in households if one))) == 24
        word = sorted(label.evidence[0].text for label in work.analyses.latest(min(documents)).reading.labels)[0]  # type: ignore[union-attr]
        found = work.leads.feed(LeadFilter(scope=AccessScope(COUNTY), terms=(SearchTerm(text=word),), limit=100))
        assert len(found) % 4 == 0
        assert found


def test_a_share_of_all_values():
    assert [quantile([3, 1, 2, 4], share) for share in (0.0, 0.5, 0.99)] == [1, 3, 4]
