"""What people decide: who may, what is asked, what follows, and what can be taken back."""

from dataclasses import replace
from datetime import date, timedelta
from threading import Thread

import pytest

from domain.failures.errors import NotAllowed, ReviewError, TransitionNotAllowed
from domain.leads.decision_history import UNNAMED, shown_decisions
from domain.leads.lead import Decision, LeadId, LeadStatus
from domain.leads.step import Step
from domain.leads.workflow import READS_DISCIPLINE
from domain.texts.document import DocumentId
from domain.words.vocabulary import Role, Route
from review.decisions.form import decision_form
from review.decisions.merging import split
from review.shown.views import due_of
from storage.store import Store
from tests.factories import OTHER_VILLAGE, document, lead
from tests.review.deciding import WORKFLOW, Deciding, account, settle

S = LeadStatus


@pytest.fixture
def place(sqlite_store: Store) -> Deciding:
    return settle(sqlite_store)


def test_a_lead_goes_the_whole_way(place: Deciding):
    place.arrive("a")
    place.step(Role.TOWN, "a", S.ASSIGNED, assignee="village")
    place.step(Role.VILLAGE, "a", S.VISITING)
    place.step(Role.VILLAGE, "a", S.CONFIRMED)
    place.step(Role.TOWN, "a", S.TO_DEPARTMENT)
    place.step(Role.DEPARTMENT, "a", S.TO_DEPARTMENT)
    place.step(Role.TOWN, "a", S.REPORTED_BACK)
    place.step(Role.CLERK, "a", S.CLOSED)

    view = place.view("a")
    assert view.status is S.CLOSED
    steps = [one.step for one in view.decisions]
    assert steps == [
        Step.ASSIGN, Step.VISIT, Step.VERIFY, Step.MEASURE, Step.CARRY_OUT, Step.REPORT_BACK, Step.CLOSE
    ]  # fmt: skip
    found = view.decisions[2]
    assert (found.signed, found.visited_on is not None) == (True, True)
    assert view.decisions[3].department == "health"
    with place.store.reading() as work:
        assert work.audit.verify() is None


def test_who_knocked_in_vain_records_every_visit_and_the_day_it_is_owed_stays(place: Deciding):
    place.arrive("a")
    owed = place.view("a").lead.due
    for day in (20, 22, 22):
        place.step(Role.VILLAGE, "a", S.VISITED_IN_VAIN, visited_on=date(2026, 11, day), reason="锁门")

    view = place.view("a")
    assert [one.step for one in view.decisions] == [Step.VISIT_IN_VAIN] * 3
    assert view.days_in_vain == (date(2026, 11, 20), date(2026, 11, 22))
    assert view.lead.due == owed
    assert view.assignment is not None
    assert view.assignment.assignee == "village"
    place.undo(Role.VILLAGE, "a")
    assert place.view("a").status is S.VISITED_IN_VAIN
    place.step(Role.VILLAGE, "a", S.CONFIRMED)
    assert place.view("a").days_in_vain == ()


def test_a_visit_in_vain_needs_its_day(place: Deciding):
    place.arrive("a")
    with pytest.raises(ReviewError, match="请写明入户日期"):
        place.decide(Role.VILLAGE, "a", S.VISITED_IN_VAIN, reason="锁门")


@pytest.mark.parametrize(
    ("status", "missing"),
    [
        (S.CONFIRMED, "情况和理由、入户日期、农户是否签字认可"),
        (S.ALREADY_KNOWN, "情况和理由"),
    ],
)
def test_what_is_missing_is_said(place: Deciding, status: LeadStatus, missing: str):
    place.arrive("a")

    with pytest.raises(ReviewError, match=missing):
        place.decide(Role.VILLAGE, "a", status)
    assert place.view("a").decisions == ()


def test_a_text_that_is_too_long_is_refused_with_its_name(place: Deciding):
    place.arrive("a")

    with pytest.raises(ReviewError, match="已落实措施不超过500字, 现有501字"):
        place.step(Role.VILLAGE, "a", S.CONFIRMED, measures="长" * 501)


def test_no_other_department_than_those_of_the_table(place: Deciding):
    place.arrive("a")
    place.step(Role.VILLAGE, "a", S.CONFIRMED)

    with pytest.raises(ReviewError, match="没有这个部门"):
        place.step(Role.TOWN, "a", S.TO_DEPARTMENT, department="nonsense")


