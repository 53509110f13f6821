"""Uploading, looking at what was recognised, confirming: the whole way a clerk goes, and who may not go it."""

import re
from pathlib import Path
from typing import Any

import pytest

from domain.deliveries.receipt import RowOutcome
from domain.deliveries.submission import SubmissionState
from review.handing_in.preview import Preview, preview_of
from storage.deliveries.held_files import HeldFiles
from storage.store import Store
from tests.factories import OTHER_VILLAGE
from tests.fakes import FakeClock
from tests.review.office import Office
from tests.review.receiving import (
    HEADER,
    REFUSED,
    ROWS,
    confirm,
    receiving_office,
    register,
    text_register,
    upload,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "uploads"


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock, folder: Path) -> Office:
    return receiving_office(sqlite_store, clock, folder)


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_file_is_shown_before_anything_is_taken_in_and_deleted_after_its_import(office: Office, folder: Path):
    client = office.client("clerk")

    address = upload(client, ("十一月.xlsx", register(*ROWS, REFUSED))).headers["location"]
    shown = client.get(address).text

    assert "信访登记表" in shown
    assert "4行" in shown
    assert "138****0000" in shown
    assert "13800000000" not in shown
    assert "可以导入2行" in shown
    assert "要退回1行" in shown
    with office.store.reading() as work:
        assert work.raw.count() == 3  # those of the office itself
    assert files_in(folder) == ["十一月.xlsx"]

    assert confirm(client, address).status_code == 303
    receipt = client.get(client.get(address).headers["location"]).text
    assert "十一月.xlsx" in receipt
    assert "2026-13-45" in receipt
    assert files_in(folder) == []


def test_several_files_wait_in_the_list_until_each_is_confirmed(office: Office):
    client = office.client("clerk")

    answer = upload(client, ("一.xlsx", register()), ("二.csv", text_register()))

    assert answer.headers["location"] == "/imports"
    shown = client.get("/imports").text
    assert "一.xlsx" in shown
    assert "二.csv" in shown
    assert shown.count("待确认</span>") == 2


def test_a_column_that_was_not_recognised_is_named_once_and_known_the_next_time(office: Office):
    client = office.client("clerk")
    header = ("信访件编号", "姓名", "干了啥")
    row = ("K-009", "张三三", "反映家里的羊死了，贷款还不上。")

    address = upload(client, ("一.xlsx", register(row, header=header))).headers["location"]
    assert "待确认" in client.get(address).text
    box = re.search(r"field-\w+-2", client.get(address).text)
    assert box is not None
    assert confirm(client, address, **{box[0]: ""}).status_code == 409
    assert box is not None
    assert confirm(client, address, **{box[0]: "summary"}).status_code == 303
    assert "/receipts/" in client.get(address).headers["location"]

    again = upload(client, ("二.xlsx", register(("K-010", *row[1:]), header=header))).headers["location"]
    assert "以前确认过" in client.get(again).text
    assert confirm(client, again).status_code == 303


def test_the_kind_of_a_table_can_be_changed_without_a_script(office: Office):
    client = office.client("clerk")
    header = ("编号", "姓名", "干了啥")
    address = upload(client, ("一.xlsx", register(("1", "张三三", "家里的羊死了"), header=header))).headers["location"]
    kind = re.search(r"layout-\w+", client.get(address).text)
    assert kind is not None

    again = confirm(client, address, **{kind[0]: "hotline_12345", "again": "yes"})

    assert again.status_code == 200
    assert '<option value="hotline_12345" selected>' in again.text
    assert "承办单位" in again.text


def test_a_sheet_of_explanations_beside_the_register_is_passed_over(office: Office):
    client = office.client("clerk")
    explanation = text_register(("一", "二"), header=("说明", "备注"))
    first = upload(client, ("说明.csv", explanation)).headers["location"]

    refused = confirm(client, first, **dict.fromkeys(re.findall(r"layout-\w+", client.get(first).text), "skip"))

    assert refused.status_code == 409
    assert "没有选定要导入的表" in refused.text or "没有找到" in refused.text


def test_a_file_that_cannot_be_read_says_what_to_do_and_is_not_confirmed(office: Office):
    client = office.client("clerk")

    address = upload(client, ("坏.xlsx", b"PK\x03\x04 broken")).headers["location"]
    shown = client.get(address).text

    assert 'role="alert"' in shown
    assert "确认并导入" not in shown
    assert confirm(client, address).status_code == 409


def test_a_file_that_was_discarded_is_gone(office: Office, folder: Path):
    client = office.client("clerk")
    address = upload(client, ("一.xlsx", register())).headers["location"]
    token = re.search(r'name="csrf" value="(\w+)"', client.get(address).text)
    assert token is not None

    client.post(f"{address}/discard", data={"csrf": token[1]})

    assert files_in(folder) == []
    assert "已从服务器删除" in client.get(address).text
    assert confirm(client, address).status_code == 303
    with office.store.reading() as work:
        submission = work.submissions.get(address.rsplit("/", 1)[1])
    assert submission is not None
    assert submission.state is SubmissionState.DISCARDED


