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
        ("反映人：张三，住某村，电话 1380 0000 000。", "1380 0000 000", ()),
        ("反映人：张三，手机号138-0000-0000", "138-0000-0000", ()),
        ("反映人：张三，电话 1380 0000 0001。", "", ()),
        ("村主任王大电话 1390 0000 000", "", ("1390 0000 000",)),
        ("联系电话：0358-4420000　手机13800000000", "13800000000", ()),
        ("固定电话：0358-4420000，手机：138 0000 0000", "138 0000 0000", ()),
        ("手机：13800000000 固定电话：0358-4420000", "13800000000", ()),
        ("联系电话：0358-4420000\n手机：13800000000", "0358-4420000", ()),
        ("联系电话：0358-4420000 手机号：13900000000（村主任）", "0358-4420000", ()),
        ("联系电话：0358-4420000，村主任手机：13900000000", "0358-4420000", ()),
        ("联系电话：0358-4420000，儿子张小三 手机：13900000000", "0358-4420000", ()),
        ("联系电话：+86 138-0000-0000", "+86 138-0000-0000", ()),
        ("村支书的电话：13900000000", "", ()),
        ("家庭住址：某镇某村\n联系电话：13800000000", "13800000000", ()),
    ],
)
def test_a_phone_is_that_of_the_person_named_last_before_it(text: str, phone: str, of_others: tuple[str, ...]):
    found = labelled_fields(text)

    assert found.fields.get("phone", "") == phone
    assert tuple(value for _, value in found.of_others) == of_others


def test_a_phone_below_a_name_that_somebody_else_heads_is_not_the_writers():
    story = "尊敬的领导：\n我在工地干活，老板不给钱。老板叫\n王富贵\n手机：13900000000\n请领导做主。\n张三"

    assert labelled_fields(story).fields.get("phone", "") == ""


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
    assert Contact("张三").is_of("某镇某村张三")
    assert Contact("张三").is_of("张三（为母亲代笔）")


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("姓 名：张 三\u3000性 别：男\u3000年 龄：58岁", {"name": "张三"}),
        ("姓 名：王 小 明\u3000住 址：某镇某村", {"name": "王小明", "address": "某镇某村"}),
        ("来访人：张 三\u3000民 族：汉\u3000联 系 电 话：13800000000", {"name": "张三", "phone": "13800000000"}),
        ("公 民 身 份 号 码：14112419700101000X", {"id_number": "14112419700101000X"}),
        ("被 反 映 人：李 四\n他 的 电 话：13800000000", {}),
        ("监 护 人：李 四\u3000电 话：13900000000", {}),
        ("申 请 人：张 三\n被 申 请 人：李 四\u3000电 话：13900000000", {"name": "张三"}),
        ("反映内容：低 保 电 话：没人接", {}),
    ],
)
def test_a_name_written_apart_ends_where_a_label_written_apart_begins(text: str, fields: dict[str, str]):
    assert labelled_fields(text).fields == fields


@pytest.mark.parametrize(
    ("text", "day", "received_on"),
    [
        ("收信日期：2026年10月12日    写信日期：2026年10月9日", "2026年10月9日", "2026年10月12日"),
        ("写信日期：2026-10-09\n收信日期：2026-10-12", "2026-10-09", "2026-10-12"),
        ("收信日期：2026年10月12日", "2026年10月12日", None),
        ("收信日期：2026年10月12日    写信日期：    年  月  日", "2026年10月12日", None),
        ("收信日期：2026年10月12日    来信日期：2026年10月9日", "2026年10月12日", None),
    ],
)
def test_the_day_of_writing_goes_before_that_of_receipt(text: str, day: str, received_on: str | None):
    fields = labelled_fields(f"来信人：张三\n{text}\n来信内容：我家窑洞裂了。").fields

    assert (fields["occurred_on"], fields.get("received_on")) == (day, received_on)
