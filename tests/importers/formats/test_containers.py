"""Archives and mails."""

import time
import zipfile
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from types import SimpleNamespace

import pytest

from domain.failures.errors import FileError
from importers.formats.limits import standard_limits
from importers.formats.opening import open_parts
from importers.formats.packages.members import Members
from importers.formats.parts import Letter, RefusedPart
from tests.importers.formats.delivery import cells_of, parts_of
from tests.importers.formats.office_files import archive, xls, xlsx

ROWS = [("编号", "内容"), ("X1", "甲")]
CSV = "编号,内容\nX1,甲\n".encode()


def test_members_come_in_their_order_with_their_path(tmp_path: Path) -> None:
    packed = archive(
        {
            "来访/台账.xlsx": xlsx({"一": ROWS, "二": ROWS}),
            "a.csv": CSV,
            "里.zip": archive({"b.csv": CSV}),
            "说明.txt": b"hello",
        }
    )
    found = parts_of(tmp_path, "全部.zip", packed)
    tables = [part for part in found if isinstance(part, tuple)]
    assert [part[:2] for part in tables] == [
        ("来访/台账.xlsx", "一"),
        ("来访/台账.xlsx", "二"),
        ("a.csv", ""),
        ("里.zip/b.csv", ""),
    ]
    assert all(cells_of(part[2]) == ROWS for part in tables)
    assert found[-1] == Letter("说明.txt", "说明", "hello")


def test_names_in_gbk_are_understood(tmp_path: Path) -> None:
    packed = archive({"aa.csv": CSV}).replace(b"aa.csv", "账.csv".encode("gbk"))
    assert [part[0] for part in parts_of(tmp_path, "a.zip", packed) if isinstance(part, tuple)] == ["账.csv"]


