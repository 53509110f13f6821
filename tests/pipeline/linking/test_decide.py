from dataclasses import replace

import pytest

from domain.links.link import LinkDecision
from domain.links.mention import KinMention, Mentions, PersonRole, PlaceMention
from domain.places.region import Level, RegionCode
from domain.register.household import Relation, Sex
from domain.risk import Risk
from pipeline.linking.parameters import load_parameters
from tests.pipeline.linking.households import (
    HERE,
    ID_NUMBER,
    NAMESAKE_HERE,
    NAMESAKE_THERE,
    PANG,
    PHONE,
    THERE,
    TOWN,
    XUE,
    document,
    household,
    link_to,
    mentions,
    person,
    reading,
)

VILLAGE_HERE = {"庞家庄": (HERE, Level.VILLAGE)}


def test_the_id_number_alone_links() -> None:
    text = f"身份证{ID_NUMBER}，患病没人管"

    found = link_to([PANG], document(text), mentions(text, {}, {}))

    assert found.decision is LinkDecision.LINKED
    assert found.household_id == "pang"
    assert found.village == HERE
    assert found.candidates[0].why == ("身份证号一致",)


def test_the_phone_of_the_register_links_who_speaks_of_himself() -> None:
    found = link_to([PANG], document("我患病了", phone=PHONE), Mentions())

    assert (found.decision, found.household_id) == (LinkDecision.LINKED, "pang")


def test_full_name_and_village_link_when_no_rival_lives_there() -> None:
    text = "庞家庄村民庞建国患病"
    named = mentions(text, {"庞建国": PersonRole.SUFFERER}, VILLAGE_HERE)

    found = link_to([PANG, NAMESAKE_THERE], document(text), named)

    assert (found.decision, found.household_id) == (LinkDecision.LINKED, "pang")
    assert found.candidates[0].why == ("同村、姓名相同；台账中同名2户",)


def test_two_of_one_name_in_one_village_are_left_to_a_person() -> None:
    text = "庞家庄村民庞建国患病"
    named = mentions(text, {"庞建国": PersonRole.SUFFERER}, VILLAGE_HERE)

    found = link_to([PANG, NAMESAKE_HERE], document(text), named)

    assert found.decision is LinkDecision.REVIEW
    assert {one.household_id for one in found.candidates} == {"pang", "namesake-here"}
    assert found.village == HERE
    assert found.household_id is None


def test_age_tells_two_of_one_name_apart() -> None:
    text = "庞家庄村民庞建国（男，61岁）患病"
    named = mentions(text, {"庞建国": PersonRole.SUFFERER}, VILLAGE_HERE)

    found = link_to([PANG, NAMESAKE_HERE], document(text), named, reading(Risk.ILLNESS))

    assert (found.decision, found.household_id) == (LinkDecision.LINKED, "pang")
    assert {"年龄与台账相符", "台账登记的健康状况与所述病情相符"} <= set(found.candidates[0].why)


def test_a_name_without_a_village_is_a_candidate_and_never_a_guess() -> None:
    text = "村民庞建国患病"
    named = mentions(text, {"庞建国": PersonRole.SUFFERER}, {})

    assert link_to([PANG], document(text), named).decision is LinkDecision.REVIEW
    both = link_to([PANG, NAMESAKE_THERE], document(text), named)
    assert both.decision is LinkDecision.REVIEW
    assert both.village is None


def test_a_name_from_another_village_is_only_proposed() -> None:
    text = "高家湾村民庞建国患病"
    named = mentions(text, {"庞建国": PersonRole.SUFFERER}, {"高家湾": (THERE, Level.VILLAGE)})

    found = link_to([PANG], document(text), named)

    assert found.decision is LinkDecision.REVIEW
    assert found.village == THERE
    assert found.candidates[0].why == ("姓名相同，但文中写的是另一个村",)


def test_two_members_and_their_relation_link_within_a_town() -> None:
    text = "克虎镇村民庞建国，其妻李秀英患病"
    named = mentions(
        text, {"庞建国": PersonRole.PETITIONER, "李秀英": PersonRole.RELATIVE}, {"克虎镇": (TOWN, Level.TOWN)}
    )

    found = link_to([PANG, NAMESAKE_THERE], document(text), named)

    assert (found.decision, found.household_id) == (LinkDecision.LINKED, "pang")
    assert {"文中还提到该户另一名成员", "文中说的家庭关系与台账一致"} <= set(found.candidates[0].why)


