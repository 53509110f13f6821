"""Reads the archived pages of a source again after its selectors or the extractors changed: a new spool, no request.

What reads differently becomes a new version of its document when the spool is taken in; what could not be read before
and can be now becomes a document. A second replay finds nothing to do, and a killed one only repeats itself.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from crawlers.archiving.archive import PageDamage, archive_files
from crawlers.articles.headlines import headline_of
from crawlers.asking.answers import content_digest, spool_record
from crawlers.declaring.addresses import sites_of
from crawlers.declaring.source import SourceSpec
from crawlers.platforms import PLATFORMS
from crawlers.replay import ReadAgain, read_again
from crawlers.site_lock import SiteBusy, site_locks
from crawlers.spooling.run_files import CrawlFolders
from crawlers.spooling.spool import SpoolRecord, SpoolWriter, read_spool, spool_files, spool_name
from domain.clock import Clock
from domain.failures.errors import SourceError
from domain.media.crawl import FetchProblem, PageKind, SeenPage
from domain.texts.document import RawDocument
from pipeline.crawling.take_over import take_over
from storage.store import Store
from storage.unit_of_work import UnitOfWork

_AFTER = timedelta(microseconds=1)
"""A new version comes right after the one that it replaces: its days of retention run from the same day."""


_DAMAGE_SHOWN = 20


@dataclass(slots=True)
class ReplayReport:
    """Articles of the archive by what became of them."""

    changed: int = 0
    """Spooled, because they read differently now."""
    unchanged: int = 0
    unreadable: int = 0
    """No archived page of theirs is an article."""
    waiting: int = 0
    """What was read before is still in the spool: `qianshao run` comes first."""
    emptied: int = 0
    """Their content was taken away by retention and does not come back."""
    damaged: int = 0
    """Places in the archive that cannot be read."""
    damage: list[str] = field(default_factory=list)
    """What is wrong there, in Chinese."""

    @property
    def is_done(self) -> bool:
        """False when something was left undone: what waits, and what cannot be read."""
        return not self.waiting and not self.damaged

    def note_damage(self, damage: PageDamage) -> None:
        """Count the place and keep what is wrong, of many the first ones."""
        self.damaged += 1
        if len(self.damage) < _DAMAGE_SHOWN:
            self.damage.append(damage.reason)


def replay(
    store: Store, spec: SourceSpec, folders: CrawlFolders, variables: Mapping[str, str], clock: Clock
) -> ReplayReport:
    """What became of every article of the source in the archive.

    SourceError while the source is being crawled. What is damaged in the archive is counted, the rest is read.
    """
    sites = sites_of(spec.with_variables(variables).start, spec.fetch)
    try:
        with site_locks(folders.locks, sites):
            return _replay(store, spec, folders, clock)
    except SiteBusy as exc:
        raise SourceError(f"来源 {spec.name} 的网站 {exc} 正在被抓取, 请等抓取结束后再运行") from exc


def _replay(store: Store, spec: SourceSpec, folders: CrawlFolders, clock: Clock) -> ReplayReport:
    take_over(store, spec.name, folders, clock)
    with store.reading() as work:
        known = {page.url: page for page in work.sources.seen(spec.name) if page.kind is not PageKind.LIST}
    report, changed = ReplayReport(), list[SeenPage]()
    seals, read_article = store.file_seals(), PLATFORMS[spec.platform].read_article
    files = archive_files(folders.archive, spec.name)
    in_spool = _in_spool(store, spec, folders)
    with SpoolWriter(folders.spool, spec.name, clock.now(), seals.new()) as spool:
        for again in read_again(files, spec, read_article, known, report.note_damage, seals.open_file):
            record = _record(store, spec, known[again.address], again, report, in_spool)
            if record is not None:
                spool.write(record)
                changed.append(_now_known(known[again.address], record, again.problem))
    with store.unit_of_work() as work:
        work.sources.remember(spec.name, changed, clock.now())
        work.commit()
    return report


def _in_spool(store: Store, spec: SourceSpec, folders: CrawlFolders) -> frozenset[str]:
    """Addresses of which the spool holds something that the database does not have."""
    found = set[str]()
    for path in spool_files(folders.spool, spec.name):
        with store.reading() as work:
            taken = work.sources.spool_lines(spool_name(path))
        lines = (line.content for line in read_spool(path, taken, store.file_seals().open_file))
        found.update(content.url for content in lines if isinstance(content, SpoolRecord))
    return frozenset(found)


def _record(
    store: Store,
    spec: SourceSpec,
    known: SeenPage,
    again: ReadAgain,
    report: ReplayReport,
    in_spool: Container[str],
) -> SpoolRecord | None:
    """What is to be spooled of the article, if anything; counted in the report."""
    if again.article is None or again.fetched_at is None:
        report.unreadable += 1
        return None
    digest = content_digest(again.article.title, again.article.text)
    if digest == known.content_sha256:
        report.unchanged += 1
        return None
    with store.reading() as work:
        latest, is_emptied = work.raw.last_under(spec.name, known.url)
        stored = _newest(work, spec, known.url)
    if is_emptied:
        report.emptied += 1
        return None
    if known.content_sha256 not in _digests(stored) and known.url in in_spool:
        # What was read of it last would come after this reading, though it is the older one by its selectors.
        report.waiting += 1
        return None
    report.changed += 1
    at = again.fetched_at if latest is None else max(again.fetched_at, latest + _AFTER)
    title = headline_of(again.article, stored.title if stored else "", spec.site_names)
    article = replace(again.article, title=title)
    return spool_record(again.page_sha256, spec.name, replace(known, content_sha256=digest), article, at)


def _newest(work: UnitOfWork, spec: SourceSpec, address: str) -> RawDocument | None:
    """The newest text of the source that is stored under the address."""
    texts = (work.raw.get(one) for one in work.raw.under_address([address]))
    return next((one for one in texts if one.source == spec.name), None)


def _digests(stored: RawDocument | None) -> frozenset[str]:
    """By what the stored text may be remembered: with its title, or without one that its page does not say."""
    if stored is None:
        return frozenset({""})
    return frozenset({"", content_digest(stored.title, stored.text), content_digest("", stored.text)})


def _now_known(known: SeenPage, record: SpoolRecord, problem: FetchProblem | None) -> SeenPage:
    """The page as it is remembered now: when it is asked for again does not change, unless nothing had come of it."""
    kind = PageKind.QUESTION if record.awaits_reply else PageKind.ARTICLE
    page = replace(known, content_sha256=record.content_sha256, published_at=record.published_at, kind=kind)
    return page if known.content_sha256 else replace(page, problem=problem, failures=int(problem is not None))
