"""Reports that say what they are told."""

from collections.abc import Iterable
from datetime import date, timedelta

from domain.media.coverage import CoverageLedger, CoverageState, SourceDays, Spoken, VillageCoverage
from domain.media.source_health import DayVolume, Medium, SourceHealth, SourceVerdict, WatchedSource
from domain.places.region import RegionCode
from domain.words.vocabulary import Channel
from tests.factories import VILLAGE
from tests.fakes import NOON

FIRST_DAY = date(2026, 10, 26)


def health(name: str, verdict: SourceVerdict, reason: str = "") -> SourceHealth:
    watched = WatchedSource(
        name=name,
        title=f"{name}<b>要闻",
        region="141124",
        every_minutes=120,
        slowest_minutes=960,
        least_per_day=1,
        most_per_day=40,
        stale_after_days=7,
    )
    days = tuple(
        DayVolume(day=FIRST_DAY + timedelta(days=number), found=number % 7, expected=4.0, crawled=number % 9 != 0)
        for number in range(30)
    )
    return SourceHealth(
        source=watched,
        verdict=verdict,
        since=NOON,
        reason=reason,
        advice="用浏览器看" if reason else "",
        last_new=NOON,
        last_run=NOON,
        days=days,
        hit_rates={"title": 1.0, "select.body": 0.25},
    )


def misdeclared(name: str) -> SourceHealth:
    """As it is told of a medium of which only the name is known."""
    return SourceHealth(
        source=Medium(name=name, title=name),
        verdict=SourceVerdict.MISDECLARED,
        since=None,
        reason=f"来源 /srv/qianshao/data/sources/of/the/county/{name}.yml 不对: every_minutes: 不能小于10, 现值 5",
        advice="按原因改正",
        last_new=None,
        last_run=None,
    )


class Reported:
    """Answers what it is told, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[RegionCode, date, tuple[Channel, ...]]] = []

    def source_healths(self) -> list[SourceHealth]:
        silent = health("town_paper", SourceVerdict.SILENT, "11月20日以来没有新文章, 按平时应有24篇")
        return [misdeclared("village_radio"), silent, health("county_news", SourceVerdict.HEALTHY)]

    def coverage(self, region: RegionCode, month: date, channels: Iterable[Channel]) -> CoverageLedger:
        self.asked.append((region, month, tuple(channels)))
        spoken = (Spoken(source="town_paper", channel=Channel.NEWS, documents=2),)
        village = VillageCoverage(village=VILLAGE, name="庞家庄村", spoken=spoken, leads=1, state=CoverageState.SPOKE)
        media = (SourceDays(source="town_paper", title="乡川要闻", due=23, done=21),)
        return CoverageLedger(month=month, region=region, media=media, deliveries=2, delivered=31, villages=(village,))
