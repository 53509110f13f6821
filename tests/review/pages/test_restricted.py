"""The queue of accusations: read, forwarded, given back, and no trace for anybody else."""

import re

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from domain.accounts.account import Account
from domain.places.region import RegionCode
from domain.texts.document import BY_PERSON, Petitioner
from domain.words.vocabulary import Role, Route
from storage.store import Store
from tests.factories import TOWN, document, raw
from tests.fakes import NOON, FakeClock
from tests.review.office import ACCOUNTS, HASH, SECRET, Office, fill
from tests.review.signing_in import form_token


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock) -> Office:
    filled = fill(sqlite_store, clock)
    with sqlite_store.unit_of_work() as work:
        for name, region in (("second", TOWN), ("far_clerk", RegionCode("141124105"))):
            account = Account(
                username=name,
                display_name=f"账号{name}",
                role=Role.CLERK,
                region=region,
                password_hash=HASH,
                created_at=NOON,
            )
            work.accounts.add(account)
        work.commit()
    return filled


def act(client: TestClient, office: Office, step: str, **fields: str) -> Response:
    found = re.search(r'name="csrf" value="(\w+)"', client.get("/restricted").text)
    form = {"csrf": found[1] if found else "", "step": step, **fields}
    return client.post(f"/restricted/{office.accusation.id}/steps", data=form)


def accuse(office: Office, key: str, letter: str, petitioner: str = "") -> str:
    """The number of one more accusation of the town."""
    text = document(key, letter, region=TOWN, petitioner=Petitioner(name=petitioner))
    with office.store.unit_of_work() as work:
        work.raw.add(raw(key, letter))
        work.documents.add(text)
        work.routes.add(text.id, Route.RESTRICTED, "文中指向干部", "1", NOON)
        work.commit()
    return text.id


def rename(office: Office, username: str, name: str) -> None:
    with office.store.unit_of_work() as work:
        work.accounts.set_name(username, name)
        work.commit()


def acts(office: Office, action: str) -> int:
    with office.store.reading() as work:
        return sum(one.action == action for one in work.audit.recent(50))


def is_restricted(office: Office) -> bool:
    with office.store.reading() as work:
        return work.routes.restriction(office.accusation.id) is not None


def test_another_towns_petition_office_has_no_such_accusation(office: Office):
    client = office.client("far_clerk")

    assert SECRET not in client.get("/restricted").text
    assert client.get(f"/restricted/{office.accusation.id}").status_code == 404
    assert act(client, office, "forward", reference="1号", day="2026-11-24").status_code == 404


@pytest.mark.parametrize("name", [name for name, (role, _) in ACCOUNTS.items() if role is not Role.CLERK])
def test_nobody_else_can_tell_whether_there_is_one(office: Office, name: str):
    client = office.client(name)
    there, not_there = (client.get(f"/restricted/{one}") for one in (office.accusation.id, "0" * 32))

    assert (there.status_code, there.text) == (not_there.status_code, not_there.text)
    assert there.status_code == 403


def test_what_was_forwarded_is_closed_with_number_and_day(office: Office):
    client = office.client("clerk")

    assert act(client, office, "forward", reference="转字3号", day="2026-11-24").status_code == 303
    assert SECRET not in client.get("/restricted").text
    assert SECRET in client.get("/restricted?show=forwarded").text
    assert "转字3号" in client.get(f"/restricted/{office.accusation.id}").text
    assert is_restricted(office)
    with office.store.reading() as work:
        assert "accusation_forward" in [one.action for one in work.audit.recent(5)]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param({"step": "forward", "day": "2026-11-24"}, "转送文号", id="no number"),
        pytest.param({"step": "forward", "reference": "1"}, "转送日期", id="no day"),
        pytest.param({"step": "forward", "reference": "1", "day": "2027-01-01"}, "在今天之后", id="tomorrow"),
        pytest.param({"step": "forward", "reference": "1", "day": "gestern"}, "转送日期不对", id="no date"),
        pytest.param({"step": "release", "reason": "不是"}, "请写明理由", id="short reason"),
        pytest.param({"step": "agree"}, "没有待复核的意见", id="nothing to agree to"),
        pytest.param({"step": "nonsense"}, "请选择怎样处理", id="no such step"),
    ],
)
def test_what_is_missing_is_said_and_nothing_changes(office: Office, fields: dict[str, str], message: str):
    answer = act(office.client("clerk"), office, **fields)

    assert answer.status_code == 409
    assert message in answer.text
    with office.store.reading() as work:
        assert work.accusations.released([office.accusation.id]) == frozenset()


