"""What two persons of the petition office found to be no accusation is an ordinary text again, in every later run."""

from pathlib import Path

import pytest

from domain.texts.accusation import AccusationAct
from domain.texts.judgement import Judgement, Verdict
from domain.words.vocabulary import Role
from pipeline.policy.tables import load_policy
from review.decisions.accusations import Filled, act_on
from storage.store import Store
from storage.texts.accusations import OfficeScope
from tests.factories import TOWN, household, raw
from tests.fakes import FakeClock
from tests.pipeline.judging import Judging
from tests.review.deciding import account

HOUSE = "1411241042020001"
LETTER = raw("R", "我家老伴得病卧床，药费负担不起，村干部也来看过，求上级帮扶一把。")
BY_CLASSIFIER, BY_ROUTE = "村干部", "贪污"


@pytest.fixture
def county(store: Store, clock: FakeClock, tmp_path: Path) -> Judging:
    judging = Judging(store, clock, tmp_path, accusing=BY_CLASSIFIER)
    judging.deliver(household(HOUSE))
    return judging


def give_back(county: Judging, text: str = LETTER.id) -> None:
    """One of the office proposes it, a colleague agrees."""
    clerks = account(Role.CLERK), account(Role.CLERK, username="second", display_name="仇二顺")
    acts = Filled(act=AccusationAct.RELEASE, reason="说的是自己家的困难"), Filled(act=AccusationAct.AGREE)
    rules, office = load_policy().disclosure.rules, OfficeScope(TOWN, is_house=True)
    for clerk, filled in zip(clerks, acts, strict=True):
        act_on(county.store, clerk, office, text, filled, rules=rules, at=county.clock.now())  # type: ignore[arg-type]


def restriction(county: Judging, text: str = LETTER.id) -> str | None:
    with county.store.reading() as work:
        return work.routes.restriction(text)  # type: ignore[arg-type]


def test_what_the_classifier_hid_gets_its_lead_with_the_next_run(county: Judging):
    county.arrive(LETTER, HOUSE)
    assert (county.leads(), restriction(county)) == ([], "分类时判断为检举控告")

    give_back(county)
    county.process()

    [view] = county.leads()
    assert (view.lead.household_id, [one.document_id for one in view.evidence]) == (HOUSE, [LETTER.id])


def test_a_later_classifier_does_not_hide_it_again(county: Judging):
    county.arrive(LETTER, HOUSE)
    give_back(county)
    county.process()

    county.model = "fixed-2"
    county.process()

    assert restriction(county) is None
    assert [view.lead.household_id for view in county.open_leads()] == [HOUSE]


def test_what_a_rule_hid_and_was_given_back_is_not_hidden_by_the_classifier(county: Judging):
    letter = raw("S", "我家老伴得病卧床，药费负担不起，村干部说谁也没有贪污，求上级帮扶一把。")
    county.arrive(letter, HOUSE)
    assert restriction(county, letter.id) == "含贪污"

    give_back(county, letter.id)
    county.process()

    assert restriction(county, letter.id) is None
    assert [view.lead.household_id for view in county.leads()] == [HOUSE]


def test_where_a_later_classifier_finds_no_hardship_no_lead_is_opened(county: Judging):
    county.arrive(LETTER, HOUSE)
    give_back(county)

    county.model, county.risks = "fixed-2", {}
    county.process()

    assert county.leads() == []
    with county.store.reading() as work:
        assert [(one.stage, one.detail) for one in work.breadcrumbs.of(LETTER.id)][-1] == ("lead", "no_risk")


def test_what_a_colleague_called_an_accusation_raises_no_lead(county: Judging):
    county.arrive(LETTER, HOUSE)
    with county.store.unit_of_work() as work:
        work.judgements.add(
            Judgement(
                document_id=LETTER.id, verdict=Verdict.ACCUSATION, judged_by="third", judged_at=county.clock.now()
            )
        )
        work.commit()

    give_back(county)
    county.process()

    assert county.leads() == []


def test_what_was_read_as_no_hardship_waits_for_no_lead(county: Judging):
    letter = raw("Q", "村干部开会从来不叫我们。")
    county.arrive(letter, HOUSE)

    give_back(county, letter.id)
    county.process()

    with county.store.reading() as work:
        assert work.routes.of(letter.id) is not None
        assert [one.stage for one in work.breadcrumbs.of(letter.id)][-1] == "route"
    assert county.leads() == []
