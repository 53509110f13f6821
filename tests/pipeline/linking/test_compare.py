from dataclasses import replace

import pytest

from domain.links.mention import KinMention, Mentions, PersonRole
from domain.places.region import Level, RegionCode
from domain.register.household import Household, Relation, Sex
from domain.risk import Risk
from pipeline.linking.chances import Chances
from pipeline.linking.compare import compare
from pipeline.linking.facts import Facts
from pipeline.linking.parameters import load_parameters
from pipeline.linking.reasons import Reason
from tests.pipeline.linking.households import (
    HERE,
    ID_NUMBER,
    PANG,
    PHONE,
    THERE,
    XUE,
    document,
    household,
    in_a_county,
    index_of,
    mentions,
    person,
    reading,
)

VILLAGE = {"庞家庄": (HERE, Level.VILLAGE)}


def evidence(home: Household, text: str, named: Mentions) -> dict[Reason, float]:
    facts = Facts(document=document(text), mentions=named, reading=None)
    compared = compare(home, facts, Chances(in_a_county([home, XUE])), load_parameters())
    return {one.reason: one.weight for one in compared.evidence} if compared else {}


def reasons(home: Household, text: str, named: Mentions, **petitioner: str) -> frozenset[Reason] | None:
    facts = Facts(document=document(text, **petitioner), mentions=named, reading=None)
    compared = compare(home, facts, Chances(index_of([home])), load_parameters())
    return compared.reasons if compared else None


def test_a_household_that_shares_nothing_has_no_evidence() -> None:
    text = "庞家庄薛改花患病"
    named = mentions(text, {"薛改花": PersonRole.SUFFERER}, {"庞家庄": (HERE, Level.VILLAGE)})

    assert reasons(PANG, text, named) is None
    assert reasons(XUE, text, named) == {Reason.NAME_AND_VILLAGE}


def test_a_masked_id_number_is_compared_where_it_shows_digits() -> None:
    text = "身份证141124********0010"

    assert reasons(PANG, text, mentions(text, {}, {})) == {Reason.MASKED_ID_NUMBER}


def test_number_and_name_are_both_counted() -> None:
    found = reasons(PANG, "我患病了", Mentions(), name="庞建国", phone=PHONE, id_number=ID_NUMBER)

    assert found == {Reason.ID_NUMBER, Reason.PHONE_AND_NAME, Reason.NAME_ONLY}


def test_a_reporters_own_numbers_are_told_apart_when_another_suffers() -> None:
    text = "邻居薛改花患病"
    named = mentions(text, {"薛改花": PersonRole.SUFFERER}, {})

    found = reasons(PANG, text, named, name="庞建国", phone=PHONE, id_number=ID_NUMBER)

    assert found == {Reason.REPORTER_ID_NUMBER, Reason.REPORTER_PHONE, Reason.REPORTER_NAME}


def test_a_sufferer_of_the_reporters_own_household_is_no_other() -> None:
    text = "李秀英患病"
    named = mentions(text, {"李秀英": PersonRole.SUFFERER}, {})

    found = reasons(PANG, text, named, name="庞建国", phone=PHONE)

    assert found is not None
    assert Reason.PHONE_AND_NAME in found
    assert Reason.SECOND_MEMBER in found


def test_an_age_written_in_characters_is_read() -> None:
    text = "庞建国今年六十一岁"

    assert Reason.BIRTH_YEAR in (reasons(PANG, text, mentions(text, {"庞建国": PersonRole.SUFFERER}, {})) or ())


def test_a_birth_year_that_the_text_gives_is_read() -> None:
    text = "庞建国，男，1965年出生"

    assert Reason.BIRTH_YEAR in (reasons(PANG, text, mentions(text, {"庞建国": PersonRole.SUFFERER}, {})) or ())


def test_a_son_in_the_text_is_a_child_in_the_register() -> None:
    home = household("home", person("庞建国"), person("庞小军", Relation.CHILD))
    text = "庞建国的儿子庞小军患病"
    named = mentions(text, {"庞建国": PersonRole.PETITIONER, "庞小军": PersonRole.RELATIVE}, {})

    assert Reason.RELATION in (reasons(home, text, named) or ())


def test_a_wife_in_the_text_is_no_child_in_the_register() -> None:
    home = household("home", person("庞建国"), person("庞小军", Relation.CHILD))
    text = "庞建国的妻子庞小军患病"
    named = mentions(text, {"庞建国": PersonRole.PETITIONER, "庞小军": PersonRole.RELATIVE}, {})

    assert Reason.RELATION not in (reasons(home, text, named) or ())


