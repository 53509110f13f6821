"""A lead without a text opens for the household that was meant, whatever the register calls it by then."""

from datetime import timedelta
from pathlib import Path

import pytest

from domain.leads.lead import LeadId, LeadStatus
from domain.leads.planned_lead import PlannedLead
from domain.links.household_judgement import HouseholdVerdict
from domain.places.region import RegionCode
from domain.register.household import Household, HouseholdId
from domain.risk import Risk
from pipeline.leads.open_planned import open_planned_leads
from storage.joined.planned_households import unclear_plans
from storage.store import Store
from tests.factories import OTHER_VILLAGE, TOWN, VILLAGE, household, lead, person, raw
from tests.fakes import FakeClock
from tests.pipeline.judging import POLICY, Judging

TEXT = raw("T", "家里老人得了大病躺在炕上，药费一年比一年多，实在负担不起。")
A, B, C = "1411241042020001", "1411241042020002", "1411241042030003"
NEW, NEWER = "1411241042020777", "1411241042020778"
FAMILY = (person("庞甲甲", birth_year=1950), person("庞小小", birth_year=1980))
STRANGER = household(A, person("杨新新", birth_year=1999))
OTHERS = (
    household(B, person("庞乙乙", birth_year=1961)),
    household(C, person("蔡丙丙", birth_year=1972), village=OTHER_VILLAGE),
)


@pytest.fixture
def county(store: Store, clock: FakeClock, tmp_path: Path) -> Judging:
    judging = Judging(store, clock, tmp_path)
    deliver(judging, household(A, *FAMILY))
    return judging


def deliver(county: Judging, *households: Household) -> None:
    county.deliver(*households, *OTHERS)


def plan(county: Judging, region: RegionCode = VILLAGE, version: int = 1) -> None:
    with county.store.unit_of_work() as work:
        work.planned_leads.add(
            PlannedLead(
                id="p1",
                document_id=None,
                household_id=HouseholdId(A),
                region=region,
                risks=frozenset({Risk.ILLNESS}),
                register_version=version,
                planned_by="clerk",
                opens_at=county.clock.now() + timedelta(hours=30),
            )
        )
        work.commit()


def opened(county: Judging) -> dict[str, int]:
    """What became of the plan when its time had come."""
    county.clock.move(hours=40)
    return open_planned_leads(county.store, POLICY, county.clock).details


def whose(county: Judging) -> list[tuple[str | None, RegionCode]]:
    return [(one.lead.household_id, one.lead.region) for one in county.open_leads()]


def texts(county: Judging) -> list[tuple[str | None, RegionCode, int]]:
    """Of each open lead the household, where it lies, and how many texts it has."""
    return [(one.lead.household_id, one.lead.region, len(one.evidence)) for one in county.open_leads()]


def test_it_opens_for_the_household_under_its_new_number(county: Judging):
    plan(county)
    deliver(county, STRANGER, household(NEW, *FAMILY))

    assert opened(county) == {"opened": 1}
    assert whose(county) == [(NEW, VILLAGE)]


def test_a_lead_of_the_household_under_its_new_number_makes_it_needless(county: Judging):
    county.arrive(TEXT, A)
    plan(county)
    deliver(county, STRANGER, household(NEW, *FAMILY))

    assert opened(county) == {"covered": 1}
    assert whose(county) == [(NEW, VILLAGE)]


@pytest.mark.parametrize(
    "delivered",
    [
        (STRANGER, household(NEW, FAMILY[0]), household(NEWER, FAMILY[1])),
        (STRANGER,),
    ],
    ids=["fell apart", "all replaced"],
)
def test_where_it_is_unclear_which_household_it_is_it_waits_on(county: Judging, delivered: tuple[Household, ...]):
    plan(county, TOWN)
    deliver(county, *delivered)

    assert opened(county) == {"household_unclear": 1}
    assert opened(county) == {"household_unclear": 1}
    assert whose(county) == []


def test_where_it_became_unclear_it_waits_on_also_when_nobody_has_the_number_any_more(county: Judging):
    plan(county)
    deliver(county, STRANGER)
    deliver(county)

    assert opened(county) == {"household_unclear": 1}


def test_what_was_settled_never_opens_and_waits_for_nobody(county: Judging):
    plan(county)
    deliver(county, STRANGER)
    with county.store.unit_of_work() as work:
        [planned] = unclear_plans(work)
        work.planned_leads.settle(planned, county.clock.now())
        work.commit()

    assert opened(county) == {}
    with county.store.reading() as work:
        assert unclear_plans(work) == []


def test_it_waits_on_when_others_get_the_number_after_nobody_had_it(county: Judging):
    plan(county)
    deliver(county)
    deliver(county, STRANGER, household(NEW, *FAMILY))

    assert opened(county) == {"household_unclear": 1}


def test_it_opens_for_the_household_that_one_register_left_out(county: Judging):
    plan(county)
    deliver(county)
    deliver(county, household(A, FAMILY[1]))

    assert opened(county) == {"opened": 1}
    assert whose(county) == [(A, VILLAGE)]


def test_a_household_that_is_gone_keeps_its_number(county: Judging):
    plan(county)
    deliver(county)

    assert opened(county) == {"opened": 1}
    assert whose(county) == [(A, VILLAGE)]


