"""Records of one text, each begun by the same labels; a letter with labels is one."""

import time

import pytest

from importers.letters.parting import letters_in

_FIRST = ["反映人：张三", "住址：某某村", "电话：13800000001", "时间：2026-11-01", "我家窑洞顶上掉土，请求帮助修一修。"]
_SECOND = ["反映人：李四", "住址：某某村", "电话：13800000002", "时间：2026-11-02", "猪得瘟死了二十头，请求救助。"]


@pytest.mark.parametrize(
    ("above", "between"),
    [([], []), (["群众来信汇编", ""], [""]), (["第一封"], ["", "第二封"]), ([], ["=========="])],
)
def test_records_without_a_label_for_their_matter_are_parted_where_they_name_somebody_else(
    above: list[str], between: list[str]
):
    first, second = letters_in([*above, *_FIRST, *between, *_SECOND])

    assert _FIRST[0] in first
    assert _SECOND[0] not in first
    assert second[-5:] == _SECOND
    assert ("第二封" in between) == ("第二封" in second)


def test_a_record_of_nobody_is_one_of_its_own():
    nobody = ["反映人：匿名", "住址：不详", "时间：2026-11-03", "有个寡妇领着三个女女，没人管。"]

    assert letters_in([*_FIRST, "", *nobody])[1] == nobody


def test_one_of_two_records_of_the_same_name_takes_no_other_with_it():
    paper = ["反映人：张三", "电话：13800000001", "以后下雨还要掉土，请领导快些解决。"]
    namesake = ["反映人：张三", "电话：13800000003", "两个娃娃上学没有路费，请求救助。"]

    assert letters_in([*_FIRST, *paper, *_SECOND]) == [[*_FIRST, *paper], _SECOND]
    assert letters_in([*_FIRST, *namesake, *_SECOND]) == [_FIRST, namesake, _SECOND]


@pytest.mark.parametrize(("head", "kin"), [("家庭成员情况如下：", []), ("", ["与户主关系：妻子"])])
def test_the_petitioners_family_is_listed_and_petitions_nothing(head: str, kin: list[str]):
    own = ["姓名：张三", "电话：13800000001", "我家窑洞顶上掉土，请求帮助修一修。"]
    wife = ["姓名：李秀英", *kin, "年龄：60", "电话：13800000005", "瘫痪在床没有劳动能力，常年吃药。"]
    son = ["姓名：张小三", *kin, "年龄：30", "电话：13800000006", "在外打工，两年没有回家了，没有音信。"]

    assert len(letters_in([*own, head, *wife, *son])) == 1


def test_records_that_all_say_how_the_petitioner_is_related_to_the_patient_are_parted():
    one, two = [*_FIRST[:3], "与患者关系：父子", *_FIRST[3:]], [*_SECOND[:3], "与患者关系：夫妻", *_SECOND[3:]]

    assert letters_in([*one, *two]) == [one, two]


def test_a_label_that_nobody_knows_above_every_record_goes_with_its_own():
    one = ["流转码：A1", "诉求人：张三", "联系电话：13800000001", "诉求内容：窑洞顶上掉土。", ""]
    two = ["流转码：A2", "诉求人：李四", "联系电话：13800000002", "诉求内容：猪得瘟死了。"]

    assert letters_in([*one, *two]) == [one, two]


@pytest.mark.parametrize(
    "below",
    [
        ["反映人：张三", "电话：13800000001", "附：病历复印件一份、发票十二张。"],
        ["被反映人：李四", "职务：某某村村支书", "他把我的低保给了亲戚，请求查处。"],
        ["联系人：李四", "电话：13800000002", "他是我儿子，平时都是他在外面打工养家。"],
        ["反映人：李四", "电话：13800000002"],
        ["反映人：李四", "电话：13800000002", "我们两家都在坡上，下雨更难走，请求一并解决。"],
        ["反映人：张三", "住址：某某村", "以后下雨还要掉土，请领导快些解决。"],
        ["反映人：全家都没有办法了，请求领导过问", "电话：13800000002", "我们一家实在没有别的办法。"],
    ],
)
def test_what_is_no_record_of_somebody_else_stays_with_the_letter(below: list[str]):
    assert len(letters_in([*_FIRST, "", *below])) == 1


def _titled(title: str, name: str, day: str) -> list[str]:
    return [title, f"我叫{name}，老伴透析每周三回，家里实在困难。", f"申请人：{name}", day, "电话：13800000001", ""]


@pytest.mark.parametrize("title", ["求助信", "低保申请书", "情况反映"])
def test_letters_without_a_salutation_are_parted_at_their_titles(title: str):
    one, two = _titled("求助信", "张三", "2026年10月3日"), _titled(title, "李四", "2026年10月4日")

    assert letters_in([*one, *two]) == [one, two]


@pytest.mark.parametrize(("title", "name"), [("低保申请书", "张三"), ("承诺书", "李四"), ("判决书", "李四")])
def test_a_paper_of_the_writer_and_one_that_asks_for_nothing_stay_with_the_letter(title: str, name: str):
    lines = [*_titled("求助信", "张三", "2026年10月3日"), *_titled(title, name, "2026年10月4日")]

    assert len(letters_in(lines)) == 1


def test_a_letter_that_names_the_writer_above_is_of_his_household_or_tells_of_it():
    own = _titled("低保申请书", "张三", "2026年10月3日")
    wife = ["救助申请书", "我叫李秀英，是张三的老伴，瘫痪三年，请求救助。", "申请人：李秀英", "2026年10月3日"]

    assert len(letters_in([*own, *wife])) == 1


def test_very_many_records_cost_little_time():
    lines = [*_FIRST, "", *_SECOND, ""] * 2_000
    begun = time.process_time()

    assert len(letters_in(lines)) == 4_000
    assert time.process_time() - begun < 5
