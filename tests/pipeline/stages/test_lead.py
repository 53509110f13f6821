"""Leads open, gather evidence, and move to the right door when the register names it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest

from domain.accounts.access_scope import AccessScope
from domain.leads.lead import SYSTEM, Decision, LeadStatus, LeadView
from domain.links.link import Link, LinkDecision
from domain.places.region import RegionCode
from domain.register.household import HouseholdId
from domain.risk import Risk
from domain.texts.analysis import Analysis
from domain.texts.document import Breadcrumb, Document, Duplicate, Outcome, Petitioner
from domain.words.vocabulary import Channel, Route
from nlp.repeats.one_writer import written_names
from pipeline.policy.tables import load_policy
from pipeline.stages.lead import LeadStage
from storage.leads.filter import LeadFilter
from storage.leads.leads import Leads
from storage.store import Store
from tests.databases import statements_asked
from tests.factories import COUNTY, OTHER_VILLAGE, VILLAGE, document, household, link
from tests.fakes import NOON, FakeClock, reading
from tests.review.racing import overtaken

HOUSE = "1411241042020001"
STAGE = LeadStage(load_policy(), COUNTY)


def arrive(store: Store, text: Document, found: Link, *risks: Risk) -> str:
    """Let one text with this link reach the lead stage; the detail of what happened."""
    with store.unit_of_work() as work:
        work.documents.add(text)
        work.analyses.add(Analysis(document_id=text.id, reading=reading(*(risks or (Risk.ILLNESS,)))), NOON)
        work.links.add(found, NOON)
        [(_, item)] = STAGE.load(work, [text.id])
        step = STAGE.process(work, item, NOON)
        work.commit()
    return step.detail


def all_leads(store: Store) -> Sequence[LeadView]:
    with store.reading() as work:
        return work.leads.feed(LeadFilter(scope=AccessScope(COUNTY)))


@pytest.fixture
def registered(sqlite_store: Store) -> Store:
    with sqlite_store.unit_of_work() as work:
        work.registry.import_households([household(HOUSE)], file="a", file_sha256="0", at=NOON)
        work.commit()
    return sqlite_store


def linked(text: Document) -> Link:
    return link(text, LinkDecision.LINKED, HOUSE, village=VILLAGE)


def test_the_first_text_opens_a_lead_with_due_dates(registered: Store):
    text = document()

    assert arrive(registered, text, linked(text)) == "raised"
    [view] = all_leads(registered)
    assert view.lead.household_id == HOUSE
    assert view.lead.region == VILLAGE
    assert (view.lead.due.visit - view.lead.due.pass_on).days == 1


def test_the_feed_gets_a_raised_lead_in_one_go(registered: Store):
    text = document()

    with statements_asked() as asked:
        arrive(registered, text, linked(text))

    assert sum("INSERT INTO feed_entries" in one for one in asked) == 1
    with registered.reading() as work:
        assert work.leads.count(LeadFilter(scope=AccessScope(COUNTY), risk=Risk.ILLNESS)) == 1


def test_a_second_text_about_the_household_joins_and_raises_the_priority(registered: Store):
    first, second = document("A", "第一份材料说家里有病人"), document("B", "第二份材料说窑洞塌了")
    arrive(registered, first, linked(first))
    before = all_leads(registered)[0].lead.priority

    assert arrive(registered, second, linked(second), Risk.HOUSING) == "merged"
    [view] = all_leads(registered)
    assert view.risks == {Risk.ILLNESS, Risk.HOUSING}
    assert view.lead.priority > before


def test_a_text_after_the_lead_was_verified_opens_a_new_one(registered: Store):
    first, second = document("A", "第一份材料"), document("B", "第二份材料")
    arrive(registered, first, linked(first))
    with registered.unit_of_work() as work:
        verified = Decision(
            lead_id=all_leads(registered)[0].lead.id,
            status=LeadStatus.CONFIRMED,
            decided_by="wang",
            decided_at=NOON,
            reason="属实",
        )
        work.decisions.append(verified)
        work.commit()

    assert arrive(registered, second, linked(second)) == "raised"
    assert len(all_leads(registered)) == 2


def linked_later(text: Document) -> Link:
    return replace(linked(text), version="link-test-2")


def closed_by_somebody(store: Store, view: LeadView) -> None:
    with store.unit_of_work() as work:
        work.leads.hold([view.lead.id])
        work.decisions.append(
            Decision(
                lead_id=view.lead.id,
                status=LeadStatus.NOT_CONFIRMED,
                decided_by="wang",
                decided_at=NOON,
                reason="看过",
            )
        )
        work.commit()


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
@pytest.mark.postgres
@pytest.mark.parametrize("leaving", [False, True])
def test_what_a_person_decides_while_a_text_comes_or_goes_stands(stores: list[Store], leaving: bool):
    first, second = document("A", "第一份材料"), document("B", "第二份材料")
    with stores[0].unit_of_work() as work:
        work.registry.import_households([household(HOUSE)], file="a", file_sha256="0", at=NOON)
        work.commit()
    arrive(stores[0], first, link(first, LinkDecision.NONE) if leaving else linked(first))
    [before] = all_leads(stores[0])

    close = partial(closed_by_somebody, stores[1], before)
    text = first if leaving else second
    asked = "of_document" if leaving else "by_matter"
    detail = overtaken(Leads, asked, lambda: arrive(stores[0], text, linked_later(text)), close)

    with stores[0].reading() as work:
        closed = work.leads.get(before.lead.id)
        holding = [work.leads.get(one) for one in work.leads.of_document(text.id)]
    assert closed is not None
    assert [one.decided_by for one in closed.decisions] == ["wang"]
    assert closed.evidence == before.evidence
    assert (detail, [one.status for one in holding if one]) == (
        ("unchanged", [LeadStatus.NOT_CONFIRMED]) if leaving else ("raised", [LeadStatus.NEW])
    )


def test_who_decides_while_a_text_leaves_waits_and_is_not_overruled(stores: list[Store]):
    text = document()
    with stores[0].unit_of_work() as work:
        work.registry.import_households([household(HOUSE)], file="a", file_sha256="0", at=NOON)
        work.commit()
    arrive(stores[0], text, link(text, LinkDecision.NONE))
    [before] = all_leads(stores[0])

    close = partial(closed_by_somebody, stores[1], before)
    overtaken(Leads, "many", lambda: arrive(stores[0], text, linked_later(text)), close)

    with stores[0].reading() as work:
        closed = work.leads.get(before.lead.id)
    assert closed is not None
    assert [one.decided_by for one in closed.decisions] == [SYSTEM, "wang"]


def test_the_same_text_again_changes_nothing(registered: Store):
    text = document()
    arrive(registered, text, linked(text))

    assert arrive(registered, text, linked(text)) == "unchanged"
    assert len(all_leads(registered)) == 1


def test_a_later_register_moves_the_text_to_the_household_and_retires_the_old_lead(registered: Store):
    text = document()
    arrive(registered, text, link(text, LinkDecision.NONE))
    better = Link(
        document_id=text.id,
        decision=LinkDecision.LINKED,
        village=VILLAGE,
        candidates=linked(text).candidates,
        version="link-test-2",
    )

    assert arrive(registered, text, better) == "raised"
    statuses = {view.lead.household_id: view.status for view in all_leads(registered)}
    assert statuses == {None: LeadStatus.DUPLICATE, HouseholdId(HOUSE): LeadStatus.NEW}


def test_news_that_names_no_place_of_the_county_opens_nothing(registered: Store):
    from domain.failures.errors import SkipRecord

    text = document(channel=Channel.NEWS)

    with pytest.raises(SkipRecord, match="没有写到本县"):
        arrive(registered, text, link(text, LinkDecision.NONE))
    assert all_leads(registered) == []


def test_a_petition_that_names_no_place_belongs_to_the_register_that_holds_it(registered: Store):
    text = document()
    arrive(registered, text, link(text, LinkDecision.NONE))

    assert all_leads(registered)[0].lead.region == COUNTY


def test_breadcrumbs_of_other_stages_are_left_alone(registered: Store, clock: FakeClock):
    text = document()
    with registered.unit_of_work() as work:
        crumb = Breadcrumb(
            document_id=text.id, stage="link", outcome=Outcome.DONE, detail="linked", version="1", at=clock.now()
        )
        work.breadcrumbs.append(crumb)
        work.commit()
    arrive(registered, text, linked(text))

    with registered.reading() as work:
        assert [one.stage for one in work.breadcrumbs.of(text.id)] == ["link"]


def petition(key: str, day: int, name: str = "庞四孩") -> Document:
    return document(
        key, f"{key}：药费负担不起。", petitioner=Petitioner(name=name), published_at=datetime(2026, 9, day, tzinfo=UTC)
    )


def reasons(store: Store) -> set[str]:
    return {one.reason for view in all_leads(store) for one in view.lead.priority_reasons}


def test_who_comes_again_and_again_raises_the_priority_once_a_time(registered: Store):
    for number, day in enumerate((1, 8, 15), start=1):
        text = petition(f"第{number}次", day)
        arrive(registered, text, linked(text))

    assert "同一事项前后反映3次" in reasons(registered)
    assert not any("方反映" in reason for reason in reasons(registered))


def test_times_count_on_when_the_earlier_lead_is_closed(registered: Store):
    first, again = petition("甲", 1), petition("乙", 8)
    arrive(registered, first, linked(first))
    [view] = all_leads(registered)
    with registered.unit_of_work() as work:
        work.decisions.append(
            Decision(lead_id=view.lead.id, status=LeadStatus.CONFIRMED, decided_by="a", decided_at=NOON, reason="属实")
        )
        work.commit()

    assert arrive(registered, again, linked(again)) == "raised"
    assert "同一事项前后反映2次" in reasons(registered)


def twice_under_one_phone(store: Store) -> tuple[Document, Document]:
    """Two texts that say little alike, of one petitioner, whose marks are stored."""
    first, again = (
        document(
            key,
            text,
            petitioner=Petitioner(name="庞四孩", phone="13800000000"),
            published_at=datetime(2026, 9, day, tzinfo=UTC),
        )
        for key, text, day in (("甲", "药费负担不起。", 1), ("乙", "上次说的看病的事还没有回音。", 8))
    )
    with store.unit_of_work() as work:
        work.petitioner_marks.add([(one.id, one.petitioner) for one in (first, again)])
        work.commit()
    return first, again


def test_who_comes_again_under_the_same_phone_is_known_though_no_household_is(registered: Store):
    first, again = twice_under_one_phone(registered)
    for text in (first, again):
        assert arrive(registered, text, link(text, LinkDecision.NONE)) == "raised"

    assert "同一事项前后反映2次" in reasons(registered)


def test_what_came_in_under_the_same_phone_about_another_village_is_not_counted(registered: Store):
    first, again = twice_under_one_phone(registered)
    arrive(registered, first, link(first, LinkDecision.PLACE, village=OTHER_VILLAGE))

    assert arrive(registered, again, linked(again)) == "raised"
    assert not any("前后反映" in reason for reason in reasons(registered))


def test_two_petitioners_are_two_voices_and_reprints_are_one(registered: Store):
    for text in (petition("甲", 1), petition("乙", 2, "邻居某")):
        arrive(registered, text, linked(text))

    assert "同一事项先后有2方反映或报道" in reasons(registered)


def replaces(store: Store, newer: Document, older: Document) -> None:
    with store.unit_of_work() as work:
        work.versions.add(newer.id, older.id)
        work.commit()


def test_a_lead_follows_the_version_that_names_another_household(registered: Store):
    other = "1411241042030001"
    older, newer = document("旧", "旧版的报道。"), document("新", "更正后的报道。")
    arrive(registered, older, linked(older))
    replaces(registered, newer, older)

    assert arrive(registered, newer, link(newer, LinkDecision.LINKED, other, village=VILLAGE)) == "raised"
    status = {view.lead.household_id: view.status for view in all_leads(registered)}
    assert status == {HOUSE: LeadStatus.DUPLICATE, other: LeadStatus.NEW}


def test_a_lead_that_a_person_works_on_gets_a_remark_and_keeps_its_text(registered: Store):
    older, newer = document("旧", "旧版的报道。"), document("新", "更正后的报道。")
    arrive(registered, older, linked(older))
    [view] = all_leads(registered)
    with registered.unit_of_work() as work:
        work.decisions.append(
            Decision(lead_id=view.lead.id, status=LeadStatus.VISITING, decided_by="a", decided_at=NOON, reason="去看")
        )
        work.commit()
    replaces(registered, newer, older)

    arrive(registered, newer, link(newer, LinkDecision.LINKED, "1411241042030001", village=VILLAGE))

    [kept] = [one for one in all_leads(registered) if one.lead.household_id == HOUSE]
    assert kept.status is LeadStatus.VISITING
    assert [one.document_id for one in kept.evidence] == [older.id]
    assert "请核对" in kept.notes[0].text


def test_a_version_about_the_same_household_is_more_evidence_in_one_voice(registered: Store):
    older, newer = document("旧", "旧版的报道。"), document("新", "更正后的报道。")
    arrive(registered, older, linked(older))
    replaces(registered, newer, older)

    assert arrive(registered, newer, linked(newer)) == "merged"


COPIED = "我叫{name}，去年查出重病，每周去县城三次，花去医药费十二万元，家中只有老伴种着八亩枣树，恳请派人来看一看。"


def test_a_household_that_copied_a_letter_gets_a_lead_of_its_own_where_the_register_knows_neither(store: Store):
    texts = [
        document(key, COPIED.format(name=name), petitioner=Petitioner(name=name))
        for key, name in (("A", "庞建国"), ("B", "蔡玉明"), ("C", "庞建国"))
    ]
    with store.unit_of_work() as work:
        work.duplicates.add_many([Duplicate(document_id=one.id, cluster_id=texts[0].id, similarity=1) for one in texts])
        work.commit()

    places = [link(text, LinkDecision.PLACE, village=VILLAGE) for text in texts]

    assert [arrive(store, *pair) for pair in zip(texts, places, strict=True)] == ["raised", "raised", "merged"]
    assert [arrive(store, *pair) for pair in zip(texts, places, strict=True)] == ["unchanged"] * 3
    assert sorted(len(view.evidence) for view in all_leads(store)) == [1, 2]


def test_a_lead_opened_before_its_text_was_compared_is_joined_by_what_repeats_it_in_another_cluster(store: Store):
    first, again = (
        document(key, COPIED.format(name="庞建国"), petitioner=Petitioner(name="庞建国")) for key in ("A", "B")
    )
    assert arrive(store, first, link(first, LinkDecision.PLACE, village=VILLAGE)) == "raised"
    other = document("X", COPIED.format(name="蔡玉明"), petitioner=Petitioner(name="蔡玉明"))
    with store.unit_of_work() as work:
        found = [Duplicate(document_id=one.id, cluster_id=other.id, similarity=1) for one in (other, first, again)]
        work.duplicates.add_many(found)
        work.commit()

    assert arrive(store, other, link(other, LinkDecision.PLACE, village=VILLAGE)) == "raised"
    assert arrive(store, again, link(again, LinkDecision.PLACE, village=VILLAGE)) == "merged"
    assert arrive(store, again, link(again, LinkDecision.PLACE, village=VILLAGE)) == "unchanged"
    assert sorted(len(view.evidence) for view in all_leads(store)) == [1, 2]
    assert all(
        {one.document_id for one in view.evidence} in ({first.id, again.id}, {other.id}) for view in all_leads(store)
    )


RETOLD = "来访反映：去年得了重病，到县里看病每周三趟，看病的钱都是借的，如今还不上，想请干部到家里看看。"
WRITER = Petitioner(name="庞建国", phone="13800000000")


def told(store: Store, key: str, text: str, petitioner: Petitioner, **changes: object) -> Document:
    """A petition as the stage that looks for repeats leaves it: in a cluster of its own, with its marks."""
    made = document(key, text, petitioner=petitioner, **changes)
    with store.unit_of_work() as work:
        work.petitioner_marks.add([(made.id, petitioner)])
        work.petitioner_marks.add_names([(made.id, written_names(petitioner))])
        work.duplicates.add_many([Duplicate(document_id=made.id, cluster_id=made.id, similarity=1)])
        work.commit()
    return made


def placed(text: Document, village: RegionCode = VILLAGE) -> Link:
    return link(text, LinkDecision.PLACE, village=village)


def test_what_one_person_tells_again_in_other_words_is_a_series_in_one_lead(store: Store):
    first = told(store, "A", COPIED.format(name="庞建国"), WRITER, published_at=datetime(2026, 9, 1, tzinfo=UTC))
    again = told(store, "B", RETOLD, WRITER, published_at=datetime(2026, 9, 8, tzinfo=UTC))

    assert [arrive(store, text, placed(text)) for text in (first, again)] == ["raised", "merged"]
    assert [arrive(store, text, placed(text)) for text in (first, again)] == ["unchanged"] * 2

    [view] = all_leads(store)
    assert {one.document_id for one in view.evidence} == {first.id, again.id}
    assert "同一事项前后反映2次" in reasons(store)


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (Petitioner(name="庞建国"), Petitioner(name="庞建国")),
        (Petitioner(name="庞建国", phone="13800000000"), Petitioner(name="庞建国")),
        (Petitioner(name="庞建国", phone="13800000000"), Petitioner(phone="13800000000")),
    ],
)
def test_a_person_is_known_by_what_the_register_gives_both_times(store: Store, first: Petitioner, again: Petitioner):
    texts = [told(store, "A", COPIED.format(name="庞建国"), first), told(store, "B", RETOLD, again)]

    assert [arrive(store, text, placed(text)) for text in texts] == ["raised", "merged"]


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(Petitioner(name="蔡玉明", phone="13800000000"), id="another name under one phone"),
        pytest.param(Petitioner(name="庞建国", phone="13900000000"), id="a namesake with a phone of his own"),
        pytest.param(Petitioner(name="庞建国", address="东沟"), id="a namesake with an address of his own"),
        pytest.param(Petitioner(name="庞某某"), id="a masked name"),
        pytest.param(Petitioner(), id="nobody"),
    ],
)
def test_whoever_may_be_somebody_else_has_a_lead_of_his_own(store: Store, again: Petitioner):
    phone = WRITER.phone if again.phone else ""
    first = Petitioner(name="庞建国", phone=phone, address="西坡" if again.address else "")
    texts = [told(store, "A", COPIED.format(name="庞建国"), first), told(store, "B", RETOLD, again)]

    assert [arrive(store, text, placed(text)) for text in texts] == ["raised"] * 2


def test_another_trouble_and_another_village_have_leads_of_their_own(store: Store):
    first = told(store, "A", COPIED.format(name="庞建国"), WRITER)
    other = told(store, "B", "窑洞塌了一角，下雨不敢住人。", WRITER)
    elsewhere = told(store, "C", RETOLD, WRITER)

    assert arrive(store, first, placed(first)) == "raised"
    assert arrive(store, other, placed(other), Risk.HOUSING) == "raised"
    assert arrive(store, elsewhere, placed(elsewhere, OTHER_VILLAGE)) == "raised"


def test_who_petitions_for_several_households_makes_no_one_household_of_them(store: Store):
    cadre = Petitioner(name="高改柱", phone="13800000000")
    first = told(store, "A", COPIED.format(name="庞建国"), cadre)
    second = told(store, "B", f"我叫蔡玉明，{RETOLD}", cadre)

    assert [arrive(store, text, placed(text)) for text in (first, second)] == ["raised"] * 2


def test_a_text_that_became_restricted_draws_no_other_to_its_lead(store: Store):
    first, again = told(store, "A", COPIED.format(name="庞建国"), WRITER), told(store, "B", RETOLD, WRITER)
    assert arrive(store, first, placed(first)) == "raised"
    with store.unit_of_work() as work:
        work.routes.add(first.id, Route.RESTRICTED, "信访办判断为检举控告", "person-1", NOON)
        work.commit()

    assert arrive(store, again, placed(again)) == "raised"


def test_a_run_killed_after_it_joined_joins_again_and_nothing_else(store: Store):
    first, again = told(store, "A", COPIED.format(name="庞建国"), WRITER), told(store, "B", RETOLD, WRITER)
    arrive(store, first, placed(first))
    with store.unit_of_work() as work:
        work.documents.add(again)
        work.analyses.add(Analysis(document_id=again.id, reading=reading(Risk.ILLNESS)), NOON)
        work.links.add(placed(again), NOON)
        work.commit()
    with store.unit_of_work() as work:
        [(_, item)] = STAGE.load(work, [again.id])
        assert STAGE.process(work, item, NOON).detail == "merged"

    assert [len(view.evidence) for view in all_leads(store)] == [1]
    assert arrive(store, again, placed(again)) == "merged"
    assert [len(view.evidence) for view in all_leads(store)] == [2]
