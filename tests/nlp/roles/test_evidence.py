import pytest

from nlp.persons.kinship import load_kinship
from nlp.persons.lexicon import load_person_lexicon
from nlp.persons.role_lexicon import load_role_lexicon
from nlp.persons.written_name import Name
from nlp.roles.evidence import EvidenceReader, Sign, is_spoken_for


def signs(content: str, name: str) -> frozenset[Sign]:
    reader = EvidenceReader(load_person_lexicon(), load_role_lexicon(), load_kinship())
    start = content.index(name)
    return reader.read(content, [Name(name, start, start + len(name))])[0].signs


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("情况属实。经办：武秋燕", "武秋燕"),
        ("走访人员：阎立春", "阎立春"),
        ("接线员雷小芹安排回拨", "雷小芹"),
        ("人民陪审员霍金山到庭", "霍金山"),
        ("会议决定由葛志宏、魏秀芳负责取证", "葛志宏"),
        ("那天由葛志宏同志接待", "葛志宏"),
    ],
)
def test_who_fills_in_a_record_or_is_charged_with_a_matter_serves(content: str, name: str) -> None:
    assert Sign.OFFICIAL in signs(content, name)


@pytest.mark.parametrize(
    ("content", "name"), [("老人由侄子葛志宏照顾", "葛志宏"), ("家里登记了武秋燕的名字", "武秋燕")]
)
def test_who_cares_or_is_registered_does_not_serve(content: str, name: str) -> None:
    assert Sign.OFFICIAL not in signs(content, name)


@pytest.mark.parametrize("content", ["救助对象：武秋燕，家住庞家庄。", "患者：武秋燕，在省城。", "困难群众：武秋燕。"])
def test_a_label_says_who_is_in_need(content: str) -> None:
    assert signs(content, "武秋燕") == {Sign.HARDSHIP_BESIDE}


def test_somebody_who_is_called_so_in_the_writers_village_does_not_write() -> None:
    assert Sign.PETITIONER not in signs("我是克虎镇人，村里有个叫葛志宏的，腿断了", "葛志宏")
    assert Sign.PETITIONER in signs("我是克虎镇人，名叫葛志宏，腿断了", "葛志宏")


@pytest.mark.parametrize("content", ["村民代表葛志宏反映，水管坏了", "帮扶对象之外的代理人葛志宏反映，水管坏了"])
def test_a_representative_speaks_himself(content: str) -> None:
    start = content.index("葛志宏")

    assert not is_spoken_for(content, Name("葛志宏", start, start + 3))


@pytest.mark.parametrize("content", ["替邻居葛志宏反映一下", "帮克虎村的葛志宏问一下", "求助对象：葛志宏，克虎村。"])
def test_who_is_spoken_for_is_told_by_the_words_around(content: str) -> None:
    start = content.index("葛志宏")

    assert is_spoken_for(content, Name("葛志宏", start, start + 3))
