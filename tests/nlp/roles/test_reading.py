import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.mention_models import load_mention_models
from nlp.persons.lexicon import load_person_lexicon
from nlp.persons.written_name import Name
from nlp.roles.features import features_of
from nlp.roles.reading import tokens_of
from nlp.roles.roles import RoleReader
from nlp.segmentation import load_segmenter


def test_names_places_and_numbers_stand_as_signs():
    content = "庞家庄村民庞建国今年61岁"
    names = [Name("庞建国", 5, 8)]

    tokens = tokens_of(content, load_segmenter().cut(content), names, [(0, 3)])

    assert [token.text for token in tokens] == ["L", "村民", "P", "今年", "#", "岁"]


@given(content=st.text(alphabet="庞建国村民的，。 \n欠3万元一", max_size=40), data=st.data())
def test_tokens_never_overlap_and_lose_nothing_but_spaces(content: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, len(content)))
    names = [Name(content[start:end], start, end)] if end > start else []

    tokens = tokens_of(content, load_segmenter().cut(content), names, [])

    covered = [position for token in tokens for position in range(token.start, token.end)]
    assert covered == sorted(set(covered))
    assert all(content[at].isspace() for at in set(range(len(content))) - set(covered))


@pytest.fixture(scope="module")
def reader() -> RoleReader:
    return RoleReader(load_person_lexicon(), load_mention_models().hardship)


def features(reader: RoleReader, content: str, *names: str) -> dict[str, set[str]]:
    named = [Name(name, content.index(name), content.index(name) + len(name)) for name in names]
    return features_of(reader.read(content, named, load_segmenter().cut(content), []))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("我葛老三会编筐", "before"),
        ("葛老三我今年七十", "behind"),
        ("我十一岁，叫葛老三", "named"),
    ],
)
def test_who_names_himself_is_seen(reader: RoleReader, content: str, told: str):
    assert f"oneself={told}" in features(reader, content, "葛老三")["葛老三"]


def test_the_name_of_ones_brother_is_not_ones_own(reader: RoleReader):
    found = features(reader, "我弟弟叫葛老三", "葛老三")["葛老三"]

    assert not any(feature.startswith("oneself") for feature in found)


def test_a_relative_knows_what_the_other_is(reader: RoleReader):
    found = features(reader, "所长霍金山受贿，其子霍小山被查", "霍金山", "霍小山")

    assert any(feature.startswith("kin anchor=official") for feature in found["霍小山"])


@pytest.mark.parametrize(
    "between", ["、2", "，2", "；2.", "、2．", "、", " ", "", "\n2.", "或", "13903580001，", " 、2 ", "、2魏秀、3"]
)
def test_the_names_of_a_row_may_be_numbered(reader: RoleReader, between: str):
    content = f"联名人：1霍金山{between}郝改花"
    names = [Name(name, content.index(name), content.index(name) + len(name)) for name in ("霍金山", "郝改花")]

    assert reader.read(content, names, load_segmenter().cut(content), []).rows == [(0, 1), (0, 1)]


def test_what_follows_a_number_of_another_kind_is_no_row(reader: RoleReader):
    content = "霍金山，3月来过，郝改花没来"
    names = [Name(name, content.index(name), content.index(name) + len(name)) for name in ("霍金山", "郝改花")]

    assert reader.read(content, names, load_segmenter().cut(content), []).rows == [(0, 0), (1, 1)]


@pytest.mark.parametrize("label", ["业主代表：1", "业主代表：", "业主代表"])
def test_the_label_of_a_row_is_told_of_every_name_in_it(reader: RoleReader, label: str):
    found = features(reader, f"{label}霍金山、2郝改花、3葛志宏", "霍金山", "葛志宏")

    assert all(f"label#petitioner,{'：' in label}" in found[name] for name in ("霍金山", "葛志宏"))
