"""Alarms and notices on both databases."""

from datetime import timedelta

from domain.media.source_health import SourceVerdict
from domain.sending.notice import Notice, NoticeKind, NoticeWay
from storage.store import Store
from tests.fakes import NOON

LATER = NOON + timedelta(hours=1)
NOTICE = Notice(key="alarm:1:began", kind=NoticeKind.BEGAN, subject="来源告警", body="来源: 甲\n", at=NOON)


def test_an_alarm_begins_changes_and_ends(store: Store):
    with store.unit_of_work() as work:
        begun = work.alarms.begin("a_news", SourceVerdict.SILENT, since=None, reason="没有新文章", at=NOON)
        work.alarms.change(begun.number, SourceVerdict.BLOCKED, "被拦截")
        [still] = work.alarms.open()
        work.alarms.end(begun.number, LATER)
        work.alarms.end(begun.number, LATER + timedelta(days=1))

        assert (still.verdict, still.reason, still.began_at) == (SourceVerdict.BLOCKED, "被拦截", NOON)
        assert work.alarms.open() == []
        last = work.alarms.last_of("a_news")
        assert last is not None
        assert last.ended_at == LATER
        assert work.alarms.last_of("b_news") is None


def test_an_event_is_queued_once_for_each_way(store: Store):
    with store.unit_of_work() as work:
        work.notices.queue(NOTICE, list(NoticeWay))
        work.notices.queue(NOTICE, list(NoticeWay))

        waiting = work.notices.waiting(NOON, most_attempts=3)

    assert [(one.way, one.notice) for one in waiting] == [(way, NOTICE) for way in NoticeWay]


def test_a_notice_waits_until_its_next_try_and_is_gone_when_sent(store: Store):
    with store.unit_of_work() as work:
        work.notices.queue(NOTICE, [NoticeWay.MAIL])
        [queued] = work.notices.waiting(NOON, most_attempts=3)
        work.notices.failed(queued.number, problem="邮件没有送到", next_try_at=LATER)

        assert work.notices.waiting(NOON, most_attempts=3) == []
        assert work.notices.stuck() == (1, "邮件没有送到")
        assert [one.attempts for one in work.notices.waiting(LATER, most_attempts=3)] == [1]
        assert work.notices.waiting(LATER, most_attempts=1) == []
        work.notices.sent(queued.number, LATER)
        assert work.notices.waiting(LATER, most_attempts=3) == []
        assert work.notices.stuck() == (0, "")


def test_sent_notices_are_forgotten_and_waiting_ones_kept(store: Store):
    with store.unit_of_work() as work:
        work.notices.queue(NOTICE, [NoticeWay.WEBHOOK, NoticeWay.MAIL])
        [first, _] = work.notices.waiting(NOON, most_attempts=3)
        work.notices.sent(first.number, NOON)

        assert work.retention.count_notices_before(LATER) == 1
        work.retention.delete_notices_before(LATER)
        assert len(work.notices.waiting(NOON, most_attempts=3)) == 1
