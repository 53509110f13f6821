"""What people decided about leads, and what an office corrected, stands when a new register comes."""

from datetime import timedelta
from pathlib import Path

import pytest

from domain.leads.lead import Decision, LeadStatus, LeadView
from domain.texts.document import RawDocument
from domain.words.vocabulary import Role, Route
from review.decisions.decisions import decide
from review.decisions.merging import split
from storage.store import Store
from tests.factories import household, person, raw
from tests.fakes import NOON, FakeClock
from tests.pipeline.judging import Judging
from tests.pipeline.stages.test_judge_households import DIFFERENT, LETTER, REGISTER, SAME, TEXT, WANG, A, B
from tests.review.deciding import WORKFLOW, account

D = "1411241042020004"
KNOWN = (*REGISTER, household(D, person("庞丁丁", birth_year=1980)))
OTHER = raw("O", "他家的窑洞塌了一角，下雨天不敢住，想问问能不能修。")


@pytest.fixture
def county(store: Store, clock: FakeClock, tmp_path: Path) -> Judging:
    judging = Judging(store, clock, tmp_path)
    judging.deliver(*KNOWN)
    return judging


def deliver_another_household(county: Judging) -> None:
    """A register in which a household is new that no text speaks of; then a run."""
    county.deliver(*KNOWN, household("1411241042020009", person("新来来", birth_year=1999)))
    county.process()


def holding(county: Judging, text: RawDocument) -> list[LeadView]:
    """The leads that the text supports now."""
    with county.store.reading() as work:
        found = work.leads.many(work.leads.of_document(text.id))
    return list(found.values())


def merge_into_unlinked(county: Judging) -> LeadView:
    """The lead of household A is merged by the town into one that is linked to none; the one that goes on."""
    county.arrive(TEXT, A)
    county.arrive(OTHER, B, D)
    first = next(view for view in county.leads() if view.lead.household_id == A)
    into = next(view for view in county.leads() if view.lead.household_id is None)
    merged = Decision(
        lead_id=first.lead.id,
        status=LeadStatus.MERGED,
        decided_by="town",
        decided_at=county.clock.now(),
        reason="同一件事",
        other_lead=into.lead.id,
    )
    decide(county.store, account(Role.TOWN), first.lead.id, merged, workflow=WORKFLOW)
    return into


def test_a_merged_text_stays_in_the_lead_that_it_was_merged_into(county: Judging):
    into = merge_into_unlinked(county)

    deliver_another_household(county)

    for text in (TEXT, OTHER):
        assert [view.lead.id for view in holding(county, text)] == [into.lead.id]
    assert [view.lead.id for view in county.open_leads()] == [into.lead.id]


def test_a_merged_text_whose_household_is_confirmed_stays_where_it_was_merged_into(county: Judging):
    into = merge_into_unlinked(county)

    county.say(TEXT, A, SAME)

    assert county.process().details == {"unchanged": 1}
    assert [view.lead.id for view in holding(county, TEXT)] == [into.lead.id]


def test_a_lead_all_of_whose_texts_are_of_the_merged_household_is_pointed_there(county: Judging):
    into = merge_into_unlinked(county)

    county.say(OTHER, A, SAME)
    county.process()

    [view] = county.open_leads()
    assert (view.lead.id, view.lead.household_id) == (into.lead.id, A)
    assert {one.document_id for one in view.evidence} == {TEXT.id, OTHER.id}


def correct(county: Judging) -> tuple[RawDocument, RawDocument]:
    """A record that the scores gave to A, and its correction, which they give to B."""
    first = raw("2026-001", LETTER, petitioner=WANG)
    corrected = raw(
        "2026-001", LETTER.replace("老人", "老母亲"), petitioner=WANG, received_at=NOON + timedelta(hours=1)
    )
    county.arrive(first, A)
    county.clock.move(hours=2)
    county.arrive(corrected, B)
    return first, corrected


def test_what_a_correction_took_the_place_of_raises_no_lead_again(county: Judging):
    first, corrected = correct(county)

    deliver_another_household(county)

    assert [view.lead.household_id for view in county.open_leads()] == [B]
    assert (holding(county, first), len(holding(county, corrected))) == ([], 1)


def test_what_is_said_of_a_correction_takes_no_lead_of_the_earlier_version_up_again(county: Judging):
    first, corrected = correct(county)

    county.say(corrected, B, DIFFERENT)
    county.process()

    assert [view.lead.household_id for view in county.open_leads()] == [None]
    assert (holding(county, first), len(holding(county, corrected))) == ([], 1)


def split_off(county: Judging) -> LeadView:
    """The lead of its own that the town made of one of the two texts of household A."""
    county.arrive(TEXT, A)
    county.arrive(OTHER, A)
    [both] = county.leads()
    made = split(county.store, account(Role.TOWN), both.lead.id, OTHER.id, "说的是另一家", county.clock.now())
    return next(view for view in county.leads() if view.lead.id == made)


def test_a_text_that_a_person_made_a_lead_of_its_own_keeps_it(county: Judging):
    own = split_off(county)

    deliver_another_household(county)

    assert [view.lead.id for view in holding(county, OTHER)] == [own.lead.id]
    assert {view.lead.household_id: len(view.evidence) for view in county.open_leads()} == {A: 1, None: 1}


def test_a_lead_of_its_own_goes_to_the_household_that_a_person_names(county: Judging):
    own = split_off(county)

    county.say(OTHER, B, SAME)
    county.process()
    deliver_another_household(county)

    [view] = holding(county, OTHER)
    assert (view.lead.id, view.lead.household_id, view.lead.split_off) == (own.lead.id, B, False)


def test_a_text_joins_the_lead_of_another_household_that_the_register_names_for_it(county: Judging):
    split_off(county)
    neighbour = raw("Z", "老伴又住院了，得病花了好多钱，还欠着药费，日子过不下去，盼望救助。")
    county.arrive(neighbour, D)

    county.scores[OTHER.id] = (D,)
    deliver_another_household(county)

    [view] = holding(county, OTHER)
    assert (view.lead.household_id, len(county.open_leads())) == (D, 2)
    assert {one.document_id for one in view.evidence} == {OTHER.id, neighbour.id}


def test_where_a_correction_is_hidden_the_version_before_it_keeps_a_lead(county: Judging):
    first, corrected = correct(county)
    with county.store.unit_of_work() as work:
        work.routes.add(corrected.id, Route.RESTRICTED, "检举控告", "person-1", county.clock.now())
        work.commit()

    deliver_another_household(county)

    assert [view.lead.household_id for view in holding(county, first)] == [A]


def test_a_household_confirmed_before_a_rewritten_correction_came_has_its_lead(county: Judging):
    first = raw("2026-001", LETTER, petitioner=WANG)
    county.arrive(first, A)
    county.say(first, D, SAME)
    rewritten = "窑洞的墙裂了口子，雨季快要来了，一家五口没有别的地方去，盼望尽快帮忙解决住处。"
    county.clock.move(hours=2)
    county.arrive(raw("2026-001", rewritten, petitioner=WANG, received_at=NOON + timedelta(hours=1)), B)

    deliver_another_household(county)

    assert [view.lead.household_id for view in holding(county, first)] == [D]
