"""Whatever people do to a lead in whatever order: the table holds, nothing is lost, undo brings the same back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from domain.accounts.access_scope import AccessScope
from domain.failures.errors import ReviewError
from domain.leads.decision_history import shown_decisions
from domain.leads.lead import OPEN_STATUSES, LeadId, LeadStatus, LeadView
from domain.leads.step import Step
from domain.leads.workflow import ABOVE, READS_DISCIPLINE, Requirement, due_on, owed_of, possible, step_to
from domain.words.vocabulary import Role
from storage.leads.filter import LeadFilter
from storage.schema import upgrade
from storage.store import Store, open_store
from storage.unit_of_work import UnitOfWork
from tests.conftest import KEY
from tests.factories import COUNTY
from tests.review.deciding import NAMES, Deciding, filled_in, settle

ROLES = st.sampled_from(sorted(NAMES))


@pytest.fixture(scope="module")
def place() -> Iterator[Deciding]:
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'machine.db'}"
        upgrade(url, KEY)
        store: Store = open_store(url, KEY)
        yield settle(store)
        store.close()


def machine(place: Deciding, reached: set[LeadStatus]) -> type[RuleBasedStateMachine]:
    """The machine over this place; each run has a lead of its own, and another one to merge it with."""

    class Leads(RuleBasedStateMachine):
        count = 0

        @initialize()
        def opened(self) -> None:
            Leads.count += 1
            self.own, self.other = f"m{Leads.count}", f"o{Leads.count}"
            home = f"h{Leads.count}"
            place.arrive(self.own, "家里有人病了。", "药费付不起。", household_id=home)
            place.arrive(self.other, household_id=home)
            self.texts = set(place.texts(self.own)) | set(place.texts(self.other))
            self.before: LeadView | None = None
            self.by: Role | None = None

        def given(self, requires: frozenset[Requirement]) -> dict[str, object]:
            more = {"other_lead": self.other} if Requirement.OTHER_LEAD in requires else {}
            return {**filled_in(requires), **more}

        @rule(role=ROLES, status=st.sampled_from(LeadStatus))
        def anybody_tries_anything(self, role: Role, status: LeadStatus) -> None:
            self.attempt(role, status)

        def attempt(self, role: Role, status: LeadStatus) -> None:
            view = place.view(self.own)
            row = step_to(view, status, role)
            try:
                place.decide(role, self.own, status, **self.given(row.requires if row else frozenset()))  # type: ignore[arg-type]
            except ReviewError:
                assert place.view(self.own) == view
                return
            assert row is not None
            assert place.view(self.own).status is status
            reached.add(status)
            self.before, self.by = view, role

        @rule(role=ROLES, data=st.data())
        def somebody_makes_a_step_of_the_table(self, role: Role, data: st.DataObject) -> None:
            view = place.view(self.own)
            rows = possible(view.status, role)
            if rows:
                row = data.draw(st.sampled_from(rows))
                self.attempt(role, row.follows(view.status))

        @rule(role=ROLES, data=st.data())
        def somebody_forgets_a_field(self, role: Role, data: st.DataObject) -> None:
            view = place.view(self.own)
            rows = [row for row in possible(view.status, role) if row.requires]
            if not rows:
                return
            row = data.draw(st.sampled_from(rows))
            left_out = data.draw(st.sampled_from(sorted(row.requires)))
            with pytest.raises(ReviewError):
                place.decide(role, self.own, row.follows(view.status), **self.given(row.requires - {left_out}))  # type: ignore[arg-type]
            assert place.view(self.own) == view

        @precondition(lambda self: self.before is not None)
        @rule()
        def second_thoughts(self) -> None:
            assert self.before is not None
            assert self.by is not None
            decided = place.view(self.own).decisions
            if self.by is Role.DEPARTMENT and place.view(self.own).status is not LeadStatus.TO_DEPARTMENT:
                with pytest.raises(ReviewError):  # What a department gave back it sees no more.
                    place.undo(self.by, self.own)
                return
            place.undo(self.by, self.own)
            view = place.view(self.own)
            assert view.status is self.before.status
            assert view.lead.due == self.before.lead.due
            assert view.carried_out == self.before.carried_out
            assert {one.document_id for one in view.evidence} == {one.document_id for one in self.before.evidence}
            assert _held(view) == _held(self.before) or self.before.assignment is None
            assert view.decisions[:-1] == decided
            assert view.decisions[-1].step is Step.UNDO
            self.before = None

        @invariant()
        def no_text_is_lost(self) -> None:
            assert set(place.texts(self.own)) | set(place.texts(self.other)) == self.texts

        @invariant()
        def the_feed_finds_it_as_it_stands(self) -> None:
            with place.store.reading() as work:
                for lead_id, beside in ((self.own, self.other), (self.other, self.own)):
                    _found_as_it_stands(work, place.view(lead_id), LeadId(beside))

        @invariant()
        def those_below_read_nothing_of_discipline_inspection(self) -> None:
            view = place.view(self.own)
            for role in set(Role) - READS_DISCIPLINE:
                shown = shown_decisions(view, role)
                assert LeadStatus.TO_DISCIPLINE not in {one.status for one in shown}
                alike = replace(view, decisions=tuple(_as_handed_up(view)))
                assert _seen(shown) == _seen(shown_decisions(alike, role))

    return Leads


def _found_as_it_stands(work: UnitOfWork, view: LeadView, beside: LeadId) -> None:
    """Its entry says of status, who has it and what is owed by when just what its view says."""

    # Of the household of this run alone: else the leads of all runs before would be looked through each time.
    alone = LeadFilter(scope=AccessScope(COUNTY), household_id=view.lead.household_id, besides=beside)

    def found(**wanted: object) -> bool:
        return work.leads.count(replace(alone, **wanted)) == 1  # type: ignore[arg-type]

    assert work.leads.feed(replace(alone, status=frozenset({view.status}))) == [view]
    assert not found(status=frozenset(LeadStatus) - {view.status})
    held = view.assignment.assignee if view.assignment else ""
    for name in {*(role.value for role in NAMES), held} - {""}:
        assert found(assignee=name) == (name == held)
    deadline = owed_of(view)
    assert found(due_before=date.max, sees_above=True) == (deadline is not None)
    assert found(due_before=date.max) == (deadline is not None and view.status not in ABOVE)
    if deadline is not None:
        day = due_on(view.lead.due, deadline)
        assert not found(due_before=day, sees_above=True)
        assert found(due_before=day + timedelta(days=1), sees_above=True)


def _place_in_the_feed(view: LeadView) -> tuple[object, ...]:
    section = 0 if view.status in OPEN_STATUSES else 1 if view.status in ABOVE else 2
    return (section, -view.lead.priority, view.lead.opened_at, view.lead.id)


def _held(view: LeadView) -> object:
    return (view.assignment.holder, view.assignment.assignee) if view.assignment else None


def _as_handed_up(view: LeadView) -> Iterator[object]:
    for one in view.decisions:
        yield replace(one, status=LeadStatus.HANDLED_ABOVE, step=Step.HAND_UP) if one.status in ABOVE else one


def _seen(decisions: list[object]) -> list[object]:
    return [replace(one, decided_at=None) for one in decisions]  # type: ignore[type-var]


def test_whatever_people_do_the_table_holds(place: Deciding):
    reached: set[LeadStatus] = set()
    run_state_machine_as_test(
        machine(place, reached),
        settings=settings(
            max_examples=30,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
    # What no run reached was not tested; the table has other tests for the rest.
    assert len(reached) >= 9
    with place.store.reading() as work:
        feed = work.leads.feed(LeadFilter(scope=AccessScope(COUNTY), limit=1000))
    assert feed == sorted(feed, key=_place_in_the_feed)
