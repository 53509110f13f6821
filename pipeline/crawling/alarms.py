"""Alarms of media: one begins when a medium needs a person and ends when it does not; each is told once, both times.

What is told is queued in the transaction that begins or ends the alarm and sent afterwards, so that a process killed
in between tells nothing twice and nothing never. Notices name media and numbers, never a text or a person.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from domain.clock import CHINA, Clock, china_date
from domain.failures.errors import NoticeError
from domain.media.source_health import Alarm, SourceHealth, SourceVerdict
from domain.sending.notice import Notice, NoticeKind, NoticeWay
from notices.sender import Sender
from pipeline.policy.source_health_tables import AlarmPolicy
from storage.store import Store
from storage.unit_of_work import UnitOfWork

_CAN_WAIT = frozenset({NoticeKind.DIGEST, NoticeKind.LEADS})


def update_alarms(
    store: Store, healths: Sequence[SourceHealth], ways: Iterable[NoticeWay], *, now: datetime, policy: AlarmPolicy
) -> list[Notice]:
    """Begin and end alarms, queue what is to be told, and the day's digest when its hour has come; the new notices."""
    known = list(ways)
    with store.unit_of_work() as work:
        notices = [notice for health in healths if (notice := _update(work, health, now, policy)) is not None]
        notices += _ended_with_their_source(work, {health.source.name for health in healths}, now)
        digest = _digest(healths, work.alarms.open(), now, policy)
        notices += [digest] if digest is not None else []
        for notice in notices:
            work.notices.queue(notice, known)
        work.commit()
    return notices


def send_waiting(
    store: Store,
    senders: Mapping[NoticeWay, Sender],
    clock: Clock,
    policy: AlarmPolicy,
    *,
    receiver: str = "",
    quiet: bool = False,
) -> list[str]:
    """Send what waits for the operator or a team, each notice in a transaction of its own.

    A Chinese sentence for each that did not leave. While it is `quiet` alarms alone are sent, the rest waits.
    """
    with store.reading() as work:
        waiting = work.notices.waiting(clock.now(), most_attempts=policy.most_attempts, receiver=receiver)
    problems = []
    for queued in waiting:
        if quiet and queued.notice.kind in _CAN_WAIT:
            continue
        sender = senders.get(queued.way)
        if sender is None:
            continue
        problem = ""
        try:
            sender.send(queued.notice)
        except NoticeError as exc:
            problem = str(exc)
            problems.append(f"{queued.way.label}「{queued.notice.subject}」: {problem}")
        with store.unit_of_work() as work:
            if problem:
                wait = timedelta(minutes=policy.first_wait_minutes * 2**queued.attempts)
                work.notices.failed(queued.number, problem=problem, next_try_at=clock.now() + wait)
            else:
                work.notices.sent(queued.number, clock.now())
            work.commit()
    return problems


def _update(work: UnitOfWork, health: SourceHealth, now: datetime, policy: AlarmPolicy) -> Notice | None:
    last = work.alarms.last_of(health.source.name)
    is_open = last is not None and last.ended_at is None
    if not health.verdict.needs_a_person:
        if last is None or not is_open:
            return None
        work.alarms.end(last.number, now)
        return _ended(last, health.source.title, health.verdict, now)
    if last is not None and (is_open or _is_the_same(last, now, policy)):
        work.alarms.change(last.number, health.verdict, health.reason)
        return None
    begun = work.alarms.begin(health.source.name, health.verdict, since=health.since, reason=health.reason, at=now)
    return _began(begun, health, now)


def _is_the_same(last: Alarm, now: datetime, policy: AlarmPolicy) -> bool:
    # One that ended in the future was ended by a clock that ran ahead: it hides nothing new.
    return last.ended_at is not None and timedelta() <= now - last.ended_at < timedelta(hours=policy.same_within_hours)


def _ended_with_their_source(work: UnitOfWork, declared: set[str], now: datetime) -> list[Notice]:
    """A medium that is declared no more needs nobody."""
    notices = []
    for alarm in work.alarms.open():
        if alarm.source not in declared:
            work.alarms.end(alarm.number, now)
            notices.append(_ended(alarm, alarm.source, SourceVerdict.DISABLED, now))
    return notices


def _began(alarm: Alarm, health: SourceHealth, now: datetime) -> Notice:
    lines = [
        f"来源: {health.source.title}({health.source.name})",
        f"情况: {health.verdict.label}, {health.reason}",
        f"开始: {_moment(health.since)}",
        f"最近一篇新文章: {_moment(health.last_new)}",
        f"处理: {health.advice}",
    ]
    subject = f"来源告警: {health.source.title} {health.verdict.label}"
    return Notice(key=f"alarm:{alarm.number}:began", kind=NoticeKind.BEGAN, subject=subject, body=_text(lines), at=now)


def _ended(alarm: Alarm, title: str, verdict: SourceVerdict, now: datetime) -> Notice:
    lines = [
        f"来源: {title}({alarm.source})",
        f"情况: 现在{verdict.label}, 此前{alarm.verdict.label}",
        f"告警时间: {_moment(alarm.began_at)} 至 {_moment(now)}",
    ]
    subject = f"来源解除告警: {title}"
    return Notice(key=f"alarm:{alarm.number}:ended", kind=NoticeKind.ENDED, subject=subject, body=_text(lines), at=now)


def _digest(
    healths: Sequence[SourceHealth], alarms: Sequence[Alarm], now: datetime, policy: AlarmPolicy
) -> Notice | None:
    """What is open, once a day; on one day of the week also that nothing is."""
    today, hour = china_date(now), now.astimezone(CHINA).hour
    if hour < policy.digest_hour or not (alarms or today.isoweekday() == policy.all_well_weekday):
        return None
    titles = {health.source.name: health.source.title for health in healths}
    counts = {verdict: sum(health.verdict is verdict for health in healths) for verdict in SourceVerdict}
    lines = ["、".join(f"{verdict.label}{count}" for verdict, count in counts.items() if count) or "没有声明来源"]
    lines += [
        f"{titles.get(alarm.source, alarm.source)}: {alarm.verdict.label}, {alarm.reason}"
        f"(自{_moment(alarm.began_at)}告警)"
        for alarm in alarms
    ]
    subject = f"来源日报 {today:%m月%d日}: {len(alarms)}个需要处理" if alarms else f"来源日报 {today:%m月%d日}: 都正常"
    return Notice(key=f"digest:{today}", kind=NoticeKind.DIGEST, subject=subject, body=_text(lines), at=now)


def _moment(moment: datetime | None) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}" if moment else "无"


def _text(lines: Sequence[str]) -> str:
    return "\n".join(lines) + "\n"
