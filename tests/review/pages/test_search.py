"""Search finds what the account's own pages show, and nothing else."""

import re
from urllib.parse import quote

import pytest

from domain.accounts.account import Account
from domain.leads.lead import LeadEvidence, LeadId, LeadView
from domain.register.household import HouseholdId
from domain.texts.document import Petitioner
from domain.words.vocabulary import Route
from review.pages.search import readable, terms_of
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from tests.factories import document, lead, raw
from tests.fakes import NOON, FakeClock
from tests.review.forms import look_for, token_of
from tests.review.office import OWN_TEXT, PETITIONER, Office, fill

HOUSEHOLD = HouseholdId("1411241042020001")


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock) -> Office:
    return fill(sqlite_store, clock)


def leads_of_a_household(office: Office, many: int) -> str:
    """The name of its head."""
    with office.store.unit_of_work() as work:
        for number in range(many):
            work.leads.add(lead(f"more{number}", matter=f"more{number}", household_id=HOUSEHOLD))
        work.commit()
        return work.registry.households([HOUSEHOLD])[HOUSEHOLD].head.name


def page_for(office: Office, name: str, words: str) -> str:
    return look_for(office.client(name), words).text


def found(office: Office, name: str, words: str) -> set[str]:
    page = page_for(office, name, words)
    return {one for one in ("own", "other") if f'href="/leads/{one}"' in page}


def test_a_word_of_the_letter_is_found_by_who_may_read_it(office: Office):
    assert found(office, "clerk", "来访反映") == {"own"}
    assert found(office, "town", "来访反映") == set()
    assert found(office, "clerk", "塌了半边") == {"other"}
    assert found(office, "leader", "塌了半边") == set()
    assert found(office, "town", "从来没有说过的话") == set()


def test_a_village_finds_its_evidence_but_no_word_that_only_the_hidden_letter_has(office: Office):
    assert found(office, "village", "得了重病") == {"own"}
    assert found(office, "village", "来访反映") == set()
    assert found(office, "village", "塌了半边") == set()
    assert found(office, "other_village", "得了重病") == set()


@pytest.mark.parametrize("name", ["town", "village", "leader"])
def test_nobody_finds_out_by_searching_who_petitioned(office: Office, name: str):
    assert found(office, name, PETITIONER) == set()


@pytest.mark.parametrize("words", [PETITIONER, "来访反映", "邻居得了重病"])
def test_whom_the_lead_may_touch_finds_only_what_the_own_page_shows(office: Office, words: str):
    with office.store.unit_of_work() as work:
        text = document("N", f"{OWN_TEXT}信访办秦六顺知道。", petitioner=Petitioner(name=PETITIONER))
        work.raw.add(raw("N", text.text))
        work.documents.add(text)
        work.accounts.set_name("clerk", "秦六顺")
        work.leads.add_evidence(
            LeadEvidence(lead_id=LeadId("own"), document_id=text.id, risks=frozenset(), urgent=False, added_at=NOON)
        )
        work.commit()

    assert found(office, "clerk", words) == found(office, "town", words)


def test_the_petition_office_finds_who_petitioned(office: Office):
    assert found(office, "clerk", PETITIONER) == {"own"}


@pytest.mark.parametrize("more", [0, 40])
def test_as_much_is_looked_at_for_a_word_of_the_hidden_letter_as_for_one_of_no_letter(
    office: Office, monkeypatch: pytest.MonkeyPatch, more: int
):
    """Or the time of the answer would tell a village which words a letter has that it may not read."""
    with office.store.unit_of_work() as work:
        for number in range(more):
            work.leads.add(lead(f"more{number}", matter=f"more{number}"))
        work.commit()
    looked_at: list[str] = []

    def noted(work: UnitOfWork, account: Account, view: LeadView) -> str:
        looked_at.append(view.lead.id)
        return readable(work, account, view)

    monkeypatch.setattr("review.pages.search.readable", noted)
    counts = []
    for words in (PETITIONER, "张三四", "来访反映", "来访说明", f"own {PETITIONER}", "own 张三四"):
        looked_at.clear()
        assert found(office, "village", words) == set()
        counts.append(len(looked_at))

    assert set(counts) == {20 if more else 1}


