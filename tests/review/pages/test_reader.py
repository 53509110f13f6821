"""Addresses for feed readers: the least fields, the owner's division, gone when taken back."""

import json
import re
from xml.etree import ElementTree as ET

import pytest
from fastapi.testclient import TestClient

from domain.accounts.account import Account
from domain.words.vocabulary import Role
from review.sign_in.reader_secrets import new_secret, secret_hash
from storage.store import Store
from tests.factories import VILLAGE
from tests.fakes import NOON, FakeClock
from tests.review.forms import token_of
from tests.review.office import OTHER_TEXT, OWN_TEXT, PASSWORD, PETITIONER, Office, fill, verify

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock) -> Office:
    office = fill(sqlite_store, clock)
    verify(office, "own", "other")
    return office


def address(client: TestClient) -> str:
    made = client.post("/readers", data={"csrf": token_of(client.get("/readers").text)}).text
    found = re.search(r"http://testserver(/readers/[^/]+)/atom\.xml", made)
    assert found is not None
    return found[1]


def test_a_reader_reads_its_owners_division_without_signing_in(office: Office):
    path = address(office.client("village"))

    answer = office.client().get(f"{path}/atom.xml")

    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)
    links = [link.get("href") for link in feed.findall(f"{ATOM}entry/{ATOM}link")]
    assert links == ["http://testserver/leads/own"]
    assert feed.find(f"{ATOM}updated") is not None
    assert all(entry.find(f"{ATOM}id") is not None for entry in feed.iter(f"{ATOM}entry"))


def test_both_forms_say_the_same_and_name_nobody(office: Office):
    path = address(office.client("town"))
    reader = office.client()

    content = reader.get(f"{path}/feed.json").json()

    assert content["version"] == "https://jsonfeed.org/version/1.1"
    titles = {entry.findtext(f"{ATOM}title") for entry in ET.fromstring(reader.get(f"{path}/atom.xml").content)}
    assert {item["title"] for item in content["items"]} == titles - {None} - {""}
    said = json.dumps(content, ensure_ascii=False)
    for name in (PETITIONER, "庞四孩", "蔡二白", "蔡大娘", OWN_TEXT[8:14], OTHER_TEXT[:6], "1411241042020001"):
        assert name not in said


def test_an_address_that_was_taken_back_reads_nothing(office: Office):
    client = office.client("village")
    path = address(client)
    page = client.get("/readers").text
    assert path.rsplit("/", 1)[1] not in page, "the secret is shown once"
    token = re.search(r"/readers/([0-9a-f]{12})/revoke", page)
    assert token is not None

    assert office.client("town").post(
        f"/readers/{token[1]}/revoke", data={"csrf": token_of(office.client("town").get("/readers").text)}
    ).status_code in (403, 409)
    assert office.client().get(f"{path}/atom.xml").status_code == 200
    assert client.post(f"/readers/{token[1]}/revoke", data={"csrf": token_of(page)}).status_code == 303

    assert office.client().get(f"{path}/atom.xml").status_code == 404
    assert office.client().get(f"{path}/feed.json").status_code == 404


def test_an_address_is_good_for_nothing_after_its_owner_took_another_password(office: Office):
    client = office.client("village")
    path = address(client)
    new = "四月的杏花开在河对岸上面"
    given = {"csrf": token_of(client.get("/account/password").text), "password": PASSWORD, "new": new, "again": new}

    assert client.post("/account/password", data=given).status_code == 303

    assert office.client().get(f"{path}/atom.xml").status_code == 404
    assert "没有" in client.get("/readers").text


def test_the_address_of_somebody_who_left_reads_nothing(office: Office):
    secret = new_secret()
    gone = Account(
        username="gone",
        display_name="gone",
        role=Role.VILLAGE,
        region=VILLAGE,
        password_hash="",
        created_at=NOON,
        disabled=True,
    )
    with office.store.unit_of_work() as work:
        work.accounts.add(gone)
        work.reader_tokens.add("t1", "gone", secret_hash(secret) or "", NOON)
        work.commit()

    assert office.client().get(f"/readers/{secret}/atom.xml").status_code == 404


@pytest.mark.parametrize("name", ["admin", "auditor"])
def test_who_may_read_no_leads_gets_no_address(office: Office, name: str):
    client = office.client(name)

    assert client.get("/readers").status_code == 403


def test_nobody_has_more_than_a_handful(office: Office):
    client = office.client("village")
    for _ in range(5):
        address(client)

    assert client.post("/readers", data={"csrf": token_of(client.get("/readers").text)}).status_code == 409


@pytest.mark.parametrize("secret", ["x", "a" * 43, "%00", "..", "a" * 2000])
def test_a_guess_reads_nothing(office: Office, secret: str):
    assert office.client().get(f"/readers/{secret}/atom.xml").status_code == 404
