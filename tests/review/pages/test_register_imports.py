"""Handing in the household register: what it would change is shown, and nobody changes another division's."""

import io
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from openpyxl import load_workbook

from pipeline.run_lock import run_lock
from storage.store import Store
from tests.fakes import FakeClock
from tests.review.office import ACCOUNTS, Office
from tests.review.receiving import csrf_of, receiving_office, register, taken_in

HEADER = ("户编号", "村代码", "组", "姓名", "与户主关系", "性别", "证件号码")
KNOWN = ("1411241042020001", "141124104202", "一组", "庞四孩", "本人", "男", "")
NEW = ("1411241042020002", "141124104202", "一组", "庞五孩", "本人", "男", "")
ELSEWHERE = ("1411241050010001", "141124105001", "一组", "高六孩", "本人", "男", "")
OTHERS = [name for name in ACCOUNTS if name not in ("clerk", "town", "other_town")]


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock, tmp_path: Path) -> Office:
    return receiving_office(sqlite_store, clock, tmp_path / "uploads")


def hand_in(client: TestClient, *rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> str:
    """The address of the register's page."""
    files = [("file", ("台账.xlsx", register(*rows, header=header)))]
    answer = client.post("/registers", data={"csrf": csrf_of(client, "/registers")}, files=files)
    assert answer.status_code == 303
    return str(answer.headers["location"])


def confirm(client: TestClient, address: str, **choices: str) -> Response:
    shown = client.get(address).text
    boxes = dict(re.findall(r'<select name="([\w-]+)">.*?<option value="(\w*)" selected>', shown))
    return client.post(f"{address}/confirm", data={**boxes, "csrf": csrf_of(client, "/registers"), **choices})


def registered(store: Store) -> set[str]:
    with store.reading() as work:
        return set(work.registry.fingerprints())


@pytest.mark.parametrize("name", ["clerk", "town"])
def test_a_register_is_shown_then_taken_in_and_its_receipt_can_be_downloaded(office: Office, name: str) -> None:
    client = office.client(name)

    address = hand_in(client, KNOWN, NEW)
    shown = client.get(address).text

    assert "2户2人" in shown
    assert re.search(r"<dt>新增户</dt><dd>1</dd>", shown)
    assert "1411241042020002" in shown
    assert "1411241042020002" not in registered(office.store)

    assert confirm(client, address).status_code == 303

    assert "1411241042020002" in registered(office.store)
    done = client.get(address).text
    assert "已导入" in done
    book = load_workbook(io.BytesIO(client.get(f"{address}/receipt").content))
    assert [row[0].value for row in book.worksheets[0].iter_rows(min_row=2)] == ["重复", "已接收"]


def test_the_report_of_a_register_that_waits_names_findings_and_changes(office: Office) -> None:
    client = office.client("clerk")
    address = hand_in(client, KNOWN, NEW)

    book = load_workbook(io.BytesIO(client.get(f"{address}/report").content))

    assert book.sheetnames == ["检查结果", "户的变化", "人的变化", "退回与提示"]
    assert "1411241042020002" in [row[1].value for row in book["户的变化"].iter_rows()]


def test_households_of_another_division_are_refused_whoever_names_them(office: Office) -> None:
    client = office.client("other_town")
    stolen = (KNOWN[0], "141124105001", "一组", "庞四孩", "本人", "男", "")

    address = hand_in(client, ELSEWHERE, stolen, NEW)
    shown = client.get(address).text
    confirm(client, address)

    assert shown.count("这个户编号在册的是本单位辖区以外的户") == 1
    assert shown.count("这一户的村不在本单位的辖区") == 1
    assert registered(office.store) == {"1411241042020001", "1411241042030001", "1411241050010001"}
    with office.store.reading() as work:
        assert str(work.registry.villages(["1411241042020001"])["1411241042020001"]) == "141124104202"  # type: ignore[list-item, index]


def test_too_many_removals_need_a_persons_word(office: Office) -> None:
    client = office.client("clerk")
    address = hand_in(client, NEW)

    assert "移出的户超过" in client.get(address).text
    assert confirm(client, address).status_code == 409
    assert "1411241042020001" in registered(office.store)

    confirm(client, address, confirmed="on")

    assert registered(office.store) == {"1411241042020002", "1411241042030001"}


def test_what_is_chosen_anew_is_shown_before_it_is_taken_in(office: Office) -> None:
    client = office.client("clerk")
    address = hand_in(client, NEW)

    confirm(client, address, partial="on")
    shown = client.get(address).text

    assert "没有列出的户保持原样" in shown
    assert "1411241042020002" not in registered(office.store)

    confirm(client, address, partial="on")

    assert registered(office.store) == {"1411241042020001", "1411241042020002", "1411241042030001"}


def test_a_column_that_nobody_knows_is_named_once_and_known_the_next_time(office: Office) -> None:
    client = office.client("clerk")
    header = ("户编号", "村代码", "组", "丁", "与户主关系", "性别", "证件号码")
    address = hand_in(client, KNOWN, NEW, header=header)
    shown = client.get(address).text
    assert "待确认" in shown
    box = re.search(r'<b>丁</b>.*?<select name="([\w-]+)">', shown, re.DOTALL)
    kind = re.search(r'<select name="(layout-\w+)">', shown)
    assert box is not None
    assert kind is not None

    confirm(client, address, **{box[1]: "name", kind[1]: "household_register"})
    assert "2户2人" in client.get(address).text

    confirm(client, address)
    assert "1411241042020002" in registered(office.store)
    again = hand_in(client, KNOWN, (*NEW[:3], "庞六孩", *NEW[4:]), header=header)
    assert "2户2人" in client.get(again).text


def test_what_is_no_register_says_which_column_is_missing(office: Office) -> None:
    client = office.client("town")

    address = hand_in(client, ("甲", "乙"), header=("一", "二"))

    assert "没有找到「" in client.get(address).text
    assert confirm(client, address).status_code == 409


def test_a_register_waits_while_the_stages_run(office: Office, tmp_path: Path) -> None:
    client = office.client("clerk")
    address = hand_in(client, KNOWN, NEW)

    with run_lock(tmp_path):
        confirm(client, address)

    assert "正在导入" in client.get(address).text
    assert "1411241042020002" not in registered(office.store)


def test_a_town_reads_no_receipt_of_petitions(office: Office) -> None:
    receipt = taken_in(office.client("clerk")).rsplit("/", 1)[1]
    town = office.client("town")

    assert town.get(f"/receipts/{receipt}").status_code == 403
    with office.store.reading() as work:
        row = work.receipts.get(receipt)  # type: ignore[arg-type]
    assert row is not None
    for path in ("", "/receipt", "/report"):
        assert town.get(f"/registers/{receipt}{path}").status_code == 404


def test_another_town_sees_nothing_of_a_register(office: Office) -> None:
    address = hand_in(office.client("clerk"), KNOWN, NEW)
    other = office.client("other_town")

    assert "台账.xlsx" not in other.get("/registers").text
    for path in (address, f"{address}/report", f"{address}/receipt"):
        assert other.get(path).status_code == 404
    for act in ("confirm", "discard"):
        sent = other.post(f"{address}/{act}", data={"csrf": csrf_of(other, "/registers")})
        assert sent.status_code == 404


@pytest.mark.parametrize("name", OTHERS)
def test_no_other_role_comes_near_the_register(office: Office, name: str) -> None:
    address = hand_in(office.client("clerk"), KNOWN, NEW)
    client = office.client(name)

    for path in ("/registers", address, f"{address}/report", f"{address}/receipt"):
        assert client.get(path).status_code == 403
    for path in ("/registers", f"{address}/confirm", f"{address}/discard"):
        assert client.post(path, data={}).status_code == 403
    assert 'href="/registers"' not in client.get("/", follow_redirects=True).text


def test_a_form_without_the_sessions_token_changes_nothing(office: Office) -> None:
    client = office.client("clerk")
    address = hand_in(client, KNOWN, NEW)

    files = [("file", ("台账.xlsx", register(KNOWN, header=HEADER)))]
    assert client.post("/registers", data={"csrf": "x"}, files=files).status_code == 403
    assert client.post(f"{address}/confirm", data={"csrf": "x"}).status_code == 403
    assert client.post(f"{address}/discard", data={"csrf": "x"}).status_code == 403
    assert "待确认" in client.get(address).text


def test_a_register_is_no_petition_and_waits_in_its_own_list(office: Office) -> None:
    client = office.client("clerk")
    address = hand_in(client, KNOWN, NEW)

    assert client.get(address.replace("registers", "imports")).status_code == 404
    assert "台账.xlsx" not in client.get("/imports").text
    client.post(f"{address}/discard", data={"csrf": csrf_of(client, "/registers")})
    assert "台账.xlsx" not in client.get("/registers").text
