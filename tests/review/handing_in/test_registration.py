"""One petition as a form: what is wrong is said beside the field, what was typed stays, twice is once."""

import re
from datetime import date
from pathlib import Path

import pytest
from httpx2 import Response
from hypothesis import given
from hypothesis import strategies as st

from domain.deliveries.receipt import RowOutcome
from domain.register.id_number import check_character
from domain.words.vocabulary import Channel
from review.handing_in.registration import FIELDS, check_registration
from storage.store import Store
from tests.fakes import FakeClock
from tests.review.office import Office
from tests.review.receiving import receiving_office

TODAY = date(2026, 11, 24)
DIGITS = "14112419900101001"
NUMBER = DIGITS + check_character(DIGITS)
WRONG = DIGITS + ("0" if NUMBER[17] != "0" else "1")
MATTER = "反映家中失火，房子烧了，没有地方住。"
GOOD = {
    "number": "",
    "name": "张三三",
    "sex": "男",
    "age": "36",
    "phone": "13800000000",
    "id_number": NUMBER,
    "address": "庞家庄一组",
    "form": "来访",
    "purpose": "求决",
    "category": "民政",
    "date": "2026-11-20",
    "persons": "1",
    "matter": MATTER,
}


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock, tmp_path: Path) -> Office:
    return receiving_office(sqlite_store, clock, tmp_path / "uploads")


def post(office: Office, **changes: str) -> Response:
    client = office.client("clerk")
    shown = client.get("/petitions/new").text
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', shown))
    return client.post("/petitions", data={**GOOD, **hidden, **changes})


def test_a_complete_form_is_fine():
    assert check_registration(GOOD, TODAY).problems == {}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("matter", "太短", "至少6个字"),
        ("matter", "长" * 10_001, "不超过10000字"),
        ("date", "", "请填写信访日期"),
        ("date", "2026-13-01", "日期不对"),
        ("date", "2026-11-25", "今天之后"),
        ("date", "0206-11-25", "太早"),
        ("form", "", "请选择信访形式"),
        ("purpose", "", "请选择信访目的"),
        ("purpose", "别的", "从列表中选择"),
        ("phone", "1380000000", "现有10位"),
        ("id_number", NUMBER[:17], "现有17位"),
        ("id_number", WRONG, "校验位"),
        ("id_number", NUMBER[:6] + "19901301" + NUMBER[14:], "出生日期"),
        ("age", "20", "出生年份"),
        ("age", "一百", "整数"),
        ("age", "130", "0到120"),
        ("persons", "0", "1以上"),
        ("persons", "很多", "1以上"),
        ("name", "张" * 41, "不超过40字"),
        ("name", "张\x00三", "控制字符"),
        ("address", "村" * 121, "不超过120字"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(field: str, value: str, said: str):
    problems = check_registration({**GOOD, field: value}, TODAY).problems

    assert said in problems[field]
    assert set(problems) == {field}


def test_the_sex_has_to_agree_with_the_id_number():
    assert "不符" in check_registration({**GOOD, "sex": "女"}, TODAY).problems["id_number"]


def test_an_id_number_may_be_typed_with_spaces_and_a_small_x():
    digits = "14112419900101069"

    checked = check_registration({**GOOD, "id_number": f"{digits[:6]} {digits[6:14]}-{digits[14:]}x"}, TODAY)

    assert checked.problems == {}
    assert checked.values["id_number"] == f"{digits}X"


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=60)))
def test_whatever_is_typed_is_read_and_kept(form: dict[str, str]):
    checked = check_registration(form, TODAY)

    assert set(checked.values) == set(FIELDS)
    assert set(checked.problems) <= set(FIELDS)


def test_a_petition_is_taken_in_as_a_row_of_a_register(office: Office):
    answer = post(office, number="K-100")

    client = office.client("clerk")
    receipt = client.get(answer.headers["location"])
    assert receipt.status_code == 303
    with office.store.reading() as work:
        [stored] = work.receipts.recent(1)
        [row] = work.receipts.rows(stored.id)
        assert row.document_id is not None
        raw = work.raw.get(row.document_id)
    assert (raw.channel, raw.external_key, raw.text) == (Channel.PETITION, "K-100", MATTER)
    assert (raw.petitioner.name, raw.petitioner.phone) == ("张三三", "13800000000")
    assert raw.petitioner.id_number == NUMBER
    assert raw.purpose == "求决"
    assert raw.published_at is not None


def test_the_same_form_sent_twice_is_one_petition_and_one_receipt(office: Office):
    client = office.client("clerk")
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', client.get("/petitions/new").text))

    first = client.post("/petitions", data={**GOOD, **hidden})
    second = client.post("/petitions", data={**GOOD, **hidden})

    assert first.headers["location"] == second.headers["location"]
    with office.store.reading() as work:
        [receipt] = work.receipts.recent(10)
    assert receipt.count(RowOutcome.ACCEPTED) == 1


def test_the_same_petition_typed_again_is_a_duplicate(office: Office):
    post(office, number="K-100")
    post(office, number="K-100")

    with office.store.reading() as work:
        latest, first = work.receipts.recent(10)
    assert (first.accepted, latest.accepted, latest.count(RowOutcome.DUPLICATE)) == (1, 0, 1)


def test_nothing_that_was_typed_is_lost_and_every_error_stands_at_its_field(office: Office):
    answer = post(office, phone="138", id_number=WRONG, name='"><script>alert(1)</script>')

    assert answer.status_code == 409
    assert MATTER in answer.text
    assert WRONG in answer.text
    assert 'id="phone-problem"' in answer.text
    assert 'aria-describedby="id_number-problem"' in answer.text
    assert "<script>alert" not in answer.text
    assert "有2处要改" in answer.text


def test_a_form_without_the_sessions_token_is_not_taken(office: Office):
    assert post(office, csrf="wrong").status_code == 403
    with office.store.reading() as work:
        assert work.receipts.recent(1) == []


def test_a_text_that_looks_like_a_formula_stays_a_text(office: Office):
    post(office, number="K-7", matter="=HYPERLINK(1) 反映家里困难")

    with office.store.reading() as work:
        [stored] = work.receipts.recent(1)
        [row] = work.receipts.rows(stored.id)
        assert row.document_id is not None
        assert work.raw.get(row.document_id).text == "=HYPERLINK(1) 反映家里困难"
