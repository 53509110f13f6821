"""What letters name with labels, and whose it is."""

import pytest

from importers.letter_labels import Contact, contact_in, labelled_fields


@pytest.mark.parametrize(
    ("text", "phone", "of_others"),
    [
        ("反映人：张三 电话：13800000000", "13800000000", ()),
        ("我的联系电话：13800000000", "13800000000", ()),
        ("我儿子张小三，电话13800000000", "13800000000", ()),
        ("被反映人王大，电话：13900000000。\n反映人：张三 电话：13800000000", "13800000000", ("13900000000",)),
        ("我找村主任王大（电话：13900000000），本人电话：13800000000", "13800000000", ("13900000000",)),
        ("来访人：张三，被反映人：王大，联系电话：13900000000", "", ("13900000000",)),
        ("被反映人情况：\n姓名：王大\n电话：13900000000", "", ("13900000000",)),
        ("书记您好：\n家中困难。\n电话：13800000000", "13800000000", ()),
        ("关于低保的申请\n张书记：\n家中困难。\n电话：13800000000", "13800000000", ()),
        ("被反映干部：\n电话：13900000000", "", ("13900000000",)),
        ("联系电话：138 0000 0000", "138 0000 0000", ()),
        ("联系电话：13800000000 13900000000", "13800000000 13900000000", ()),
        ("村支书的电话：13900000000", "", ()),
        ("家庭住址：某镇某村\n联系电话：13800000000", "13800000000", ()),
    ],
)
def test_a_phone_is_that_of_the_person_named_last_before_it(text: str, phone: str, of_others: tuple[str, ...]):
    found = labelled_fields(text)

    assert found.fields.get("phone", "") == phone
    assert tuple(value for _, value in found.of_others) == of_others


_STORY = "来信复印件\n关于困难的报告\n尊敬的县领导：\n家中困难，请书记给个说法。\n敬礼\n"


@pytest.mark.parametrize(
    ("end", "phone"),
    [
        ("张三\n2026年9月3日\n电话：13800000000", "13800000000"),
        ("张三　电话：13800000000", "13800000000"),
        ("张三\n住址：某镇某村\n电话：13800000000", "13800000000"),
        ("张三\n代书人：李四\n电话：13900000000", ""),
        ("张三\n承办人\n李四\n电话：13900000000", ""),
        ("张三\n村主任 李四\n电话：13900000000", ""),
        ("张三\n被反映人情况：\n某村\n李四\n电话：13900000000", ""),
        ("电话：13900000000", ""),
    ],
)
def test_a_phone_below_a_signature_is_the_signers_whoever_stands_far_above(end: str, phone: str):
    assert labelled_fields(f"{_STORY}{end}").fields.get("phone", "") == phone


def test_a_name_below_the_heading_of_somebody_else_is_not_the_writers():
    found = labelled_fields("被反映人情况：\n姓名：王大\n反映人情况：\n姓名：张三")

    assert found.fields["name"] == "张三"


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("联系人：张三　13800000000", Contact("张三", "13800000000")),
        ("联系人：张三（0358-4411222）", Contact("张三", "0358-4411222")),
        ("联系人：张三\n电话：13800000000", Contact("张三")),
        ("联系人：张三 141124199902300019", Contact("张三")),
        ("反映人：张三　13800000000", Contact()),
    ],
)
def test_a_number_right_behind_the_contact_is_his_phone(text: str, contact: Contact):
    assert contact_in(text) == contact


def test_a_contact_is_a_signer_by_his_whole_name():
    assert Contact("张三").is_of("李四、张三")
    assert not Contact("张三").is_of("李四、张三虎")
    assert not Contact().is_of("")
