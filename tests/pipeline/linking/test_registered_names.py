from dataclasses import replace

import pytest

from domain.links.link import LinkDecision
from domain.links.mention import PersonRole
from domain.places.region import Level, RegionCode
from nlp.persons.kinship import load_kinship
from nlp.persons.relatives import find_relatives
from pipeline.linking.blocking import by_names
from pipeline.linking.facts import Facts
from pipeline.linking.registered_names import with_registered_names
from tests.pipeline.linking.households import (
    HERE,
    PANG,
    THERE,
    TOWN,
    XUE,
    document,
    household,
    index_of,
    link_to,
    mentions,
    person,
)

VILLAGE = {"庞家庄": (HERE, Level.VILLAGE)}
SUFFERER, OTHER, OFFICIAL = PersonRole.SUFFERER, PersonRole.OTHER, PersonRole.OFFICIAL
NEIGHBOURS = household("neighbours", person("周庆"), person("瞿凤超"))
INDEX = index_of([PANG, XUE, NEIGHBOURS])


def read(
    text: str, roles: dict[str, PersonRole], places: dict[str, tuple[RegionCode, Level]] = VILLAGE
) -> list[tuple[str, PersonRole]]:
    told = mentions(text, roles, places)
    told = replace(told, relatives=find_relatives(text, told.persons, load_kinship()))
    facts = Facts(document=document(text), mentions=told, reading=None)
    found = with_registered_names(facts, INDEX).mentions.persons
    assert all(text[one.start : one.end] == one.name for one in found)
    return [(one.name, one.role) for one in found]


def test_a_name_that_the_finder_missed_is_read_where_its_village_is_named() -> None:
    assert read("到庞家庄时，薛改花一个人坐在院里", {}) == [("薛改花", OTHER)]


@pytest.mark.parametrize(
    "places", [{}, {"高家湾": (THERE, Level.VILLAGE)}], ids=["no village", "another village than the person's"]
)
def test_nobody_is_read_where_the_village_is_another(places: dict[str, tuple[RegionCode, Level]]) -> None:
    assert read("到高家湾时，薛改花一个人坐在院里", {}, places) == []


@pytest.mark.parametrize(
    ("text", "cut"),
    [("庞家庄瞿凤超伤了腰", "瞿凤"), ("庞家庄瞿凤超伤了腰", "凤超"), ("庞家庄周庆家里没有水", "周庆家")],
)
def test_a_name_that_was_cut_wrong_is_the_registered_one_in_its_role(text: str, cut: str) -> None:
    [(name, role)] = read(text, {cut: SUFFERER})

    assert name in ("瞿凤超", "周庆")
    assert role is SUFFERER


def test_where_both_readings_are_registered_both_are_offered_and_none_is_linked() -> None:
    short = household("short", person("瞿凤"))
    known = index_of([NEIGHBOURS, short])
    text = "庞家庄瞿凤超前几年伤了腰"
    facts = Facts(document=document(text), mentions=mentions(text, {"瞿凤": SUFFERER}, VILLAGE), reading=None)
    read_again = with_registered_names(facts, known)

    found = link_to([NEIGHBOURS, short], read_again.document, read_again.mentions)

    assert {one.household_id for one in found.candidates} == {"neighbours", "short"}
    assert found.decision is LinkDecision.REVIEW


def test_two_characters_are_not_read_for_they_stand_in_words() -> None:
    assert read("庞家庄周庆病了", {}) == []


def test_an_official_of_a_registered_name_stays_an_official() -> None:
    text = "庞家庄的支书薛改花来过，薛改花说没有办法"

    assert read(text, {"薛改花": OFFICIAL}) == [("薛改花", OFFICIAL)]


def test_who_was_only_read_by_the_register_is_offered_and_not_linked() -> None:
    text = "到庞家庄时，薛改花一个人坐在院里"
    facts = Facts(document=document(text), mentions=mentions(text, {}, VILLAGE), reading=None)
    known = with_registered_names(facts, INDEX)

    assert by_names(known, INDEX) == {"xue"}
    found = link_to([XUE], known.document, known.mentions)
    assert found.decision is LinkDecision.REVIEW
    assert [one.household_id for one in found.candidates] == ["xue"]


@pytest.mark.parametrize(
    "text", ["庞家庄的周庆（男）病了", "我叫周庆，住庞家庄", "庞家庄周庆的老父亲瘫在床上", "庞家庄周庆，今年六十岁"]
)
def test_two_characters_are_read_where_the_words_around_call_somebody_so(text: str) -> None:
    assert read(text, {}) == [("周庆", OTHER)]


def test_nobody_is_called_by_words_that_no_villager_is_called_by() -> None:
    assert read("庞家庄的学生（男）病了，我叫了车", {}) == []


@pytest.mark.parametrize("text", ["庞家庄农户瞿奉超，眼看不见了", "庞家庄瞿奉超的妻子来过"])
def test_a_misspelt_name_is_read_where_the_words_around_call_somebody_so(text: str) -> None:
    assert read(text, {}) == [("瞿奉超", OTHER)]


def test_of_a_misspelt_name_that_was_cut_short_both_readings_are_offered() -> None:
    assert read("庞家庄瞿奉超伤了腰", {"瞿奉": SUFFERER}) == [("瞿奉", SUFFERER), ("瞿奉超", SUFFERER)]


@pytest.mark.parametrize(
    ("text", "cut", "place"),
    [
        ("高家湾瞿凤超伤了腰", "瞿凤", {"高家湾": (THERE, Level.VILLAGE)}),
        ("克虎镇瞿凤超伤了腰", "瞿凤", {"克虎镇": (TOWN, Level.TOWN)}),
        ("克虎镇周庆家没有水", "周庆家", {"克虎镇": (TOWN, Level.TOWN)}),
    ],
    ids=["a neighbouring village", "the town alone", "a home in the town"],
)
def test_a_name_is_no_other_one_because_somebody_of_the_town_has_it(
    text: str, cut: str, place: dict[str, tuple[RegionCode, Level]]
) -> None:
    assert read(text, {cut: SUFFERER}, place) == [(cut, SUFFERER)]
