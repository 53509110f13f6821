"""The parts of a text: slips of the pen, kinship, names and profiles, and whom a telling fits."""

from random import Random

import pytest

from benchmarks.linking.ambiguity import fits
from benchmarks.linking.gold import NameForm, PlaceForm
from benchmarks.linking.kinship import kin_word, unnamed_kin
from benchmarks.linking.material import load_material
from benchmarks.linking.miswriting import Miswriting, pinyin
from benchmarks.linking.name_writing import numeral, profile, written_name
from benchmarks.linking.telling import Telling
from benchmarks.linking.villages import Village
from domain.places.region import RegionCode
from domain.register.household import Relation, Sex
from tests.factories import household, person

_MISWRITING = Miswriting("建健明鸣军君", "军车 明朋")
_HEAD = person("庞建军", Relation.HEAD, birth_year=1961, sex=Sex.MALE)
_WIFE = person("刘秀英", Relation.SPOUSE, birth_year=1963, sex=Sex.FEMALE)
_SON = person("庞明", Relation.CHILD, birth_year=1988, sex=Sex.MALE)
_GRANDSONS = [person(f"庞小{sign}", Relation.GRANDCHILD, birth_year=2012, sex=Sex.MALE) for sign in "甲乙"]
_HOME = household("1411241042020001", _HEAD, _WIFE, _SON, *_GRANDSONS)


def telling(**changes: object) -> Telling:
    values: dict[str, object] = {
        "household": _HOME,
        "village": Village(code=RegionCode("141124104202"), name="庞家庄村委会", town="克虎镇", county="临县"),
        "main": _HEAD,
        "named": _HEAD,
        "name_form": NameForm.FULL,
        "place_form": PlaceForm.FULL,
        **changes,
    }
    return Telling(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(20))
def test_a_homophone_is_another_name_that_sounds_the_same(seed):
    written = _MISWRITING.homophone("庞建军", Random(seed), first=1)

    assert written != "庞建军"
    assert written[0] == "庞"
    assert pinyin(written) == pinyin("庞建军")


def test_a_similar_shape_changes_one_character_and_nothing_is_invented_where_there_is_none():
    assert _MISWRITING.similar("庞建军", Random(1)) == "庞建车"
    assert _MISWRITING.similar("刘秀英", Random(1)) is None
    assert _MISWRITING.homophone("刘秀英", Random(1)) is None


@pytest.mark.parametrize(
    ("of", "other", "words"),
    [
        pytest.param(_HEAD, _WIFE, {"妻子", "老伴", "爱人", "媳妇"}, id="wife"),
        pytest.param(_WIFE, _HEAD, {"丈夫", "老伴", "爱人"}, id="husband"),
        pytest.param(_WIFE, _SON, {"儿子", "小子"}, id="son"),
        pytest.param(_SON, _WIFE, {"母亲", "老母亲"}, id="mother"),
        pytest.param(_HEAD, _GRANDSONS[0], {"孙子"}, id="grandson"),
        pytest.param(_GRANDSONS[0], _WIFE, {"奶奶"}, id="grandmother"),
        pytest.param(_GRANDSONS[0], _SON, {"父亲", "老父亲"}, id="father"),
    ],
)
def test_kinship_is_told_from_the_relations_to_the_head(of, other, words):
    assert {kin_word(of, other, Random(seed)) for seed in range(40)} == words


def test_several_unnamed_members_are_counted():
    assert unnamed_kin(_HEAD, _HOME, Random(1)) == "两个孙子"


@pytest.mark.parametrize(
    ("form", "written"),
    [
        pytest.param(NameForm.FULL, {"庞建军"}, id="full"),
        pytest.param(NameForm.MASKED, {"庞某", "庞某某"}, id="masked"),
        pytest.param(NameForm.STARRED, {"庞*军", "庞某军", "庞＊军"}, id="starred"),
        pytest.param(NameForm.FAMILIAR, {"老庞"}, id="familiar"),
        pytest.param(NameForm.POLITE, {"庞先生"}, id="polite"),
        pytest.param(NameForm.SIMILAR, {"庞建车"}, id="similar"),
    ],
)
def test_a_name_is_written_in_its_form(form, written):
    assert {written_name(_HEAD, form, _MISWRITING, Random(seed)) for seed in range(40)} == written


def test_a_profile_stands_in_brackets_where_no_punctuation_follows():
    assert profile(None, Sex.FEMALE, "家", Random(1)) == "（女）"
    assert profile(None, Sex.UNKNOWN, "，", Random(1)) == ""
    assert {profile(None, Sex.MALE, "，", Random(seed)) for seed in range(20)} == {"，男", "（男）"}


@pytest.mark.parametrize(("number", "written"), [(8, "八"), (10, "十"), (16, "十六"), (60, "六十"), (75, "七十五")])
def test_ages_are_spelt(number, written):
    assert numeral(number) == written


def test_a_household_fits_what_is_told_of_it_and_no_more():
    assert fits(_HOME, telling())
    assert fits(_HOME, telling(name_form=NameForm.MASKED, age=True, sex=True, second=_SON))
    assert not fits(_HOME, telling(second=person("刘大")))
    assert not fits(household("2", _WIFE, _SON), telling())


@pytest.mark.parametrize(
    ("form", "named", "other"),
    [
        pytest.param(NameForm.MASKED, _HEAD, person("庞大伟"), id="masked"),
        pytest.param(NameForm.STARRED, _HEAD, person("庞海军"), id="starred"),
        pytest.param(NameForm.SIMILAR, _HEAD, person("庞建车"), id="similar"),
        pytest.param(NameForm.BY_RELATIVE, _SON, person("庞明"), id="relative"),
        pytest.param(NameForm.ADDRESSED, _HEAD, person("庞贵", birth_year=1950), id="addressed"),
    ],
)
def test_a_form_that_hides_something_fits_others_too(form, named, other):
    assert fits(household("2", other), telling(name_form=form, named=named))


def test_age_sex_and_group_tell_namesakes_apart():
    namesake = household("2", person("庞建军", birth_year=1990, sex=Sex.FEMALE), group="二组")

    assert fits(namesake, telling())
    assert not fits(namesake, telling(age=True))
    assert not fits(namesake, telling(sex=True))
    assert not fits(namesake, telling(group=True))


def test_every_large_slot_of_the_material_has_sixty_different_clauses():
    material = load_material()
    trouble = [clause for clauses in material.trouble.values() for clause in clauses]
    opening = [clause for clauses in material.opening.values() for clause in clauses]
    slots = (material.titles, opening, material.introduce_self, material.introduce_other, trouble, material.second)

    for slot in (*slots, material.outsider, material.background, material.request):
        assert len(set(slot)) == len(slot) >= 60