def test_a_department_decides_nothing_that_was_not_transferred_to_it(place: Deciding):
    place.arrive("a")
    place.step(Role.VILLAGE, "a", S.CONFIRMED)
    with pytest.raises(ReviewError, match="已不存在"):
        place.step(Role.DEPARTMENT, "a", S.TO_DEPARTMENT)

    place.step(Role.TOWN, "a", S.TO_DEPARTMENT, department="water")
    with pytest.raises(ReviewError, match="已不存在"):
        place.decide(Role.DEPARTMENT, "a", S.TO_DEPARTMENT, reason="办了", measures="办了")


def test_whom_a_text_names_decides_nothing_and_is_not_told_why(place: Deciding):
    place.arrive("a", "庞有田不给办低保。")

    with pytest.raises(NotAllowed) as refused:
        place.step(Role.VILLAGE, "a", S.VISITING)
    assert str(refused.value) == "这条线索由上级办理"
    with place.store.reading() as work:
        form = decision_form(work, account(Role.VILLAGE), place.view("a"), WORKFLOW, place.clock.now())
    assert (form.groups, form.splittable, form.may_undo) == ((), (), False)


def test_nobody_gives_a_lead_to_somebody_it_names_or_of_another_place(place: Deciding):
    place.arrive("a", "庞有田不给办低保。")

    for name in ("village", "elsewhere", "nobody", "clerk", "leader"):
        with pytest.raises(ReviewError, match="这个人不能办理这条线索"):
            place.step(Role.TOWN, "a", S.ASSIGNED, assignee=name)
    place.step(Role.TOWN, "a", S.ASSIGNED, assignee="second")
    held = place.view("a").assignment
    assert held is not None
    assert (held.holder, held.assignee) == (Role.VILLAGE, "second")


def test_whom_a_text_names_the_form_lists_like_everybody_else_who_cannot_have_the_lead(place: Deciding):
    place.arrive("a", "庞有田不给办低保。")
    with place.store.unit_of_work() as work:
        work.accounts.set_disabled("second", disabled=True)
        work.commit()
        form = decision_form(work, account(Role.TOWN), place.view("a"), WORKFLOW, place.clock.now())

    assert [one.username for one in form.assignees if one.available] == ["town"]
    assert {one.username for one in form.assignees if not one.available} == {"village", "second", "leader"}
    assert {one.label for one in form.assignees} == {
        "郭三多(镇干部)",
        "庞有田(村干部)",
        "蔡二白(村干部)",
        "成四海(领导)",
    }


def test_what_the_town_took_up_the_village_leaves_alone(place: Deciding):
    place.arrive("a")
    place.step(Role.TOWN, "a", S.VISITING)

    with pytest.raises(NotAllowed, match="由上级办理"):
        place.step(Role.VILLAGE, "a", S.CONFIRMED)
    place.step(Role.TOWN, "a", S.CONFIRMED)


def test_assigning_anew_needs_a_reason(place: Deciding):
    place.arrive("a")
    place.decide(Role.TOWN, "a", S.ASSIGNED, assignee="village")

    with pytest.raises(ReviewError, match="情况和理由"):
        place.decide(Role.TOWN, "a", S.ASSIGNED, assignee="second")
    place.decide(Role.TOWN, "a", S.ASSIGNED, assignee="second", reason="外出学习")
    held = place.view("a").assignment
    assert held is not None
    assert (held.assignee, held.reason) == ("second", "外出学习")


def test_reopening_sets_new_days_and_taking_it_back_the_old_ones(place: Deciding):
    place.arrive("a")
    for role, status in ((Role.VILLAGE, S.NOT_HERE), (Role.TOWN, S.REPORTED_BACK), (Role.TOWN, S.CLOSED)):
        place.step(role, "a", status)
    before = place.view("a").lead.due
    place.clock.move(days=20)

    with pytest.raises(TransitionNotAllowed):
        place.step(Role.VILLAGE, "a", S.VISITING)
    place.step(Role.CLERK, "a", S.VISITING)
    assert place.view("a").lead.due.visit > before.visit + timedelta(days=18)

    place.undo(Role.CLERK, "a")
    assert (place.view("a").status, place.view("a").lead.due) == (S.CLOSED, before)


def test_only_the_own_last_step_is_taken_back_and_only_for_a_while(place: Deciding):
    place.arrive("a")
    with pytest.raises(TransitionNotAllowed, match="撤销"):
        place.undo(Role.VILLAGE, "a")
    place.step(Role.VILLAGE, "a", S.CONFIRMED)
    with pytest.raises(TransitionNotAllowed, match="撤销"):
        place.undo(Role.TOWN, "a")

    place.undo(Role.VILLAGE, "a")
    assert place.view("a").status is S.NEW
    assert [one.step for one in place.view("a").decisions] == [Step.VERIFY, Step.UNDO]
    with pytest.raises(TransitionNotAllowed, match="撤销"):
        place.undo(Role.VILLAGE, "a")

    place.step(Role.VILLAGE, "a", S.CONFIRMED)
    place.clock.move(minutes=10)
    with pytest.raises(TransitionNotAllowed, match="撤销"):
        place.undo(Role.VILLAGE, "a")