def test_a_second_name_that_only_nearly_agrees_weighs_less() -> None:
    text = "庞家庄陈素秀、陈伟成患病"
    named = mentions(text, {"陈素秀": PersonRole.SUFFERER, "陈伟成": PersonRole.RELATIVE}, VILLAGE)
    right = household("right", person("陈伟成"), person("陈素秀", Relation.SPOUSE))
    nearly = household("nearly", person("陈伟成"), person("陈素杰", Relation.SPOUSE))

    whole, misspelt = (evidence(home, text, named)[Reason.SECOND_MEMBER] for home in (right, nearly))
    assert whole > misspelt + 1


@pytest.mark.parametrize(
    "ask",
    [
        "请帮忙问问能不能报销",
        "请求帮助解决看病问题",
        "帮扶干部来问过",
        "请替我们问一问",
        "帮我打听一下",
        "能不能帮忙问问我家的低保",
        "希望帮忙反映一下",
    ],
)
def test_a_request_to_the_office_is_no_speaking_for_others(ask: str) -> None:
    text = f"我叫庞建国，庞家庄人，{ask}"
    named = mentions(text, {"庞建国": PersonRole.PETITIONER}, VILLAGE)

    assert Reason.NAME_AND_VILLAGE in (reasons(PANG, text, named) or ())


@pytest.mark.parametrize(
    "ask",
    [
        "帮邻居问一下低保",
        "想帮忙问问能不能报销",
        "替隔壁老人反映困难",
        "帮忙给隔壁老人问一下",
        "帮忙给孤寡老人问问",
        "我是帮忙反映情况的",
        "帮忙打个电话问问",
        "帮忙给五保老人打听",
        "帮我们问邻居家的事",
        "替我们问邻居家的事",
        "请帮忙给隔壁老人问一下",
    ],
)
def test_who_asks_for_a_neighbour_speaks_for_others(ask: str) -> None:
    text = f"我叫庞建国，庞家庄人，{ask}"
    named = mentions(text, {"庞建国": PersonRole.PETITIONER}, VILLAGE)

    assert reasons(PANG, text, named) == {Reason.REPORTER_NAME}


def test_an_age_to_the_year_weighs_more_than_one_that_is_a_year_off() -> None:
    home = household("home", person("庞建国", birth_year=1965))
    exact, off = (
        evidence(home, text, mentions(text, {"庞建国": PersonRole.SUFFERER}, {}))
        for text in ("庞建国，1965年出生", "庞建国，1964年出生")
    )

    assert exact[Reason.BIRTH_YEAR] > off[Reason.BIRTH_YEAR_ONE_OFF] > 0


def test_a_partial_name_is_sooner_the_heads_than_another_members() -> None:
    text = "庞家庄庞某某患病"
    named = mentions(text, {"庞某某": PersonRole.SUFFERER}, VILLAGE)
    son = household("son", person("李秀英"), person("庞小军", Relation.CHILD))

    assert Reason.HEAD in (reasons(PANG, text, named) or ())
    assert Reason.NOT_HEAD in (reasons(son, text, named) or ())


def test_whether_a_whole_name_is_the_heads_tells_nothing() -> None:
    text = "庞家庄庞建国患病"

    assert reasons(PANG, text, mentions(text, {"庞建国": PersonRole.SUFFERER}, VILLAGE)) == {Reason.NAME_AND_VILLAGE}


def test_an_illness_that_the_text_tells_of_somebody_agrees_with_his_own_entry() -> None:
    text = "庞家庄庞建国得了胃癌"
    named = mentions(text, {"庞建国": PersonRole.SUFFERER}, VILLAGE)
    ill = replace(named, persons=tuple(replace(one, health=("胃癌",)) for one in named.persons))
    wife = household("wife", person("庞建国", health="健康"), person("李秀英", Relation.SPOUSE, health="患有大病"))

    assert Reason.HEALTH in (reasons(PANG, text, ill) or ())
    assert Reason.HEALTH not in (reasons(wife, text, ill) or ())


def test_somebody_whose_age_is_told_is_not_named_in_passing() -> None:
    aside, told = "庞家庄庞建国也在场", "庞家庄庞建国，61岁，也在场"

    assert Reason.MENTIONED_ASIDE in (
        reasons(PANG, aside, mentions(aside, {"庞建国": PersonRole.OTHER}, VILLAGE)) or ()
    )
    assert Reason.MENTIONED_ASIDE not in (
        reasons(PANG, told, mentions(told, {"庞建国": PersonRole.OTHER}, VILLAGE)) or ()
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("庞家庄庞建国，71岁，也在场", VILLAGE),
        ("高家湾庞建国，61岁，也在场", {"高家湾": (THERE, Level.VILLAGE)}),
        ("庞建国，61岁，也在场", {}),
    ],
    ids=["another age", "another village", "no village"],
)
def test_another_age_or_village_leaves_somebody_named_in_passing(
    text: str, place: dict[str, tuple[RegionCode, Level]]
) -> None:
    named = mentions(text, {"庞建国": PersonRole.OTHER}, place)

    assert Reason.MENTIONED_ASIDE in (reasons(PANG, text, named) or ())


