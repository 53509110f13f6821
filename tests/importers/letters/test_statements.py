"""A statement of a village committee is nobody's petition; a petitioner whom the committee confirms stays one."""

import pytest

from importers.entries import Accepted, Warned
from importers.formats.parts import Letter
from importers.letters.reading import read_letter
from importers.letters.statements import OF_A_BODY
from tests.importers.office_files import NOW

_TEXT = "我村村民吕四娃，男，现年53岁，其妻残疾，两个孩子上小学，2026年8月从架子上掉下，已花费14万元，请予以核查。"
_PLEA = "修路占了三亩地，至今没有补偿，请求解决。\n"


def _read(text: str) -> tuple[str, str, list[str]]:
    entries = list(read_letter(Letter("", "说明", text), received_at=NOW))
    [raw] = [one.record.raw for one in entries if isinstance(one, Accepted)]
    assert raw.text == text
    said = [one.problem.reason for one in entries if isinstance(one, Warned)]
    return raw.petitioner.name, raw.petitioner.phone, said


@pytest.mark.parametrize(
    "end",
    [
        "\n某某村民委员会（章）\n联系人：村主任 张三 13900000000\n2026年9月11日",
        "特此说明。\n某某村民委员会\n经办人：村主任 张三  13900000000\n2026年9月11日",
        "\n某某村委会\n联系人：张三\n联系电话：13900000000\n2026年9月11日",
        "\n某某村委会\n村主任 张三 13900000000\n2026年9月11日",
        "特此说明。\n某某村委会 2026年9月11日\n张三 13900000000",
    ],
)
def test_the_contact_of_a_village_committees_statement_is_no_petitioner(end: str):
    name, phone, said = _read(_TEXT + end)

    assert (name, phone) == ("", "")
    assert OF_A_BODY in said


def test_what_the_statement_tells_of_the_household_stays():
    text = "兹证明张三，身份证号：140123196001011234，电话：13900000000，系我村村民，因病返贫。特此证明。\n"
    entries = list(read_letter(Letter("", "说明", f"{text}某某村委会（章）\n主任 李四 13900000001"), received_at=NOW))
    [raw] = [one.record.raw for one in entries if isinstance(one, Accepted)]

    assert (raw.petitioner.name, raw.petitioner.phone) == ("", "13900000000")
    assert raw.petitioner.id_number == "140123196001011234"
    # As it was kept when its contact was the petitioner: submitted again it corrects that.
    assert raw.titled_by_file
    assert raw.former_key


@pytest.mark.parametrize(
    "text",
    [
        f"{_TEXT}\n申请人：张三\n2026年9月10日\n情况属实。\n某某村委会（章）\n2026年9月11日",
        f"{_TEXT}\n张三\n2026年9月10日\n\n某某村委会（章）\n2026年9月11日",
        f"{_PLEA}此致\n某某村委会\n敬礼\n张三\n2026年9月11日",
        "我家今年遭了雹灾，请求救助。\n某某村委会\n张三\n2026年9月11日",
        "我叫张三，今年六十岁，请求救助。\n某某村委会（章）\n2026年9月11日",
        "我是村里的老党员，占地没有补偿，请求解决。\n某某村委会\n村主任 张三 13900000000\n2026年9月11日",
        f"本人说明：{_PLEA}特此说明。\n某某村委会\n五组 张三\n2026年9月11日",
        f"{_PLEA}某某村委会\n村主任 张三 13900000000\n2026年9月11日",
        f"{_PLEA}特此申请。\n某某村委会\n张三\n2026年9月11日",
        f"我村{_PLEA}某某村委会\n张三\n2026年9月11日",
        f"我村{_PLEA}某某村民委员会（章）\n村民代表：张三 13900000000\n2026年9月11日",
        f"我村{_PLEA}特此说明。\n某某党支部\n身份证号：140123196001011234\n张三 13900000000",
        f"我村{_PLEA}特此说明。\n某某党支部\n请帮助解决\n张三\n13900000000",
        f"我村{_PLEA}特此说明。\n某某村委会\n村民 张三 13900000000",
        f"我村{_PLEA}特此说明。\n某某村委会\n女儿 张三 13900000000",
        f"我村{_PLEA}特此说明。\n某某村委会\n村主任：李四\n张三 13900000000",
        "我村村主任李四占地三亩，请查处。\n某某村委会\n主任 张三 13900000000",
        f"张三，男，本村村民，{_PLEA}特此说明。\n某某村委会（章）\n张三 13900000000",
        f"我村{_PLEA}特此说明。\n某某村委会 2026年9月1日\n签名 张三 13900000000",
    ],
)
def test_a_petitioner_who_addresses_a_committee_or_whom_it_confirms_stays_one(text: str):
    name, _, said = _read(text)

    assert name == "张三"
    assert OF_A_BODY not in said
