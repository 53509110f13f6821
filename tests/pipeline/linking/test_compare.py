from domain.household import Household, Relation
from domain.mention import Mentions, PersonRole
from domain.region import Level
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
    XUE,
    document,
    household,
    index_of,
    mentions,
    person,
)


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
