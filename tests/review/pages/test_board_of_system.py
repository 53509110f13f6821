"""The operator's board: counts and times, no text and no name; for who runs the system alone."""

import re

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from domain.counting.operation import OperationState, StageQueue
from domain.counting.stage_report import StageName
from domain.texts.document import Breadcrumb, DocumentId, Outcome
from review.app import create_app
from storage.store import Store
from tests.fakes import NOON, FakeClock
from tests.review.forms import token_of
from tests.review.office import ACCOUNTS, PASSWORD, POLICY, fill
from tests.review.reported import Reported


class Installation:
    """As it is told."""

    def operation_state(self) -> OperationState:
        return OperationState(
            model="model-7",
            queues=(StageQueue(stage=StageName.CLASSIFY, documents=[DocumentId("d" * 32)] * 1000, more=True),),
            free_bytes=1 << 29,
            last_backup=None,
            key="第2个密钥, 更换没有完成",
            key_ok=False,
            second_reader="",
            second_reader_counts={},
        )


@pytest.fixture
def store(sqlite_store: Store, clock: FakeClock) -> Store:
    accusation = fill(sqlite_store, clock).accusation
    with sqlite_store.unit_of_work() as work:
        crumb = Breadcrumb(
            document_id=accusation.id,
            stage="ingest",
            outcome=Outcome.QUARANTINED,
            detail="unreadable_date",
            version="1",
            at=NOON,
            reason="张三三的日期读不懂",
        )
        work.breadcrumbs.append(crumb)
        work.commit()
    return sqlite_store


def client_of(store: Store, name: str, installation: Installation | None) -> TestClient:
    app = create_app(store, FakeClock(), POLICY.departments, reports=Reported(), operation=installation)
    client = TestClient(app, follow_redirects=False)
    client.post("/login", data={"username": name, "password": PASSWORD})
    return client


def test_the_operator_sees_what_needs_a_person_and_no_sentence_of_a_record(store: Store):
    page = client_of(store, "admin", Installation()).get("/board/system").text

    for word in ("model-7", "1000条以上", "0.5 GiB", "更换没有完成", "unreadable_date", "静默", "没有配置"):
        assert word in page
    assert "张三三" not in page


def test_a_reason_is_told_in_chinese_with_what_to_do_and_no_command_is_promised_that_shows_no_record(store: Store):
    with store.unit_of_work() as work:
        crumb = Breadcrumb(
            document_id=DocumentId("e" * 32),
            stage="ingest",
            outcome=Outcome.QUARANTINED,
            detail="no_text",
            version="1",
            at=NOON,
            reason="张三三没有正文",
        )
        work.breadcrumbs.append(crumb)
        work.commit()
    admin = client_of(store, "admin", Installation())
    pages = [
        admin.get("/board/system").text,
        admin.get("/board/system/set-aside?stage=ingest&detail=no_text").text,
    ]

    for page in pages:
        assert "没有正文" in page
        assert "对照原件补录" in page
        assert "张三三" not in page
        assert "no_text" not in re.sub(r'(href|value)="[^"]*"', "", page)
    assert "定时任务" in admin.get("/board/system/waiting?stage=classify").text


@pytest.mark.parametrize("name", sorted(set(ACCOUNTS) - {"admin"}))
def test_nobody_else_sees_it(store: Store, name: str):
    assert client_of(store, name, Installation()).get("/board/system").status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        "/board/system/waiting?stage=classify",
        "/board/system/set-aside?stage=ingest&detail=unreadable_date",
        "/outgoing/deliveries?state=waiting",
    ],
)
def test_the_records_behind_a_number_are_for_the_operator_alone_and_say_nothing(store: Store, address: str):
    page = client_of(store, "admin", Installation()).get(address)

    assert page.status_code == 200
    assert "张三三" not in page.text
    assert [
        name
        for name in set(ACCOUNTS) - {"admin"}
        if client_of(store, name, Installation()).get(address).status_code != 403
    ] == []


@pytest.mark.parametrize(
    "address",
    [
        "/board/system/waiting?stage=x",
        "/board/system/set-aside?stage=%00&detail=y",
        "/outgoing/deliveries?state=waiting&endpoint=%00",
    ],
)
def test_what_no_board_counts_is_no_page(store: Store, address: str):
    assert client_of(store, "admin", Installation()).get(address).status_code == 404


def test_whoever_runs_the_system_begins_at_its_board(store: Store):
    assert client_of(store, "admin", Installation()).get("/").headers["location"] == "/board/system"
    assert client_of(store, "admin", None).get("/").headers["location"] == "/system"


def test_without_an_installation_to_ask_there_is_no_such_page(store: Store):
    assert client_of(store, "admin", None).get("/board/system").status_code == 404


def settle(client: TestClient, store: Store, **changed: str) -> Response:
    with store.reading() as work:
        [crumb] = work.set_aside.latest(9)
    form = {
        "stage": "ingest",
        "detail": "unreadable_date",
        "documents": crumb.document_id,
        "csrf": token_of(client.get("/account").text),
    }
    return client.post("/board/system/set-aside", data={**form, **changed})


def test_what_the_operator_dealt_with_is_counted_no_more_and_stands_in_the_log(store: Store):
    admin = client_of(store, "admin", Installation())

    answer = settle(admin, store)

    assert answer.headers["location"] == "/board/system"
    assert "没有隔离的记录" in admin.get("/board/system").text
    with store.reading() as work:
        [noted] = [one for one in work.audit.recent(5) if one.action == "settle_set_aside"]
    assert noted.detail == "ingest unreadable_date"


@pytest.mark.parametrize("changed", [{"detail": "another"}, {"stage": "\0"}, {"documents": "\0"}, {"documents": "x"}])
def test_what_is_not_set_aside_is_not_settled(store: Store, changed: dict[str, str]):
    assert settle(client_of(store, "admin", Installation()), store, **changed).status_code == 303
    with store.reading() as work:
        assert len(work.set_aside.latest(9)) == 1


@pytest.mark.parametrize("name", sorted(set(ACCOUNTS) - {"admin"}))
def test_nobody_else_settles_what_is_set_aside(store: Store, name: str):
    assert settle(client_of(store, name, Installation()), store).status_code == 403
