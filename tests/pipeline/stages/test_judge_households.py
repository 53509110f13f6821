"""What a cadre says of a household holds in every later run, moves the lead and nothing else, and can be taken back."""

from pathlib import Path

import pytest

from domain.accounts.access_scope import AccessScope
from domain.leads.lead import LeadStatus
from domain.links.household_judgement import CONFIRMED_BY_CADRE, HouseholdVerdict
from domain.links.link import LinkDecision
from domain.register.household import HouseholdId
from domain.texts.document import Petitioner
from pipeline.linking.judged import DISPUTED
from storage.leads.filter import LeadFilter
from storage.store import Store
from tests.factories import OTHER_VILLAGE, TOWN, VILLAGE, household, person, raw
from tests.fakes import FakeClock
from tests.pipeline.judging import Judging

A, B, C = "1411241042020001", "1411241042020002", "1411241042030003"
SAME, DIFFERENT, CANNOT_SAY = HouseholdVerdict.SAME, HouseholdVerdict.DIFFERENT, HouseholdVerdict.UNSURE
WANG, LI = Petitioner(name="王某某"), Petitioner(name="李某某")
LETTER = "家里老人得了大病躺在炕上，药费一年比一年多，种的枣也卖不出去，实在负担不起，请镇里来人看一看。"
TEXT = raw("T", LETTER, petitioner=WANG)
REGISTER = (
    household(A, person("庞甲甲", birth_year=1950)),
    household(B, person("庞乙乙", birth_year=1961)),
    household(C, person("蔡丙丙", birth_year=1972), village=OTHER_VILLAGE),
)


@pytest.fixture
def county(sqlite_store: Store, clock: FakeClock, tmp_path: Path) -> Judging:
    judging = Judging(sqlite_store, clock, tmp_path)
    judging.deliver(*REGISTER)
    return judging


def test_a_confirmed_household_takes_the_lead_that_is_there(county: Judging):
    county.arrive(TEXT, A, B)
    [before] = county.leads()
    county.decide(before.lead.id, LeadStatus.VISITING)

    county.say(TEXT, B, SAME)
    report = county.process()

    assert report.details == {"moved": 1}
    [after] = county.leads()
    assert (after.lead.id, after.lead.household_id, after.status) == (before.lead.id, B, LeadStatus.VISITING)
    assert (after.lead.due, after.evidence) == (before.lead.due, before.evidence)
    assert [(one.household_before, one.household_after) for one in after.moves] == [(None, B)]
    assert county.link_of(TEXT).candidates[0].why[0] == CONFIRMED_BY_CADRE


def test_running_again_gives_effect_to_nothing_twice(county: Judging):
    county.arrive(TEXT, A, B)
    county.say(TEXT, B, SAME)
    county.process()
    before = county.leads()

    assert county.process().seen == 0
    assert county.leads() == before


def test_a_denied_household_is_not_offered_and_its_lead_goes_to_review(county: Judging):
    county.arrive(TEXT, A)
    [before] = county.leads()

    county.say(TEXT, A, DIFFERENT)
    county.process()

    assert (county.link_of(TEXT).decision, county.link_of(TEXT).candidates) == (LinkDecision.NONE, ())
    [after] = county.leads()
    assert (after.lead.id, after.lead.household_id, after.status) == (before.lead.id, None, LeadStatus.NEW)


def test_a_village_that_denied_its_household_does_not_keep_the_lead_for_itself(county: Judging):
    county.arrive(TEXT, A)
    county.say(TEXT, A, DIFFERENT, division=VILLAGE)
    county.process()

    with county.store.reading() as work:
        assert work.leads.count(LeadFilter(scope=AccessScope(VILLAGE))) == 0
    assert len(county.open_leads()) == 1


def test_undoing_brings_back_what_the_scores_say_and_the_lead_to_where_it_was(county: Judging):
    county.arrive(TEXT, A)
    [before] = county.leads()
    number = county.say(TEXT, A, DIFFERENT)
    county.process()

    county.undo(number)
    assert county.process().details == {"moved": 1}

    [after] = county.leads()
    assert county.link_of(TEXT).household_id == A
    assert (after.lead.household_id, after.lead.region, after.lead.matter) == (A, VILLAGE, before.lead.matter)
    assert (after.lead.due, after.evidence, len(after.moves)) == (before.lead.due, before.evidence, 2)


def test_what_is_undone_before_any_run_never_was(county: Judging):
    county.arrive(TEXT, A)
    before = county.leads()
    county.undo(county.say(TEXT, A, DIFFERENT))

    assert county.process().seen == 0
    assert county.leads() == before


def test_who_cannot_say_keeps_the_lead_in_review(county: Judging):
    county.arrive(TEXT, A)

    county.say(TEXT, A, CANNOT_SAY)
    county.process()

    [view] = county.leads()
    assert view.lead.household_id is None
    assert county.link_of(TEXT).decision is LinkDecision.REVIEW
    assert [one.household_id for one in county.link_of(TEXT).candidates] == [A]