def test_two_members_of_one_name_are_told_apart(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as package:
        package.writestr("a.csv", CSV)
        with pytest.warns(UserWarning, match="Duplicate name"):
            package.writestr("a.csv", CSV)
    found = parts_of(tmp_path, "y.zip", (tmp_path / "x.zip").read_bytes())
    assert [part[0] for part in found if isinstance(part, tuple)] == ["a.csv", "a(2).csv"]


def test_folders_and_system_files_are_no_members(tmp_path: Path) -> None:
    packed = archive({"夹/": b"", "__MACOSX/._a.csv": b"x", "夹/.DS_Store": b"x", "夹/a.csv": CSV})
    assert [part[0] for part in parts_of(tmp_path, "a.zip", packed)] == ["夹/a.csv"]  # type: ignore[index]


def test_a_bad_member_costs_only_itself(tmp_path: Path) -> None:
    packed = archive({"坏.xlsx": b"PK\x03\x04nonsense", "空.csv": b"", "程序.exe": b"MZ\x90\x00\x03", "a.csv": CSV})
    found = parts_of(tmp_path, "a.zip", packed)
    assert [part.part for part in found if isinstance(part, RefusedPart)] == ["坏.xlsx", "空.csv", "程序.exe"]
    assert isinstance(found[-1], tuple)


def test_a_member_whose_bytes_are_damaged_costs_only_itself(tmp_path: Path) -> None:
    packed = bytearray(archive({"a.csv": CSV * 50, "b.csv": CSV}))
    packed[45:60] = b"\xff" * 15
    refused, table = parts_of(tmp_path, "a.zip", bytes(packed))
    assert isinstance(refused, RefusedPart)
    assert "解压不出来" in refused.reason
    assert isinstance(table, tuple)


@pytest.mark.parametrize("name", ["../a.csv", "/etc/a.csv", "C:\\a.csv", "x/../../a.csv"])
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    refused, table = parts_of(tmp_path, "a.zip", archive({name: CSV, "b.csv": CSV}))
    assert isinstance(refused, RefusedPart)
    assert refused.part == "a.csv"
    assert isinstance(table, tuple)


def test_a_link_is_refused(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("链接.csv")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        package.writestr(info, "/etc/passwd")
    (refused,) = parts_of(tmp_path, "b.zip", (tmp_path / "a.zip").read_bytes())
    assert isinstance(refused, RefusedPart)
    assert "链接" in refused.reason


def test_archives_nested_too_deep_are_refused(tmp_path: Path) -> None:
    packed = archive({"a.csv": CSV})
    for depth in range(3):
        packed = archive({f"{depth}.zip": packed})
    (refused,) = parts_of(tmp_path, "a.zip", packed)
    assert isinstance(refused, RefusedPart)
    assert (refused.part, "层" in refused.reason) == ("2.zip/1.zip", True)


def test_an_encrypted_member_asks_for_the_password_to_be_taken_off(tmp_path: Path) -> None:
    packed = bytearray(archive({"a.csv": CSV}))
    packed[6] |= 1
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    (refused,) = parts_of(tmp_path, "a.zip", bytes(packed))
    assert isinstance(refused, RefusedPart)
    assert "密码" in refused.reason


@pytest.mark.parametrize(("magic", "name"), [(b"Rar!\x1a\x07", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z")])
def test_other_archives_say_what_to_do(tmp_path: Path, magic: bytes, name: str) -> None:
    with pytest.raises(FileError, match=f"{name}.*zip"):
        parts_of(tmp_path, "a.zip", magic + b"\x00" * 50)


def test_an_archive_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="没有文件"):
        parts_of(tmp_path, "a.zip", archive({}))


def _mail(**attachments: bytes) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "张三 <zhangsan@mail.invalid>"
    message["Subject"] = "反映住房问题"
    message["Date"] = "Tue, 05 Mar 2024 01:30:00 +0000"
    message.set_content("领导好\n我家房子漏水\n")
    for name, content in attachments.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message


LETTER = Letter(
    "",
    "反映住房问题",
    "发件人: 张三 <zhangsan@mail.invalid>\n日期: 2024-03-05 09:30\n领导好\n我家房子漏水",
    titled=True,
)


def test_a_mail_gives_its_body_and_its_attachments(tmp_path: Path) -> None:
    content = _mail(**{"台账.xls": xls({"S": ROWS}), "附件.zip": archive({"a.csv": CSV})}).as_bytes()
    letter, first, second = parts_of(tmp_path, "来信.eml", content)
    assert letter == LETTER
    assert isinstance(first, tuple)
    assert isinstance(second, tuple)
    assert (first[0], second[0]) == ("台账.xls", "附件.zip/a.csv")


def test_a_mail_is_known_by_its_content(tmp_path: Path) -> None:
    assert parts_of(tmp_path, "来信", _mail().as_bytes()) == [LETTER]


def test_raw_gbk_in_headers_and_a_wrong_charset_are_understood(tmp_path: Path) -> None:
    head = b"From: a@mail.invalid\r\nSubject: " + "反映问题".encode("gbk")
    body = b"\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n" + "家里困难".encode("gbk")
    assert parts_of(tmp_path, "a.eml", head + body) == [
        Letter("", "反映问题", "发件人: a@mail.invalid\n家里困难", titled=True)
    ]


def test_the_words_of_an_html_mail_are_read(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "投诉"
    message["From"] = "a@mail.invalid"
    message.set_content(
        "<html><body><p>甲</p><table><tr><td>1</td><td>2</td></tr></table></body></html>", subtype="html"
    )
    table, letter = parts_of(tmp_path, "a.eml", message.as_bytes())
    assert isinstance(table, tuple)
    assert cells_of(table[2]) == [("1", "2")]
    assert letter == Letter("", "投诉", "发件人: a@mail.invalid\n甲", titled=True)


def test_an_attached_mail_is_a_member(tmp_path: Path) -> None:
    outer = _mail()
    outer.add_attachment(_mail(), filename="转发.eml")
    assert parts_of(tmp_path, "a.eml", outer.as_bytes()) == [
        LETTER,
        Letter("转发.eml", LETTER.title, LETTER.text, titled=True),
    ]


def test_the_file_itself_may_be_gone(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="读不出来"), open_parts(tmp_path / "没有.zip"):
        pass


def test_a_thousand_members_without_a_word_are_no_trouble(tmp_path: Path) -> None:
    packed = archive({**{f"{number}.txt": b" " for number in range(1500)}, "a.csv": CSV})
    assert [part[0] for part in parts_of(tmp_path, "a.zip", packed) if isinstance(part, tuple)] == ["a.csv"]


def test_an_archive_may_hold_more_tables_than_a_workbook(tmp_path: Path) -> None:
    packed = archive({f"{number}.csv": CSV for number in range(300)})
    assert all(isinstance(part, tuple) for part in parts_of(tmp_path, "a.zip", packed))


def test_names_cannot_move_the_cursor_or_turn_the_writing(tmp_path: Path) -> None:
    (table,) = parts_of(tmp_path, "a.zip", archive({"a\x1b[31m\n\u202evsc.csv": CSV}))
    assert isinstance(table, tuple)
    assert table[0] == "a[31mvsc.csv"


def test_a_letter_too_long_is_cut_and_said(tmp_path: Path) -> None:
    letter, refused = parts_of(
        tmp_path, "来信.txt", ("家里困难\n" * 100).encode(), replace(standard_limits(), text_characters=50)
    )
    assert isinstance(letter, Letter)
    assert len(letter.text) == 50
    assert isinstance(refused, RefusedPart)
    assert "50字" in refused.reason


def test_a_member_larger_than_a_file_may_be_is_not_unpacked(tmp_path: Path) -> None:
    packed = archive({"大.csv": CSV * 100, "小.csv": CSV})
    refused, table = parts_of(tmp_path, "a.zip", packed, replace(standard_limits(), file_bytes=1000))
    assert isinstance(refused, RefusedPart)
    assert isinstance(table, tuple)


def test_a_mail_opens_no_more_attachments_than_an_archive_may_hold(tmp_path: Path) -> None:
    message = _mail(**{f"附件{number}.csv": CSV for number in range(5)})

    found = parts_of(tmp_path, "a.eml", message.as_bytes(), replace(standard_limits(), members=3))

    assert [part[0] for part in found if isinstance(part, tuple)] == ["附件0.csv", "附件1.csv", "附件2.csv"]
    [refused] = [part for part in found if isinstance(part, RefusedPart)]
    assert "后面的没有读取" in refused.reason


def test_attachments_of_one_name_are_told_apart_in_the_time_that_their_number_takes() -> None:
    source = SimpleNamespace(member=lambda name, stream, size: None)
    members = Members(source, None, None)  # type: ignore[arg-type]  # names alone are asked for
    names = [members.distinct("a.csv") for _ in range(3)] + [members.distinct("a(2).csv"), members.distinct("a.csv")]
    assert names == ["a.csv", "a(2).csv", "a(3).csv", "a(2)(2).csv", "a(4).csv"]

    began = time.process_time()
    assert len({members.distinct("b.csv") for _ in range(20_000)}) == 20_000
    assert time.process_time() - began < 5  # two hundred million comparisons took minutes


@pytest.mark.parametrize("charset", ["utf\0", "x-unknown", "utf-8*0"])
def test_a_damaged_name_of_an_encoding_costs_nothing(tmp_path: Path, charset: str) -> None:
    head = f"From: a@mail.invalid\nSubject: a\nContent-Type: text/plain; charset={charset}\n\n"
    (letter,) = parts_of(tmp_path, "a.eml", head.encode() + "家里困难".encode())
    assert isinstance(letter, Letter)
    assert letter.text.endswith("家里困难")


@pytest.mark.parametrize(
    "damaged", ["filename*=utf-8\0''a.csv", "filename*=%00''a.csv", "filename*0*=''a; filename*x=b"]
)
def test_a_damaged_name_of_an_attachment_costs_its_name_alone(tmp_path: Path, damaged: str) -> None:
    head = f"From: a@mail.invalid\nContent-Type: text/csv\nContent-Disposition: attachment; {damaged}\n\n"
    (found,) = parts_of(tmp_path, "a.eml", head.encode() + CSV)
    assert isinstance(found, Letter)
    assert found.text == CSV.decode()


def test_a_mail_without_a_subject_bears_the_files_name_and_no_title_of_its_own(tmp_path: Path) -> None:
    message = EmailMessage()
    message.set_content("家里困难\n")
    (letter,) = parts_of(tmp_path, "a.eml", message.as_bytes())
    assert isinstance(letter, Letter)
    assert (letter.title, letter.titled) == ("a", False)
