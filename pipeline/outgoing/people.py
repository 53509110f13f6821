"""Tells teams of their leads: how many, the nearest day, a link; never a name, a place of a household, a text.

Reminders are written by the workflow. What a lead's holder is reminded of waits for the day's digest; what is reported
upwards is told at once. Both wait while it is quiet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.clock import CHINA, china_date
from domain.leads.reminder import LeadReminder, ReminderKind
from domain.places.region import RegionCode
from domain.sending.notice import Notice, NoticeKind, NoticeWay
from domain.words.vocabulary import Role
from pipeline.policy.outgoing_table import PeoplePolicy
from storage.store import Store
from storage.unit_of_work import UnitOfWork

_UPWARDS = frozenset(ReminderKind) - {ReminderKind.SOON, ReminderKind.OVERDUE}
_PAGE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Who is told together."""

    name: str
    region: RegionCode
    roles: frozenset[Role]
    ways: tuple[NoticeWay, ...]
    since: datetime
    """Older reminders are not told: a team that is declared today is not flooded with last year."""

    def is_meant(self, reminder: LeadReminder) -> bool:
        """True when the reminder is for a role of the team in its division."""
        return (
            reminder.role in self.roles
            and not reminder.department
            and self.region.contains(reminder.region)
            and reminder.at >= self.since
        )


def queue_for_people(
    store: Store, teams: Sequence[Team], now: datetime, policy: PeoplePolicy, link: str
) -> list[Notice]:
    """Queue what is to be told; the new notices."""
    notices = []
    for team in teams:
        with store.unit_of_work() as work:
            notices += [
                notice for upwards in (True, False) if (notice := _next(work, team, now, policy, link, upwards))
            ]
            work.commit()
    return notices


def _next(work: UnitOfWork, team: Team, now: datetime, policy: PeoplePolicy, link: str, upwards: bool) -> Notice | None:
    name = f"{team.name}:{'upwards' if upwards else 'digest'}"
    key = f"people:{name}:{china_date(now)}"
    if not upwards and (now.astimezone(CHINA).hour < policy.digest_hour or work.notices.is_known(key)):
        return None
    position = work.notices.position(name)
    found, reached = _reminders(work, position)
    meant = [one for one in found if team.is_meant(one) and (one.kind in _UPWARDS) is upwards]
    if reached != position:
        work.notices.move(name, reached)
    if not meant:
        return None
    key = f"{key}:{reached}" if upwards else key
    notice = Notice(key=key, kind=NoticeKind.LEADS, subject=_subject(meant), body=_body(meant, link), at=now)
    work.notices.queue(notice, team.ways, receiver=team.name)
    return notice


def _reminders(work: UnitOfWork, position: int) -> tuple[list[LeadReminder], int]:
    found: list[LeadReminder] = []
    while page := work.lead_reminders.since(position, limit=_PAGE):
        found += [reminder for _, reminder in page]
        position = page[-1][0]
    return found, position


def _subject(reminders: Sequence[LeadReminder]) -> str:
    return f"有{len({one.lead_id for one in reminders})}条线索要办"


def _body(reminders: Sequence[LeadReminder], link: str) -> str:
    counts = {kind: len({one.lead_id for one in reminders if one.kind is kind}) for kind in ReminderKind}
    told = "、".join(f"{kind.label}{count}条" for kind, count in counts.items() if count)
    lines = [
        told,
        f"最近的期限: {min(one.due_on for one in reminders)}",
        f"请登录查看: {link}" if link else "请登录查看",
    ]
    return "\n".join(lines) + "\n"