def test_who_suffers_outweighs_who_reports_and_the_reporter_stays_hidden() -> None:
    text = "庞家庄邻居薛改花家窑洞塌了"
    named = mentions(text, {"薛改花": PersonRole.SUFFERER}, VILLAGE_HERE)

    found = link_to([PANG, XUE], document(text, name="庞建国", phone=PHONE, id_number=ID_NUMBER), named)

    assert (found.decision, found.household_id) == (LinkDecision.LINKED, "xue")
    assert [one.household_id for one in found.candidates] == ["xue"]


@pytest.mark.parametrize("sufferer", ["薛改花", "王某某"])
def test_the_reporters_phone_alone_is_reviewed_when_another_suffers(sufferer: str) -> None:
    text = f"邻居{sufferer}家窑洞塌了"

    found = link_to([PANG], document(text, phone=PHONE), mentions(text, {sufferer: PersonRole.SUFFERER}, {}))

    assert found.decision is LinkDecision.REVIEW
    assert all("待核实" in why or "没有文中的姓名" in why for why in found.candidates[0].why)


def test_a_phone_whose_household_has_no_such_name_is_reviewed() -> None:
    written = document("我患病了", name="王守田", phone=PHONE)

    assert link_to([PANG], written, Mentions()).decision is LinkDecision.REVIEW


@pytest.mark.parametrize("name", ["庞某某", "庞*国", "庞大爷"])
def test_a_partial_name_in_the_village_is_proposed_and_not_linked_by_itself(name: str) -> None:
    text = f"庞家庄{name}患病"
    named = mentions(text, {name: PersonRole.SUFFERER}, VILLAGE_HERE)

    found = link_to([PANG, NAMESAKE_HERE, XUE], document(text), named, reading(Risk.ILLNESS))

    assert found.decision is LinkDecision.REVIEW
    assert found.candidates[0].household_id == "pang"
    assert "xue" not in {one.household_id for one in found.candidates}


def test_a_partial_name_is_linked_where_the_age_tells_one_household() -> None:
    text = "庞家庄庞*国（男，61岁）患病"
    named = mentions(text, {"庞*国": PersonRole.SUFFERER}, VILLAGE_HERE)

    found = link_to([PANG, XUE], document(text), named, reading(Risk.ILLNESS))

    assert (found.decision, found.candidates[0].household_id) == (LinkDecision.LINKED, "pang")


@pytest.mark.parametrize(
    ("written", "decision"),
    [("禤*花", LinkDecision.LINKED), ("禤某某", LinkDecision.REVIEW)],
    ids=["a character of the given name", "the surname alone"],
)
def test_a_partial_name_that_nobody_else_of_the_village_agrees_with_is_linked(
    written: str, decision: LinkDecision
) -> None:
    rare = household("rare", person("禤改花", sex=Sex.FEMALE, birth_year=1950))
    text = f"庞家庄{written}患病"

    found = link_to([PANG, rare], document(text), mentions(text, {written: PersonRole.SUFFERER}, VILLAGE_HERE))

    assert (found.decision, found.candidates[0].household_id) == (decision, "rare")


def test_the_group_of_a_text_does_not_make_a_helper_the_one_in_need() -> None:
    text = "庞家庄二组王某某病了，庞建国送他去医院"
    places = VILLAGE_HERE | {"二组": (HERE, Level.GROUP)}

    found = link_to([PANG], document(text), mentions(text, {"庞建国": PersonRole.OTHER}, places))

    assert (found.decision, found.candidates[0].household_id) == (LinkDecision.REVIEW, "pang")


def test_another_age_or_sex_turns_a_sure_link_into_a_question() -> None:
    text = "庞家庄村民庞建国（女，30岁）患病"
    named = mentions(text, {"庞建国": PersonRole.SUFFERER}, VILLAGE_HERE)

    found = link_to([PANG], document(text), named)

    assert found.decision is LinkDecision.REVIEW
    assert {"年龄与台账相差较大", "性别与台账不符"} <= set(found.candidates[0].why)


def test_who_is_named_in_passing_is_not_linked() -> None:
    text = "庞家庄包工头庞建国跑了"

    found = link_to([PANG], document(text), mentions(text, {"庞建国": PersonRole.OTHER}, VILLAGE_HERE))

    assert found.decision is LinkDecision.REVIEW


def test_an_official_ties_no_household() -> None:
    text = "庞家庄村支书庞建国说没有水"

    found = link_to([PANG], document(text), mentions(text, {"庞建国": PersonRole.OFFICIAL}, VILLAGE_HERE))

    assert (found.decision, found.village) == (LinkDecision.PLACE, HERE)


def test_a_village_alone_is_a_place_and_nothing_is_none() -> None:
    text = "庞家庄没有水"

    place = link_to([], document(text), mentions(text, {}, VILLAGE_HERE))
    nothing = link_to([], document("没有水"), Mentions())

    assert (place.decision, place.village) == (LinkDecision.PLACE, HERE)
    assert (nothing.decision, nothing.village) == (LinkDecision.NONE, None)


