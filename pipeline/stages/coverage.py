"""Stage coverage: which places each text names, whatever difficulty it tells of; and the ledger made of it.

The stage stands beside the way: it follows routing, so that accusations never enter the ledger, and nothing follows it.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from crawlers.declaring.declared import DeclaredSources
from crawlers.declaring.source import SourceSpec
from domain.clock import CHINA, china_date
from domain.media.coverage import CoverageLedger, CoverageState, SourceDays, Spoken, VillageCoverage
from domain.media.crawl import CrawlOutcome, CrawlReport
from domain.places.region import Level, RegionCode
from domain.texts.document import Document, DocumentId
from domain.words.vocabulary import Channel
from nlp.places.gazetteer import Gazetteer
from pipeline.stages.stage import Stage, Step, done
from storage.store import Store
from storage.unit_of_work import UnitOfWork

_MINUTES_OF_A_DAY = 24 * 60


class CoverageStage(Stage[Document]):
    """Remembers the places that a text names without doubt."""

    name = "coverage"
    version = "coverage-1"

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Find places with `gazetteer`."""
        self._gazetteer = gazetteer

    def load(self, work: UnitOfWork, ids: Sequence[DocumentId]) -> Sequence[tuple[DocumentId, Document]]:
        """The documents."""
        return list(zip(ids, work.documents.many(ids), strict=True))

    def process(self, work: UnitOfWork, item: Document, at: datetime) -> Step:
        """Append the places of the text; a petition also counts for the village that it was handed in at."""
        known = (item.region,) if item.region is not None and item.channel is not Channel.NEWS else ()
        places = {mention.code for mention in self._gazetteer.find(item.content, known=known)}
        places |= {region for region in known if region.level is Level.VILLAGE}
        work.coverage.add(item.id, places)
        return done("placed" if places else "no_place")


def coverage_ledger(
    store: Store,
    declared: DeclaredSources,
    *,
    region: RegionCode,
    month: date,
    now: datetime,
    channels: Iterable[Channel] = tuple(Channel),
) -> CoverageLedger:
    """The ledger of the month of `month` inside the region; the days still to come are not due.

    A medium whose declaration is wrong may speak of any region, and as often as daily: nobody can tell.
    """
    start, end = _bounds(month)
    with store.reading() as work:
        villages = work.coverage.villages(region)
        spoken = work.coverage.spoken(region, start=start, end=end, channels=channels)
        leads = work.coverage.leads(region, start=start, end=end)
        files, records = work.coverage.deliveries(start=start, end=end)
        runs = work.sources.runs_since(start)
    watched = [
        (name, spec.title, spec.every_minutes)
        for name, (_, spec) in declared.usable.items()
        if _covers(spec, region) and (spec.is_crawled or runs.get(name))
    ]
    watched += [(name, name, _MINUTES_OF_A_DAY) for name in declared.unusable]
    media = tuple(
        _source_days(name, title, minutes, runs.get(name, []), start, min(end, now))
        for name, title, minutes in sorted(watched)
    )
    return CoverageLedger(
        month=start.astimezone(CHINA).date(),
        region=region,
        media=media,
        deliveries=files,
        delivered=records,
        villages=tuple(
            VillageCoverage(
                village=code,
                name=name,
                spoken=tuple(spoken.get(code, ())),
                leads=leads.get(code, 0),
                state=state_of(spoken.get(code, ()), media, records),
            )
            for code, name in villages
        ),
    )


def state_of(spoken: Sequence[Spoken], media: Sequence[SourceDays], petitions: int) -> CoverageState:
    """What no leads in a village would mean, given who spoke of it and who could have."""
    if spoken:
        return CoverageState.SPOKE
    if not any(one.done for one in media) and not petitions:
        return CoverageState.NO_SOURCE
    return CoverageState.QUIET if petitions and all(one.complete for one in media) else CoverageState.GAPS


def _bounds(month: date) -> tuple[datetime, datetime]:
    first = month.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return datetime.combine(first, time(), CHINA), datetime.combine(following, time(), CHINA)


def _covers(spec: SourceSpec, region: RegionCode) -> bool:
    """A medium speaks of a region when its own contains it or lies inside it."""
    own = RegionCode.parse(spec.region)
    return own.contains(region) or region.contains(own)


def _source_days(
    name: str, title: str, every_minutes: int, runs: Sequence[CrawlReport], start: datetime, end: datetime
) -> SourceDays:
    """Every day of the month that is over is due, whenever the medium was first crawled: what nobody read is missing.

    Today is due once it has been crawled. A medium that is crawled less than daily is due as often as its interval
    allows.
    """
    done_on = {
        china_date(run.finished_at)
        for run in runs
        if run.outcome is CrawlOutcome.FINISHED and start <= run.finished_at < end
    }
    days = (china_date(end) - china_date(start)).days if end > start else 0
    days += china_date(end) in done_on
    interval = max(1, round(every_minutes / _MINUTES_OF_A_DAY))
    return SourceDays(source=name, title=title, due=days // interval, done=len(done_on))
