import pytest

from nlp.mention_models import load_mention_models
from nlp.persons.lexicon import load_person_lexicon
from nlp.persons.written_name import Name
from nlp.roles.reading import RoleReading
from nlp.roles.roles import RoleReader
from nlp.roles.told import sentence_features, text_features
from nlp.segmentation import load_segmenter


@pytest.fixture(scope="module")
def reader() -> RoleReader:
    return RoleReader(load_person_lexicon(), load_mention_models().hardship)


def read(reader: RoleReader, content: str, *names: str) -> RoleReading:
    found = [Name(name, content.index(name), content.index(name) + len(name)) for name in names]
    return reader.read(content, found, load_segmenter().cut(content), ())


def test_the_words_of_the_text_are_told_of_everybody_and_names_are_not(reader: RoleReader):
    told = text_features(read(reader, "洪水进村，急需帐篷。联系人庞建国。", "庞建国"))

    assert {"text=洪水", "text=急需", "text=帐篷"} <= told
    assert not any("庞建国" in one or one == "text=P" for one in told)


def test_the_words_of_a_sentence_are_told_of_who_stands_in_it(reader: RoleReader):
    reading = read(reader, "薛改花住院了。庞建国垫付押金！井也干了。", "薛改花", "庞建国")

    first, second = (set(sentence_features(reading, position)) for position in (0, 1))

    assert "told=住院" in first
    assert "told=押金" in second
    assert not first & second


def test_of_a_sentence_without_end_only_what_stands_near_is_told(reader: RoleReader):
    reading = read(reader, "洪水" + "，米面" * 400 + "，庞建国", "庞建国")

    assert set(sentence_features(reading, 0)) == {"told=米面"}