def test_confirming_twice_imports_once(office: Office):
    client = office.client("clerk")
    address = upload(client, ("一.xlsx", register())).headers["location"]

    confirm(client, address)
    confirm(client, address)

    with office.store.reading() as work:
        [receipt] = work.receipts.recent(10)
    assert receipt.count(RowOutcome.ACCEPTED) == 2


def test_a_queued_file_says_how_far_it_is_and_refreshes_without_a_script(
    sqlite_store: Store, clock: FakeClock, folder: Path
):
    office = receiving_office(sqlite_store, clock, folder, works=False)
    client = office.client("clerk")
    address = upload(client, ("一.xlsx", register())).headers["location"]
    confirm(client, address)

    with office.store.unit_of_work() as work:
        work.submissions.renew(address.rsplit("/", 1)[1], clock.now(), seconds=60, rows=1500)
        work.commit()

    shown = client.get(address).text
    assert "已读1500行" in shown
    assert 'http-equiv="refresh"' in shown


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"largest_file_bytes": 1000}, "超过"),
        ({"files_at_once": 1}, "一次最多上传1个"),
        ({"largest_held_bytes": 0}, "等待导入的文件太多"),
    ],
)
def test_what_is_too_much_is_refused_and_nothing_stays_on_the_disk(
    sqlite_store: Store, clock: FakeClock, folder: Path, limits: dict[str, int], said: str
):
    client = receiving_office(sqlite_store, clock, folder, **limits).client("clerk")

    answer = upload(client, ("一.xlsx", register()), ("二.xlsx", register()))

    assert answer.status_code == 409
    assert said in answer.text
    assert files_in(folder) == []


@pytest.mark.parametrize("files", [[], [("", b"")], [("空.xlsx", b"")]])
def test_no_file_or_an_empty_one_is_told(office: Office, files: list[tuple[str, bytes]], folder: Path):
    answer = upload(office.client("clerk"), *files) if files else upload(office.client("clerk"), ("", b""))

    assert answer.status_code == 409
    assert "文件" in answer.text
    assert files_in(folder) == []


def test_a_form_without_the_sessions_token_stores_nothing(office: Office, folder: Path):
    assert upload(office.client("clerk"), ("一.xlsx", register()), csrf="wrong").status_code == 403
    assert files_in(folder) == []


def test_a_file_before_the_token_is_refused(office: Office, folder: Path):
    body = (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nx\r\n'
        b'--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\nx\r\n--b--\r\n'
    )
    headers = {"content-type": "multipart/form-data; boundary=b"}

    assert office.client("clerk").post("/imports", content=body, headers=headers).status_code == 403
    assert files_in(folder) == []


def test_an_upload_that_breaks_off_leaves_nothing(office: Office, folder: Path):
    client = office.client("clerk")
    token = re.search(r'name="csrf" value="(\w+)"', client.get("/imports").text)
    assert token is not None
    body = (
        f'--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{token[1]}\r\n'
        '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n姓名,内容'
    ).encode()

    answer = client.post("/imports", content=body, headers={"content-type": "multipart/form-data; boundary=b"})

    assert answer.status_code == 409
    assert "没有完整到达" in answer.text
    assert files_in(folder) == []


@pytest.mark.parametrize("name", ["<script>alert(1)</script>.xlsx", "../../etc/passwd.xlsx", "长" * 300 + ".xlsx"])
def test_the_name_of_a_file_is_shown_as_text_and_stays_in_its_folder(office: Office, folder: Path, name: str):
    client = office.client("clerk")

    address = upload(client, (name, register())).headers["location"]

    assert "<script>alert" not in client.get(address).text
    assert "<script>alert" not in client.get("/imports").text
    [kept] = [path for path in folder.rglob("*") if path.is_file()]
    assert kept.parent.parent == folder
    assert len(kept.name.encode()) <= 180
    assert kept.suffix == ".xlsx"


def test_another_office_sees_neither_the_file_nor_its_receipt(office: Office):
    client = office.client("clerk")
    waiting = upload(client, ("一.xlsx", register())).headers["location"]
    done = upload(client, ("二.xlsx", register(*ROWS[:1]))).headers["location"]
    confirm(client, done)
    receipt = client.get(done).headers["location"]
    with office.store.unit_of_work() as work:
        account = work.accounts.get("clerk")
        assert account is not None
        changed = {name: getattr(account, name) for name in account.__slots__}
        work.accounts.add(type(account)(**{**changed, "username": "neighbour", "region": OTHER_VILLAGE}))
        work.commit()

    other = office.client("neighbour")

    for path in (waiting, done, receipt, f"{receipt}/workbook"):
        assert other.get(path).status_code == 404
    assert "一.xlsx" not in other.get("/imports").text
    assert "二.xlsx" not in other.get("/imports").text


