"""Letters: who signed, when, and what stands in labels."""

import time

import pytest

from importers.entries import Accepted, Rejected, Warned
from importers.formats.parts import Form, FormField, Letter
from importers.letters.labels import labelled_fields
from importers.letters.reading import read_letter
from importers.letters.signatures import Signature, signature_of
from importers.petitions.filled_forms import read_form
from tests.importers.office_files import NOW


@pytest.mark.parametrize(
    ("end", "name", "day"),
    [
        (["此致", "敬礼", "张三", "2026年9月3日"], "张三", "2026年9月3日"),
        (["2026年9月3日", "申请人：张 三"], "张三", "2026年9月3日"),
        (["某镇某村 李四", "二〇二六年九月三日"], "李四", "二〇二六年九月三日"),
        (["反映人:王五 2026.9.3"], "王五", "2026.9.3"),
        (["口述人：张三（捺印）", "代书人：李四", "2026年9月3日"], "张三", "2026年9月3日"),
        (["养殖户：张三", "2026年9月3日"], "张三", "2026年9月3日"),
        (["某村 麴爱莲", "2026年9月3日"], "麴爱莲", "2026年9月3日"),
        (["荀卫东 2026年9月3日"], "荀卫东", "2026年9月3日"),
        (["公冶建国", "2026年9月3日"], "公冶建国", "2026年9月3日"),
        (["贲玉梅", "2026年9月3日"], "贲玉梅", "2026年9月3日"),
        (["张三", "2026年9月3日", "病情：", "贲门癌"], "张三", "2026年9月3日"),
        (["张三", "二O二六年六月一日"], "张三", "二O二六年六月一日"),
        (["张三", "二〇二六年", "九月十四日", "电话：0358-4490000"], "张三", "二〇二六年九月十四日"),
        (["张三", "2026年9月", "14日"], "张三", "2026年9月14日"),
        (["断水从2026年", "9月14日", "张三"], "张三", ""),
        (["敬礼"], "", ""),
        (["全体村民", "2026-09-03"], "", "2026-09-03"),
        (["请求尽快解决我家的住房问题，我们一家老小感激不尽，等候答复，谢谢领导的关心。"], "", ""),
    ],
)
def test_the_end_of_a_letter_says_who_and_when(end: list[str], name: str, day: str):
    assert signature_of(["尊敬的领导：", "家中有人患病，请求帮扶。", *end]) == Signature(name, day)


def test_labels_in_a_text_say_who_and_where_and_the_first_of_each_counts():
    found = labelled_fields("来访人：张三，电话：138 0000 0000\n住址: 某镇某村\n反映人：李四\n备注：无").fields

    assert found["name"] == "张三"
    assert found["address"] == "某镇某村"


def test_the_same_letter_twice_is_one_document_whatever_its_file_is_called():
    first, second = (
        [one for one in read_letter(Letter(part, name, text), received_at=NOW) if isinstance(one, Accepted)]
        for part, name, text in (("一.txt", "一", "家中有人患病。\n张三"), ("二.txt", "二", "家中有人患病。\r\n张三"))
    )

    assert first[0].record.raw.id == second[0].record.raw.id
    assert [one[0].record.raw.external_key for one in (first, second)] == [first[0].record.raw.external_key] * 2
    assert [one[0].record.raw.title for one in (first, second)] == ["一", "二"]
    assert first[0].record.raw.titled_by_file


def test_of_a_copied_letter_that_names_nobody_every_file_is_a_petition_of_its_own():
    first, second = (
        [
            one.record.raw
            for one in read_letter(Letter("", name, "家中有人患病, 请求救助。"), received_at=NOW)
            if isinstance(one, Accepted)
        ]
        for name in ("张三宝的来信", "李四旺的来信")
    )

    assert first[0].external_key != second[0].external_key
    assert not first[0].titled_by_file


def test_the_subject_of_a_mail_is_part_of_what_it_is_known_by():
    first, second = (
        [one.record.raw for one in read_letter(letter, received_at=NOW) if isinstance(one, Accepted)]
        for letter in (Letter("", name, "请求救助。\n张三", titled=True) for name in ("低保", "危房"))
    )

    assert [first[0].title, second[0].title] == ["低保", "危房"]
    assert first[0].id != second[0].id
    assert first[0].former_key == ""
    assert not first[0].titled_by_file


