"""A note above a letter that passes it on: no petition of its own, and nobody in it is the petitioner."""

import pytest

from importers.entries import Accepted, Warned
from importers.formats.parts import Letter
from importers.letters.passing_notes import PASSED_ON, is_cover_of
from importers.letters.reading import read_letter
from tests.importers.office_files import NOW

_MATTER = "尊敬的领导：\n家里今年遭了雹灾，十亩谷子绝收，请求救助。\n"
_LETTER = f"{_MATTER}反映人：张三\n2026年9月8日"


def _read(text: str) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Name, phone and day of each, and what is said."""
    entries = list(read_letter(Letter("", "求助", text), received_at=NOW))
    raws = [one.record.raw for one in entries if isinstance(one, Accepted)]
    assert "".join("".join(raw.text.split()) for raw in raws) == "".join(text.split())
    said = [one.problem.reason for one in entries if isinstance(one, Warned)]
    return [(raw.petitioner.name, raw.petitioner.phone, f"{raw.published_at or NOW:%m-%d}") for raw in raws], said


@pytest.mark.parametrize(
    "note",
    [
        "县局：现将张三来信转上。\n李四 2026年10月21日\n\n",
        "尊敬的县局领导：\n现将群众来信转去，请阅处。\n联系人：李四　电话：13900000001\n2026年10月21日\n\n",
        "县信访局：\n现将群众反映材料转给你们，请按程序办理。\n李四\n河湾镇信访办公室\n0358-4420110\n\n",
        "请民政办阅处。李四 13900000001\n",
        "现将群众来信转上。\n2026年10月21日\n\n",
    ],
)
def test_whoever_passes_a_letter_on_is_not_its_petitioner(note: str):
    assert _read(note + _LETTER) == ([("张三", "", "09-08")], [PASSED_ON])


@pytest.mark.parametrize(
    "above",
    [
        "县长：我把去年的来信再转交您。\n张三 13900000000\n2026年9月8日\n\n",
        "来信转交县长\n反映人：张三\n联系电话：13900000000\n",
        "关于反映低保问题的材料\n张三 13900000000\n",
        "请县长阅示\n某某村 张三 13900000000\n2026年9月8日\n",
        "现将材料转上，请阅处。\n13900000000\n2026年9月8日\n",
        "县信访局：\n现将全体村民的联名信件转交贵局。\n村民代表 李四 13900000001\n2026年9月8日\n\n",
        "请县长阅示\n",
        "现将母亲的来信转上，请查收。\n李四 2026年10月21日\n\n",
        "县局：\n现将来信转上，请核实处理。\n李四 13900000001\n2026年10月21日\n\n",
        "县局：\n现将来信转上。\n李四 140123196001011234\n2026年10月21日\n\n",
    ],
)
def test_words_above_that_may_be_the_writers_own_stay_his(above: str):
    assert PASSED_ON not in _read(above + _LETTER)[1]


@pytest.mark.parametrize(
    "above",
    [
        "现将反映材料转上，请查收。\n张三 13900000000\n2026年9月8日\n\n",
        "请县长阅示\n某某村 张三 13900000000\n2026年9月8日\n",
        "信件请转达县委书记\n张三 13900000000\n2026年9月8日\n",
    ],
)
def test_above_a_letter_without_a_name_whoever_passes_it_on_may_have_written_it(above: str):
    assert "张三" in [name for name, _, _ in _read(above + _MATTER)[0]]


@pytest.mark.parametrize(
    "first",
    [
        "村里的路坏了，请修一修。\n李四\n2026年9月7日\n\n",
        "王乡长：\n上次将反映材料转给民政所，没有结果，请帮助。\n李四\n2026年9月7日\n\n",
        "王乡长：\n水渠坏了，请阅处。\n李四\n2026年9月7日\n\n",
    ],
)
def test_two_short_letters_stay_two(first: str):
    found, said = _read(first + _LETTER)

    assert [name for name, _, _ in found] == ["李四", "张三"]
    assert PASSED_ON not in said


def test_the_letter_of_an_office_that_passes_another_on_is_its_cover_and_no_petition():
    cover = [
        "某县信访局",
        "关于转办张三信访事项的函",
        "某镇人民政府：",
        "现将张三来信反映的事项转去，请办理。",
        "某县信访局",
        "2026年9月5日",
    ]
    letter = ["尊敬的领导：", "我是某村张三，黄芪没人要，贷款还不上。", "张三", "2026年9月3日"]

    assert is_cover_of(cover, letter)
    assert not is_cover_of(cover, [*letter[:1], "我是某村李四，黄芪没人要。", "李四"])
    assert not is_cover_of(["领导：", "现将我家张三来信反映的事转去", "李四"], letter)


def test_the_letter_of_a_villager_who_names_an_office_and_anothers_letter_is_no_cover():
    own = ["某县信访局", "现将张三来信反映的路灯问题转去，老人夜里摔倒三人。", "村民 王五", "2026年9月5日"]
    letter = ["尊敬的领导：", "我是某村张三，黄芪没人要，贷款还不上。", "张三", "2026年9月3日"]

    assert not is_cover_of(own, letter)
