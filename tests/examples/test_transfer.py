"""The example's department gets two leads about an illness, confirmed by the town, however often it runs."""

from pathlib import Path

import pytest

from domain.accounts.access_scope import AccessScope
from domain.accounts.account import Account
from domain.leads.lead import Decision, LeadId, LeadStatus
from domain.leads.step import Step
from domain.risk import Risk
from domain.words.vocabulary import Role
from examples.kehu.transfer import MEDICAL_INSURANCE, transfer_leads
from pipeline.deployment import Deployment, make_deployment
from storage.leads.filter import LeadFilter
from tests.factories import COUNTY, TOWN, VILLAGE, lead
from tests.fakes import NOON
from tests.review.office import HASH

OF_DEPARTMENT = AccessScope(COUNTY, department=MEDICAL_INSURANCE)


@pytest.fixture
def deployment(tmp_path: Path) -> Deployment:
    """A town account, three leads about an illness, one about a house."""
    made = make_deployment(home=tmp_path, county=COUNTY.digits)
    made.prepare()
    with made.store.unit_of_work() as work:
        for number in range(3):
            work.leads.add(lead(f"ill-{number}", region=VILLAGE, matter=f"ill-{number}"))
        work.leads.add(lead("house", region=VILLAGE, matter="house", risks=frozenset({Risk.HOUSING})))
        town = Account(
            username="town", display_name="镇干部", role=Role.TOWN, region=TOWN, password_hash=HASH, created_at=NOON
        )
        work.accounts.add(town)
        work.commit()
    return made


def of_department(deployment: Deployment) -> list[LeadId]:
    with deployment.store.reading() as work:
        return [view.lead.id for view in work.leads.feed(LeadFilter(scope=OF_DEPARTMENT))]


def test_two_leads_about_an_illness_are_transferred_by_the_steps_of_the_pages(deployment: Deployment):
    moved = transfer_leads(deployment, by="town", department=MEDICAL_INSURANCE)

    found = of_department(deployment)
    assert moved == len(found) == 2
    assert "house" not in found
    with deployment.store.reading() as work:
        for lead_id in found:
            steps = work.decisions.of(lead_id)
            assert [one.status for one in steps] == [LeadStatus.CONFIRMED, LeadStatus.TO_DEPARTMENT]
            assert [one.step for one in steps] == [Step.VERIFY, Step.MEASURE]
            assert {one.decided_by for one in steps} == {"town"}


def test_a_second_run_changes_nothing(deployment: Deployment):
    transfer_leads(deployment, by="town", department=MEDICAL_INSURANCE)
    before = of_department(deployment)

    assert transfer_leads(deployment, by="town", department=MEDICAL_INSURANCE) == 0
    assert of_department(deployment) == before


def test_without_the_account_nothing_moves(deployment: Deployment):
    assert transfer_leads(deployment, by="nobody", department=MEDICAL_INSURANCE) == 0
    assert of_department(deployment) == []


def test_leads_that_somebody_has_verified_are_left_alone(deployment: Deployment):
    with deployment.store.unit_of_work() as work:
        for view in work.leads.feed(LeadFilter(scope=AccessScope(TOWN))):
            work.decisions.append(
                Decision(
                    lead_id=view.lead.id,
                    status=LeadStatus.NOT_CONFIRMED,
                    decided_by="village",
                    decided_at=NOON,
                    reason="情况不属实",
                )
            )
        work.commit()

    assert transfer_leads(deployment, by="town", department=MEDICAL_INSURANCE) == 0