def test_a_letter_without_a_word_is_rejected_with_what_to_do():
    (entry,) = read_letter(Letter("空.docx", "空", " \n\u3000 "), received_at=NOW)

    assert isinstance(entry, Rejected)
    assert entry.problem.sheet == "空.docx"
    assert "请" in entry.problem.reason


def test_a_day_in_the_future_costs_only_the_day():
    entries = list(read_letter(Letter("", "来信", "家中有人患病。\n张三\n2027年9月3日"), received_at=NOW))

    assert [type(entry) for entry in entries] == [Warned, Accepted]
    assert isinstance(entries[1], Accepted)
    assert entries[1].record.raw.published_at is None


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("9月20日", "日期没有写年份, 请补上年份, 像 2026-09-03 这样写: 9月20日; 已按收到的日子接收"),
        ("农历八月初三", "农历日期没有写年份, 请补上年份或写成公历: 农历八月初三; 已按收到的日子接收"),
    ],
)
def test_a_day_without_a_year_is_said(day: str, reason: str):
    letter = Letter("", "来信", f"尊敬的领导：\n我家窑洞裂了，请求救助。\n张三\n{day}\n13800000000")
    warned, accepted = read_letter(letter, received_at=NOW)

    assert isinstance(warned, Warned)
    assert (warned.problem.column, warned.problem.reason, warned.problem.value) == ("日期", reason, day)
    assert isinstance(accepted, Accepted)
    assert accepted.record.raw.published_at is None


def test_what_was_read_from_an_image_without_certainty_is_named():
    fields = {
        "姓名": FormField("张三", 0.99),
        "联系电话": FormField("13800000000", 0.6),
        "反映内容": FormField("家中有人患病，请求帮扶。", 0.95),
    }

    entries = list(read_form(Form("表.jpg", fields, ""), received_at=NOW))

    assert isinstance(entries[0], Warned)
    assert (entries[0].problem.column, entries[0].problem.value) == ("联系电话", "138****0000")
    assert "把握60%" in entries[0].problem.reason
    assert isinstance(entries[1], Accepted)


def test_what_was_repaired_on_a_form_is_said_in_its_own_words():
    fields = {
        "姓名": FormField("张三", 0.99),
        "联系电话": FormField("13800000000", 0.5, "图上认出的「O」已当作「0」; 请对照原件核对, 认错的请改正后重新提交"),
        "反映内容": FormField("家中有人患病，请求帮扶。", 0.95),
    }

    first, second = read_form(Form("表.jpg", fields, ""), received_at=NOW)

    assert isinstance(first, Warned)
    assert first.problem.reason == fields["联系电话"].note
    assert isinstance(second, Accepted)


def test_a_letter_that_was_read_with_doubt_says_so():
    letter = Letter("", "来信", "家中有人患病。\n张三\n2026年9月3日", "有2行把握不足85%")

    first, second = read_letter(letter, received_at=NOW)

    assert isinstance(first, Warned)
    assert first.problem.reason == letter.note
    assert isinstance(second, Accepted)


@pytest.mark.parametrize(
    ("end", "phone"),
    [
        ("张三\n家里电话（奶奶接）：0358-4490000", "03584490000"),
        ("张三\n我家座机 0358-4490000", "03584490000"),
        ("张三 13800000000\n家里电话：0358-4490000", "13800000000"),
        ("家里电话：0358-4490000\n张三\n手机：13800000000", "13800000000"),
        ("张三\n住址：某村\n家里电话：0358-4490000", "03584490000"),
        ("他家里电话：0358-4490000\n张三", ""),
        ("找村主任王大\n家里电话：0358-4490000\n张三", ""),
        ("证明人：李四\n家里电话：0358-4490000\n张三", ""),
        ("李四\n家里电话：0358-4490000\n反映人：张三", ""),
    ],
)
def test_the_phone_of_the_writers_house_is_his_where_he_names_no_other(end: str, phone: str):
    letter = Letter("", "来信", f"领导好：\n家中有人患病。\n2026年9月3日\n{end}")
    (record,) = (one.record.raw for one in read_letter(letter, received_at=NOW) if isinstance(one, Accepted))

    assert record.petitioner.phone.replace("-", "") == phone


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("张三", ["信里没有看出写信的日期, 已按收到的日子接收; 信上有日期的请在回执Excel的「信访日期」一栏补填后再交"]),
        ("张三\n2026年9月3日", []),
        ("张三\n收文日期：2026年9月8日", []),
        ("来访时间：2026年9月3日\n张三", []),
        ("张三\n9月3日", ["日期没有写年份, 请补上年份, 像 2026-09-03 这样写: 9月3日; 已按收到的日子接收"]),
    ],
)
def test_a_letter_whose_day_is_not_found_says_so_and_one_that_has_it_does_not(end: str, said: list[str]):
    entries = [*read_letter(Letter("", "来信", f"领导好：\n家中有人患病。\n{end}"), received_at=NOW)]

    assert [one.problem.reason for one in entries if isinstance(one, Warned)] == said