def test_taking_back_a_handing_up_gives_the_lead_back_to_who_had_it(place: Deciding):
    place.arrive("a")
    place.step(Role.TOWN, "a", S.ASSIGNED, assignee="village")
    place.step(Role.CLERK, "a", S.HANDLED_ABOVE)
    place.undo(Role.CLERK, "a")
    held = place.view("a").assignment
    assert held is not None
    assert (held.holder, held.assignee) == (Role.VILLAGE, "village")

    place.arrive("b")
    place.step(Role.CLERK, "b", S.HANDLED_ABOVE)
    place.undo(Role.CLERK, "b")
    place.step(Role.VILLAGE, "b", S.VISITING)


def test_two_leads_of_one_household_become_one_and_two_again(place: Deciding):
    place.arrive("a", "家里有人病了。", "药费付不起。", household_id="1", priority=30)
    place.arrive("b", "孩子上学没有钱。", household_id="1")
    own = place.texts("a")

    place.step(Role.TOWN, "a", S.MERGED, other_lead="b")

    assert (place.view("a").status, place.texts("a")) == (S.MERGED, [])
    assert place.view("a").decisions[-1].other_lead == "b"
    assert set(own) < set(place.texts("b"))
    assert place.view("b").lead.priority == 30
    assert "线索 a 并入这一条" in [one.text for one in place.view("b").notes]

    place.undo(Role.TOWN, "a")
    assert (place.view("a").status, place.texts("a")) == (S.NEW, own)
    assert not set(own) & set(place.texts("b"))


def test_a_text_that_both_had_stays_with_both_when_they_are_taken_apart(place: Deciding):
    place.arrive("a", household_id="1")
    place.arrive("b", household_id="1")
    [shared] = place.view("a").evidence
    with place.store.unit_of_work() as work:
        work.leads.add_evidence(replace(shared, lead_id=LeadId("b")))
        work.commit()
    both = place.texts("b")

    place.step(Role.TOWN, "a", S.MERGED, other_lead="b")
    place.undo(Role.TOWN, "a")

    assert (place.texts("a"), place.texts("b")) == ([shared.document_id], both)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"household_id": "2"}, id="another household"),
        pytest.param({"region": OTHER_VILLAGE}, id="another village"),
    ],
)
def test_leads_of_two_households_or_villages_stay_two(place: Deciding, changes: dict[str, object]):
    place.arrive("a", household_id="1")
    place.arrive("b", **{"household_id": "1", **changes})

    for other in ("b", "a", "nonsense"):
        with pytest.raises(ReviewError, match="没有这条线索, 或不是同一户"):
            place.step(Role.TOWN, "a", S.MERGED, other_lead=other)
    assert len(place.texts("a")) == 1


def test_a_text_about_something_else_gets_a_lead_of_its_own(place: Deciding):
    place.arrive("a", "家里有人病了。", "邻居的窑洞塌了。", household_id="1")
    first, second = place.texts("a")

    new = split(place.store, account(Role.TOWN), LeadId("a"), second, "说的是邻居", place.clock.now())

    assert (place.texts("a"), place.texts(new)) == ([first], [second])
    opened = place.view(new).lead
    old = place.view("a").lead
    assert (opened.household_id, opened.due, opened.region) == (None, old.due, old.region)
    with pytest.raises(ReviewError, match="只有一份材料"):
        split(place.store, account(Role.TOWN), LeadId("a"), first, "再分", place.clock.now())


def restrict(place: Deciding, document_id: DocumentId) -> None:
    with place.store.unit_of_work() as work:
        work.routes.add(document_id, Route.RESTRICTED, "文中指向干部", "1", place.clock.now())
        work.commit()


def test_splitting_does_not_tell_whether_a_hidden_text_is_in_the_lead(place: Deciding):
    place.arrive("a", "家里有人病了。", "会计冒领补贴。")
    shown, hidden = place.texts("a")
    restrict(place, hidden)

    for text, said in ((shown, "只有一份材料"), (hidden, "只有一份材料")):
        with pytest.raises(ReviewError, match=said):
            split(place.store, account(Role.TOWN), LeadId("a"), text, "说的是邻居", place.clock.now())
    assert place.texts("a") == [shown, hidden]


