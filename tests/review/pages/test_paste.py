"""Pasting a link and a text: who may, what is refused, and what is there already."""

import re

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from domain.texts.document import PASTED, Breadcrumb, DocumentId, Outcome
from domain.words.vocabulary import Channel, Route
from nlp.documents import to_document
from pipeline.stages.deduplicate import Deduplicate
from storage.store import Store
from tests.factories import TOWN, document, raw
from tests.fakes import NOON, FakeClock
from tests.review.office import ACCOUNTS, OWN_TEXT, SECRET, Office, fill

TEXT = (
    "十月十二日凌晨，苗家沟村村民苗某家的三间砖窑突然起火，火势借风蔓延，屋里的粮食和家具全部烧毁。"
    "苗某与老伴披着邻居给的棉袄站在院里，眼下借住在村委会的一间旧屋。"
)
URL = "https://mp.example.invalid/s/abc?utm_source=x#top"


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock) -> Office:
    return fill(sqlite_store, clock)


def paste(client: TestClient, **changes: str) -> Response:
    found = re.search(r'name="csrf" value="(\w+)"', client.get("/texts/new").text)
    form = {
        "csrf": found[1] if found else "",
        "url": URL,
        "medium": "河湾",
        "title": "夜半火起",
        "text": TEXT,
        "day": "",
    }
    return client.post("/texts", data={**form, **changes})


def processed(store: Store, document_id: DocumentId) -> None:
    stage = Deduplicate()
    with store.unit_of_work() as work:
        work.documents.add(to_document(work.raw.get(document_id), TOWN))
        for _, item in stage.load(work, [document_id]):
            stage.process(work, item, NOON)
        work.commit()


def only(store: Store) -> DocumentId:
    with store.reading() as work:
        [found] = work.raw.under_address(["https://mp.example.invalid/s/abc"])
    return found


@pytest.mark.parametrize("name", [name for name in ACCOUNTS if name not in ("clerk", "admin")])
def test_only_the_petition_office_and_the_operator_may(office: Office, name: str):
    client = office.client(name)

    assert client.get("/texts/new").status_code == 403
    assert client.post("/texts", data={"csrf": "x", "text": TEXT}).status_code == 403
    assert "/texts/new" not in client.get("/", follow_redirects=True).text


@pytest.mark.parametrize("name", ["clerk", "admin"])
def test_a_pasted_text_is_a_report_of_its_own_source_and_stands_in_the_audit_log(office: Office, name: str):
    answer = paste(office.client(name), day="2026-11-01")

    assert (answer.status_code, answer.headers["location"]) == (303, "/texts/new?received=yes")
    with office.store.reading() as work:
        stored = work.raw.get(only(office.store))
        entry = work.audit.recent(1)[0]
    assert (stored.source, stored.channel, stored.origin, stored.text) == (PASTED, Channel.NEWS, "河湾", TEXT)
    assert stored.region == ACCOUNTS[name][1]
    assert stored.published_at is not None
    assert stored.published_at.isoformat() == "2026-11-01T00:00:00+08:00"
    assert (entry.action, entry.subject) == ("enter_text", stored.id)


