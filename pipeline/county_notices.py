"""What a deployment tells others when it is started: the operator, the declared teams, the receivers of leads."""

from datetime import datetime

from domain.clock import CHINA
from domain.notice import NoticeWay
from domain.region import RegionCode
from pipeline.alarms import send_waiting, update_alarms
from pipeline.deployment import Deployment
from pipeline.notice_settings import TeamSettings
from pipeline.people import Team, queue_for_people
from pipeline.run_lock import run_lock
from pipeline.webhooks import SendingReport, give_out, send_due


def watch_sources(deployment: Deployment) -> list[str]:
    """Begin and end alarms and tell the operator; a Chinese sentence for each notice that did not leave.

    A lock of its own, or two of these would send the same notice.
    """
    settings, store, clock = deployment.settings, deployment.store, deployment.clock
    senders = settings.notices.senders(clock) if settings.notices else {}
    policy = deployment.policy.source_health.alarm
    with run_lock(settings.home, "watch.lock"):
        update_alarms(store, deployment.source_healths(), senders, now=clock.now(), policy=policy)
        quiet = deployment.policy.outgoing.people.is_quiet(clock.now())
        return send_waiting(store, senders, clock, policy, quiet=quiet)


def tell_people(deployment: Deployment) -> list[str]:
    """Tell the declared teams of their due leads; a Chinese sentence for each notice that did not leave."""
    settings, clock = deployment.settings.notices, deployment.clock
    if settings is None or not settings.teams:
        return []
    people, now, problems = deployment.policy.outgoing.people, clock.now(), []
    with run_lock(deployment.settings.home, "people.lock"):
        for declared in settings.teams:
            senders = settings.team_senders(declared, clock)
            queue_for_people(deployment.store, [_team(declared, tuple(senders))], now, people, settings.link)
            problems += send_waiting(
                deployment.store,
                senders,
                clock,
                deployment.policy.source_health.alarm,
                receiver=declared.name,
                quiet=people.is_quiet(now),
            )
    return problems


def _team(declared: TeamSettings, ways: tuple[NoticeWay, ...]) -> Team:
    return Team(
        name=declared.name,
        region=RegionCode(declared.region),
        roles=frozenset(declared.roles),
        ways=ways,
        since=datetime.combine(declared.since, datetime.min.time(), CHINA),
    )


def send_outgoing(deployment: Deployment) -> SendingReport:
    """Tell declared receivers what they were not told yet."""
    endpoints = deployment.webhook_endpoints()
    give_out(deployment.store, endpoints, deployment.clock.now())
    return send_due(deployment.store, endpoints, deployment.clock, deployment.policy.outgoing.delivery)
