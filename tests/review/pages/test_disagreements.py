"""Where the readers disagree, the petition office decides and nobody else."""

import re

import pytest
from fastapi.testclient import TestClient

from domain.leads.lead import LeadEvidence
from domain.risk import Risk
from domain.texts.judgement import Verdict
from domain.words.vocabulary import Route, Scope
from pipeline.policy.tables import load_policy
from review import requests
from review.app import create_app
from storage.store import Store
from tests.factories import COUNTY, OTHER_VILLAGE, VILLAGE, document, lead
from tests.fakes import NOON, FakeClock
from tests.review.dispute import PHONE, QUOTATIONS, REST, SILENT, dispute
from tests.review.office import ACCOUNTS, PASSWORD, PETITIONER, Office, fill


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock) -> Office:
    return fill(sqlite_store, clock)


def csrf(client: TestClient, page: str) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', client.get(page).text)
    assert found
    return found[1]


def decide(client: TestClient, document_id: str, **form: object):
    page = f"/disagreements/{document_id}"
    return client.post(f"{page}/judgements", data={"csrf": csrf(client, page), **form})


HARDSHIP = {"verdict": "hardship", "risks": ["disability", "illness"], "scope": "household", "urgent": "true"}


def test_the_petition_office_sees_both_readings_and_the_quotations_in_the_text(office: Office):
    text = dispute(office.store)

    page = office.client("clerk").get(f"/disagreements/{text.id}").text

    assert "分类器: 没有困难" in page
    assert "第二判读: 有困难" in page
    assert "概率 0.41" in page
    assert '<mark title="因残">老伴瘫在床上多年</mark>' in page
    assert re.search(r'value="disability" checked', page)
    assert not re.search(r'value="illness" checked', page)
    assert PETITIONER in page


def test_markup_in_a_text_and_in_a_quotation_stays_text(office: Office):
    text = dispute(office.store)

    page = office.client("clerk").get(f"/disagreements/{text.id}").text

    assert "<b>枣" not in page
    assert "&lt;b&gt;" in page


def test_phones_are_masked_on_every_page(office: Office):
    text = dispute(office.store)
    client = office.client("clerk")

    for page in ("/disagreements", f"/disagreements/{text.id}"):
        assert PHONE not in client.get(page).text


def test_a_quotation_that_begins_in_a_number_shows_no_more_of_it_than_the_text(office: Office):
    text = dispute(
        office.store, quotations={Risk.DISABILITY: "00000。", Risk.ILLNESS: f"老伴瘫在床上多年{REST}。电话{PHONE}"}
    )

    page = office.client("clerk").get(f"/disagreements/{text.id}").text

    assert "<li>因残: *0000。</li>" in page
    assert "电话137****0000</li>" in page


def test_a_hidden_number_in_pieces_is_one_and_who_petitioned_stands_on_no_card(office: Office):
    dispute(office.store, before="电话137 0000 0000，")
    client = office.client("clerk")

    page = client.get("/disagreements").text

    assert "电话137****0000，张**来访" in page
    assert PETITIONER not in page


@pytest.mark.parametrize("name", [name for name in ACCOUNTS if name != "clerk"])
def test_nobody_else_gets_there_or_is_told_that_there_is_something(office: Office, name: str):
    text = dispute(office.store)
    client = office.client(name)
    token = csrf(client, {"admin": "/system", "auditor": "/audit"}.get(name, "/"))

    assert client.get("/disagreements").status_code == 403
    assert client.get(f"/disagreements/{text.id}").status_code == 403
    form = {"csrf": token, "verdict": "no_lead"}
    assert client.post(f"/disagreements/{text.id}/judgements", data=form).status_code == 403
    assert client.post("/judgements/1/withdrawal", data={"csrf": token}).status_code == 403
    pages = [client.get(page).text for page in ("/", "/risk-points", "/leads/own", "/system", "/audit")]
    assert not any("判读分歧" in page or SILENT[8:20] in page for page in pages)
    with office.store.reading() as work:
        assert work.judgements.standing([text.id]) == {}


def test_a_text_that_names_the_clerk_is_counted_nowhere_for_that_person(office: Office):
    dispute(office.store)
    named = dispute(office.store, "N", before="信访办秦六顺压件不办。")
    colleague = office.client("clerk").get("/disagreements").text
    with office.store.unit_of_work() as work:
        work.accounts.set_name("clerk", "秦六顺")
        work.commit()
    client = office.client("clerk")
    page = client.get("/disagreements").text

    assert ("共2份" in colleague, '判读分歧<b class="count">2</b>' in colleague) == (True, True)
    assert ("共1份" in page, '判读分歧<b class="count">1</b>' in page) == (True, True)
    assert named.id not in page
    assert client.get(f"/disagreements/{named.id}").status_code == 404


