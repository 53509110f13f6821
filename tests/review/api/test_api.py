"""The interface: records and files in, results and receipts out, by keys that are good for it."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from openpyxl import load_workbook

from domain.accounts.api_key import KeyScope
from domain.deliveries.submission import Submission
from domain.places.region import RegionCode
from review.handing_in.submissions import HandingIn
from storage.deliveries.held_files import HeldFiles
from storage.store import Store
from tests.fakes import FakeClock
from tests.review.api.keys import add_key, bearer
from tests.review.office import Office
from tests.review.receiving import REFUSED, ROWS, receiving_office, register, taken_in

RECORD = {"number": "A-1", "name": "张三三", "date": "2026-11-02", "matter": "反映家中失火，房子烧了。"}
PETITIONS, IMPORTS = "/api/v1/petitions", "/api/v1/imports"


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock, tmp_path: Path) -> Office:
    return receiving_office(sqlite_store, clock, tmp_path / "uploads")


@pytest.fixture
def client(office: Office) -> TestClient:
    return office.client()


@pytest.fixture
def key(office: Office) -> dict[str, str]:
    return bearer(add_key(office.store))


def submit(client: TestClient, key: dict[str, str], *records: dict[str, Any], **headers: str) -> Response:
    return client.post(PETITIONS, json={"records": list(records)}, headers={**key, **headers})


def is_problem(answer: Response, status: int) -> bool:
    content = answer.json()
    kind = answer.headers["content-type"] == "application/problem+json"
    return kind and answer.status_code == content["status"] == status and bool(content["detail"])


def test_every_record_has_its_result_in_the_order_in_which_it_came(client: TestClient, key: dict[str, str]):
    broken = {**RECORD, "number": "A-2", "date": "2026-13-45"}

    answer = submit(client, key, RECORD, broken, RECORD, {}, {**RECORD, "phone": "123"})

    assert answer.status_code == 200
    results = answer.json()["results"]
    assert [one["outcome"] for one in results] == ["accepted", "rejected", "duplicate", "rejected", "duplicate"]
    assert [one["index"] for one in results] == [0, 1, 2, 3, 4]
    assert results[1]["problems"][0]["column"] == "信访日期"
    assert results[1]["problems"][0]["value"] == "2026-13-45"
    assert "没有内容" in results[3]["problems"][0]["reason"]
    assert "电话" in results[4]["problems"][0]["reason"]
    assert answer.json()["counts"]["rejected"] == 2


def test_the_same_record_again_is_a_duplicate_and_changed_a_correction(client: TestClient, key: dict[str, str]):
    first = submit(client, key, RECORD).json()["results"][0]
    again = submit(client, key, RECORD).json()["results"][0]
    changed = submit(client, key, {**RECORD, "matter": "更正：失火的是邻居家。"}).json()["results"][0]

    assert (first["outcome"], again["outcome"], changed["outcome"]) == ("accepted", "duplicate", "corrected")
    assert first["document_id"] == again["document_id"] != changed["document_id"]
    assert (first["corrects"], again["corrects"], changed["corrects"]) == (None, None, first["document_id"])


def test_a_repeat_of_what_was_corrected_since_is_told_and_corrects_nothing(client: TestClient, key: dict[str, str]):
    submit(client, key, RECORD)
    submit(client, key, {**RECORD, "matter": "更正：失火的是邻居家。"})

    answer = submit(client, key, RECORD).json()

    [result] = answer["results"]
    assert (result["outcome"], result["corrects"], answer["counts"]["warned"]) == ("duplicate", None, 1)
    assert "与较早的一版相同" in result["problems"][0]["reason"]


def test_a_problem_of_a_record_names_the_key_that_its_sender_knows(client: TestClient, key: dict[str, str]):
    results = submit(client, key, {**RECORD, "date": "2026-13-45"}, {}).json()["results"]

    assert [one["problems"][0]["key"] for one in results] == ["date", "matter"]


def test_a_file_by_the_interface_names_what_its_rows_correct(client: TestClient, key: dict[str, str]):
    first = submit(client, key, RECORD).json()["results"][0]
    row = (RECORD["number"], RECORD["name"], "", RECORD["date"], "", "更正：失火的是邻居家。")
    sent = client.post(IMPORTS, headers=key, files={"file": ("更正.xlsx", register(row))}).json()["id"]

    [correction] = client.get(f"{IMPORTS}/{sent}", headers=key).json()["receipt"]["corrects"]

    assert (correction["row"], correction["corrects"]) == (2, first["document_id"])


def test_a_record_by_the_interface_and_a_row_of_a_file_are_the_same_petition(
    office: Office, client: TestClient, key: dict[str, str]
):
    taken_in(office.client("clerk"), ROWS[0])
    number, name, phone, day, purpose, matter = ROWS[0]

    record = {"number": number, "name": name, "phone": phone, "date": day, "purpose": purpose, "matter": matter}

    assert submit(client, key, record).json()["results"][0]["outcome"] == "duplicate"


def test_a_call_repeated_under_its_own_name_gets_the_first_answer(client: TestClient, key: dict[str, str]):
    first = submit(client, key, RECORD, **{"Idempotency-Key": "batch-7"})
    again = submit(client, key, RECORD, **{"Idempotency-Key": "batch-7"})
    other = submit(client, key, {**RECORD, "number": "A-9"}, **{"Idempotency-Key": "batch-7"})

    assert first.json() == again.json()
    assert first.json()["results"][0]["outcome"] == "accepted"
    assert is_problem(other, 409)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"records": []}, "records"),
        ({"records": [{**RECORD, "nmae": "张"}]}, "records.0.nmae"),
        ({"records": [{**RECORD, "matter": "长" * 20_001}]}, "records.0.matter"),
        ({"records": [{**RECORD, "name": "张\x00"}]}, "records.0.name"),
        ({"records": [{**RECORD, "age": 36}]}, "records.0.age"),
        ({"records": "x"}, "records"),
        ([], ""),
    ],
)
def test_a_call_of_the_wrong_form_says_where_and_takes_nothing(
    office: Office, client: TestClient, key: dict[str, str], body: object, said: str
):
    answer = client.post(PETITIONS, json=body, headers=key)

    assert is_problem(answer, 422)
    assert said in answer.json()["detail"]
    assert "没有接收任何记录" in answer.json()["detail"]
    with office.store.reading() as work:
        assert work.receipts.recent(1) == []


def test_too_many_records_or_bytes_are_refused(sqlite_store: Store, clock: FakeClock, tmp_path: Path):
    office = receiving_office(sqlite_store, clock, tmp_path / "uploads", records_per_call=2)
    client, key = office.client(), bearer(add_key(office.store))

    assert is_problem(submit(client, key, *[RECORD] * 3), 413)
    assert is_problem(client.post(PETITIONS, content=b"x" * (8 * 1024 * 1024 + 1), headers=key), 413)


def test_a_body_without_a_declared_length_is_counted(client: TestClient, key: dict[str, str]):
    endless = (b"x" * 1024 * 1024 for _ in range(9))

    assert is_problem(client.post(PETITIONS, content=endless, headers=key), 413)


def test_a_file_is_imported_in_the_background_and_its_receipt_asked_for(client: TestClient, key: dict[str, str]):
    handed_in = client.post(IMPORTS, files={"file": ("登记表.xlsx", register(*ROWS, REFUSED))}, headers=key)

    assert handed_in.status_code == 202
    found = client.get(f"{IMPORTS}/{handed_in.json()['id']}", headers=key).json()
    assert found["state"] == "done"
    receipt = found["receipt"]
    assert (receipt["file"], receipt["accepted"], receipt["duplicates"]) == ("登记表.xlsx", 2, 0)
    [rejected] = receipt["rejected"]
    assert (rejected["sheet"], rejected["row"], rejected["column"]) == ("登记", 4, "信访日期")
    assert set(rejected) == {"sheet", "row", "column", "reason", "value"}
    workbook = client.get(f"{IMPORTS}/{found['id']}/receipt.xlsx", headers=key)
    assert load_workbook(io.BytesIO(workbook.content)).worksheets


def test_a_long_receipt_comes_page_by_page(client: TestClient, key: dict[str, str]):
    rows = [(f"K-{number}", "王五五", "", "2026-13-45", "求决", "反映没有钱。") for number in range(600)]
    handed_in = client.post(IMPORTS, files={"file": ("a.xlsx", register(*rows))}, headers=key).json()["id"]

    first = client.get(f"{IMPORTS}/{handed_in}", headers=key).json()["receipt"]
    second = client.get(f"{IMPORTS}/{handed_in}?after={first['next_after']}", headers=key).json()["receipt"]

    assert (len(first["rejected"]), len(second["rejected"]), second["next_after"]) == (500, 100, None)


def test_a_file_that_is_no_register_says_so_when_asked(client: TestClient, key: dict[str, str]):
    handed_in = client.post(IMPORTS, files={"file": ("a.csv", "甲,乙\n1,2\n".encode())}, headers=key).json()["id"]

    found = client.get(f"{IMPORTS}/{handed_in}", headers=key).json()

    assert found["state"] == "failed"
    assert "表头" in found["message"]
    assert is_problem(client.get(f"{IMPORTS}/{handed_in}/receipt.xlsx", headers=key), 404)


@pytest.mark.parametrize("content", [{}, {"data": {"file": "text"}}, {"files": {"file": ("a.xlsx", b"")}}])
def test_a_call_without_a_file_is_told(client: TestClient, key: dict[str, str], content: dict[str, Any]):
    assert is_problem(client.post(IMPORTS, headers=key, **content), 409)


def test_one_call_carries_one_file(client: TestClient, key: dict[str, str]):
    files = [("file", ("a.xlsx", register())), ("file", ("b.xlsx", register()))]

    assert is_problem(client.post(IMPORTS, files=files, headers=key), 409)


@pytest.mark.parametrize("text", ["", "qs_0123456789ab_" + "x" * 43, "qs_1", "x" * 5000, "qs_é"])
def test_an_unknown_key_is_refused_and_written_down(office: Office, client: TestClient, text: str):
    answer = client.post(PETITIONS, json={"records": [RECORD]}, headers={"Authorization": f"Bearer {text}".encode()})

    assert is_problem(answer, 401)
    assert answer.headers["www-authenticate"] == "Bearer"
    with office.store.reading() as work:
        entry = work.audit.recent(1)[0]
    assert (entry.actor, entry.action) == ("key:unknown", "api_refused")


def test_a_wrong_secret_an_expired_and_a_revoked_key_are_refused(office: Office, client: TestClient):
    good, expired, revoked = add_key(office.store), add_key(office.store, days=0), add_key(office.store)
    with office.store.unit_of_work() as work:
        assert work.api_keys.revoke(revoked.split("_")[1], office.clock.now())
        assert not work.api_keys.revoke(revoked.split("_")[1], office.clock.now())
        work.commit()
    forged = good[:-1] + ("A" if good[-1] != "A" else "B")

    for text in (forged, expired, revoked):
        assert is_problem(submit(client, bearer(text), RECORD), 401)
    assert submit(client, bearer(good), RECORD).status_code == 200


def test_a_key_is_good_for_its_scope_only(office: Office, client: TestClient):
    submitting = bearer(add_key(office.store, [KeyScope.SUBMIT_PETITIONS]))
    reading = bearer(add_key(office.store, [KeyScope.READ_RECEIPTS]))
    handed_in = client.post(IMPORTS, files={"file": ("a.xlsx", register())}, headers=submitting).json()["id"]

    assert is_problem(submit(client, reading, RECORD), 403)
    assert is_problem(client.post(IMPORTS, files={"file": ("a.xlsx", register())}, headers=reading), 403)
    assert is_problem(client.get(f"{IMPORTS}/{handed_in}", headers=submitting), 403)
    assert client.get(f"{IMPORTS}/{handed_in}", headers=reading).status_code == 200


@pytest.mark.parametrize("region", ["141124105", "141124", "141124104202"])
def test_the_key_of_another_office_finds_nothing(office: Office, client: TestClient, key: dict[str, str], region: str):
    handed_in = client.post(IMPORTS, files={"file": ("a.xlsx", register())}, headers=key).json()["id"]
    other = bearer(add_key(office.store, region=RegionCode(region)))

    assert is_problem(client.get(f"{IMPORTS}/{handed_in}", headers=other), 404)
    assert is_problem(client.get(f"{IMPORTS}/{handed_in}/receipt.xlsx", headers=other), 404)


def test_who_calls_too_often_waits(sqlite_store: Store, clock: FakeClock, tmp_path: Path):
    office = receiving_office(sqlite_store, clock, tmp_path / "uploads", calls_per_minute=2)
    client, key, other = office.client(), bearer(add_key(office.store)), bearer(add_key(office.store))

    answers = [submit(client, key, RECORD) for _ in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert is_problem(answers[2], 429)
    assert answers[2].headers["retry-after"] == "60"
    assert submit(client, other, RECORD).status_code == 200
    clock.move(seconds=60)
    assert submit(client, key, RECORD).status_code == 200


def test_tries_without_a_valid_key_do_not_fill_the_audit_log(sqlite_store: Store, clock: FakeClock, tmp_path: Path):
    office = receiving_office(sqlite_store, clock, tmp_path / "uploads", calls_per_minute=3)
    client = office.client()

    statuses = [submit(client, bearer("x"), RECORD).status_code for _ in range(6)]

    assert statuses == [401, 401, 401, 429, 429, 429]
    with office.store.reading() as work:
        assert len(work.audit.recent(10)) == 3


def test_the_last_use_of_a_key_is_noted_and_who_submitted_stands_in_the_receipt(
    office: Office, client: TestClient, clock: FakeClock
):
    text = add_key(office.store)
    submit(client, bearer(text), RECORD)

    with office.store.reading() as work:
        key = work.api_keys.get(text.split("_")[1])
        [receipt] = work.receipts.recent(1)
    assert key is not None
    assert key.last_used_at == clock.now()
    assert receipt.origin.who == key.actor
    assert text.split("_", 2)[2] not in key.secret_hash


def test_a_signed_in_clerk_without_a_key_is_nobody_to_the_interface(office: Office):
    assert is_problem(office.client("clerk").post(PETITIONS, json={"records": [RECORD]}), 401)


def test_the_description_names_every_address_and_the_page_loads_nothing_from_outside(client: TestClient):
    schema = client.get("/api/v1/openapi.json").json()
    page = client.get("/api/v1/docs")

    assert set(schema["paths"]) == {
        "/petitions",
        "/imports",
        "/imports/{import_id}",
        "/imports/{import_id}/receipt.xlsx",
        "/leads/feed",
        "/leads/feed/acknowledgements",
        "/leads/{lead_id}",
        "/leads/{lead_id}/outcomes",
    }
    assert schema["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"
    assert schema["servers"] == [{"url": "/api/v1"}]
    assert page.status_code == 200
    assert "records[].matter" in page.text
    assert "cdn" not in page.text
    assert "<script" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_errors_of_the_address_are_problems_too(client: TestClient, method: str):
    assert is_problem(client.request(method, PETITIONS), 405)
    assert is_problem(client.request(method, "/api/v1/nothing"), 404)


def test_without_a_reception_there_is_no_interface(sqlite_store: Store, clock: FakeClock, tmp_path: Path):
    office = receiving_office(sqlite_store, clock, tmp_path / "uploads")
    without = Office(office.store, office.clock, office.accusation)

    assert without.client().get("/api/v1/openapi.json").status_code == 404
    clerk = without.client("clerk")
    assert clerk.get("/imports").status_code == 404
    assert 'href="/imports"' not in clerk.get("/").text


OTHER_OFFICE = RegionCode("141124105")


def test_the_key_of_another_office_neither_overrides_a_record_nor_learns_of_it(
    office: Office, client: TestClient, key: dict[str, str]
):
    accusation = {**RECORD, "purpose": "揭发控告", "matter": "检举村主任冒领低保。"}
    other = bearer(add_key(office.store, [KeyScope.SUBMIT_PETITIONS], OTHER_OFFICE))
    first = submit(client, key, accusation).json()["results"][0]

    changed = submit(client, other, {**RECORD, "purpose": "求决"}).json()["results"][0]
    same = submit(client, other, accusation).json()["results"][0]

    assert (changed["outcome"], same["outcome"], same["document_id"]) == ("accepted", "duplicate", None)
    [problem] = changed["problems"]
    assert "别的单位也有这个编号" in problem["reason"]
    assert first["document_id"] not in str((changed, same))
    with office.store.reading() as work:
        assert work.raw.get(first["document_id"]).purpose == "揭发控告"


def interrupted(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], object]) -> None:
    """The first batch from now on is held up, right before it is written down, until `meanwhile` is over."""
    add, first = HandingIn._add, iter([True])

    def held_up(self: HandingIn, made: Sequence[Submission]) -> bool:
        if next(first, False):
            meanwhile()
        return add(self, made)

    monkeypatch.setattr(HandingIn, "_add", held_up)


def test_two_batches_under_one_name_at_once_never_take_each_others_place(
    office: Office, client: TestClient, key: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    named, answers = {"Idempotency-Key": "x"}, []
    second = {**RECORD, "number": "B-1", "matter": "反映窑洞裂缝。"}
    interrupted(monkeypatch, lambda: answers.append(submit(client, key, second, **named)))

    assert is_problem(submit(client, key, RECORD, **named), 409)

    [result] = answers[0].json()["results"]
    with office.store.reading() as work:
        assert work.raw.get(result["document_id"]).external_key == "B-1"
        assert work.raw.under_address(["A-1"]) == []


def test_one_batch_sent_twice_at_once_is_taken_in_once_and_answered_ever_after(
    office: Office, client: TestClient, key: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    named, answers = {"Idempotency-Key": "x"}, []
    interrupted(monkeypatch, lambda: answers.append(submit(client, key, RECORD, **named)))

    late = submit(client, key, RECORD, **named)
    again = submit(client, key, RECORD, **named)

    assert answers[0].status_code == late.status_code == again.status_code == 200
    assert again.json() == answers[0].json() == late.json()


def test_a_batch_whose_process_was_killed_before_its_file_was_in_place_is_tried_again(
    office: Office, client: TestClient, key: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as patched:
        patched.setattr(HeldFiles, "rename", _killed)
        with pytest.raises(RuntimeError, match="killed"):
            submit(client, key, RECORD, **{"Idempotency-Key": "x"})

    answer = submit(client, key, RECORD, **{"Idempotency-Key": "x"})

    assert answer.json()["results"][0]["outcome"] == "accepted"


def _killed(*_: object) -> bool:
    raise RuntimeError("killed")


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"{", 422, "JSON"),
        (b"[" * 100_000, 422, "JSON"),
        ('{"records":[{"matter":"甲","matter":"乙"}]}'.encode(), 422, "「matter」写了两次"),
        (b'{"records":[' + b"0," * 600 + b"0]}", 413, "一次最多500条"),
        (b"[]", 422, "键和值"),
        (b'{"records":[0]}', 422, "records.0"),
    ],
)
def test_a_body_is_counted_before_it_is_checked(
    client: TestClient, key: dict[str, str], body: bytes, status: int, said: str
):
    answer = client.post(PETITIONS, content=body, headers={**key, "Content-Type": "application/json"})

    assert is_problem(answer, status)
    assert said in answer.json()["detail"]


def test_nothing_of_a_body_is_read_for_a_caller_without_a_key(client: TestClient):
    answers = [client.post(PETITIONS, content=b"{", headers={"Content-Type": "application/json"}) for _ in range(70)]

    assert is_problem(answers[0], 401)
    assert is_problem(answers[-1], 429)


def test_a_subscriber_does_not_fill_the_audit_log_from_each_of_its_addresses(
    sqlite_store: Store, clock: FakeClock, tmp_path: Path
):
    office = receiving_office(sqlite_store, clock, tmp_path / "uploads", calls_per_minute=3)
    app = office.client().app

    def status(address: str) -> int:
        client = TestClient(app, client=(address, 40000))
        return submit(client, bearer("x"), RECORD).status_code

    assert [status(f"2001:db8:1:2::{number:x}") for number in range(5)] == [401, 401, 401, 429, 429]
    assert status("2001:db8:1:3::1") == 401
