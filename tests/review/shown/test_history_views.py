"""What the page of a lead says of repeat petitions and of versions."""

from datetime import UTC, datetime

import pytest

from domain.leads.lead import LeadEvidence, LeadId
from domain.places.region import RegionCode
from domain.risk import Risk
from domain.texts.analysis import Analysis
from domain.texts.document import Document, Petitioner
from domain.words.vocabulary import Route
from storage.store import Store
from tests.factories import OTHER_VILLAGE, document, lead
from tests.fakes import NOON, FakeClock, reading
from tests.review.office import PETITIONER, Office, fill


@pytest.fixture
def office(sqlite_store: Store, clock: FakeClock) -> Office:
    return fill(sqlite_store, clock)


def add(office: Office, key: str, text: str, *, name: str = PETITIONER, month: int = 12) -> Document:
    """One more text in the village's lead."""
    made = document(key, text, petitioner=Petitioner(name=name), published_at=datetime(2026, month, 3, tzinfo=UTC))
    with office.store.unit_of_work() as work:
        work.documents.add(made)
        work.analyses.add(Analysis(document_id=made.id, reading=reading(Risk.ILLNESS, text=text[:6])), NOON)
        work.leads.add_evidence(
            LeadEvidence(
                lead_id=LeadId("own"), document_id=made.id, risks=frozenset({Risk.ILLNESS}), urgent=False, added_at=NOON
            )
        )
        work.commit()
    return made


def own(office: Office) -> Document:
    with office.store.reading() as work:
        view = work.leads.get(LeadId("own"))
        assert view is not None
        return work.documents.get(view.evidence[0].document_id)


def page(office: Office, name: str) -> str:
    return office.client(name).get("/leads/own").text


def test_the_petition_office_sees_who_came_again_and_when(office: Office):
    add(office, "again", "药费还是负担不起，上次说的事没有回音。")

    assert f"反映人 {PETITIONER} 就同一事项先后2次反映: 2026-11-24、2026-12-03" in page(office, "clerk")


@pytest.mark.parametrize("name", ["town", "leader"])
def test_who_may_read_texts_sees_the_times_and_not_the_name(office: Office, name: str):
    add(office, "again", "药费还是负担不起，上次说的事没有回音。")

    shown = page(office, name)
    assert "同一反映人 就同一事项先后2次反映" in shown
    assert PETITIONER not in shown


def test_a_village_is_not_told_that_anybody_came(office: Office):
    add(office, "again", "药费还是负担不起，上次说的事没有回音。")

    shown = page(office, "village")
    assert "反映人" not in shown
    assert "2026-12-03" not in shown.split("材料2")[0]


@pytest.mark.parametrize(("region", "times"), [(RegionCode("141124105201"), 0), (OTHER_VILLAGE, 2)])
def test_who_came_about_a_place_outside_the_region_under_the_same_phone_is_not_told(
    office: Office, region: RegionCode, times: int
):
    again = document(
        "again", "看病的事。", petitioner=own(office).petitioner, published_at=datetime(2026, 12, 3, tzinfo=UTC)
    )
    with office.store.unit_of_work() as work:
        work.documents.add(again)
        work.petitioner_marks.add([(one.id, one.petitioner) for one in (own(office), again)])
        work.analyses.add(Analysis(document_id=again.id, reading=reading(Risk.ILLNESS)), NOON)
        opened = lead("again", region=region, matter="again")
        work.leads.add(opened)
        work.leads.add_evidence(
            LeadEvidence(
                lead_id=opened.id, document_id=again.id, risks=frozenset({Risk.ILLNESS}), urgent=False, added_at=NOON
            )
        )
        work.commit()

    assert (f"先后{times}次反映" in page(office, "town")) is (times > 0)
    assert ("2026-12-03" in page(office, "town")) is (times > 0)


