"""What teams are told of their leads: when, how often, and never whose they are."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.leads.reminder import LeadReminder, ReminderKind
from domain.leads.workflow import Deadline
from domain.places.region import RegionCode
from domain.sending.notice import Notice, NoticeWay
from domain.words.vocabulary import Role
from pipeline.crawling.alarms import send_waiting
from pipeline.outgoing.people import Team, queue_for_people
from pipeline.policy.outgoing_table import PeoplePolicy
from pipeline.policy.tables import load_policy
from storage.store import Store
from tests.factories import OTHER_VILLAGE, TOWN, VILLAGE, lead
from tests.fakes import NOON, FakeClock
from tests.pipeline.crawling.test_alarms import ALARM, Postbox

PEOPLE = PeoplePolicy(quiet_from_hour=21, quiet_until_hour=7, digest_hour=8)
LINK = "http://10.1.2.3:8630/"
NIGHT = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
"""Eleven in the evening in China."""


def team(region: RegionCode = TOWN, *roles: Role) -> Team:
    return Team(name="town", region=region, roles=frozenset(roles or {Role.TOWN}), ways=(NoticeWay.WECOM,), since=NOON)


def remind(store: Store, name: str, kind: ReminderKind, role: Role = Role.TOWN, at: datetime = NOON) -> None:
    with store.unit_of_work() as work:
        opened = lead(name, matter=name)
        work.leads.add(opened)
        work.lead_reminders.add(
            LeadReminder(
                lead_id=opened.id,
                region=VILLAGE,
                kind=kind,
                deadline=Deadline.VISIT,
                due_on=date(2026, 11, 25),
                role=role,
                at=at,
            )
        )
        work.commit()


def told(store: Store, now: datetime = NOON, one: Team | None = None) -> list[Notice]:
    return queue_for_people(store, [one or team()], now, PEOPLE, LINK)


def test_a_digest_says_how_many_by_when_and_where_to_sign_in(sqlite_store: Store):
    for name, kind in (("a", ReminderKind.SOON), ("b", ReminderKind.OVERDUE), ("c", ReminderKind.OVERDUE)):
        remind(sqlite_store, name, kind)

    [notice] = told(sqlite_store)

    assert notice.subject == "有3条线索要办"
    assert notice.body == f"快到期1条、已超期2条\n最近的期限: 2026-11-25\n请登录查看: {LINK}\n"


def test_the_digest_comes_once_a_day_from_its_hour_on(sqlite_store: Store):
    early = NOON.replace(hour=23) - timedelta(days=1)
    remind(sqlite_store, "a", ReminderKind.SOON)
    assert told(sqlite_store, early) == []
    assert len(told(sqlite_store)) == 1

    remind(sqlite_store, "b", ReminderKind.SOON)

    assert told(sqlite_store, NOON + timedelta(hours=1)) == []
    [next_day] = told(sqlite_store, NOON + timedelta(days=1))
    assert next_day.subject == "有1条线索要办"


def test_what_is_reported_upwards_is_told_at_once(sqlite_store: Store):
    remind(sqlite_store, "a", ReminderKind.SOON)
    told(sqlite_store)
    remind(sqlite_store, "b", ReminderKind.TO_TOWN)

    [notice] = told(sqlite_store, NOON + timedelta(minutes=10))

    assert "超期, 报镇里1条" in notice.body
    assert told(sqlite_store, NOON + timedelta(minutes=20)) == []


@pytest.mark.parametrize(
    ("one", "at"),
    [
        (team(OTHER_VILLAGE), NOON),
        (team(TOWN, Role.VILLAGE), NOON),
        (team(), NOON - timedelta(days=30)),
    ],
    ids=["another village", "another role", "before the team was declared"],
)
def test_what_is_not_for_the_team_is_not_told(sqlite_store: Store, one: Team, at: datetime):
    remind(sqlite_store, "a", ReminderKind.OVERDUE, at=at)

    assert told(sqlite_store, one=one) == []


def test_at_night_the_message_waits_until_morning(sqlite_store: Store):
    remind(sqlite_store, "a", ReminderKind.TO_TOWN)
    assert len(told(sqlite_store, NIGHT)) == 1
    postbox = Postbox()
    senders = {NoticeWay.WECOM: postbox}

    for now in (NIGHT, NIGHT + timedelta(hours=7)):
        assert PEOPLE.is_quiet(now)
        send_waiting(sqlite_store, senders, FakeClock(now), ALARM, receiver="town", quiet=True)
    assert postbox.taken == []
    morning = NIGHT + timedelta(hours=8)
    send_waiting(sqlite_store, senders, FakeClock(morning), ALARM, receiver="town", quiet=PEOPLE.is_quiet(morning))
    send_waiting(sqlite_store, senders, FakeClock(morning), ALARM, receiver="town")

    assert len(postbox.taken) == 1


def test_nobody_gets_what_another_receiver_waits_for(sqlite_store: Store):
    remind(sqlite_store, "a", ReminderKind.TO_TOWN)
    told(sqlite_store)
    postbox = Postbox()

    send_waiting(sqlite_store, {NoticeWay.WECOM: postbox}, FakeClock(NOON), ALARM)
    send_waiting(sqlite_store, {NoticeWay.WECOM: postbox}, FakeClock(NOON), ALARM, receiver="other")

    assert postbox.taken == []


@pytest.mark.parametrize(("hour", "quiet"), [(20, False), (21, True), (0, True), (6, True), (7, False), (12, False)])
def test_quiet_hours_may_pass_midnight(hour: int, quiet: bool):
    assert PEOPLE.is_quiet(datetime(2026, 11, 24, (hour - 8) % 24, tzinfo=UTC)) is quiet


def test_the_shipped_policy_is_whole():
    policy = load_policy().outgoing

    assert policy.delivery.wait(1) is not None
    assert policy.delivery.wait(policy.delivery.most_attempts) is None