def test_the_navigation_reads_no_more_texts_than_it_counts(office: Office, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(requests, "_COUNTED", 1)
    for letter in "MN":
        dispute(office.store, letter)

    page = office.client("clerk").get("/disagreements").text

    assert ("共2份" in page, '判读分歧<b class="count">1</b>' in page) == (True, True)


def test_without_signing_in_there_is_only_the_door(office: Office):
    text = dispute(office.store)

    for page in ("/disagreements", f"/disagreements/{text.id}"):
        answer = office.client().get(page)
        assert (answer.status_code, answer.headers["location"]) == (303, "/login")


def test_a_text_of_another_region_does_not_exist(office: Office):
    text = dispute(office.store, region=COUNTY)
    client = office.client("clerk")

    assert client.get(f"/disagreements/{text.id}").status_code == 404
    assert "共0份" in client.get("/disagreements").text
    form = {"csrf": csrf(client, "/"), "verdict": "no_lead"}
    assert client.post(f"/disagreements/{text.id}/judgements", data=form).status_code == 404


def test_a_difficulty_is_recorded_with_what_was_ticked(office: Office):
    text = dispute(office.store)
    client = office.client("clerk")

    assert decide(client, text.id, **HARDSHIP).status_code == 303

    with office.store.reading() as work:
        found = work.judgements.standing([text.id]).get(text.id)
        entry = work.audit.recent(1)[0]
        assert work.audit.verify() is None
    assert found is not None
    assert (found.verdict, found.judged_by, found.scope, found.urgent) == (
        Verdict.HARDSHIP,
        "clerk",
        Scope.HOUSEHOLD,
        True,
    )
    assert found.risks == {Risk.DISABILITY, Risk.ILLNESS}
    assert (entry.actor, entry.action, entry.subject, entry.detail) == ("clerk", "judge_reading", text.id, "hardship")
    page = client.get("/disagreements").text
    assert "共0份" in page
    assert "下次处理前可以撤回" in page


@pytest.mark.parametrize(
    ("form", "message"),
    [
        pytest.param({"verdict": "hardship", "scope": "household"}, "至少勾选一类", id="no category"),
        pytest.param({"verdict": "hardship", "risks": ["illness"]}, "一户还是一片", id="no scope"),
        pytest.param(
            {"verdict": "hardship", "risks": ["nonsense"], "scope": "household"}, "至少勾选一类", id="no such category"
        ),
        pytest.param({"verdict": "nonsense"}, "请选择一个判断", id="no such verdict"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_changes(office: Office, form: dict[str, object], message: str):
    text = dispute(office.store)

    answer = decide(office.client("clerk"), text.id, **form)

    assert answer.status_code == 409
    assert message in answer.text
    with office.store.reading() as work:
        assert work.judgements.standing([text.id]) == {}


def test_a_form_without_the_sessions_token_is_refused(office: Office):
    text = dispute(office.store)
    client = office.client("clerk")

    form = {"csrf": "0" * 64, "verdict": "no_lead"}

    assert client.post(f"/disagreements/{text.id}/judgements", data=form).status_code == 403
    assert client.post("/judgements/1/withdrawal", data={"csrf": "0" * 64}).status_code == 403


def test_a_decision_is_taken_back_with_one_button(office: Office):
    text = dispute(office.store)
    client = office.client("clerk")
    decide(client, text.id, verdict="no_lead")
    [action] = re.findall(r'action="(/judgements/\d+/withdrawal)"', client.get("/disagreements").text)

    assert client.post(action, data={"csrf": csrf(client, "/disagreements")}).status_code == 303

    assert "共1份" in client.get("/disagreements").text
    again = client.post(action, data={"csrf": csrf(client, "/disagreements")})
    assert again.status_code == 409
    assert "不能再撤回" in again.text


@pytest.mark.parametrize("number", ["0", "-1", "9" * 30, "x"])
def test_a_judgement_that_cannot_be_is_answered_with_a_page(office: Office, number: str):
    client = office.client("clerk")

    answer = client.post(f"/judgements/{number}/withdrawal", data={"csrf": csrf(client, "/")})

    assert answer.status_code in {404, 422}


def test_a_colleague_who_comes_too_late_finds_nothing_left_to_decide(office: Office):
    text = dispute(office.store)
    first, second = office.client("clerk"), office.client("clerk")
    token = csrf(second, f"/disagreements/{text.id}")
    decide(first, text.id, verdict="no_lead")

    late = second.post(f"/disagreements/{text.id}/judgements", data={"csrf": token, **HARDSHIP})

    assert late.status_code == 404
    with office.store.reading() as work:
        found = work.judgements.standing([text.id]).get(text.id)
    assert found is not None
    assert found.verdict is Verdict.NO_LEAD


def test_an_accusation_moves_to_the_restricted_texts_at_once(office: Office):
    text = dispute(office.store, accusation=True)
    client = office.client("clerk")
    assert "像检举控告" in client.get("/disagreements").text

    decide(client, text.id, verdict="accusation")

    with office.store.reading() as work:
        assert work.routes.of(text.id) == (Route.RESTRICTED, "信访办判断为检举控告")
    assert f"/restricted/{text.id}" in client.get("/restricted").text
    assert client.get(f"/disagreements/{text.id}").status_code == 404


@pytest.mark.parametrize("name", ["village", "town", "leader", "clerk"])
def test_a_text_that_became_restricted_is_no_longer_shown_in_its_lead(office: Office, name: str):
    with office.store.unit_of_work() as work:
        [evidence] = work.leads.get("own").evidence  # type: ignore[arg-type, union-attr]
        work.routes.add(evidence.document_id, Route.RESTRICTED, "信访办判断为检举控告", "person-1", NOON)
        work.commit()
    client = office.client(name)

    seen = client.get("/").text + client.get("/leads/own").text

    assert "得了重病" not in seen
    assert "/leads/own" in seen


def test_a_remark_stands_in_the_history_of_the_lead_and_does_not_tell_a_village_whose_it_is(office: Office):
    from domain.leads.lead import LeadNote

    with office.store.unit_of_work() as work:
        own = work.leads.get("own")  # type: ignore[arg-type]
        assert own is not None
        work.leads.add_note(
            LeadNote(
                lead_id=own.lead.id,
                document_id=own.evidence[0].document_id,
                written_by="clerk",
                written_at=NOON,
                text="已有专人看过原文, 认为说的不是困难, 请照常核实后处理",
            )
        )
        work.commit()

    village, town = (office.client(name).get("/leads/own").text for name in ("village", "town"))

    assert "认为说的不是困难" in village
    assert "信访办 账号clerk" in town
    assert "clerk" not in village


def test_viewing_and_listing_are_written_down(office: Office):
    text = dispute(office.store)
    client = office.client("clerk")
    client.get("/disagreements")
    client.get(f"/disagreements/{text.id}")

    with office.store.reading() as work:
        actions = [entry.action for entry in work.audit.recent(2)]
    assert actions == ["view_disagreement", "list_disagreements"]


def test_a_text_that_is_shown_again_with_what_is_wrong_is_written_down_as_seen(office: Office):
    text = dispute(office.store)
    client = office.client("clerk")
    token = csrf(client, "/")

    shown = client.post(f"/disagreements/{text.id}/judgements", data={"csrf": token, "verdict": "nonsense"})

    assert "瘫在床上" in shown.text
    with office.store.reading() as work:
        [entry] = work.audit.recent(1)
    assert (entry.action, entry.subject) == ("view_disagreement", text.id)


def test_the_list_is_paged_newest_first(office: Office):
    texts = [dispute(office.store, f"第{index:02d}份") for index in range(23)]
    client = office.client("clerk")

    first, second = client.get("/disagreements").text, client.get("/disagreements?page=2").text

    order = re.findall(r'href="/disagreements/(\w{32})"', first + second)
    assert order == [text.id for text in reversed(texts)]
    assert "第1页, 共2页" in first
    for odd in ("0", "-1", "x", "9" * 40, "999999"):
        assert client.get(f"/disagreements?page={odd}").status_code == 200


def test_the_navigation_names_the_page_with_a_count_only_where_there_is_something_or_a_reader(office: Office):
    assert "判读分歧" not in office.client("clerk").get("/").text

    configured = TestClient(
        create_app(office.store, office.clock, load_policy().departments, second_reader=True), follow_redirects=False
    )
    configured.post("/login", data={"username": "clerk", "password": PASSWORD})
    assert '<a href="/disagreements">判读分歧</a>' in configured.get("/").text

    dispute(office.store)
    assert '判读分歧<b class="count">1</b>' in office.client("clerk").get("/").text


def test_a_town_office_sees_the_texts_of_all_its_villages(office: Office):
    inside, outside = dispute(office.store, "I", region=VILLAGE), dispute(office.store, "O", region=OTHER_VILLAGE)

    page = office.client("clerk").get("/disagreements").text

    assert set(re.findall(r'href="/disagreements/(\w{32})"', page)) == {inside.id, outside.id}


def test_every_quotation_of_the_example_is_in_its_text():
    assert all(quotation in SILENT for quotation in QUOTATIONS.values())


def test_a_lead_with_an_open_text_beside_a_restricted_one_shows_the_open_one(office: Office):
    other = document("Z", "庞家庄有户人家的窑洞也漏雨了。")
    with office.store.unit_of_work() as work:
        work.documents.add(other)
        work.routes.add(other.id, Route.RESTRICTED, "信访办判断为检举控告", "person-1", NOON)
        work.leads.add_evidence(
            LeadEvidence(
                lead_id=lead("own").id,
                document_id=other.id,
                risks=frozenset({Risk.HOUSING}),
                urgent=False,
                added_at=NOON,
            )
        )
        work.commit()

    page = office.client("town").get("/leads/own").text

    assert "得了重病" in page
    assert "窑洞也漏雨" not in page
    assert "2份材料" not in office.client("village").get("/").text
