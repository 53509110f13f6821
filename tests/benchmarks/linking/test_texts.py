"""Texts name what the gold says, where the gold says it, in the shares that were asked for."""

from collections import Counter

import pytest

from benchmarks.linking.gold import Case, Genre, NameForm, PlaceForm, Text, Trap, read_texts, write_texts
from benchmarks.linking.identity import checksum
from benchmarks.linking.miswriting import pinyin
from benchmarks.linking.telling import PARTIAL
from benchmarks.linking.texts import CASES, GENRES, NAME_FORMS, PLACE_FORMS, TextGenerator
from domain.failures.errors import ConfigError
from domain.links.mention import PersonRole
from domain.places.region import Level
from domain.register.household import Household


@pytest.fixture(scope="module")
def households(register) -> dict[str, Household]:
    return {one.id: one for one in register.households()}


def main_of(text: Text) -> str:
    names = [person.name for person in text.persons if person.main]
    assert len(names) == 1
    return names[0]


def test_the_same_seed_gives_the_same_texts_and_another_seed_others(register, villages, texts):
    generator = TextGenerator(register, villages)

    assert list(generator.texts(20, seed=101)) == texts[:20]
    assert [one.content for one in generator.texts(20, seed=1)] != [one.content for one in texts[:20]]


def test_every_offset_points_at_what_is_written(texts):
    for text in texts:
        for named in (*text.persons, *text.places):
            assert text.content[named.start : named.end] == named.name
        for number in (*text.phones, *text.id_numbers):
            assert text.content[number.start : number.end] == number.text


def test_no_slot_of_the_material_is_left_open(texts):
    assert not any("{" in text.content or "}" in text.content for text in texts)


@pytest.mark.parametrize(
    ("key", "shares", "slack"),
    [
        pytest.param("case", CASES, 0.04, id="case"),
        pytest.param("genre", GENRES, 0.04, id="genre"),
        pytest.param("name_form", NAME_FORMS, 0.07, id="name"),
        pytest.param("place_form", {**PLACE_FORMS, PlaceForm.OTHER_COUNTY: CASES[Case.OTHER_COUNTY]}, 0.07, id="place"),
    ],
)
def test_forms_have_the_shares_that_are_documented(texts, key, shares, slack):
    counted = Counter(getattr(text, key) for text in texts)

    for form, share in shares.items():
        assert counted[form] / len(texts) == pytest.approx(share, abs=slack)
        assert counted[form]


def test_the_gold_household_is_registered_and_lies_in_the_gold_village(texts, households):
    for text in texts:
        if text.case is Case.REGISTERED:
            assert households[text.household_id].village.digits == text.village
        else:
            assert text.household_id is None


def test_a_full_name_belongs_to_the_household(texts, households):
    told = [text for text in texts if text.case is Case.REGISTERED and text.name_form is NameForm.FULL]

    assert told
    for text in told:
        assert main_of(text) in {person.name for person in households[text.household_id].persons}


def test_a_homophone_sounds_like_a_member_and_is_not_one(texts, households):
    told = [text for text in texts if text.case is Case.REGISTERED and text.name_form is NameForm.HOMOPHONE]

    assert told
    for text in told:
        names = {person.name for person in households[text.household_id].persons}
        assert pinyin(main_of(text)) in {pinyin(name) for name in names}


def test_partial_names_hide_something_and_stand_with_a_village(texts):
    partial = [text for text in texts if text.name_form in PARTIAL and text.case is not Case.OTHER_COUNTY]

    assert partial
    for text in partial:
        assert any(place.level in (Level.VILLAGE, Level.SITE) for place in text.places)


def test_the_village_is_written_as_its_form_says(texts):
    for text in texts:
        villages = {place.code for place in text.places if place.level in (Level.VILLAGE, Level.SITE)}
        if text.place_form in (PlaceForm.NONE, PlaceForm.TOWN_ONLY, PlaceForm.GROUP_ONLY, PlaceForm.OTHER_COUNTY):
            assert not villages
        elif text.place_form is PlaceForm.NEIGHBOUR:
            assert villages
            assert text.village not in villages
        else:
            assert villages == {text.village}


def test_traps_are_set_and_officials_never_belong_to_the_household(texts, households):
    traps = Counter(trap for text in texts for trap in text.traps)

    assert all(traps[trap] for trap in Trap)
    for text in texts:
        if text.household_id:
            own = {person.name for person in households[text.household_id].persons}
            assert not own & {person.name for person in text.persons if person.role is PersonRole.OFFICIAL}


def test_what_the_writer_tells_always_fits_the_right_household(texts):
    registered = [text for text in texts if text.case is Case.REGISTERED]

    assert all(text.fitting >= 1 for text in registered)
    assert sum(text.fitting == 1 for text in registered) / len(registered) > 0.9


def test_no_text_holds_an_id_number_with_the_right_checksum(texts):
    whole = [one.text for text in texts for one in text.id_numbers if "*" not in one.text]

    assert whole
    assert not any(checksum(number[:17]) == number[17] for number in whole)


def test_news_name_a_journalist_and_never_speak_in_the_first_person(texts):
    news = [text for text in texts if text.genre is Genre.NEWS]

    assert any(text.persons[-1].role is PersonRole.OFFICIAL for text in news)
    assert not any(person.main and person.role is PersonRole.PETITIONER for text in news for person in text.persons)


def test_texts_survive_the_file(tmp_path, texts):
    write_texts(tmp_path / "texts.jsonl", texts[:5])

    assert list(read_texts(tmp_path / "texts.jsonl")) == texts[:5]
    with pytest.raises(ConfigError, match="没有这个文件"):
        list(read_texts(tmp_path / "nothing.jsonl"))


def test_some_are_told_as_several_relatives_of_whom_is_named(texts):
    told = [text for text in texts if text.name_form is NameForm.BY_RELATIVE]
    behind = [text.content[person.end :][:4] for text in told for person in text.persons if person.main]

    assert all(words[0] in "家的" for words in behind)
    assert any(words[1:3] in ("两个", "三个") for words in behind)
    assert any(words[1:3] not in ("两个", "三个") for words in behind)