def test_a_household_that_one_register_left_out_gets_one_lead(county: Judging):
    plan(county)
    deliver(county)
    assert opened(county) == {"opened": 1}

    deliver(county, household(A, *FAMILY))
    county.arrive(TEXT, A)

    assert texts(county) == [(A, VILLAGE, 1)]


def test_a_household_that_comes_back_in_another_village_tells_the_former_nothing(county: Judging):
    plan(county)
    deliver(county)
    assert opened(county) == {"opened": 1}
    deliver(county, household(A, *FAMILY, village=OTHER_VILLAGE))
    county.arrive(TEXT, A)

    assert texts(county) == [(A, VILLAGE, 0), (A, OTHER_VILLAGE, 1)]


def test_where_its_household_lives_in_another_village_by_then_the_texts_about_it_are_for_that_one(county: Judging):
    plan(county)
    deliver(county, household(NEW, *FAMILY, village=OTHER_VILLAGE))
    assert opened(county) == {"opened": 1}
    county.arrive(TEXT, NEW)

    assert texts(county) == [(NEW, VILLAGE, 0), (NEW, OTHER_VILLAGE, 1)]


def test_texts_about_its_household_join_it_under_the_new_number_and_those_about_others_do_not(county: Judging):
    plan(county)
    assert opened(county) == {"opened": 1}
    deliver(county, STRANGER, household(NEW, *FAMILY))
    county.arrive(TEXT, A)
    county.arrive(raw("U", "他家的窑洞塌了一角，下雨天不敢住，想问问能不能修。"), NEW)

    assert texts(county) == [(NEW, VILLAGE, 1), (A, VILLAGE, 1)]


def test_texts_about_its_household_that_moved_away_are_for_the_other_village_until_it_is_back(county: Judging):
    plan(county)
    assert opened(county) == {"opened": 1}
    deliver(county, household(A, *FAMILY, village=OTHER_VILLAGE))
    [view] = county.open_leads()
    assert (view.lead.region, view.lead.matter) == (VILLAGE, f"unsourced:{A}")
    assert "现在登记在另一个村" in view.moves[-1].reason

    deliver(county, household(NEW, *FAMILY, village=OTHER_VILLAGE))
    deliver(county, household(NEW, *FAMILY))
    county.arrive(TEXT, NEW)

    assert texts(county) == [(NEW, VILLAGE, 1)]


def test_a_lead_with_texts_is_not_given_up_for_one_without_when_their_household_gets_a_new_number(county: Judging):
    plan(county)
    assert opened(county) == {"opened": 1}
    with county.store.unit_of_work() as work:
        later = county.clock.now() + timedelta(minutes=1)
        work.leads.add(lead("texts", household_id=HouseholdId(A), matter=f"household:{A}", opened_at=later))
        work.commit()
    county.decide(LeadId("texts"), LeadStatus.VISITING)
    deliver(county, household(NEW, *FAMILY))

    assert [one.lead.household_id for one in county.open_leads()] == [NEW, NEW]


def test_above_the_village_no_text_joins_it(county: Judging):
    plan(county, TOWN)
    deliver(county, STRANGER, household(NEW, *FAMILY))
    assert opened(county) == {"opened": 1}
    deliver(county, STRANGER, household(NEWER, *FAMILY))
    county.arrive(TEXT, NEWER)

    assert texts(county) == [(NEWER, TOWN, 0), (NEWER, VILLAGE, 1)]


def test_what_was_planned_after_the_renumbering_is_for_who_has_the_number_since(county: Judging):
    deliver(county, STRANGER, household(NEW, *FAMILY))
    plan(county, version=2)

    assert opened(county) == {"opened": 1}
    assert whose(county) == [(A, VILLAGE)]


def test_a_plan_of_an_older_program_waits_on_once_its_number_meant_others(county: Judging):
    plan(county, version=0)
    deliver(county, STRANGER, household(NEW, *FAMILY))

    assert opened(county) == {"household_unclear": 1}


def test_a_plan_of_an_older_program_opens_where_its_number_always_meant_its_household(county: Judging):
    plan(county, version=0)

    assert opened(county) == {"opened": 1}


@pytest.mark.parametrize(("other", "verdict"), [(B, HouseholdVerdict.SAME), (A, HouseholdVerdict.DIFFERENT)])
def test_it_stays_its_households_where_a_text_that_joined_it_is_found_to_be_about_others(
    county: Judging, other: str, verdict: HouseholdVerdict
):
    plan(county)
    opened(county)
    alone = county.open_leads()[0].lead
    county.arrive(TEXT, A)
    county.say(TEXT, other, verdict)
    county.process()

    about_others = [B, 1] if verdict is HouseholdVerdict.SAME else [None, 1]
    kept, told = sorted(county.open_leads(), key=lambda view: len(view.evidence))
    assert (kept.lead.id, kept.lead.household_id, kept.evidence, kept.risks) == (alone.id, A, (), {Risk.ILLNESS})
    assert kept.lead.priority == alone.priority
    assert [told.lead.household_id, len(told.evidence)] == about_others


def test_what_it_was_opened_for_counts_beside_a_text_about_something_else(county: Judging):
    plan(county)
    opened(county)
    alone = county.open_leads()[0].lead.priority
    county.arrive(raw("W", "家里的土窑塌了一角，下雨天没法住人，求政府看看。"), A)

    assert county.open_leads()[0].lead.priority > alone
