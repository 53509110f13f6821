"""The outbox: written with what it tells, read in an order in which nothing is passed over."""

import threading
from dataclasses import replace
from datetime import date

import pytest

from domain.accounts.access_scope import AccessScope
from domain.leads.lead import SYSTEM, Decision, LeadEvidence, LeadId, LeadMove, LeadStatus
from domain.register.household import HouseholdId
from domain.sending.outgoing import START, EventKind, LeadOutcome, OutcomeKind, cursor_of, item_record, position_of
from storage.joined.feed_reading import give_positions, lead_in_feed, read_feed
from storage.schema import upgrade
from storage.store import Store
from tests.conftest import KEY
from tests.factories import COUNTY, OTHER_VILLAGE, TOWN, VILLAGE, document, household, lead
from tests.fakes import NOON
from tests.storage.steps import step_down

ALL = AccessScope(COUNTY)


def decided(status: LeadStatus, lead_id: str = "lead-1", household_id: str | None = None) -> Decision:
    chosen = HouseholdId(household_id) if household_id else None
    return Decision(
        lead_id=LeadId(lead_id),
        status=status,
        decided_by="wang",
        decided_at=NOON,
        reason="核实过",
        visited_on=date(2026, 11, 20),
        household_id=chosen,
    )


def add(store: Store, *decisions: Decision) -> None:
    with store.unit_of_work() as work:
        for one in decisions:
            work.leads.add(lead(one.lead_id, matter=one.lead_id))
            work.decisions.append(one)
        work.commit()


def statuses(store: Store, scope: AccessScope = ALL, position: int = START) -> list[LeadStatus]:
    return [item.status for item in read_feed(store, position, scope, limit=100).items]


def test_what_nobody_verified_is_told_to_nobody(store: Store):
    add(store, decided(LeadStatus.ASSIGNED), decided(LeadStatus.VISITING))

    assert statuses(store) == []


def test_who_heard_that_a_lead_is_true_hears_that_it_is_looked_at_again(store: Store):
    add(store, decided(LeadStatus.CONFIRMED), decided(LeadStatus.VISITING), decided(LeadStatus.NOT_CONFIRMED))

    assert statuses(store) == [LeadStatus.CONFIRMED, LeadStatus.VISITING, LeadStatus.NOT_CONFIRMED]


def test_a_lead_that_was_handed_up_and_verified_by_nobody_stays_inside(store: Store):
    add(store, decided(LeadStatus.HANDLED_ABOVE), decided(LeadStatus.TO_DISCIPLINE), decided(LeadStatus.CLOSED))

    assert statuses(store) == []


def test_no_receiver_learns_that_a_lead_went_to_discipline_inspection(store: Store):
    add(store, decided(LeadStatus.CONFIRMED), decided(LeadStatus.TO_DISCIPLINE))

    items = read_feed(store, START, ALL, limit=10).items
    assert [item.status for item in items] == [LeadStatus.CONFIRMED, LeadStatus.HANDLED_ABOVE]
    assert {item.lead.status for item in items} == {LeadStatus.HANDLED_ABOVE}
    assert [item.visited_on for item in items] == [date(2026, 11, 20), None]


def relying(lead_id: str, other: str, status: LeadStatus = LeadStatus.DUPLICATE, by: str = "wang") -> Decision:
    return replace(decided(status, lead_id), other_lead=LeadId(other) if other else None, decided_by=by)


def superseded_by(store: Store, scope: AccessScope = ALL) -> dict[str, str | None]:
    return {item.lead.id: item.lead.superseded_by for item in read_feed(store, START, scope, limit=100).items}


@pytest.mark.parametrize("further", [[], [LeadStatus.REPORTED_BACK, LeadStatus.CLOSED]])
def test_receivers_are_told_which_lead_goes_on_as_soon_as_they_may_read_it(store: Store, further: list[LeadStatus]):
    add(store, decided(LeadStatus.ASSIGNED, "b"), relying("a", "b"), *(decided(status, "a") for status in further))
    assert superseded_by(store) == {"a": None}

    add(store, decided(LeadStatus.CONFIRMED, "b"))
    assert superseded_by(store) == {"a": "b", "b": None}
    assert item_record(read_feed(store, START, ALL, limit=1).items[0])["lead"]["superseded_by"] == "b"  # type: ignore[index]

    add(store, decided(LeadStatus.CONFIRMED, "c"), relying("b", "c", LeadStatus.MERGED))
    assert superseded_by(store) == {"a": "c", "b": "c", "c": None}

    add(store, decided(LeadStatus.VISITING, "a"))
    assert superseded_by(store) == {"a": None, "b": "c", "c": None}


