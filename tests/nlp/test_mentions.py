import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.links.mention import PersonRole
from domain.places.place import Place
from domain.places.region import Level, RegionCode
from nlp.mentions import MentionFinder
from nlp.places.gazetteer import Gazetteer

PLACES = (
    Place(code=RegionCode("141124104"), name="克虎镇"),
    Place(code=RegionCode("141124104202"), name="庞家庄村委会"),
    Place(code=RegionCode("141124104207"), name="高家湾村委会"),
)
TEXT = (
    "克虎镇庞家庄村二组村民庞建国（男，61岁）来访反映：其妻李秀英患尿毒症，每周透析三次，花了十几万元，"
    "联系电话13800000000，身份证号141124196001010010。村支书高明远说已经上报。"
)


@pytest.fixture(scope="module")
def finder() -> MentionFinder:
    return MentionFinder(Gazetteer(PLACES, RegionCode("141124")))


def test_a_petition_yields_all_kinds_of_mentions(finder: MentionFinder) -> None:
    found = finder.find("", TEXT)

    assert [(one.name, one.role) for one in found.persons] == [
        ("庞建国", PersonRole.PETITIONER),
        ("李秀英", PersonRole.RELATIVE),
        ("高明远", PersonRole.OFFICIAL),
    ]
    assert [one.level for one in found.places] == [Level.TOWN, Level.VILLAGE, Level.GROUP]
    assert [one.value for one in found.phones] == ["13800000000"]
    assert [one.value for one in found.id_numbers] == ["141124196001010010"]
    assert [one.value for one in found.amounts] == ["100000"]


@pytest.mark.parametrize("title", ["", "关于医疗救助的反映"])
def test_offsets_count_characters_of_the_document_content(finder: MentionFinder, title: str) -> None:
    content = f"{title}\n{TEXT}" if title else TEXT

    found = finder.find(title, TEXT)

    assert found.persons
    for one in (*found.persons, *found.places):
        assert content[one.start : one.end] == one.name
    for value in (*found.phones, *found.id_numbers, *found.amounts):
        assert content[value.start : value.end] == value.text


def test_a_village_is_no_person(finder: MentionFinder) -> None:
    assert finder.find("", "高家湾村民和庞家庄村民").persons == ()


def test_the_petitioner_of_the_register_is_known(finder: MentionFinder) -> None:
    found = finder.find("", "庞建国家里没有水", petitioner_name="庞建国")

    assert [(one.name, one.role) for one in found.persons] == [("庞建国", PersonRole.PETITIONER)]


def test_every_petitioner_of_the_registers_cell_is_known(finder: MentionFinder) -> None:
    found = finder.find("", "庞建国和李秀英家里没有水，邻居薛改花可以作证", petitioner_name="庞建国、李秀英")

    roles = {one.name: one.role for one in found.persons}
    assert roles.pop("薛改花") is not PersonRole.PETITIONER
    assert roles == {"庞建国": PersonRole.PETITIONER, "李秀英": PersonRole.PETITIONER}


def test_the_version_names_the_code(finder: MentionFinder) -> None:
    assert finder.version.startswith("mentions-12-mentions-")


@settings(max_examples=60)
@given(st.text(alphabet="庞建国李秀英某*大爷老张村民反映我叫，。（男61岁）高家湾13元万\n ", max_size=80))
def test_any_text_is_read_with_true_offsets_and_no_overlapping_persons(content: str) -> None:
    finder = MentionFinder(Gazetteer(PLACES, RegionCode("141124")))

    found = finder.find("", content)

    ends = [0]
    for one in found.persons:
        assert content[one.start : one.end] == one.name
        assert one.start >= ends[-1]
        ends.append(one.end)
