"""What people said goes over what the scores say, and nobody's word over another's."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.links.household_judgement import CONFIRMED_BY_CADRE, HouseholdJudgement, HouseholdVerdict, StandingJudgement
from domain.links.link import Link, LinkDecision
from domain.register.household import HouseholdId
from domain.texts.document import DocumentId
from pipeline.linking.judged import DISPUTED, SUCCESSOR_UNCLEAR, UNSURE, judged
from tests.factories import OTHER_VILLAGE, TOWN, VILLAGE, document, household, link
from tests.fakes import NOON

TEXT = document()
A, B, C = "1411241042020001", "1411241042020002", "1411241042030003"
HOUSEHOLDS = {
    HouseholdId(A): household(A),
    HouseholdId(B): household(B),
    HouseholdId(C): household(C, village=OTHER_VILLAGE),
}
SAME, DIFFERENT, CANNOT_SAY = HouseholdVerdict.SAME, HouseholdVerdict.DIFFERENT, HouseholdVerdict.UNSURE


def says(
    number: int, person: str, verdict: HouseholdVerdict, household_id: str, **changes: object
) -> StandingJudgement:
    values: dict[str, object] = {
        "number": number,
        "judgement": HouseholdJudgement(
            document_id=TEXT.id,
            cluster_id=TEXT.id,
            household_id=HouseholdId(household_id),
            verdict=verdict,
            judged_by=person,
            division=TOWN,
            register_version=1,
            judged_at=NOON + timedelta(minutes=number),
        ),
        "households": (HouseholdId(household_id),),
        "clear": True,
        "same_people": True,
        "of_repeat": False,
        **changes,
    }
    return StandingJudgement(**values)  # type: ignore[arg-type]


def holding(scored: Link, *said: StandingJudgement, place=None) -> Link:
    return judged(scored, said, HOUSEHOLDS, place)


def ids(found: Link) -> list[str]:
    return [candidate.household_id for candidate in found.candidates]


LINKED_TO_A = link(TEXT, LinkDecision.LINKED, A, B, village=VILLAGE)
BETWEEN_A_AND_B = link(TEXT, LinkDecision.REVIEW, A, B, village=VILLAGE)
NOBODY = link(TEXT, LinkDecision.NONE)


@pytest.mark.parametrize("scored", [LINKED_TO_A, BETWEEN_A_AND_B, NOBODY], ids=["linked", "review", "none"])
def test_without_a_word_the_scores_hold(scored: Link):
    assert holding(scored) == scored


@pytest.mark.parametrize("scored", [LINKED_TO_A, BETWEEN_A_AND_B, NOBODY], ids=["linked", "review", "none"])
def test_a_confirmed_household_is_linked_whatever_the_scores_say(scored: Link):
    found = holding(scored, says(1, "wang", SAME, C))

    assert (found.decision, found.household_id, found.village) == (LinkDecision.LINKED, C, OTHER_VILLAGE)
    assert found.candidates[0].why[0] == CONFIRMED_BY_CADRE


def test_a_denied_household_is_not_offered_and_the_scores_link_no_other_one_in_its_place():
    found = holding(LINKED_TO_A, says(1, "wang", DIFFERENT, A), place=VILLAGE)

    assert (found.decision, ids(found)) == (LinkDecision.REVIEW, [B])


def test_the_village_of_a_denied_household_is_not_the_village_of_the_text():
    alone = link(TEXT, LinkDecision.LINKED, A, village=VILLAGE)

    found = holding(alone, says(1, "wang", DIFFERENT, A))
    named = holding(alone, says(1, "wang", DIFFERENT, A), place=OTHER_VILLAGE)

    assert (found.decision, found.village, found.candidates) == (LinkDecision.NONE, None, ())
    assert (named.decision, named.village) == (LinkDecision.PLACE, OTHER_VILLAGE)


def test_denying_another_candidate_leaves_the_link_of_the_scores():
    found = holding(LINKED_TO_A, says(1, "wang", DIFFERENT, B))

    assert (found.decision, ids(found)) == (LinkDecision.LINKED, [A])


def test_who_cannot_say_keeps_the_text_in_review_and_is_shown():
    found = holding(LINKED_TO_A, says(1, "wang", CANNOT_SAY, A))

    assert found.decision is LinkDecision.REVIEW
    assert found.candidates[0].why[0] == UNSURE


@pytest.mark.parametrize("later", ["wang", "li"], ids=["the town last", "the village last"])
def test_two_who_contradict_each_other_send_the_text_to_review_whoever_spoke_last(later: str):
    first = "li" if later == "wang" else "wang"

    found = holding(LINKED_TO_A, says(1, first, SAME, A), says(2, later, DIFFERENT, A))

    assert found.decision is LinkDecision.REVIEW
    assert found.candidates[0].household_id == A
    assert found.candidates[0].why[0] == DISPUTED


def test_two_who_name_two_households_send_the_text_to_review_with_both():
    found = holding(NOBODY, says(1, "wang", SAME, C), says(2, "li", SAME, B))

    assert found.decision is LinkDecision.REVIEW
    assert ids(found) == [B, C]
    assert all(candidate.why == (DISPUTED,) for candidate in found.candidates)


def test_a_person_who_changes_his_mind_contradicts_nobody():
    found = holding(BETWEEN_A_AND_B, says(1, "wang", SAME, A), says(2, "wang", SAME, B))
    denied = holding(BETWEEN_A_AND_B, says(1, "wang", SAME, A), says(2, "wang", DIFFERENT, A))

    assert found.household_id == B
    assert (denied.decision, ids(denied)) == (LinkDecision.REVIEW, [B])


def test_who_cannot_say_does_not_hold_up_who_can():
    found = holding(BETWEEN_A_AND_B, says(1, "wang", SAME, A), says(2, "li", CANNOT_SAY, A))

    assert found.household_id == A


def test_a_confirmed_household_that_is_gone_from_the_register_lets_the_scores_link_nobody():
    found = holding(LINKED_TO_A, says(1, "wang", SAME, "gone", households=()))

    assert (found.decision, ids(found)) == (LinkDecision.REVIEW, [A, B])


def test_a_confirmed_household_that_was_split_is_asked_about_again():
    found = holding(
        LINKED_TO_A,
        says(1, "wang", SAME, "old", households=(HouseholdId(B), HouseholdId(C)), clear=False, same_people=False),
    )

    assert found.decision is LinkDecision.REVIEW
    assert ids(found) == [B, C, A]
    assert found.candidates[0].why[0] == SUCCESSOR_UNCLEAR


def test_not_this_one_said_of_a_household_that_lives_with_another_now_hides_nobody():
    found = holding(LINKED_TO_A, says(1, "wang", DIFFERENT, "old", households=(HouseholdId(A),), same_people=False))

    assert found.decision is LinkDecision.REVIEW
    assert ids(found) == [A, B]


_SAYINGS = st.lists(
    st.tuples(
        st.sampled_from(["wang", "li", "zhao"]), st.sampled_from(list(HouseholdVerdict)), st.sampled_from([A, B, C])
    ),
    max_size=6,
)


@given(scored=st.sampled_from([LINKED_TO_A, BETWEEN_A_AND_B, NOBODY]), sayings=_SAYINGS)
def test_nothing_is_linked_that_somebody_denies_and_nothing_denied_by_all_is_offered(
    scored: Link, sayings: list[tuple[str, HouseholdVerdict, str]]
):
    said = [says(number, *one) for number, one in enumerate(sayings)]
    latest = {(person, one): verdict for person, verdict, one in sayings}

    found = holding(scored, *said)

    for household_id in (A, B, C):
        words = {verdict for (_, one), verdict in latest.items() if one == household_id}
        if DIFFERENT in words:
            assert found.household_id != household_id
            if SAME not in words:
                assert household_id not in ids(found)
    assert len(set(ids(found))) == len(found.candidates)
    assert found.document_id == DocumentId(TEXT.id)
    assert (found.decision is LinkDecision.REVIEW) <= bool(found.candidates)