def test_the_age_of_a_partial_name_tells_beside_a_whole_one() -> None:
    text = "庞家庄庞某某，61岁，老伴李秀英"
    named = mentions(text, {"庞某某": PersonRole.SUFFERER, "李秀英": PersonRole.RELATIVE}, VILLAGE)
    older = household("older", person("庞建国", birth_year=1950), person("李秀英", Relation.SPOUSE))

    assert Reason.KIN_AGE in evidence(PANG, text, named)
    assert Reason.KIN_AGE not in evidence(older, text, named)


def test_a_group_without_a_village_is_compared_with_that_of_every_household() -> None:
    text = "我叫庞建国，咱村第二村民小组的"
    named = mentions(text, {"庞建国": PersonRole.PETITIONER}, {})
    other = household("other", person("庞建国"), group="五组")

    assert Reason.GROUP in (reasons(PANG, text, named) or ())
    assert Reason.GROUP_DIFFERS in (reasons(other, text, named) or ())


def test_a_masked_name_beside_a_relatives_whole_one_tells_who_is_meant() -> None:
    text = "庞家庄王女士，同闺女欧阳宇住在一起"
    named = mentions(text, {"王女士": PersonRole.SUFFERER, "欧阳宇": PersonRole.RELATIVE}, VILLAGE)
    right = household("right", person("王蓉芬"), person("欧阳宇", Relation.CHILD))
    nearly = household("nearly", person("王婕"), person("欧阳霄", Relation.CHILD))
    facts = Facts(document=document(text), mentions=named, reading=None)
    chances = Chances(in_a_county([right, nearly]))
    compared = [compare(home, facts, chances, load_parameters()) for home in (right, nearly)]

    assert compared[0] is not None
    assert compared[1] is not None
    assert compared[0].weight > compared[1].weight + 1


def test_of_two_petitioners_the_one_who_tells_his_age_is_not_the_one_in_need() -> None:
    text = "来访人庞建国（1965年出生）、张云金，庞家庄人，代为反映"
    named = mentions(text, {"张云金": PersonRole.PETITIONER, "庞建国": PersonRole.PETITIONER}, VILLAGE)

    assert reasons(PANG, text, named) == {Reason.REPORTER_NAME}


def test_who_tells_his_own_age_and_speaks_for_others_alone_only_reports() -> None:
    text = "我叫庞建国（1965年出生），庞家庄人，代为反映"
    named = mentions(text, {"庞建国": PersonRole.PETITIONER}, VILLAGE)

    assert reasons(PANG, text, named) == {Reason.REPORTER_NAME}


def test_a_son_is_no_granddaughter_whose_name_only_sounds_like_his() -> None:
    text = "庞家庄庞建国，儿子李前文"
    named = mentions(text, {"庞建国": PersonRole.SUFFERER, "李前文": PersonRole.RELATIVE}, VILLAGE)
    relative = replace(named.persons[1], sex=Sex.MALE)
    told = replace(named, persons=(named.persons[0], relative))
    girl, boy = (
        household("home", person("庞建国"), person("李黔雯", Relation.GRANDCHILD, sex=sex))
        for sex in (Sex.FEMALE, Sex.MALE)
    )

    assert Reason.SECOND_MEMBER not in evidence(girl, text, told)
    assert Reason.SECOND_MEMBER in evidence(boy, text, told)


@pytest.mark.parametrize("written", ["庞大爷", "庞奶奶"])
def test_the_old_are_no_sooner_the_head(written: str) -> None:
    text = f"庞家庄{written}患病"
    named = mentions(text, {written: PersonRole.SUFFERER}, VILLAGE)

    assert not {Reason.HEAD, Reason.NOT_HEAD} & (reasons(PANG, text, named) or frozenset())


def test_who_lives_with_a_son_is_no_sooner_the_head() -> None:
    text = "庞家庄庞某某跟儿子过"
    named = mentions(text, {"庞某某": PersonRole.SUFFERER}, VILLAGE)

    assert not {Reason.HEAD, Reason.NOT_HEAD} & (reasons(PANG, text, named) or frozenset())


def test_an_age_in_nominal_years_agrees_to_the_year_when_it_is_one_more() -> None:
    text = "庞家庄庞建国，虚岁62岁"
    named = mentions(text, {"庞建国": PersonRole.SUFFERER}, VILLAGE)

    assert Reason.BIRTH_YEAR in (reasons(PANG, text, named) or ())