def test_no_receiver_is_told_of_a_lead_outside_its_division(store: Store):
    with store.unit_of_work() as work:
        work.leads.add(lead("b", matter="b", region=TOWN))
        work.commit()
    add(store, decided(LeadStatus.CONFIRMED, "b"), relying("a", "b"))

    assert superseded_by(store, AccessScope(VILLAGE)) == {"a": None}
    assert superseded_by(store, AccessScope(TOWN)) == {"b": None, "a": "b"}


def test_what_the_county_named_no_receiver_learns(store: Store):
    above = [decided(status, "a") for status in (LeadStatus.CONFIRMED, LeadStatus.TO_DISCIPLINE)]
    add(store, decided(LeadStatus.CONFIRMED, "b"), *above, relying("a", "b"))

    assert superseded_by(store) == {"b": None, "a": None}


def test_of_what_the_system_gave_up_the_one_lead_with_its_texts_goes_on(store: Store):
    text = document()
    add(store, decided(LeadStatus.CONFIRMED, "b"), decided(LeadStatus.CONFIRMED, "a"))
    with store.unit_of_work() as work:
        work.documents.add(text)
        for name in ("a", "b"):
            work.leads.add_evidence(
                LeadEvidence(lead_id=LeadId(name), document_id=text.id, risks=frozenset(), urgent=False, added_at=NOON)
            )
        work.leads.leave(LeadId("a"), text.id, NOON)
        work.decisions.append(relying("a", "", by=SYSTEM))
        work.commit()
    assert superseded_by(store) == {"b": None, "a": "b"}

    add(store, relying("b", "a"))
    assert superseded_by(store) == {"b": None, "a": None}


def test_an_event_is_undone_with_what_it_tells(store: Store):
    with store.unit_of_work() as work:
        work.leads.add(lead())
        work.decisions.append(decided(LeadStatus.CONFIRMED))

    assert statuses(store) == []


def test_pages_follow_each_other_without_gap_or_repeat(store: Store):
    add(store, *(decided(LeadStatus.CONFIRMED, f"lead-{number}") for number in range(7)))

    seen, position, more = [], START, True
    while more:
        page = read_feed(store, position, ALL, limit=3)
        seen += [item.lead.id for item in page.items]
        position, more = page.position, page.more

    assert seen == [f"lead-{number}" for number in range(7)]
    assert read_feed(store, position, ALL, limit=3).items == ()


def test_an_event_keeps_its_id_however_often_it_is_read(store: Store):
    add(store, decided(LeadStatus.CONFIRMED))

    first, second = (read_feed(store, START, ALL, limit=1).items[0] for _ in range(2))

    assert first.id == second.id
    assert len(first.id) == 32


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
@pytest.mark.postgres
def test_a_transaction_that_commits_late_is_not_passed_over(store: Store):
    add(store, decided(LeadStatus.CONFIRMED, "first"))
    with store.unit_of_work() as late:
        late.leads.add(lead("late", matter="late"))
        late.decisions.append(decided(LeadStatus.CONFIRMED, "late"))
        add(store, decided(LeadStatus.CONFIRMED, "early"))
        before = read_feed(store, START, ALL, limit=10)
        late.commit()

    after = read_feed(store, before.position, ALL, limit=10)

    assert [item.lead.id for item in before.items] == ["first", "early"]
    assert [item.lead.id for item in after.items] == ["late"]


