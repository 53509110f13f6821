"""What an official writes below a letter: his name and day are not the letter's; the writer's own words stay."""

import pytest

from importers.entries import Accepted, Warned
from importers.formats.parts import Letter
from importers.letters.official_notes import OF_OFFICIAL, without_official_note
from importers.letters.reading import read_letter
from tests.importers.office_files import NOW

_MATTER = ["尊敬的领导：", "我家今年遭了雹灾，十亩谷子绝收，请求救助。"]
_SIGNED = [*_MATTER, "张三", "2026年9月8日"]


def _read(lines: list[str]) -> tuple[tuple[str, str, str], list[str]]:
    """Name, day and text, and what is said."""
    entries = list(read_letter(Letter("", "求助", "\n".join(lines)), received_at=NOW))
    [raw] = [one.record.raw for one in entries if isinstance(one, Accepted)]
    said = [one.problem.reason for one in entries if isinstance(one, Warned)]
    return (raw.petitioner.name, f"{raw.published_at or NOW:%m-%d}", raw.text), said


@pytest.mark.parametrize(
    "note",
    [
        ["请民政办樊丽同志阅处。  李四  9月10日"],
        ["批示：请信访办核实。李四 2026年9月10日"],
        ["领导批示：", "同意救助。", "2026年9月10日"],
        ["请信访办核实。", "李四", "2026年9月10日"],
    ],
)
@pytest.mark.parametrize("end", [["张三", "2026年9月8日"], ["2026年9月8日", "反映人：张三", "13900000000"]])
def test_an_officials_note_below_a_letter_lends_it_neither_name_nor_day(end: list[str], note: list[str]):
    lines = [*_MATTER, *end, "", *note]

    assert _read(lines) == (("张三", "09-08", "\n".join(lines)), [OF_OFFICIAL])


def test_below_a_letter_that_nobody_signed_an_official_with_a_label_is_not_its_petitioner():
    (name, day, _), said = _read([*_MATTER, "2026年9月8日", "批示：请信访办核实。", "李四", "2026年9月10日"])

    assert (name, day) == ("", "09-08")
    assert OF_OFFICIAL in said


@pytest.mark.parametrize(
    "below",
    [
        ["请民政办尽快核实。张三 13900000000"],
        ["请信访办核实我反映的事。李四"],
        ["请领导早日处理。"],
        ["又及：村里还有三户也遭了灾。"],
        ["请民政局尽快核实。", "李四 13900000001"],
        ["请水利局派人调查。", "反映人：李四 13900000001", "2026年9月10日"],
        ["请水利局调查处理某某村停水问题。", "李四", "2026年9月10日"],
        ["批示：", "县长要求处理，可是没有结果。", "联系电话：13900000000"],
        ["批示：请民政办核实。李四", "信访编号：A-18"],
        ["批示：", "身份证号：140123196001011234", "住址：某某村"],
    ],
)
def test_what_may_be_the_writers_own_words_stays(below: list[str]):
    assert without_official_note([*_SIGNED, *below]) == [*_SIGNED, *below]


@pytest.mark.parametrize(
    "above",
    [
        ["村里三个月没有水，水站的人一直推脱，责任人是", "李四"],
        ["村里的地被占了三亩，两年没有人管。", "证明人：李四"],
        ["今年遭了雹灾以后这些户没有领到补助：", "李四", "赵五"],
        ["今年遭了雹灾以后这些户没有领到补助：", "李四 2026年9月3日", "赵五 2026年9月4日"],
        ["今年遭了雹灾以后这一户没有领到补助：", "李四 13900000001"],
        ["今年遭了雹灾以后这一户没有领到补助：", "李四 2026年9月3日"],
        ["村里三个月没有水，群众吃水困难，请求解决。", "2026年9月3日"],
        ["村里的地被占了三亩，两年没有人管。", "证明人 李四 2026年9月3日"],
        ["村里的地被占了三亩，两年没有人管。", "村民代表：李四", "2026年9月3日"],
        ["住院花了十万元，欠债八万元，请求救助。", "患者 李四", "2026年9月3日"],
        ["村里的地被占了三亩，两年没有人管。情况属实。", "李四", "2026年9月3日"],
        ["住院花了十万元，至今没有赔一分钱，打人者", "李四", "2026年9月3日"],
        _MATTER,
    ],
)
def test_a_plea_above_the_signature_is_none(above: list[str]):
    lines = [*above, "请民政办核实。", "张三", "2026年9月8日"]

    assert without_official_note(lines) == lines
    assert _read(lines)[0][:2] == ("张三", "09-08")
