"""The shipped reader on short, plain cases; its quality is measured in benchmarks/."""

from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import ModelError
from domain.risk import Risk
from nlp.accusation import load_accusation_reader
from nlp.classifier import Classifier, load_classifier
from nlp.linear import load_linear_model
from nlp.weights import LINEAR, SHIPPED


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return load_classifier()


@pytest.mark.parametrize(
    ("text", "risk"),
    [
        ("每周透析三次，还欠了十几万", Risk.ILLNESS),
        ("暴雨冲垮了我家房子", Risk.DISASTER),
        ("交不起学费想退学", Risk.EDUCATION),
        ("工地老板拖欠工资半年", Risk.UNEMPLOYMENT),
        ("家里的木枣三毛钱都没人收，堆在院里烂了", Risk.PRICE_FALL),
        ("土窑洞塌了半边，老人还住在里面", Risk.HOUSING),
        ("村里自来水断了两年，吃水要到沟里拉水", Risk.WATER),
    ],
)
def test_a_difficulty_said_in_few_words_is_read(classifier: Classifier, text: str, risk: Risk):
    assert risk in classifier.read([("", text)])[0].risks


@pytest.mark.parametrize(
    "text",
    [
        "发展香菇产业，户均增收8000元，乡亲们笑开了花",
        "小区路灯坏了三天没人修，请尽快处理",
        "请问城乡居民医保什么时候开始缴费，可以用手机缴吗",
        "县里举行地质灾害应急演练，模拟窑洞塌方转移群众",
    ],
)
def test_what_is_no_current_difficulty_raises_nothing(classifier: Classifier, text: str):
    assert classifier.read([("", text)])[0].labels == ()


@settings(max_examples=50, deadline=None)
@given(title=st.text(max_size=20), text=st.text(max_size=200))
def test_evidence_always_lies_inside_the_text_and_says_what_stands_there(title: str, text: str):
    [reading] = load_classifier().read([(title, text)])
    content = f"{title}\n{text}" if title else text

    for label in reading.labels:
        assert 1 <= len(label.evidence) <= 4
        for span in label.evidence:
            assert content[span.start : span.end] == span.text


def test_many_texts_are_read_like_one(classifier: Classifier):
    texts = [("", "每周透析三次，还欠了十几万"), ("", "小区路灯坏了")]

    assert classifier.read(texts) == [classifier.read([one])[0] for one in texts]


def test_a_changed_file_of_weights_is_refused(tmp_path: Path):
    directory = tmp_path / "linear"
    copytree(SHIPPED / LINEAR, directory)
    (directory / "vocabulary.txt").write_bytes((directory / "vocabulary.txt").read_bytes() + b"x")

    with pytest.raises(ModelError, match="校验值不符"):
        load_linear_model(directory)


def test_missing_weights_are_refused(tmp_path: Path):
    with pytest.raises(ModelError, match="不完整"):
        load_linear_model(tmp_path)


@pytest.mark.parametrize(
    ("text", "purpose", "category"),
    [
        ("请求依法处理", "揭发控告", ""),
        ("请求依法处理", "求决", "纪检监察/干部作风"),
        ("村支书把低保名额给了自家亲戚，还收了别人两千块钱", "求决", ""),
        ("会计冒领退耕补助三年，要求查账", "", ""),
    ],
)
def test_accusations_are_recognised_by_form_and_by_text(text: str, purpose: str, category: str):
    accused, rule = load_accusation_reader().is_accusation("", text, purpose=purpose, category=category)

    assert accused
    assert rule


@pytest.mark.parametrize(
    "text", ["家里有人病了，药费负担不起", "村里停水半个月了，没人管", "包村干部帮我家修好了窑洞，谢谢"]
)
def test_a_plea_or_thanks_is_no_accusation(text: str):
    assert not load_accusation_reader().is_accusation("", text, purpose="求决", category="")[0]