def test_two_cadres_who_contradict_each_other_send_the_lead_to_review_with_both(county: Judging):
    county.arrive(TEXT, A, B)
    county.say(TEXT, A, SAME, person="wang", division=TOWN)
    county.process()
    assert county.leads()[0].lead.household_id == A

    county.say(TEXT, A, DIFFERENT, person="li", division=VILLAGE)
    county.process()

    [view] = county.leads()
    assert view.lead.household_id is None
    assert county.link_of(TEXT).decision is LinkDecision.REVIEW
    assert county.link_of(TEXT).candidates[0].why[0] == DISPUTED


def test_a_verdict_outlives_a_new_register_and_a_new_version_of_the_scores(county: Judging):
    county.arrive(TEXT, A, B)
    county.say(TEXT, B, SAME)
    county.process()

    county.scores[TEXT.id] = (A,)
    county.deliver(*REGISTER, household("1411241042020009", person("新来来", birth_year=1999)))
    county.process()

    assert county.link_of(TEXT).household_id == B
    assert [view.lead.household_id for view in county.leads()] == [B]


def test_a_denied_household_stays_denied_after_a_new_register(county: Judging):
    county.arrive(TEXT, A, B)
    county.say(TEXT, A, DIFFERENT)
    county.process()

    county.deliver(household(A, person("庞甲甲", birth_year=1950, id_number="141124195001010019")), *REGISTER[1:])
    county.scores[TEXT.id] = (A,)
    county.process()

    assert county.link_of(TEXT).candidates == ()
    assert all(view.lead.household_id != A for view in county.leads())


def test_a_verdict_follows_the_household_to_its_new_number(county: Judging):
    county.arrive(TEXT, A, B)
    county.say(TEXT, A, SAME)
    county.process()

    county.deliver(household("1411241042020777", person("庞甲甲", birth_year=1950)), *REGISTER[1:])
    county.process()

    [view] = county.leads()
    assert view.lead.household_id == "1411241042020777"
    assert county.link_of(TEXT).household_id == "1411241042020777"
    assert "第2版" in view.moves[-1].reason


def test_a_verdict_does_not_follow_others_who_get_the_number_after_nobody_had_it(county: Judging):
    county.arrive(TEXT)
    county.say(TEXT, A, SAME)
    county.process()
    county.deliver(*REGISTER[1:])
    county.deliver(household(A, person("杨新新", birth_year=1999)), *REGISTER[1:])
    county.process()

    assert county.link_of(TEXT).household_id is None
    assert [one.lead.household_id for one in county.open_leads()] == [None]


def test_a_repeat_of_the_same_petitioner_is_not_offered_the_denied_household_either(county: Judging):
    county.arrive(TEXT, A, B)
    county.say(TEXT, A, DIFFERENT)
    county.process()

    repeat = raw("T2", LETTER + "谢谢。", petitioner=WANG)
    county.arrive(repeat, A)

    assert county.link_of(repeat).candidates == ()


def test_a_repeat_that_is_there_already_follows_the_verdict(county: Judging):
    repeat = raw("T2", LETTER + "谢谢。", petitioner=WANG)
    county.arrive(TEXT, A, B)
    county.arrive(repeat, A, B)

    county.say(TEXT, B, SAME)
    county.process()

    [view] = county.leads()
    assert (view.lead.household_id, len(view.evidence)) == (B, 2)


def test_a_copy_of_the_letter_by_another_petitioner_is_another_matter(county: Judging):
    copy = raw("T2", LETTER + "谢谢。", petitioner=LI)
    county.arrive(TEXT, A)
    county.arrive(copy, A)

    county.say(TEXT, A, DIFFERENT)
    county.process()

    assert county.link_of(copy).household_id == A
    by_household = {view.lead.household_id: [one.document_id for one in view.evidence] for view in county.open_leads()}
    assert by_household == {A: [copy.id], None: [TEXT.id]}


def test_a_neighbour_whose_copy_only_her_own_signature_tells_apart_keeps_her_lead(county: Judging):
    first, neighbour = (raw(key, f"我叫{name}，{LETTER}") for key, name in (("T1", "糜拴翠"), ("T2", "仝二女")))
    county.arrive(first)
    county.arrive(neighbour)
    before = {one.document_id: view for view in county.leads() for one in view.evidence}

    number = county.say(first, A, SAME)
    county.process()

    [view] = [one for one in county.open_leads() if one.lead.household_id == A]
    assert [one.document_id for one in view.evidence] == [first.id]
    [hers] = [one for one in county.open_leads() if one.lead.household_id is None]
    assert hers == before[neighbour.id]
    assert county.link_of(neighbour).household_id is None

    county.undo(number)
    county.process()
    assert len(county.open_leads()) == 2


