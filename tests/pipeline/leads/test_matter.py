"""Which texts join one lead."""

from domain.links.link import LinkDecision
from domain.risk import Risk
from domain.words.vocabulary import Scope
from pipeline.leads.matter import matter_of
from tests.factories import OTHER_VILLAGE, VILLAGE, document, link
from tests.fakes import reading

TEXT = document()


def test_texts_of_one_household_join_whatever_the_cause():
    linked = link(TEXT, LinkDecision.LINKED, "1411241042020001", village=VILLAGE)

    assert matter_of(linked, reading(Risk.ILLNESS), TEXT.id) == matter_of(linked, reading(Risk.HOUSING), TEXT.id)


def test_the_same_possible_households_in_any_order_are_one_matter():
    first = link(TEXT, LinkDecision.REVIEW, "a", "b")
    second = link(TEXT, LinkDecision.REVIEW, "b", "a")

    assert matter_of(first, reading(Risk.ILLNESS), TEXT.id) == matter_of(second, reading(Risk.ILLNESS), TEXT.id)


def test_a_villages_trouble_is_one_matter_per_cause():
    place = link(TEXT, LinkDecision.PLACE, village=VILLAGE)
    water = matter_of(place, reading(Risk.WATER, scope=Scope.AREA), TEXT.id)

    assert water != matter_of(place, reading(Risk.DISASTER, scope=Scope.AREA), TEXT.id)
    assert water == matter_of(place, reading(Risk.WATER, scope=Scope.AREA), document("X002", "另一份").id)


def test_two_unnamed_households_of_one_village_stay_apart():
    place = link(TEXT, LinkDecision.PLACE, village=VILLAGE)

    assert matter_of(place, reading(Risk.ILLNESS), TEXT.id) != matter_of(
        place, reading(Risk.ILLNESS), document("X002", "另一份").id
    )


def test_two_unnamed_households_of_two_villages_stay_apart_though_their_texts_are_one_cluster():
    here, there = (link(TEXT, LinkDecision.PLACE, village=village) for village in (VILLAGE, OTHER_VILLAGE))

    assert matter_of(here, reading(Risk.ILLNESS), TEXT.id) != matter_of(there, reading(Risk.ILLNESS), TEXT.id)