def test_a_second_person_agrees_before_a_text_is_open_again(office: Office):
    first, second = office.client("clerk"), office.client("second")

    act(first, office, "release", reason="说的是自己家的困难")
    assert is_restricted(office)
    assert act(first, office, "agree").status_code == 409
    assert act(second, office, "agree").status_code == 303

    assert not is_restricted(office)
    with office.store.reading() as work:
        crumbs = work.breadcrumbs.of(office.accusation.id)
        assert [(one.stage, one.version) for one in crumbs] == [("route", BY_PERSON)]


def test_what_is_restricted_again_waits_anew(office: Office):
    first, second = office.client("clerk"), office.client("second")
    act(first, office, "release", reason="说的是自己家的困难")
    act(second, office, "agree")
    with office.store.unit_of_work() as work:
        work.routes.add(office.accusation.id, Route.RESTRICTED, "文中指向干部", "9", NOON)
        work.commit()

    assert "待处理" in first.get(f"/restricted/{office.accusation.id}").text


def test_an_objection_brings_it_back_into_the_queue(office: Office):
    act(office.client("clerk"), office, "release", reason="说的是自己家的困难")

    act(office.client("second"), office, "object", reason="文中写明会计冒领")

    assert "待处理" in office.client("clerk").get(f"/restricted/{office.accusation.id}").text
    assert is_restricted(office)


def test_the_petition_office_is_reminded_of_the_fifteen_days(office: Office):
    client = office.client("clerk")
    assert "转送还剩15天" in client.get("/restricted").text
    assert '限制件<b class="count">' not in client.get("/").text

    office.clock.move(days=11)
    assert '限制件<b class="count">1</b>' in office.client("clerk").get("/").text
    office.clock.move(days=6)
    assert "转送已超期2天" in office.client("clerk").get("/restricted").text


def test_what_the_house_took_in_is_no_other_towns(office: Office):
    """A text of the wider county without an office is not every town's."""
    with office.store.unit_of_work() as work:
        work.raw.add(raw("W", "乡里的会计拿了钱"))
        text = document("W", "乡里的会计拿了钱")
        work.documents.add(text)
        work.routes.add(text.id, Route.RESTRICTED, "文中指向干部", "1", NOON)
        work.commit()

    assert office.client("far_clerk").get(f"/restricted/{text.id}").status_code == 404


@pytest.mark.parametrize(
    ("letter", "petitioner"),
    [
        pytest.param("举报信访办秦六顺压件不办，收了好处。", "白禾岚", id="accused"),
        pytest.param("举报信访办秦 六 顺压件不办。", "白禾岚", id="name with spaces"),
        pytest.param("举报信访办那个姓秦的压件不办。", "白禾岚", id="surname alone"),
        pytest.param("举报会计多报人数。", "秦六顺", id="own letter"),
    ],
)
def test_whoever_of_the_office_is_named_finds_no_trace_of_it_and_a_colleague_deals_with_it(
    office: Office, letter: str, petitioner: str
):
    rename(office, "clerk", "秦六顺")
    office.clock.move(days=11)
    named, colleague = office.client("clerk"), office.client("second")
    before = named.get("/").text
    number = accuse(office, "N", letter, petitioner)
    address = f"/restricted/{number}"

    assert number not in named.get("/restricted").text
    assert named.get("/").text == before, "the count of the navigation tells nothing"
    assert named.get(address).status_code == named.get(f"{address}/lead").status_code == 404
    token = form_token(named.get("/other-leads/new").text)
    step = {"csrf": token, "step": "forward", "reference": "1号", "day": "2026-11-24"}
    assert named.post(f"{address}/steps", data=step).status_code == 404
    assert named.post(f"{address}/lead", data={"csrf": token}).status_code == 404
    assert letter[:2] in colleague.get(address).text
    assert number in colleague.get("/restricted").text


def test_a_text_that_is_shown_again_with_a_refused_form_is_looked_at_again(office: Office):
    client = office.client("clerk")
    client.get(f"/restricted/{office.accusation.id}")

    assert SECRET in act(client, office, "forward").text

    assert acts(office, "view_restricted") == 2


def test_numbers_are_masked_and_who_wrote_stands_in_no_list(office: Office):
    number = accuse(office, "P", "白禾岚举报会计多报人数，电话13800001234，卡号6222020200001234567。", "白禾岚")
    client = office.client("clerk")

    letter, queue = client.get(f"/restricted/{number}").text, client.get("/restricted").text

    assert "白禾岚举报会计多报人数" in letter
    assert "138****1234" in letter
    for hidden in ("13800001234", "6222020200001234567"):
        assert hidden not in letter + queue
    assert "会计多报人数" in queue
    assert "白禾岚" not in queue