def test_a_text_joins_the_open_lead_of_the_confirmed_household_and_its_own_lead_is_kept_as_a_duplicate(county: Judging):
    other = raw("O", "邻居说他家的窑洞塌了一角，下雨天不敢住，想问问能不能修。")
    county.arrive(other, B)
    county.arrive(TEXT, A)
    left = next(view for view in county.leads() if view.lead.household_id == A)
    county.decide(left.lead.id, LeadStatus.VISITING)

    number = county.say(TEXT, B, SAME)
    county.process()

    [view] = county.open_leads()
    assert (view.lead.household_id, {one.document_id for one in view.evidence}) == (B, {other.id, TEXT.id})
    retired = next(one for one in county.leads() if one.lead.id == left.lead.id)
    assert (retired.status, retired.evidence) == (LeadStatus.DUPLICATE, ())
    assert [one.status for one in retired.decisions] == [LeadStatus.VISITING, LeadStatus.DUPLICATE]

    county.undo(number)
    county.process()

    back = {one.lead.id: one for one in county.open_leads()}
    assert back[left.lead.id].status is LeadStatus.VISITING
    assert [one.document_id for one in back[left.lead.id].evidence] == [TEXT.id]
    assert [one.document_id for one in back[view.lead.id].evidence] == [other.id]


def test_only_the_judged_text_leaves_a_lead_of_several(county: Judging):
    other = raw("O", "他家的窑洞塌了一角，下雨天不敢住，想问问能不能修。")
    county.arrive(other, A)
    county.arrive(TEXT, A)
    [both] = county.leads()

    county.say(TEXT, B, SAME)
    county.process()

    found = {view.lead.household_id: view for view in county.open_leads()}
    assert {key: [one.document_id for one in view.evidence] for key, view in found.items()} == {
        HouseholdId(A): [other.id],
        HouseholdId(B): [TEXT.id],
    }
    assert found[HouseholdId(A)].lead.id == both.lead.id
    assert found[HouseholdId(A)].risks.isdisjoint(found[HouseholdId(B)].risks)


def test_what_was_found_at_a_door_stays_and_the_right_household_gets_a_lead_of_its_own(county: Judging):
    county.arrive(TEXT, A)
    [first] = county.leads()
    county.decide(first.lead.id, LeadStatus.NOT_CONFIRMED)

    county.say(TEXT, B, SAME)
    county.process()
    county.process()

    finished, opened = county.leads()
    assert (finished.lead.household_id, finished.status) == (A, LeadStatus.NOT_CONFIRMED)
    assert [one.document_id for one in finished.evidence] == [TEXT.id]
    assert (opened.lead.household_id, opened.status) == (B, LeadStatus.NEW)


def test_undoing_after_the_door_was_visited_leaves_no_second_lead_open(county: Judging):
    county.arrive(TEXT, A)
    county.decide(county.leads()[0].lead.id, LeadStatus.NOT_CONFIRMED)
    number = county.say(TEXT, B, SAME)
    county.process()

    county.undo(number)
    county.process()

    assert [view.status for view in county.leads()] == [LeadStatus.NOT_CONFIRMED, LeadStatus.DUPLICATE]


def test_what_one_village_wrote_at_a_door_is_not_carried_into_another_village(county: Judging):
    county.arrive(TEXT, A)
    [first] = county.leads()
    county.decide(first.lead.id, LeadStatus.VISITING)

    county.say(TEXT, C, SAME)
    county.process()

    with county.store.reading() as work:
        [here] = work.leads.feed(LeadFilter(scope=AccessScope(VILLAGE)))
        [there] = work.leads.feed(LeadFilter(scope=AccessScope(OTHER_VILLAGE)))
    assert (here.lead.id, here.status, here.evidence) == (first.lead.id, LeadStatus.DUPLICATE, ())
    assert (there.lead.household_id, there.status, there.decisions) == (C, LeadStatus.NEW, ())
    assert C not in here.decisions[-1].reason


def test_an_untouched_lead_goes_to_the_other_village_as_it_is(county: Judging):
    county.arrive(TEXT, A)
    [first] = county.leads()

    county.say(TEXT, C, SAME)
    county.process()

    [view] = county.leads()
    assert (view.lead.id, view.lead.region, view.status) == (first.lead.id, OTHER_VILLAGE, LeadStatus.NEW)


def test_a_text_that_was_restricted_meanwhile_moves_nowhere(county: Judging):
    from domain.words.vocabulary import Route

    county.arrive(TEXT, A)
    with county.store.unit_of_work() as work:
        work.routes.add(TEXT.id, Route.RESTRICTED, "信访办判断为检举控告", "person-1", county.clock.now())
        work.commit()
    before = county.leads()

    county.say(TEXT, B, SAME)
    report = county.process()

    assert report.details == {"restricted": 1}
    assert county.leads() == before


def test_a_run_killed_while_it_gives_effect_to_a_verdict_does_it_in_the_next(
    county: Judging, monkeypatch: pytest.MonkeyPatch
):
    from pipeline.stages import judge_households

    county.arrive(TEXT, A, B)
    county.say(TEXT, B, SAME)
    before = county.leads()

    def die(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(judge_households, "_lead_again", die)
        with pytest.raises(KeyboardInterrupt):
            county.process()
    assert county.leads() == before
    county.process()

    assert [view.lead.household_id for view in county.leads()] == [B]
