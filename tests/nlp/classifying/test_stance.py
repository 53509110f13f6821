"""Which clauses take a difficulty back; the real vocabulary, because it is what is tested."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.risk import GUIDE_RISKS, Risk
from nlp.classifying.stance import load_stance_reader
from nlp.classifying.stance_lexicon import Stance
from nlp.clauses import split_clauses


def _stances(text: str, risk: Risk) -> dict[str, Stance]:
    clauses = split_clauses(text)
    taken = load_stance_reader().read(text, clauses, [risk], frozenset(Stance)).get(risk)
    return {clauses[number].text: stance for number, stance in taken.stances.items()} if taken else {}


@pytest.mark.parametrize(
    ("text", "risk"),
    [
        ("家里没有人生病", Risk.ILLNESS),
        ("查出来不是肺癌", Risk.ILLNESS),
        ("俺爹没得啥糖尿病", Risk.ILLNESS),
        ("未发现因灾受损农户", Risk.DISASTER),
        ("房屋无倒塌", Risk.DISASTER),
        ("老屋没裂缝也不漏雨", Risk.HOUSING),
        ("村里从来没停过水", Risk.WATER),
        ("无人辍学,并无一人失学", Risk.EDUCATION),
        ("老板没有拖欠工资", Risk.UNEMPLOYMENT),
        ("低保没有被取消", Risk.BENEFIT_LOSS),
        ("娃不是没人管", Risk.LABOUR_SHORTAGE),
        ("摔了一跤没有受伤", Risk.ACCIDENT),
        ("今年的枣没有滞销", Risk.PRICE_FALL),
        ("羊场没有亏本", Risk.INDUSTRY_FAILURE),
        ("三婶没有偏瘫", Risk.DISABILITY),
        ("儿子没有被骗", Risk.OTHER_HARDSHIP),
    ],
)
def test_a_denied_difficulty_is_taken_back(text: str, risk: Risk):
    assert Stance.DENIED in _stances(text, risk).values()


@pytest.mark.parametrize(
    ("text", "risk"),
    [
        ("没有钱治病", Risk.ILLNESS),
        ("没有钱住院", Risk.ILLNESS),
        ("没病没灾的时候还好,现在瘫了", Risk.ILLNESS),
        ("难道没有病人才算好户", Risk.ILLNESS),
        ("没有水喝", Risk.WATER),
        ("没有人修", Risk.WATER),
        ("没有收入", Risk.UNEMPLOYMENT),
        ("没有活干", Risk.UNEMPLOYMENT),
        ("没有劳动力", Risk.LABOUR_SHORTAGE),
        ("没有人管", Risk.LABOUR_SHORTAGE),
        ("没有儿女", Risk.LABOUR_SHORTAGE),
        ("没有低保", Risk.BENEFIT_LOSS),
        ("钱没有到账", Risk.BENEFIT_LOSS),
        ("没有住处", Risk.HOUSING),
        ("没有房子住", Risk.HOUSING),
        ("不是没有停水", Risk.WATER),
        ("谁说没有受灾", Risk.DISASTER),
        ("村里说没有危房", Risk.HOUSING),
        ("回复说不存在拖欠的问题", Risk.BENEFIT_LOSS),
        ("往年没有滞销", Risk.PRICE_FALL),
        ("村干部解释为不是取消", Risk.BENEFIT_LOSS),
        ("不晓得算不算退学", Risk.EDUCATION),
        ("只想睡个不漏雨的觉", Risk.HOUSING),
        ("有没有受灾", Risk.DISASTER),
        ("八毛一斤都走不掉", Risk.PRICE_FALL),
        ("老板没有赔钱给我", Risk.ACCIDENT),
    ],
)
def test_an_absence_that_is_itself_a_difficulty_is_no_denial(text: str, risk: Risk):
    assert _stances(text, risk) == {}


@pytest.mark.parametrize(
    "text",
    [
        "问题没有得到解决",
        "钱未到账",
        "低保尚未恢复",
        "希望早日恢复低保",
        "请求尽快补发",
        "说是已恢复,其实没有",
        "平台显示已办结",
        "别人的都发放到位了,就我家没有",
        "欠的工资答应全部付清",
    ],
)
def test_what_is_promised_wished_or_contested_is_not_settled(text: str):
    assert Stance.SETTLED not in _stances(text, Risk.BENEFIT_LOSS).values()


def test_a_settlement_reaches_back_to_the_difficulty_but_not_beyond_its_matter():
    found = _stances("厂里欠我三个月工资,昨天全部结清,可我查出肝硬化", Risk.UNEMPLOYMENT)

    assert found == {"厂里欠我三个月工资": Stance.SETTLED, "昨天全部结清": Stance.SETTLED}
    assert _stances("厂里欠我三个月工资,昨天全部结清,可我查出肝硬化", Risk.ILLNESS) == {}


def test_a_condition_reaches_to_the_end_of_its_sentence():
    found = _stances("万一窑塌了,一家人住哪儿,能不能住村委会?老屋的墙是土的", Risk.HOUSING)

    assert set(found) == {"万一窑塌了", "一家人住哪儿", "能不能住村委会"}
    assert _stances("万一窑塌了,一家人住哪儿", Risk.HOUSING) == {}, "nobody asks or advises: it is a plea"


@pytest.mark.parametrize(
    "text", ["如果再没有水,我们只能搬走", "要不是断水,谁来求人", "家里欠了两万一,水也断了", "如果不给修,娃没水喝"]
)
def test_a_threat_or_a_reproach_supposes_nothing(text: str):
    assert _stances(text, Risk.WATER) == {}


def test_an_old_story_ends_where_the_text_speaks_of_today():
    found = _stances("七十年代吃水要翻两道梁,天不亮就排队。如今自来水入了户", Risk.WATER)

    assert set(found) == {"七十年代吃水要翻两道梁", "天不亮就排队"}


def test_what_began_long_ago_and_goes_on_is_not_past():
    assert _stances("一九八五年伤了腰,后来没治好,一直瘫到现在", Risk.DISABILITY) == {}


def test_only_stances_that_are_believed_count():
    text = "演练脚本:后山滑坡,埋了秧田"
    reader, clauses = load_stance_reader(), split_clauses(text)

    assert reader.read(text, clauses, [Risk.DISASTER], {Stance.SUPPOSED})
    assert reader.read(text, clauses, [Risk.DISASTER], {Stance.DENIED}) == {}


def test_every_category_has_words_and_every_stance_its_bounds():
    limits = load_stance_reader().limits

    for risk in GUIDE_RISKS:
        load_stance_reader().read("没有", split_clauses("没有"), [risk], frozenset(Stance))
    assert limits.in_brief.agrees.keys() == limits.in_long.agrees.keys() == set(Stance)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="没有不是如果已经解决病了，。\n19年以前 a万一", max_size=80))
def test_whatever_is_read_only_clauses_of_the_text_are_named(text: str):
    clauses = split_clauses(text)

    for taken in load_stance_reader().read(text, clauses, GUIDE_RISKS, frozenset(Stance)).values():
        assert taken.stances
        assert all(0 <= number < len(clauses) for number in (*taken.stances, *taken.fine, *taken.after_all))
        assert taken.fine.isdisjoint(taken.stances)
