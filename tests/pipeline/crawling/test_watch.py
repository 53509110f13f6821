"""The health of everything that is declared, usable or not."""

from datetime import date, timedelta
from pathlib import Path

from crawlers.declaring.declared import DeclaredSources, UnusableSource
from domain.media.source_health import SourceVerdict
from pipeline.crawling.alarms import update_alarms
from pipeline.crawling.watch import source_healths
from storage.store import Store
from tests.pipeline.media import POLICY, at, run

NOON = at(date(2026, 10, 20), 12)
WRONG = UnusableSource("town_paper", Path("/srv/town_paper.yml"), "来源 /srv/town_paper.yml 不对: region: 应是文字")


def test_a_medium_whose_declaration_is_wrong_needs_a_person_and_still_tells_what_it_brought(sqlite_store: Store):
    last = run(NOON - timedelta(days=1), 4)
    with sqlite_store.unit_of_work() as work:
        work.sources.add_run(last)
        work.commit()

    [health] = source_healths(sqlite_store, DeclaredSources({}, {"town_paper": WRONG}), POLICY, NOON)

    assert (health.verdict, health.reason) == (SourceVerdict.MISDECLARED, WRONG.problem)
    assert health.verdict.needs_a_person
    assert (health.last_new, health.last_run) == (last.finished_at, last.finished_at)
    assert "/srv/town_paper.yml" in health.advice


def test_the_alarm_of_a_wrong_declaration_is_told_once_and_stored(sqlite_store: Store):
    for hour in (0, 1):
        now = NOON + timedelta(hours=hour)
        healths = source_healths(sqlite_store, DeclaredSources({}, {"town_paper": WRONG}), POLICY, now)
        told = update_alarms(sqlite_store, healths, [], now=now, policy=POLICY.source_health.alarm)
        assert sum("town_paper 声明有误" in one.subject for one in told) == (1 if hour == 0 else 0)
    with sqlite_store.reading() as work:
        [alarm] = work.alarms.open()
    assert alarm.verdict is SourceVerdict.MISDECLARED