@pytest.mark.parametrize("number", ["13800000000", "0000000", "13900000000"])
def test_no_hidden_number_is_found(office: Office, number: str):
    assert found(office, "town", number) == set()


def test_a_household_is_found_by_the_name_of_a_member_inside_the_division(office: Office):
    with office.store.unit_of_work() as work:
        own = work.leads.get("own")  # type: ignore[arg-type]
        assert own is not None
        linked = own.lead.household_id is not None
    assert found(office, "town", "庞四孩") == ({"own"} if linked else set())
    assert found(office, "other_village", "庞四孩") == set()


def test_a_village_is_found_by_its_name(office: Office):
    from domain.places.place import Place
    from tests.factories import OTHER_VILLAGE

    with office.store.unit_of_work() as work:
        work.places.put([Place(code=OTHER_VILLAGE, name="蔡家洼村委会")])
        work.commit()
    assert "other" in found(office, "town", "蔡家洼")
    assert "other" not in found(office, "village", "蔡家洼")


def test_a_text_that_became_restricted_is_found_no_more(office: Office):
    with office.store.unit_of_work() as work:
        view = work.leads.get("own")  # type: ignore[arg-type]
        assert view is not None
        work.routes.add(view.evidence[0].document_id, Route.RESTRICTED, "指向干部", "2", NOON)
        work.commit()
    for name in ("town", "village", "clerk"):
        assert found(office, name, "得了重病") == set()


def test_a_word_too_short_is_said_to_be(office: Office):
    assert "至少2个字" in page_for(office, "town", "病")


def test_a_search_with_markup_stays_text(office: Office):
    page = page_for(office, "town", "<b>药费</b>")
    assert "<b>药费" not in page


def test_words_of_any_length_get_an_answer(office: Office):
    assert 'href="/leads/own"' in page_for(office, "clerk", PETITIONER + " " * 5000)
    assert f'value="{"河" * 60}"' in page_for(office, "clerk", "河" * 5000)


def test_terms_are_words_of_two_characters_or_more_each_once():
    assert terms_of(" 药费 Ｂ超  病 药费 ") == ("药费", "b超")


def test_an_address_tells_nobody_what_was_looked_for(office: Office):
    client = office.client("clerk")
    page = look_for(client, PETITIONER)
    address = str(page.url)

    assert PETITIONER not in address
    assert quote(PETITIONER) not in address
    assert 'href="/leads/own"' in client.get(address).text, "it can be gone back to"
    assert office.client("town").get(address).text.count(PETITIONER) == 0
    assert 'href="/leads/other"' in office.client("clerk").get(f"/?status=all&q={PETITIONER}").text, "not searched for"


def test_the_words_stay_with_the_next_page_and_with_a_view_that_is_kept(office: Office):
    name = leads_of_a_household(office, 25)
    client = office.client("town")
    page = look_for(client, name)
    token, address = token_of(page.text), re.findall(r'href="(/[^"]+)" rel="next"', page.text)
    following = client.get(address[0].replace("&amp;", "&")).text
    client.post("/views", data={"csrf": token, "name": "这一户", "query": page.url.query.decode()})
    with office.store.reading() as work:
        [kept] = work.saved_views.of("town")

    assert f'value="{name}"' in following
    assert following.count('href="/leads/more') == 5
    assert quote(name) not in following, "in no address of the page"
    assert kept.query == f"q={quote(name)}"


def test_who_finds_a_household_by_a_name_stands_in_the_audit_log(office: Office):
    name = leads_of_a_household(office, 1)
    for words in ("得了重病", "没有这个人", name):
        page_for(office, "town", words)
    with office.store.reading() as work:
        noted = [one for one in work.audit.recent(limit=20) if one.action == "search_household"]

    assert [(one.actor, one.subject, one.detail) for one in noted] == [("town", "more0", "")]
