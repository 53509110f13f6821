"""The shipped reader on short, plain cases; its quality is measured in benchmarks/."""

from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.failures.errors import ModelError
from domain.risk import Risk
from domain.words.vocabulary import Factuality
from nlp.classifying.accusation import load_accusation_reader
from nlp.classifying.classifier import Classifier, load_classifier
from nlp.classifying.linear import load_linear_model
from nlp.classifying.rules import load_rules
from nlp.classifying.weights import LINEAR, SHIPPED


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


@pytest.mark.parametrize(
    ("text", "risk"),
    [
        ("我爹没得癌,是尿毒症,一周透析三次", Risk.ILLNESS),
        ("房屋无倒塌,但屋顶全被掀了,没处住", Risk.HOUSING),
        ("工资没有拖到今年,拖了三年了", Risk.UNEMPLOYMENT),
        ("厂里没有倒闭,但是工资欠了八个月", Risk.UNEMPLOYMENT),
        ("补贴都发放了,就我家没有", Risk.BENEFIT_LOSS),
        ("系统显示已办结,根本没人联系我,工资还是没给", Risk.UNEMPLOYMENT),
        ("火已扑灭,三间房烧光了", Risk.DISASTER),
        ("如果不是邻居接济,我们早饿死了,老伴瘫痪,吃药的钱都没有", Risk.DISABILITY),
        ("如果政府能给报一点药费,我就不卖房了,尿毒症太花钱", Risk.ILLNESS),
        ("要是能找到活干就好了,失业半年了", Risk.UNEMPLOYMENT),
        ("一旦下雨屋顶就漏,娃吓得哭", Risk.HOUSING),
        ("万一我走了,瘫痪的儿子谁管", Risk.DISABILITY),
        ("通告:我村羊瘟已死三百只,各户停止出栏", Risk.DISASTER),
        ("应急预案启动,四十户被淹,等待救援", Risk.DISASTER),
        ("民国时的老屋,塌了半边,一家六口住着", Risk.HOUSING),
        ("没有的事都安到我头上,取消了我的低保", Risk.BENEFIT_LOSS),
    ],
)
def test_words_of_denial_beside_a_difficulty_do_not_silence_it(classifier: Classifier, text: str, risk: Risk):
    assert risk in classifier.read([("", text)])[0].risks


@pytest.mark.parametrize(
    ("text", "risk"),
    [
        ("我父亲去年查出尿毒症,每周透析三次,积蓄花光了,恳请领导帮帮我们,特此感谢。", Risk.ILLNESS),
        ("老伴得了肺癌,化疗一次要一万多,请政府给予救助,在此致谢!", Risk.ILLNESS),
        ("今年七月冰雹把我家十二亩玉米全打了,望有关部门尽快处理,特此感谢!", Risk.DISASTER),
        ("我家的土窑洞裂了两指宽的缝,下雨天不敢睡人。请领导来看看,致谢。", Risk.HOUSING),
        ("去年把我的低保取消了。请求恢复,特此致谢。", Risk.BENEFIT_LOSS),
    ],
)
def test_thanks_at_the_end_of_a_plea_settle_nothing(classifier: Classifier, text: str, risk: Risk):
    assert risk in classifier.read([("", text)])[0].risks


@pytest.mark.parametrize(
    ("text", "risk"),
    [
        ("我父亲去年查出尿毒症,每周透析三次。办理情况:已电话回复,同意办结。", Risk.ILLNESS),
        ("我们组自来水断了两个月,吃水要到三里外去挑。办理结果:已转水利部门,工单办结", Risk.WATER),
        ("老伴得了肺癌,化疗一次要一万多。经办人:均无异议,销号", Risk.ILLNESS),
    ],
)
def test_that_an_office_closed_its_papers_settles_nothing(classifier: Classifier, text: str, risk: Risk):
    assert risk in classifier.read([("", text)])[0].risks


@pytest.mark.parametrize(
    ("text", "risk"),
    [
        ("我父亲去年查出尿毒症,每周透析三次,积蓄花光了。上次反映的路灯问题已解决。", Risk.ILLNESS),
        ("老伴得了肺癌,化疗一次要一万多。隔壁老王家的事已经解决了。", Risk.ILLNESS),
        ("儿子在煤矿打工,工资一分没发。去年的粮补已全部发放到位。", Risk.UNEMPLOYMENT),
        ("儿子车祸,对方赔偿已到账,可人瘫了,护理没人。", Risk.ACCIDENT),
        ("父亲肺癌手术出院半个月了,欠下八万外债,还要化疗。", Risk.ILLNESS),
        ("火已扑灭,家里烧得什么都没了。", Risk.DISASTER),
        ("风险提示:我村庞某家中有一名尿毒症患者,自付医药费四万元,存在返贫风险。", Risk.ILLNESS),
    ],
)
def test_what_was_settled_for_others_or_left_debts_behind_silences_nothing(
    classifier: Classifier, text: str, risk: Risk
):
    assert risk in classifier.read([("", text)])[0].risks


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("家里没有人生病,娃都好,就是问问医保啥时候交", Factuality.NONE),
        ("拖欠的工资已全部付清,工人均无异议,同意办结", Factuality.RESOLVED),
        ("演练脚本:假定后山滑坡埋了三户,由村干部组织转移", Factuality.HYPOTHETICAL),
    ],
)
def test_a_difficulty_that_is_taken_back_raises_nothing(classifier: Classifier, text: str, kind: Factuality):
    [reading] = classifier.read([("", text)])

    assert reading.labels == ()
    assert reading.factuality is kind


def test_a_check_that_found_nobody_in_difficulty_raises_nothing(classifier: Classifier):
    [reading] = classifier.read([("", "经逐户排查,未发现因灾返贫户,房屋无倒塌,群众生活正常")])

    assert reading.labels == ()


def test_what_is_denied_is_never_shown_as_evidence_beside_what_is_not(classifier: Classifier):
    [reading] = classifier.read([("", "厂里没有倒闭,但是工资欠了八个月")])

    assert [span.text for label in reading.labels for span in label.evidence] == ["但是工资欠了八个月"]


def test_where_every_category_went_little_probability_is_left(classifier: Classifier):
    texts = [("", "我妈的低保没有被取消,就是换了张卡,这个月的钱查到了")]
    [full], [kept] = Classifier(classifier.model, load_rules()).read(texts), classifier.read(texts)

    assert full.labels
    assert not kept.labels
    assert kept.risk_probability < full.risk_probability


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
        ("请求依法处理", "求决", "民政、纪检监察"),
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