def test_every_act_stands_in_the_audit_log_without_a_word_of_the_file(office: Office):
    client = office.client("clerk")
    address = upload(client, ("张三三来信.xlsx", register())).headers["location"]
    confirm(client, address)
    client.get(f"{client.get(address).headers['location']}/workbook")

    with office.store.reading() as work:
        entries = work.audit.recent(10)
    assert {"submit", "confirm_submission", "import_submission", "download_receipt"} <= {one.action for one in entries}
    assert not any("张三三" in f"{one.subject}{one.detail}" for one in entries)


def test_the_header_is_recognised_below_title_rows(office: Office):
    client = office.client("clerk")
    rows = (("某镇信访登记表", "", "", "", "", ""), HEADER, *ROWS)

    address = upload(client, ("一.csv", text_register(*rows, header=("",) * 6))).headers["location"]

    assert re.search(r"表头在第[23]行", client.get(address).text)


def test_a_letter_is_shown_by_its_first_words_and_taken_in(office: Office):
    client = office.client("clerk")
    said = "我是庞家庄村民，电话13800000000，家里老伴得了重病，药费负担不起，请求救助。"
    letter = f"尊敬的领导：\n{said}\n张三三\n2026年11月2日"

    address = upload(client, ("来信.txt", letter.encode())).headers["location"]
    shown = client.get(address).text
    assert "来信和登记单1件" in shown
    assert "13800000000" not in shown
    assert confirm(client, address).status_code == 303

    assert "/receipts/" in client.get(address).headers["location"]


def test_a_very_wide_table_is_shown_by_its_first_columns(office: Office):
    client = office.client("clerk")
    header = (*(f"其他{number}" for number in range(300)), "信访件编号", "信访事项")
    row = (*("x" for _ in range(300)), "K-1", "反映家里的羊死了，贷款还不上。")

    address = upload(client, ("宽.csv", text_register(row, header=header))).headers["location"]
    shown = client.get(address).text

    assert shown.count('<select name="field-') == 102
    assert confirm(client, address).status_code == 303


def test_the_purpose_cannot_be_unset_and_what_an_office_confirms_stands_in_the_audit_log(office: Office):
    client = office.client("clerk")
    address = upload(client, ("一.xlsx", register())).headers["location"]
    box = re.search(r"field-\w+-4", client.get(address).text)
    assert box is not None

    refused = confirm(client, address, **{box[0]: ""})
    accepted = confirm(client, address)

    assert (refused.status_code, accepted.status_code) == (409, 303)
    assert "「信访目的」这一列写明了是什么" in refused.text
    with office.store.reading() as work:
        actions = [entry.action for entry in work.audit.recent(9)]
        [profile] = work.header_profiles.every()
    assert actions.count("confirm_header") == 1
    assert (profile.office, profile.columns[4]) == ("", "purpose")


def test_a_preview_is_made_once_however_often_the_page_is_loaded(office: Office, monkeypatch: pytest.MonkeyPatch):
    client, made = office.client("clerk"), []

    def counted(*given: Any, **named: Any) -> Preview:
        made.append(given)
        return preview_of(*given, **named)

    monkeypatch.setattr("review.pages.imports.preview_of", counted)
    address = upload(client, ("一.xlsx", register())).headers["location"]

    for _ in range(5):
        client.get(address)
    confirm(client, address)

    assert len(made) == 1


def test_a_page_does_not_wait_for_a_file_that_is_being_read(office: Office, monkeypatch: pytest.MonkeyPatch):
    client, shown = office.client("clerk"), []
    address = upload(client, ("一.xlsx", register())).headers["location"]

    def loads_again(*given: Any, **named: Any) -> Preview:
        shown.append(client.get(address).text)
        return preview_of(*given, **named)

    monkeypatch.setattr("review.pages.imports.preview_of", loads_again)

    assert "请看每一列认得对不对" in client.get(address).text
    assert "正在识别这个文件" in shown[0]
    assert 'http-equiv="refresh"' in shown[0]


def test_a_form_with_a_token_in_other_letters_is_refused(office: Office):
    client = office.client("clerk")

    assert upload(client, ("一.csv", b"a"), csrf="令").status_code == 403
    assert client.post("/petitions", data={"csrf": "令"}).status_code == 403


def test_files_that_arrive_at_once_share_the_room_on_the_disk(tmp_path: Path):
    held = HeldFiles(tmp_path)

    assert held.take_room(600, 1000)
    assert not held.take_room(600, 1000)
    held.give_room(600)
    assert held.take_room(600, 1000)