def test_what_became_restricted_is_in_no_series(office: Office):
    again = add(office, "again", "会计扣了我的药费。")
    with office.store.unit_of_work() as work:
        work.routes.add(again.id, Route.RESTRICTED, "文中指向干部", "1", NOON)
        work.commit()

    assert "次反映" not in page(office, "clerk")


def test_a_new_version_shows_what_changed(office: Office):
    newer = add(office, "newer", own(office).text.replace("得了重病", "得了大病"), name="")
    with office.store.unit_of_work() as work:
        work.versions.add(newer.id, own(office).id)
        work.commit()

    shown = page(office, "clerk")
    assert "第2版, 共2版" in shown
    assert "<del>" in shown
    assert "得了大病" in shown
    assert "13800000000" not in shown


def in_a_lead(office: Office, newer: Document, region: RegionCode) -> None:
    """A newer version of the village's text, in a lead of another matter."""
    with office.store.unit_of_work() as work:
        work.documents.add(newer)
        work.versions.add(newer.id, own(office).id)
        opened = lead("newer", region=region, matter="newer")
        work.leads.add(opened)
        work.leads.add_evidence(
            LeadEvidence(
                lead_id=opened.id, document_id=newer.id, risks=frozenset({Risk.ILLNESS}), urgent=False, added_at=NOON
            )
        )
        work.commit()


@pytest.mark.parametrize("name", ["clerk"])
def test_a_newer_version_about_a_place_outside_the_region_is_told_and_not_shown(office: Office, name: str):
    in_a_lead(office, document("newer", "更正：曹峪坪刘秀英得了尿毒症。"), RegionCode("141124105201"))

    shown = page(office, name)
    assert "新的版本说的是别处" in shown
    assert "刘秀英" not in shown


def test_an_earlier_version_about_a_place_outside_the_region_is_not_shown(office: Office):
    earlier = document("earlier", "曹峪坪刘秀英得了尿毒症。")
    with office.store.unit_of_work() as work:
        work.documents.add(earlier)
        opened = lead("earlier", region=RegionCode("141124105201"), matter="earlier")
        work.leads.add(opened)
        work.leads.add_evidence(
            LeadEvidence(
                lead_id=opened.id, document_id=earlier.id, risks=frozenset({Risk.ILLNESS}), urgent=False, added_at=NOON
            )
        )
        work.leads.leave(opened.id, earlier.id, NOON)
        work.versions.add(own(office).id, earlier.id)
        work.commit()

    assert "之前的版本说的是别处" in page(office, "clerk")
    assert "刘秀英" not in page(office, "clerk")


def test_a_newer_version_that_is_in_no_lead_is_told_and_not_shown(office: Office):
    newer = document("newer", "更正：刘秀英得了尿毒症。")
    with office.store.unit_of_work() as work:
        work.documents.add(newer)
        work.versions.add(newer.id, own(office).id)
        work.commit()

    assert "新的版本没有成为线索" in page(office, "clerk")
    assert "刘秀英" not in page(office, "clerk")


def test_a_newer_version_that_is_no_evidence_is_told_beside_the_older_one(office: Office):
    in_a_lead(office, document("newer", "更正：邻居的病已经治好，药费也报销了。"), OTHER_VILLAGE)

    assert "原文后来有更正" in page(office, "clerk")
    assert "已经治好" in page(office, "clerk")
    for name in ("village", "town"):
        assert "后来有更正" in page(office, name)
        assert "已经治好" not in page(office, name)


def test_a_version_that_became_restricted_is_not_shown(office: Office):
    newer = document("newer", "更正：是会计扣了药费。")
    with office.store.unit_of_work() as work:
        work.documents.add(newer)
        work.versions.add(newer.id, own(office).id)
        work.routes.add(newer.id, Route.RESTRICTED, "文中指向干部", "1", NOON)
        work.commit()

    assert "会计扣了" not in page(office, "town")
    assert "更正" not in page(office, "town")