def test_a_form_without_the_sessions_token_is_not_taken(office: Office):
    assert paste(office.client("clerk"), csrf="wrong").status_code == 403
    with office.store.reading() as work:
        assert work.raw.under_address(["https://mp.example.invalid/s/abc"]) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"text": "太短"}, "请粘贴全文"),
        ({"text": "长" * 20001}, "不超过20000字"),
        ({"title": "长" * 301}, "标题不超过"),
        ({"url": "javascript:alert(1)"}, "http://"),
        ({"url": "https://[broken"}, "链接不对"),
        ({"url": "", "medium": ""}, "至少填一项"),
        ({"day": "2026-13-40"}, "日期不对"),
        ({"day": "2027-01-01"}, "今天之后"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(office: Office, changes: dict[str, str], reason: str):
    answer = paste(office.client("clerk"), **changes)

    assert answer.status_code == 409
    assert reason in answer.text
    assert "夜半火起" in answer.text or "title" in changes


def test_the_same_link_and_text_again_is_told_at_once_before_anything_was_processed(office: Office):
    client = office.client("clerk")
    paste(client)

    again = paste(client, anyway="yes")

    assert again.status_code == 409
    assert "这一篇已经有了" in again.text
    assert 'name="anyway"' not in again.text


def test_a_reprint_is_told_and_taken_in_when_the_person_says_so(office: Office):
    client = office.client("clerk")
    paste(client)
    processed(office.store, only(office.store))
    elsewhere = {"url": "https://other.example.invalid/1", "text": f"来源：河湾日报\n{TEXT}"}

    told = paste(client, **elsewhere)
    taken = paste(client, **elsewhere, anyway="yes")

    assert told.status_code == 409
    assert "已有几乎相同的一篇" in told.text
    assert taken.status_code == 303


def test_a_changed_text_under_the_same_link_comes_in_as_a_new_version(office: Office):
    client = office.client("clerk")
    paste(client)

    changed = "更正：昨日报道的火灾发生在邻县，当事人家中已经得到安置，特此说明并向读者致歉。"
    assert paste(client, text=changed).status_code == 303


@pytest.mark.parametrize(
    "changes",
    [
        {"text": TEXT + "截至发稿，火灾原因查明，苗某的老伴因烧伤住进县医院，花费三万元。"},
        {"text": TEXT.replace("苗某", "蔡某").replace("苗家沟", "蔡家洼")},
        {"title": "更正：夜半火起"},
    ],
)
def test_a_correction_or_another_post_under_the_same_link_is_told_and_taken_in_when_the_person_says_so(
    office: Office, changes: dict[str, str]
):
    client = office.client("clerk")
    paste(client)

    told = paste(client, **changes)
    taken = paste(client, **changes, anyway="yes")

    assert "已有几乎相同的一篇" in told.text
    assert 'name="anyway"' in told.text
    assert taken.status_code == 303


def test_a_text_that_was_emptied_since_is_not_said_to_be_taken_in(office: Office):
    client = office.client("clerk")
    paste(client)
    emptied = Breadcrumb(
        document_id=only(office.store),
        stage="retention",
        outcome=Outcome.SKIPPED,
        detail="anonymised",
        version="1",
        at=NOON,
    )
    with office.store.unit_of_work() as work:
        work.retention.anonymise([emptied])
        work.commit()

    again = paste(client)

    assert again.status_code == 409
    assert "已按保存期限清除" in again.text


def sign_all(office: Office) -> None:
    """Let the texts of the office be known to the index."""
    with office.store.unit_of_work() as work:
        ids = [
            *(one.document_id for view in work.leads.by_matter("own") for one in view.evidence),
            office.accusation.id,
        ]
        Deduplicate().load(work, ids)
        work.commit()


def test_an_existing_text_is_linked_where_the_account_may_read_it(office: Office):
    sign_all(office)

    assert 'href="/leads/own"' in paste(office.client("clerk"), text=OWN_TEXT).text
    taken = paste(office.client("admin"), text=OWN_TEXT)
    assert taken.status_code == 303


@pytest.mark.parametrize("channel", Channel)
def test_nobody_tries_out_what_somebody_accused(office: Office, channel: Channel):
    accused = "我要举报庞家庄会计冒领低保补贴三年，村民多次反映没有人管，请上级部门派人来查一查这件事。"
    accusation = document("Z", accused, channel=channel, region=TOWN)
    with office.store.unit_of_work() as work:
        work.raw.add(raw("Z", accused))
        work.documents.add(accusation)
        work.routes.add(accusation.id, Route.RESTRICTED, "文中指向干部", "1", NOON)
        Deduplicate().load(work, [accusation.id])
        work.commit()
    guessed = accused[:34] + "大家都知道这个事情了"

    assert f"/restricted/{accusation.id}" in paste(office.client("clerk"), text=guessed).text
    assert paste(office.client("admin"), text=guessed).status_code == 303


def test_what_is_refused_stands_in_the_audit_log_too(office: Office):
    sign_all(office)

    paste(office.client("clerk"), text=OWN_TEXT)
    with office.store.reading() as work:
        entry = work.audit.recent(1)[0]
    assert (entry.actor, entry.action) == ("clerk", "enter_text_refused")


def test_an_accusation_that_is_there_already_is_linked_for_the_petition_office_alone(office: Office):
    sign_all(office)
    text = SECRET + "，请上级派人来查一查。"
    paste(office.client("clerk"), text=text)

    assert "/restricted/" not in paste(office.client("admin"), text=text).text


def test_what_was_typed_is_shown_as_text(office: Office):
    assert "<script>alert" not in paste(office.client("clerk"), title="<script>alert(1)</script>", text="短").text