def test_readers_at_the_same_time_give_every_event_one_position(store: Store):
    add(store, *(decided(LeadStatus.CONFIRMED, f"lead-{number}") for number in range(20)))

    threads = [threading.Thread(target=give_positions, args=(store,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    items = read_feed(store, START, ALL, limit=100).items
    assert [item.lead.id for item in items] == [f"lead-{number}" for number in range(20)]
    assert len({item.position for item in items}) == 20


def test_a_receiver_reads_its_division_and_a_department_what_was_transferred_to_it(store: Store):
    with store.unit_of_work() as work:
        work.leads.add(lead("own"))
        work.leads.add(lead("other", region=OTHER_VILLAGE, matter="other"))
        for name in ("own", "other"):
            work.decisions.append(decided(LeadStatus.CONFIRMED, name))
        work.decisions.append(replace(decided(LeadStatus.TO_DEPARTMENT, "own"), department="housing"))
        work.commit()

    village = read_feed(store, START, AccessScope(OTHER_VILLAGE), limit=10)

    assert [item.lead.id for item in village.items] == ["other"]
    assert village.position == 3, "the reader goes on behind what was not for it"
    assert statuses(store, AccessScope(TOWN, "housing")) == [LeadStatus.CONFIRMED, LeadStatus.TO_DEPARTMENT]
    assert statuses(store, AccessScope(TOWN, "education")) == statuses(store, AccessScope(TOWN, "")) == []


def test_a_household_outside_the_receivers_division_is_not_told(store: Store):
    with store.unit_of_work() as work:
        elsewhere = household("1411241042030001", village=OTHER_VILLAGE)
        work.registry.import_households([household(), elsewhere], file="a", file_sha256="0", at=NOON)
        work.leads.add(lead())
        work.decisions.append(decided(LeadStatus.CONFIRMED, household_id=elsewhere.id))
        work.commit()
    with store.reading() as work:
        wide = lead_in_feed(work, LeadId("lead-1"), AccessScope(TOWN))
        narrow = lead_in_feed(work, LeadId("lead-1"), AccessScope(VILLAGE))

    assert wide is not None
    assert (wide.household_id, wide.basis) == (elsewhere.id, "person")
    assert narrow is not None
    assert (narrow.household_id, narrow.basis) == (None, None)


def test_a_verified_lead_that_moves_is_told_to_its_new_division(store: Store):
    add(store, decided(LeadStatus.CONFIRMED))
    position = read_feed(store, START, AccessScope(OTHER_VILLAGE), limit=10).position
    move = LeadMove(
        lead_id=LeadId("lead-1"),
        household_before=None,
        household_after=None,
        region_before=VILLAGE,
        region_after=OTHER_VILLAGE,
        matter_before="lead-1",
        matter_after="lead-1",
        moved_at=NOON,
        reason="换了村",
    )
    with store.unit_of_work() as work:
        work.leads.move(move)
        work.commit()

    [told] = read_feed(store, position, AccessScope(OTHER_VILLAGE), limit=10).items
    assert (told.kind, told.status) == (EventKind.MOVED, LeadStatus.CONFIRMED)
    assert read_feed(store, START, AccessScope(VILLAGE), limit=10).items == ()


def test_the_latest_acknowledgement_of_a_key_counts(store: Store):
    with store.unit_of_work() as work:
        work.outgoing.acknowledge("a", 3, NOON)
        work.outgoing.acknowledge("a", 5, NOON)

        assert (work.outgoing.acknowledged("a"), work.outgoing.acknowledged("b")) == (5, START)


def test_a_report_under_the_same_reference_is_the_same_report(store: Store):
    add(store, decided(LeadStatus.CONFIRMED))
    report = LeadOutcome(
        id="r1",
        lead_id=LeadId("lead-1"),
        outcome=OutcomeKind.TAKEN_IN,
        reported_by="key:a",
        office="县平台",
        reference="2026-7",
        occurred_on=date(2026, 11, 23),
        received_at=NOON,
        remark="已录入",
    )
    with store.unit_of_work() as work:
        first = work.lead_outcomes.append(report)
        again = work.lead_outcomes.append(
            LeadOutcome(**{**{k: getattr(report, k) for k in report.__slots__}, "id": "r2"})
        )

        assert (first, again) == (report, report)
        assert work.lead_outcomes.of(LeadId("lead-1")) == [report]


def test_what_was_decided_before_the_step_stands_in_the_feed(store: Store, database_url: str):
    add(store, decided(LeadStatus.VISITING), decided(LeadStatus.CONFIRMED), decided(LeadStatus.CLOSED))

    step_down(database_url, "0013")
    upgrade(database_url, KEY)

    assert statuses(store) == [LeadStatus.CONFIRMED, LeadStatus.CLOSED]


@pytest.mark.parametrize("position", [0, 1, 41, 10**17])
def test_a_cursor_says_the_position_and_nothing_a_receiver_could_reckon_with(position: int):
    cursor = cursor_of(position)

    assert position_of(cursor) == position
    assert not cursor.isdigit()


@pytest.mark.parametrize("text", ["0", "17", "abc", "djE6", "djE6MDE", "游标", "=", " "])
def test_what_is_no_cursor_is_refused(text: str):
    with pytest.raises(ValueError, match="游标不对"):
        position_of(text)