def test_two_villages_named_alike_often_are_no_place() -> None:
    text = "庞家庄和高家湾没有水"
    named = mentions(text, {}, VILLAGE_HERE | {"高家湾": (THERE, Level.VILLAGE)})

    assert link_to([], document(text), named).decision is LinkDecision.NONE


def test_the_village_the_register_declares_counts_where_the_text_names_none() -> None:
    text = "村民庞建国患病"
    named = mentions(text, {"庞建国": PersonRole.SUFFERER}, {})

    assert link_to([PANG], document(text, region=HERE), named).decision is LinkDecision.LINKED
    assert link_to([], document("没有水", region=HERE), Mentions()).decision is LinkDecision.PLACE


def test_the_petitioners_address_names_the_village() -> None:
    home = household("home", person("庞建国"), address="临县克虎镇庞家庄村二组")
    written = document("我患病了", name="庞建国", address="克虎镇庞家庄村")

    assert link_to([home], written, Mentions()).decision is LinkDecision.LINKED


def test_group_and_site_add_their_reasons() -> None:
    text = "庞家庄二组庞建国住在安置区"
    places = VILLAGE_HERE | {
        "二组": (HERE, Level.GROUP),
        "安置区": (HERE, Level.SITE),
    }
    home = household("home", person("庞建国", Relation.HEAD), group="2组", relocation_site="宜家苑安置区")

    found = link_to([home], document(text), mentions(text, {"庞建国": PersonRole.SUFFERER}, places))

    assert {"村民小组相同", "住同一安置点"} <= set(found.candidates[0].why)


def test_candidates_are_ranked_and_never_more_than_a_cadre_can_choose_from() -> None:
    text = "村民庞建国患病"
    many = [household(f"home-{number:02}", person("庞建国")) for number in range(20)]

    found = link_to(many, document(text), mentions(text, {"庞建国": PersonRole.SUFFERER}, {}))

    assert found.decision is LinkDecision.REVIEW
    assert len(found.candidates) == 8
    assert [one.probability for one in found.candidates] == sorted(
        (one.probability for one in found.candidates), reverse=True
    )


def test_a_household_registered_for_a_whole_county_stops_nothing() -> None:
    wide = household("wide", person("庞建国"), village=RegionCode("141124"))
    text = "庞家庄村民庞建国患病"
    named = mentions(text, {"庞建国": PersonRole.SUFFERER}, VILLAGE_HERE)

    assert link_to([wide], document(text), named).decision is LinkDecision.REVIEW


@pytest.mark.parametrize("surname", ["庞大娘", "庞建国"])
def test_a_common_name_does_not_speak_against_a_phone(surname: str) -> None:
    crowd = [household(f"crowd-{number}", person("庞建国")) for number in range(300)]
    text = f"{surname}患病，电话{PHONE}"
    named = mentions(text, {surname: PersonRole.SUFFERER}, {})

    found = link_to([PANG, *crowd], document(text), named)
    alone = link_to([PANG, *crowd], document(f"患病，电话{PHONE}"), mentions(f"患病，电话{PHONE}", {}, {}))

    assert found.candidates[0].household_id == alone.candidates[0].household_id == "pang"
    assert sum(found.candidates[0].weights) >= sum(alone.candidates[0].weights)


@pytest.mark.parametrize(
    ("place", "remark"),
    [
        ({"name": "庞家壮", "meant": "庞家庄村"}, "；文中写“庞家壮”，疑为庞家庄村"),
        ({"name": "旧庄村", "former": True}, "；文中写“旧庄村”，是已撤并的村，并入该户所在村"),
    ],
)
def test_a_place_that_is_written_otherwise_is_told_in_the_reason(place: dict[str, object], remark: str) -> None:
    text = f"{place['name']}庞建国患病"
    written = PlaceMention(code=HERE, level=Level.VILLAGE, start=0, end=3, **place)  # type: ignore[arg-type]
    named = replace(mentions(text, {"庞建国": PersonRole.SUFFERER}, {}), places=(written,))

    found = link_to([PANG], document(text), named)

    assert found.candidates[0].why[0] == "同村、姓名相同" + remark


def test_a_merged_village_whose_town_alone_is_known_is_told_as_that() -> None:
    text = "旧庄村庞建国患病"
    written = PlaceMention(code=TOWN, level=Level.TOWN, name="旧庄村", start=0, end=3, former=True)
    named = replace(mentions(text, {"庞建国": PersonRole.SUFFERER}, {}), places=(written,))

    found = link_to([PANG], document(text), named)

    assert found.candidates[0].why[0].endswith("；文中写“旧庄村”，是已撤并的村，属该乡镇")


