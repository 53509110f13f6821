"""What a deployment tells others when it is started: the operator, the declared teams, the receivers of leads."""

from datetime import datetime

from domain.clock import CHINA
from domain.places.region import RegionCode
from domain.sending.notice import NoticeWay
from pipeline.crawling.alarms import send_waiting, update_alarms
from pipeline.deployment import Deployment
from pipeline.outgoing.people import Team, queue_for_people
from pipeline.outgoing.webhooks import SendingReport, give_out, send_due
from pipeline.run_lock import run_lock
from pipeline.settings.notices import TeamSettings, Ways


def watch_sources(deployment: Deployment) -> list[str]:
    """Begin and end alarms and tell the operator; a Chinese sentence for each notice that did not leave.

    A lock of its own, or two of these would send the same notice. Alarms are recorded and queued also where a way
    cannot be used: what waits for it leaves when it can.
    """
    settings, store, clock = deployment.settings, deployment.store, deployment.clock
    ways = settings.notices.ways(clock) if settings.notices else Ways()
    policy = deployment.policy.source_health.alarm
    with run_lock(settings.home, "watch.lock"):
        update_alarms(store, deployment.source_healths(), ways.declared, now=clock.now(), policy=policy)
        quiet = deployment.policy.outgoing.people.is_quiet(clock.now())
        return [*ways.problems, *send_waiting(store, ways.senders, clock, policy, quiet=quiet)]


def tell_people(deployment: Deployment) -> list[str]:
    """Tell the declared teams of their due leads; a Chinese sentence for each notice that did not leave."""
    settings, clock = deployment.settings.notices, deployment.clock
    if settings is None or not settings.teams:
        return []
    people, now = deployment.policy.outgoing.people, clock.now()
    problems: list[str] = []
    with run_lock(deployment.settings.home, "people.lock"):
        for declared in settings.teams:
            ways = settings.team_ways(declared, clock)
            problems += ways.problems
            if not ways.senders:
                # Their reminders wait: they are counted together when a way can be used.
                continue
            queue_for_people(deployment.store, [_team(declared, ways.declared)], now, people, settings.link)
            problems += send_waiting(
                deployment.store,
                ways.senders,
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
