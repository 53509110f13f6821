"""Takes what the crawlers left in the spool into the database, line by line, each exactly once."""

import time
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

from crawlers.spooling.spool import SpoolDamage, SpoolRecord, read_spool, spool_files, spool_name
from domain.clock import Clock
from domain.counting.stage_report import StageReport
from domain.media.crawl import PageKind, SeenPage
from domain.places.region import RegionCode
from domain.texts.beside_text import BesideText, LinkedFile
from domain.texts.document import Breadcrumb, Outcome, RawDocument, document_id
from domain.texts.set_aside import SetAside
from pipeline.stages.stage import Step
from storage.store import Store
from storage.unit_of_work import UnitOfWork

STAGE = "collect"
VERSION = "collect-1"


def collect(
    store: Store,
    spool: Path,
    regions: dict[str, RegionCode],
    clock: Clock,
    *,
    batch_size: int,
    misdeclared: Collection[str] = (),
) -> StageReport:
    """One report over all spool files; a damaged line is quarantined with its file and line number.

    Lines are counted per file in the database in the same transaction that stores them, so a kill repeats nothing.
    Those of a source whose declaration is wrong stay in the spool and are counted as skipped: nobody can tell which
    region they belong to before it is mended.
    """
    started, counts = time.perf_counter(), Counter[str]()
    for path in spool_files(spool):
        if path.parent.name in misdeclared:
            counts["misdeclared"] += _waiting(store, path)
        else:
            counts.update(_collect_file(store, path, regions, clock, batch_size))
    outcomes = Counter(
        {
            Outcome.DONE: counts["collected"],
            Outcome.SKIPPED: counts["known"] + counts["misdeclared"],
            Outcome.QUARANTINED: counts["damaged"],
        }
    )
    return StageReport.counted(STAGE, VERSION, outcomes, counts, seconds=time.perf_counter() - started)


def _waiting(store: Store, path: Path) -> int:
    with store.reading() as work:
        skip = work.sources.spool_lines(spool_name(path))
    return sum(1 for _ in read_spool(path, skip, store.file_seals().open_file))


def _collect_file(
    store: Store, path: Path, regions: dict[str, RegionCode], clock: Clock, batch_size: int
) -> Counter[str]:
    counts: Counter[str] = Counter()
    name = spool_name(path)
    with store.reading() as work:
        skip = work.sources.spool_lines(name)
    batch: list[tuple[int, SpoolRecord | SpoolDamage]] = []
    for line in read_spool(path, skip, store.file_seals().open_file):
        batch.append((line.number, line.content))
        if len(batch) >= batch_size:
            counts.update(_store_batch(store, path, name, batch, regions, clock.now()))
            batch = []
    if batch:
        counts.update(_store_batch(store, path, name, batch, regions, clock.now()))
    return counts


def _store_batch(
    store: Store,
    path: Path,
    name: str,
    batch: Sequence[tuple[int, SpoolRecord | SpoolDamage]],
    regions: dict[str, RegionCode],
    at: datetime,
) -> Counter[str]:
    counts: Counter[str] = Counter()
    with store.unit_of_work() as work:
        for number, content in batch:
            counts[_store_line(work, path, number, content, regions, at)] += 1
        work.sources.set_spool_lines(name, batch[-1][0])
        work.commit()
    return counts


def _store_line(
    work: UnitOfWork,
    path: Path,
    number: int,
    content: SpoolRecord | SpoolDamage,
    regions: dict[str, RegionCode],
    at: datetime,
) -> str:
    if isinstance(content, SpoolDamage):
        work.breadcrumbs.append(_damage(path, number, content, at))
        return "damaged"
    work.sources.remember_new(content.source, [seen_page(content)], at)
    return "collected" if work.raw.add(to_raw(content, regions.get(content.source))) else "known"


def to_raw(record: SpoolRecord, region: RegionCode | None) -> RawDocument:
    """The raw document of one spooled article; its key is its address, its fields hold what stood beside the text."""
    return RawDocument(
        id=document_id(record.source, record.url, record.title, record.text),
        channel=record.channel,
        source=record.source,
        external_key=record.url,
        title=record.title,
        text=record.text,
        published_at=record.published_at,
        received_at=record.fetched_at,
        url=record.url,
        origin=record.origin,
        region=region,
        fields=_beside_the_text(record).to_fields(),
    )


def _beside_the_text(record: SpoolRecord) -> BesideText:
    return BesideText(
        author=record.author,
        editor=record.editor,
        captions=record.captions,
        files=tuple(LinkedFile(one.text, one.url) for one in record.attachments),
        original=record.original_text,
    )


def seen_page(record: SpoolRecord) -> SeenPage:
    """What is remembered of an article that was spooled."""
    return SeenPage(
        url=record.url,
        etag=record.etag,
        last_modified=record.last_modified,
        content_sha256=record.content_sha256,
        published_at=record.published_at,
        asked_at=record.fetched_at,
        kind=PageKind.QUESTION if record.awaits_reply else PageKind.ARTICLE,
    )


def _damage(path: Path, number: int, damage: SpoolDamage, at: datetime) -> Breadcrumb:
    step = Step(Outcome.QUARANTINED, SetAside.DAMAGED_LINE.value, f"{path.name} 第{number}行: {damage.reason}")
    return step.crumb(document_id("spool", spool_name(path), str(number), ""), STAGE, VERSION, at)