def test_a_mail_without_a_day_below_it_has_the_day_on_which_it_was_sent_and_says_nothing():
    text = "发件人: a@mail.invalid\n日期: 2026-09-03\n领导好：\n家中有人患病。\n张三"

    (entry,) = read_letter(Letter("", "来信", text), received_at=NOW)

    assert isinstance(entry, Accepted)


def test_a_form_without_a_matter_is_rejected_and_its_labels_are_named():
    (entry,) = read_form(Form("表.jpg", {"户主": FormField("张三", 1.0)}, "户主 张三"), received_at=NOW)

    assert isinstance(entry, Rejected)
    assert "登记一件" in entry.problem.reason


@pytest.mark.parametrize(
    "part", ["大", "尊敬的领导:\n", "姓名:张三\n", "此致\n尊敬的领导:\n", "我叫", "联系电话:13800000000 "]
)
def test_a_hostile_letter_does_not_hold_up_those_behind_it(part: str):
    text = part * (100_000 // len(part))
    begun = time.process_time()

    entries = list(read_letter(Letter("", "", text), received_at=NOW))

    assert entries
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我家断水了。\n张三\n2026年9月1日\n欠薪单位情况\n代表人：李四", "张三"),
        ("我叫张三，我家断水了。\n2026年9月1日\n在场见证\n村民代表：李四、王小五", "张三"),
        ("我叫张三，我家断水了。\n2026年9月1日\n在场见证\n村民代表：李四 王小五", "张三"),
        ("我村断水了。\n村民代表：李四、王小五\n2026年9月1日", "李四、王小五"),
        ("我村断水了。\n某村二组全体村民\n代表：李四 13800000000\n2026年9月1日", "李四"),
        ("我家断水了。\n张三\n2026年9月1日\n代表：李四 13900000000", "张三"),
        ("水塘被污染了。\n张三\n2026年9月1日\n养殖户：李四", "张三"),
        ("水塘被污染了。\n张三\n2026年9月1日\n证人证言\n口述人：李四", "张三"),
        ("水塘被污染了。\n口述人签字（手印）：张三\n2026年9月1日\n代书人：李四", "张三"),
        ("我家断水了。\n申请人：张三\n2026年9月1日\n县人大代表：李四", "张三"),
        ("我村断水了。\n县人大代表：李四\n2026年9月1日", ""),
        ("我村断水了。\n群众都很着急。\n代表：李四\n2026年9月1日", ""),
        ("我村断水了。\n甲方（盖章）：某公司\n代表：李四\n2026年9月1日", ""),
        ("我村断水了。\n打伤村民\n代表：李四\n2026年9月1日", ""),
        ("我村断水了。\n施工方强占村民土地\n代表：李四\n2026年9月1日", ""),
        ("我村断水了。\n拖欠工人工资的公司\n代表：李四\n2026年9月1日", ""),
        ("我村断水了。\n乙方：某家峁村村民\n代表：李四\n甲方：某公司\n代表：王强\n2026年9月1日", ""),
    ],
)
def test_representatives_sign_only_where_nobody_else_writes(text: str, name: str):
    (record,) = (
        one.record.raw for one in read_letter(Letter("", "来信", text), received_at=NOW) if isinstance(one, Accepted)
    )

    assert record.petitioner.name == name


def test_a_contact_with_his_phone_in_brackets_alone_below_a_letter_is_its_writer():
    letter = Letter("", "来信", "我们的地被占了，请处理。\n联系人：张三（13800000000）\n2026年9月1日")
    (record,) = (one.record.raw for one in read_letter(letter, received_at=NOW) if isinstance(one, Accepted))

    assert (record.petitioner.name, record.petitioner.phone) == ("张三", "13800000000")