def test_merging_does_not_tell_a_lead_whose_text_became_an_accusation_from_one_registered_by_hand(place: Deciding):
    place.arrive("a", household_id="1")
    place.arrive("goes on", household_id="1")
    restrict(place, place.texts("a")[0])
    with place.store.unit_of_work() as work:
        work.leads.add(lead("b", matter="b", household_id="1", unsourced=True))
        work.commit()

    for one in ("a", "b"):
        with pytest.raises(ReviewError, match="没有可以引用的材料的线索不并案"):
            place.step(Role.TOWN, one, S.MERGED, other_lead="goes on")
        place.step(Role.TOWN, one, S.DUPLICATE, other_lead="goes on")
    assert place.view("goes on").notes == ()


def test_of_two_who_decide_at_once_the_second_is_told(store: Store):
    place = settle(store)
    place.arrive("a")
    told: list[str] = []

    def second() -> None:
        try:
            place.decide(Role.TOWN, "a", S.NOT_HERE, reason="不是本村")
        except ReviewError as exc:
            told.append(str(exc))

    with store.unit_of_work() as work:
        work.leads.hold([LeadId("a")])
        other = Thread(target=second)
        other.start()
        other.join(timeout=0.5)
        assert other.is_alive()
        work.decisions.append(
            Decision(
                lead_id=LeadId("a"), status=S.DUPLICATE, decided_by="village", decided_at=place.clock.now(), reason="x"
            )
        )
        work.commit()
    other.join()

    assert told == ["现在是「重复」, 不能改为「不属本镇」, 请刷新页面"]
    assert [one.status for one in place.view("a").decisions] == [S.DUPLICATE]


def test_who_may_not_split_does_not(place: Deciding):
    place.arrive("a", "家里有人病了。", "邻居的窑洞塌了。")
    text = place.texts("a")[0]

    with pytest.raises(NotAllowed):
        split(place.store, account(Role.VILLAGE), LeadId("a"), text, "说的是邻居", place.clock.now())
    for document_id, reason in ((DocumentId(document("x").id), "说的是邻居"), (text, ""), (text, "长" * 151)):
        with pytest.raises(ReviewError):
            split(place.store, account(Role.TOWN), LeadId("a"), document_id, reason, place.clock.now())


@pytest.mark.parametrize("role", sorted(set(Role) - READS_DISCIPLINE))
def test_handed_up_and_gone_to_discipline_inspection_look_alike_to_those_below(place: Deciding, role: Role):
    for lead_id, status in (("up", S.HANDLED_ABOVE), ("discipline", S.TO_DISCIPLINE)):
        place.arrive(lead_id)
        place.step(Role.VILLAGE, lead_id, S.CONFIRMED)
        place.step(Role.CLERK, lead_id, status, reason=f"因为{status.label}")
        place.step(Role.CLERK, lead_id, S.REPORTED_BACK, reason=f"来自{status.label}")

    seen = []
    for lead_id in ("up", "discipline"):
        view = place.view(lead_id)
        history = [(one.status, one.step, one.decided_by, one.reason) for one in shown_decisions(view, role)]
        held = view.assignment
        assert held is not None
        seen.append((history, held.holder, held.assignee, held.reason, due_of(view, place.clock.now().date(), role)))
    assert seen[0] == seen[1]
    assert seen[0][0][1:] == [
        (S.HANDLED_ABOVE, Step.HAND_UP, UNNAMED, ""),
        (S.REPORTED_BACK, Step.REPORT_BACK, UNNAMED, ""),
    ]
    with place.store.reading() as work:
        lines = [(one.action, one.detail) for one in work.audit.recent(6)]
    assert lines[0:3] == lines[3:6]


def test_what_is_refused_does_not_tell_of_discipline_inspection(place: Deciding):
    refused = []
    for lead_id, status in (("up", S.HANDLED_ABOVE), ("discipline", S.TO_DISCIPLINE)):
        place.arrive(lead_id)
        place.step(Role.CLERK, lead_id, status)
        for role in (Role.VILLAGE, Role.TOWN, Role.DEPARTMENT):
            for wanted in S:
                with pytest.raises(ReviewError) as error:
                    place.decide(role, lead_id, wanted)
                refused.append((lead_id, role, wanted, str(error.value)))

    half = len(refused) // 2
    assert [one[1:] for one in refused[:half]] == [one[1:] for one in refused[half:]]
    assert not any("纪检" in one[3] for one in refused)


def test_the_petition_office_reads_the_whole_history(place: Deciding):
    place.arrive("a")
    place.step(Role.CLERK, "a", S.TO_DISCIPLINE, reason="材料移送")

    [decision] = shown_decisions(place.view("a"), Role.CLERK)
    assert (decision.status, decision.reason, decision.decided_by) == (S.TO_DISCIPLINE, "材料移送", "clerk")
