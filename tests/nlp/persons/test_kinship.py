import pytest

from domain.places.region import RegionCode
from domain.register.household import Relation, Sex
from nlp.mentions import MentionFinder
from nlp.persons.kinship import load_kinship
from nlp.persons.relatives import find_relatives
from nlp.places.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("before", "relation"),
    [
        pytest.param("其妻", Relation.SPOUSE, id="bound word behind its owner"),
        pytest.param("大儿子叫", Relation.CHILD, id="called"),
        pytest.param("我妈", Relation.PARENT, id="my mother"),
        pytest.param("长女", Relation.CHILD, id="order"),
        pytest.param("两个孙子，大的", Relation.CHILD, id="the elder one"),
        pytest.param("儿媳妇", Relation.CHILD_IN_LAW, id="longest word"),
        pytest.param("姐夫", Relation.OTHER, id="distant"),
        pytest.param("，对象叫", Relation.SPOUSE, id="a partner"),
        pytest.param("我对象", Relation.SPOUSE, id="my partner"),
    ],
)
def test_what_stands_before_a_name_says_the_relation(before: str, relation: Relation) -> None:
    kin = load_kinship().before(before + "薛改花", len(before))

    assert kin is not None
    assert kin.relation is relation


@pytest.mark.parametrize("before", ["男女", "父子", "村民", "妻", "养子沟", "监测对象", "求助对象：", "反映的对象是"])
def test_other_words_say_none(before: str) -> None:
    assert load_kinship().before(before + "薛改花", len(before)) is None


def relatives(content: str) -> list[tuple[str, Relation, int]]:
    persons = MentionFinder(Gazetteer((), RegionCode("141124"))).find("", content).persons
    return [(one.text, one.relation, one.count) for one in find_relatives(content, persons, load_kinship())]


def test_relatives_without_a_name_are_counted() -> None:
    assert relatives("我丈夫瘫痪在床，两个孙子还在念书") == [
        ("我丈夫", Relation.SPOUSE, 1),
        ("两个孙子", Relation.GRANDCHILD, 2),
    ]


def test_a_relative_with_a_name_is_a_person_and_no_relative_beside() -> None:
    assert relatives("其妻薛改花患尿毒症") == []


def test_children_in_general_are_nobodys() -> None:
    assert relatives("孩子们放学了，谁家孩子没带伞") == []


def test_the_health_of_a_relative_is_kept() -> None:
    found = find_relatives("我丈夫瘫痪在床，老母亲失明", (), load_kinship())

    assert [(one.relation, one.sex, one.health) for one in found] == [
        (Relation.SPOUSE, Sex.MALE, ("瘫痪",)),
        (Relation.PARENT, Sex.FEMALE, ("失明",)),
    ]