def test_no_weight_tells_that_a_household_only_reports() -> None:
    text = "邻居王某某家窑洞塌了"

    found = link_to([PANG], document(text, phone=PHONE), mentions(text, {"王某某": PersonRole.SUFFERER}, {}))

    assert "有一项登记信息相符" in found.candidates[0].why[0]
    assert found.candidates[0].weights[0] is None


def test_an_id_number_of_somebody_else_speaks_against_a_namesake() -> None:
    text = "庞家庄庞建国患病，身份证141124********0010"
    other = replace(PANG, persons=(replace(PANG.persons[0], id_number="141124196501019999"),))

    found = link_to([other], document(text), mentions(text, {"庞建国": PersonRole.SUFFERER}, VILLAGE_HERE))

    assert "文中的证件号不是该户的" in found.candidates[0].why
    assert found.decision is LinkDecision.REVIEW


def test_the_number_of_who_writes_for_another_says_nothing_of_the_household() -> None:
    text = f"王守田反映，庞家庄薛改花家窑洞塌了，电话{PHONE}"
    xue = replace(XUE, persons=(replace(XUE.persons[0], phone="13900000000"),))
    roles = {"王守田": PersonRole.PETITIONER, "薛改花": PersonRole.SUFFERER}

    found = link_to([xue], document(text), mentions(text, roles, VILLAGE_HERE))

    assert found.decision is LinkDecision.LINKED
    assert "文中的电话不是该户登记的" not in found.candidates[0].why


def test_who_writes_and_names_another_is_not_linked() -> None:
    text = "庞家庄庞建国来信，说起老杨，日子过不下去"
    roles = {"庞建国": PersonRole.PETITIONER, "老杨": PersonRole.OTHER}

    found = link_to([PANG], document(text), mentions(text, roles, VILLAGE_HERE))

    assert found.decision is LinkDecision.REVIEW
    assert "文中还说到不在该户的另一人" in found.candidates[0].why


def test_who_is_named_in_passing_but_with_an_age_is_linked() -> None:
    text = "庞家庄庞建国（男，61岁）家里没有人"

    found = link_to([PANG], document(text), mentions(text, {"庞建国": PersonRole.OTHER}, VILLAGE_HERE))

    assert found.decision is LinkDecision.LINKED


def test_relatives_without_a_name_are_looked_for_in_the_household() -> None:
    text = "庞家庄庞建国患病，老伴60岁"
    named = mentions(text, {"庞建国": PersonRole.SUFFERER}, VILLAGE_HERE)
    old, young = (
        KinMention(text="老伴", relation=Relation.SPOUSE, start=10, end=12, sex=Sex.FEMALE, age=age) for age in (60, 30)
    )

    with_her = link_to([PANG], document(text), replace(named, relatives=(old,)))
    another = link_to([PANG], document(text), replace(named, relatives=(young,)))

    assert "文中说到的家人，关系和年龄与台账相符" in with_her.candidates[0].why
    assert "文中说到的家人，台账中没有" in another.candidates[0].why


def test_an_age_to_the_year_and_a_head_rank_and_do_not_link_past_one_who_fits_as_well() -> None:
    text = "庞家庄祝某某，1965年出生，老伴病了"
    named = mentions(text, {"祝某某": PersonRole.SUFFERER}, {"庞家庄": (HERE, Level.VILLAGE)})
    wife = KinMention(text="老伴", relation=Relation.SPOUSE, start=text.index("老伴"), end=text.index("老伴") + 2)
    head = household("head", person("祝云峰", birth_year=1965), person("李秀英", Relation.SPOUSE))
    off = household("off", person("祝小军", Relation.CHILD, birth_year=1966), person("薛改花", Relation.GRANDCHILD))

    told = link_to([head, off], document(text), replace(named, relatives=(wife,)))

    assert told.candidates[0].household_id == "head"
    assert told.candidates[0].probability > load_parameters().link_threshold
    assert told.decision is LinkDecision.REVIEW


def test_no_reason_says_who_is_the_head_of_a_household() -> None:
    text = "庞家庄祝某某患病"
    named = mentions(text, {"祝某某": PersonRole.SUFFERER}, {"庞家庄": (HERE, Level.VILLAGE)})
    head = household("head", person("祝云峰"))
    son = household("another", person("薛改花"), person("祝小军", Relation.CHILD))

    told = link_to([head, son], document(text), named)

    assert [one.household_id for one in told.candidates] == ["head", "another"]
    assert not any("户主" in reason for one in told.candidates for reason in one.why)
