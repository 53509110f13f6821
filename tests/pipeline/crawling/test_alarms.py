"""Alarms and what is told of them, over a month that passes by a clock handed in."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.clock import CHINA, china_date
from domain.failures.errors import NoticeError
from domain.media.crawl import CrawlOutcome, CrawlReport
from domain.media.source_health import SourceHealth, SourceVerdict
from domain.sending.notice import Notice, NoticeKind, NoticeWay
from pipeline.crawling.alarms import send_waiting, update_alarms
from pipeline.policy.calendar import DayKind
from storage.store import Store
from tests.fakes import FakeClock
from tests.pipeline.media import POLICY, at, crawled, judge, published, run, source

ALARM = POLICY.source_health.alarm
NIGHT = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
"""Four in the morning in China, before the digest."""


class Postbox:
    """Keeps what it is given, or refuses it."""

    def __init__(self, *, refuses: int = 0) -> None:
        self.taken: list[Notice] = []
        self.refuses = refuses

    def send(self, notice: Notice) -> None:
        if self.refuses:
            self.refuses -= 1
            raise NoticeError("邮件没有送到(ConnectionRefusedError)")
        self.taken.append(notice)


def health(verdict: SourceVerdict, name: str = "town_paper") -> SourceHealth:
    return SourceHealth(
        source=source(name),
        verdict=verdict,
        since=NIGHT,
        reason="连续3次抓取失败" if verdict.needs_a_person else "",
        advice="看一看",
        last_new=NIGHT,
        last_run=NIGHT,
    )


def update(store: Store, now: datetime, *verdicts: SourceVerdict) -> list[str]:
    healths = [health(verdict, f"paper_{number}") for number, verdict in enumerate(verdicts)]
    return [one.key for one in update_alarms(store, healths, [NoticeWay.MAIL], now=now, policy=ALARM)]


def test_an_alarm_is_told_when_it_begins_and_when_it_ends_and_not_in_between(sqlite_store: Store):
    hours = [NIGHT + timedelta(minutes=10 * step) for step in range(4)]

    assert update(sqlite_store, hours[0], SourceVerdict.FAILING) == ["alarm:1:began"]
    assert update(sqlite_store, hours[1], SourceVerdict.FAILING) == []
    assert update(sqlite_store, hours[2], SourceVerdict.BLOCKED) == []
    assert update(sqlite_store, hours[3], SourceVerdict.HEALTHY) == ["alarm:1:ended"]


def test_an_alarm_that_flickers_is_told_once(sqlite_store: Store):
    update(sqlite_store, NIGHT, SourceVerdict.BLOCKED)
    update(sqlite_store, NIGHT + timedelta(hours=1), SourceVerdict.HEALTHY)
    again = update(sqlite_store, NIGHT + timedelta(hours=2), SourceVerdict.BLOCKED)
    update(sqlite_store, NIGHT + timedelta(hours=2, minutes=5), SourceVerdict.HEALTHY)
    postbox = Postbox()

    send_waiting(sqlite_store, {NoticeWay.MAIL: postbox}, FakeClock(NIGHT + timedelta(hours=3)), ALARM)

    assert again == []
    assert [one.key for one in postbox.taken] == ["alarm:1:began", "alarm:1:ended"]


def test_an_alarm_that_a_clock_ended_which_ran_ahead_hides_no_new_one(sqlite_store: Store):
    update(sqlite_store, NIGHT + timedelta(days=20), SourceVerdict.BLOCKED)
    update(sqlite_store, NIGHT + timedelta(days=20, hours=1), SourceVerdict.HEALTHY)

    assert "alarm:2:began" in update(sqlite_store, NIGHT, SourceVerdict.FAILING)


def test_an_alarm_that_comes_back_after_a_day_is_a_new_one(sqlite_store: Store):
    update(sqlite_store, NIGHT, SourceVerdict.BLOCKED)
    update(sqlite_store, NIGHT + timedelta(hours=1), SourceVerdict.HEALTHY)

    assert "alarm:2:began" in update(sqlite_store, NIGHT + timedelta(days=2), SourceVerdict.SILENT)


def test_the_alarm_of_a_medium_that_is_declared_no_more_or_disabled_ends(sqlite_store: Store):
    update(sqlite_store, NIGHT, SourceVerdict.BLOCKED, SourceVerdict.BLOCKED)

    assert update(sqlite_store, NIGHT + timedelta(minutes=30), SourceVerdict.DISABLED) == [
        "alarm:1:ended",
        "alarm:2:ended",
    ]


def test_the_digest_comes_once_a_day_while_something_is_open_and_on_mondays_when_all_is_well(sqlite_store: Store):
    wednesday, monday = at(date(2026, 11, 25), 8.2), at(date(2026, 11, 30), 8.2)

    assert update(sqlite_store, wednesday, SourceVerdict.HEALTHY) == []
    assert update(sqlite_store, monday - timedelta(hours=1), SourceVerdict.HEALTHY) == []
    assert update(sqlite_store, monday, SourceVerdict.HEALTHY) == ["digest:2026-11-30"]
    assert "digest:2026-12-01" in update(sqlite_store, monday + timedelta(days=1), SourceVerdict.SILENT)


def test_what_does_not_leave_is_tried_again_later_and_given_up_at_last(sqlite_store: Store):
    clock, postbox = FakeClock(NIGHT), Postbox(refuses=2)
    update(sqlite_store, NIGHT, SourceVerdict.FAILING)

    first = send_waiting(sqlite_store, {NoticeWay.MAIL: postbox}, clock, ALARM)
    at_once = send_waiting(sqlite_store, {NoticeWay.MAIL: postbox}, clock, ALARM)
    clock.move(minutes=5)
    second = send_waiting(sqlite_store, {NoticeWay.MAIL: postbox}, clock, ALARM)
    clock.move(minutes=5)
    too_early = send_waiting(sqlite_store, {NoticeWay.MAIL: postbox}, clock, ALARM)
    clock.move(minutes=5)
    third = send_waiting(sqlite_store, {NoticeWay.MAIL: postbox}, clock, ALARM)

    assert [len(one) for one in (first, at_once, second, too_early, third)] == [1, 0, 1, 0, 0]
    assert [one.kind for one in postbox.taken] == [NoticeKind.BEGAN]

    update(sqlite_store, clock.now(), SourceVerdict.HEALTHY)
    postbox.refuses = 1000
    for _ in range(20):
        clock.move(days=5)
        send_waiting(sqlite_store, {NoticeWay.MAIL: postbox}, clock, ALARM)
    assert postbox.refuses == 1000 - ALARM.most_attempts
    with sqlite_store.reading() as work:
        assert work.notices.stuck() == (1, "邮件没有送到(ConnectionRefusedError)")


def test_one_way_that_fails_does_not_hold_up_the_other(sqlite_store: Store):
    update_alarms(sqlite_store, [health(SourceVerdict.SILENT)], list(NoticeWay), now=NIGHT, policy=ALARM)
    webhook, mail = Postbox(refuses=9), Postbox()

    send_waiting(
        sqlite_store, {NoticeWay.WEBHOOK: webhook, NoticeWay.MAIL: mail}, FakeClock(NIGHT + timedelta(days=2)), ALARM
    )

    assert (len(webhook.taken), len(mail.taken)) == (0, 1)


# A month as the scheduler lives it: crawls, then a look at the health, every two hours.

FIRST, LAST = date(2026, 9, 1), date(2026, 11, 29)
STORIES = {
    "steady": (20.0, "goes on as ever"),
    "stops": (20.0, "stops on the tenth"),
    "changes": (20.0, "has another layout from the twelfth"),
    "blocks": (20.0, "asks for a captcha from the seventeenth to the nineteenth"),
}
_BAD = {
    "changes": (date(2026, 11, 12), LAST, CrawlOutcome.LAYOUT_CHANGED),
    "blocks": (date(2026, 11, 17), date(2026, 11, 19), CrawlOutcome.BLOCKED),
}


def runs_of(name: str) -> list[CrawlReport]:
    def volume(day: date) -> float:
        return STORIES[name][0] if POLICY.calendar.kind(day) is DayKind.WORKING else 6.0

    articles = published(volume, FIRST, LAST, seed=sorted(STORIES).index(name))
    if name == "stops":
        articles = [one for one in articles if one < at(date(2026, 11, 10), 0)]
    runs = crawled(articles, FIRST, LAST)
    if name not in _BAD:
        return runs
    first, last, outcome = _BAD[name]
    return [
        run(one.started_at, 0, outcome=outcome, blocked=5 if outcome is CrawlOutcome.BLOCKED else 0, read=0, hits={})
        if first <= china_date(one.started_at) <= last
        else one
        for one in runs
    ]


def month(runs: Mapping[str, list[CrawlReport]]) -> Iterator[tuple[datetime, list[SourceHealth]]]:
    moment = at(date(2026, 11, 2), 6.5)
    while china_date(moment) <= LAST:
        if 6 <= moment.astimezone(CHINA).hour < 23:
            since = moment - timedelta(days=POLICY.source_health.history.days)
            yield (
                moment,
                [
                    judge(source(name), [one for one in past if since <= one.started_at < moment], moment)
                    for name, past in runs.items()
                ],
            )
        moment += timedelta(hours=4)


@pytest.fixture(scope="module")
def looks() -> list[tuple[datetime, list[SourceHealth]]]:
    return list(month({name: runs_of(name) for name in STORIES}))


def test_in_a_month_every_change_is_told_the_same_day_and_nothing_else(
    sqlite_store: Store, looks: list[tuple[datetime, list[SourceHealth]]]
):
    clock, postbox = FakeClock(looks[0][0]), Postbox()
    told: list[tuple[date, Notice]] = []
    for moment, healths in looks:
        clock._now = moment
        update_alarms(sqlite_store, healths, [NoticeWay.MAIL], now=moment, policy=ALARM)
        send_waiting(sqlite_store, {NoticeWay.MAIL: postbox}, clock, ALARM)
        told += [(china_date(moment), notice) for notice in postbox.taken[len(told) :]]

    events = [
        (f"{day:%m-%d}", one.kind, one.body.split("(")[1].split(")")[0])
        for day, one in told
        if one.kind is not NoticeKind.DIGEST
    ]
    digests = [day for day, one in told if one.kind is NoticeKind.DIGEST]
    assert events == [
        ("11-10", NoticeKind.BEGAN, "stops"),
        ("11-12", NoticeKind.BEGAN, "changes"),
        ("11-17", NoticeKind.BEGAN, "blocks"),
        ("11-20", NoticeKind.ENDED, "blocks"),
    ]
    assert len(digests) == len(set(digests))
    assert date(2026, 11, 9) in digests
    assert date(2026, 11, 6) not in digests
