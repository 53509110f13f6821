"""The day of a letter that came attached to a mail."""

from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from importers.entries import Accepted, Entry, Warned
from importers.formats.parts import Letter
from importers.letters.one_letter import DAY_OF_MAIL
from importers.letters.reading import read_letter
from importers.petitions.reading import open_petitions
from tests.importers.formats.office_files import archive
from tests.importers.office_files import COUNTY, NOW

_CHINA = ZoneInfo("Asia/Shanghai")
_LETTER = "尊敬的领导：\n我家房子漏雨，没钱修，请求危房改造。\n张三 13800000000\n"


def _mail(name: str, content: bytes, body: str = "请查收附件。") -> bytes:
    made = EmailMessage()
    made["From"] = "office@mail.invalid"
    made["Date"] = "Thu, 03 Sep 2026 09:30:00 +0800"
    made.set_content(body)
    made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def _read(folder: Path, content: bytes) -> list[Entry]:
    path = folder / "来件.eml"
    path.write_bytes(content)
    with open_petitions(path, received_at=NOW, county=COUNTY) as found:
        return list(found)


def _days(entries: list[Entry]) -> list[str]:
    moments = [one.record.raw.published_at for one in entries if isinstance(one, Accepted)]
    return [moment.astimezone(_CHINA).date().isoformat() if moment else "" for moment in moments]


def _said(entries: list[Entry]) -> list[tuple[str, str]]:
    return [
        (one.problem.reason, one.problem.value)
        for one in entries
        if isinstance(one, Warned) and one.problem.column == "日期"
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [("信.txt", _LETTER.encode()), ("信.zip", archive({"信.txt": _LETTER.encode()}))],
)
def test_an_attached_letter_without_a_day_has_the_mails_and_that_is_said(tmp_path: Path, name: str, content: bytes):
    entries = _read(tmp_path, _mail(name, content))

    assert _days(entries) == ["2026-09-03"]
    assert _said(entries) == [(DAY_OF_MAIL, "2026-09-03 09:30")]


def test_the_own_day_of_an_attached_letter_counts(tmp_path: Path):
    entries = _read(tmp_path, _mail("信.txt", f"{_LETTER}2026年8月1日\n".encode()))

    assert _days(entries) == ["2026-08-01"]
    assert _said(entries) == []


def test_a_day_without_its_year_below_an_attached_letter_is_not_replaced_by_the_mails(tmp_path: Path):
    entries = _read(tmp_path, _mail("信.txt", f"{_LETTER}8月1日\n".encode()))

    assert _days(entries) == [""]
    assert DAY_OF_MAIL not in [reason for reason, _ in _said(entries)]


def test_the_day_of_the_mail_is_that_of_the_mail_that_brings_the_letter(tmp_path: Path):
    inner = _mail("信.txt", _LETTER.encode()).replace(b"03 Sep 2026", b"01 Sep 2026")
    entries = _read(tmp_path, _mail("转来.eml", inner))

    assert _days(entries) == ["2026-09-01"]


def test_a_head_that_was_copied_from_a_mail_program_says_the_day():
    head = (
        "发件人: 张三 <a@mail.invalid>\n发送时间: 2026年9月3日(星期四) 晚上8:17\n收件人: b@mail.invalid\n主题: 工资\n\n"
    )
    entries = list(read_letter(Letter("", "来信", f"{head}{_LETTER}"), received_at=NOW))

    assert _days(entries) == ["2026-09-03"]