@pytest.mark.parametrize(
    ("told", "registered", "same"),
    [
        ("胃癌", "患有大病", True),
        ("胃癌", "残疾", False),
        ("二级残疾", "肢体残疾", True),
        ("二级残疾", "慢性病", False),
        ("精神分裂症", "精神残疾", True),
        ("精神分裂症", "患有大病", False),
    ],
)
def test_an_illness_agrees_with_one_of_its_kind(told: str, registered: str, same: bool) -> None:
    text = f"庞家庄庞建国得了{told}"
    named = _told_ill(mentions(text, {"庞建国": PersonRole.SUFFERER}, VILLAGE), told)
    home = household("home", person("庞建国", health=registered))

    assert (Reason.HEALTH in (reasons(home, text, named) or ())) is same


def test_an_illness_of_the_wife_is_not_the_husbands() -> None:
    text = "庞家庄庞建国的老婆得了胃癌"
    named = _told_ill(mentions(text, {"庞建国": PersonRole.SUFFERER}, VILLAGE), "胃癌")
    wife = KinMention(text="老婆", relation=Relation.SPOUSE, start=text.index("老婆"), end=text.index("老婆") + 2)

    assert Reason.HEALTH not in (reasons(PANG, text, replace(named, relatives=(wife,))) or ())


def test_who_is_said_not_to_be_disabled_has_no_disability() -> None:
    text = "庞家庄庞建国身体健康没有残疾，却领着残疾补贴"
    named = _told_ill(mentions(text, {"庞建国": PersonRole.SUFFERER}, VILLAGE), "残疾")
    home = household("home", person("庞建国", health="肢体残疾"))

    assert Reason.HEALTH not in (reasons(home, text, named) or ())


def test_a_group_alone_says_nothing_of_another_village_than_the_registers() -> None:
    text = "我叫庞建国，我村二组的"
    named = mentions(text, {"庞建国": PersonRole.PETITIONER}, {})
    written = replace(document(text), region=THERE)
    compared = compare(
        PANG, Facts(document=written, mentions=named, reading=None), Chances(index_of([PANG, XUE])), load_parameters()
    )

    assert compared is not None
    assert not {Reason.GROUP, Reason.GROUP_DIFFERS} & compared.reasons


@pytest.mark.parametrize(
    ("beside", "offered"), [("", False), ("，61岁", True), ("，71岁", False), (f"，电话{PHONE}", True)]
)
def test_a_surname_of_a_neighbouring_village_is_offered_beside_a_second_fact_only(beside: str, offered: bool) -> None:
    text = f"高家湾庞某某{beside}患病"
    named = mentions(text, {"庞某某": PersonRole.SUFFERER}, {"高家湾": (THERE, Level.VILLAGE)})

    assert (reasons(PANG, text, named) is not None) is offered


def test_that_the_text_shows_an_illness_makes_nobody_of_a_neighbouring_village_the_one_meant() -> None:
    text = "高家湾庞某某得了胃癌"
    named = mentions(text, {"庞某某": PersonRole.SUFFERER}, {"高家湾": (THERE, Level.VILLAGE)})
    chances = Chances(index_of([PANG, XUE]))

    def compared(told: Mentions) -> object:
        facts = Facts(document=document(text), mentions=told, reading=reading(Risk.ILLNESS))
        return compare(PANG, facts, chances, load_parameters())

    assert compared(named) is None
    assert compared(_told_ill(named, "胃癌")) is not None


def test_a_masked_stranger_of_the_same_age_is_no_relative() -> None:
    text = "庞家庄李秀英被庞某某（61岁）打了"
    named = mentions(text, {"李秀英": PersonRole.SUFFERER, "庞某某": PersonRole.OTHER}, VILLAGE)

    assert Reason.KIN_AGE not in evidence(PANG, text, named)


def test_a_second_name_that_tells_nothing_is_not_shown() -> None:
    text = "庞家庄庞建国、李小英"
    named = mentions(text, {"庞建国": PersonRole.SUFFERER, "李小英": PersonRole.RELATIVE}, VILLAGE)
    many = [household(f"other-{number}", person(name)) for number, name in enumerate(["李秀英"] * 30)]
    home = household("home", person("庞建国"), person("李秀英", Relation.SPOUSE), person("王东", Relation.CHILD))
    facts = Facts(document=document(text), mentions=named, reading=None)
    compared = compare(home, facts, Chances(index_of([home, *many])), load_parameters())

    assert compared is not None
    assert not {Reason.SECOND_MEMBER, Reason.OTHER_MISSING} & compared.reasons


def test_the_other_reading_of_a_name_is_nobody_who_is_missing() -> None:
    text = "庞家庄庞建国强伤了腰"
    read = mentions(text, {"庞建国": PersonRole.SUFFERER, "庞建国强": PersonRole.SUFFERER}, VILLAGE)

    assert Reason.OTHER_MISSING not in evidence(PANG, text, read)


def _told_ill(named: Mentions, word: str) -> Mentions:
    return replace(named, persons=tuple(replace(one, health=(word,)) for one in named.persons))
