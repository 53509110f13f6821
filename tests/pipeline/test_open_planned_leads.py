"""A lead without a text opens for the household that was meant, whatever the register calls it by then."""

from datetime import timedelta
from pathlib import Path

import pytest

from domain.household import Household, HouseholdId
from domain.planned_lead import PlannedLead
from domain.region import RegionCode
from domain.risk import Risk
from pipeline.open_planned_leads import open_planned_leads
from storage.store import Store
from tests.factories import OTHER_VILLAGE, TOWN, VILLAGE, household, person, raw
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
