import pytest

from nlp.kinship import load_kinship
from nlp.person_lexicon import load_person_lexicon
from nlp.role_evidence import EvidenceReader, Sign
from nlp.role_lexicon import load_role_lexicon
from nlp.written_name import Name


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
