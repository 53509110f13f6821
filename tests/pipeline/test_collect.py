"""What crawlers spooled is taken in once, and not before its source is declared rightly."""

from pathlib import Path

from crawlers.spool import SpoolRecord, SpoolWriter
from domain.region import RegionCode
from pipeline.collect import collect
from storage.store import Store
from tests.fakes import NOON, FakeClock


def spool(folder: Path, source: str) -> None:
    with SpoolWriter(folder, source, NOON) as writer:
        for number in range(3):
            writer.write(
                SpoolRecord(
                    source=source,
                    url=f"http://{source}.invalid/{number}",
                    title="标题",
                    text=f"正文{number}",
                    published_at=None,
                    origin="",
                    author="",
                    fetched_at=NOON,
                )
            )


def test_articles_of_a_wrongly_declared_source_wait_and_come_in_once_it_is_mended(tmp_path: Path, sqlite_store: Store):
    spool(tmp_path, "good")
    spool(tmp_path, "bad")
    regions = {"good": RegionCode("141124")}

    first = collect(sqlite_store, tmp_path, regions, FakeClock(), batch_size=2, misdeclared={"bad"})
    again = collect(sqlite_store, tmp_path, regions, FakeClock(), batch_size=2, misdeclared={"bad"})
    mended = collect(sqlite_store, tmp_path, {**regions, "bad": RegionCode("141124")}, FakeClock(), batch_size=2)

    assert (first.done, first.skipped, first.details) == (3, 3, {"collected": 3, "misdeclared": 3})
    assert (again.done, again.skipped) == (0, 3)
    assert (mended.done, mended.skipped) == (3, 0)
    with sqlite_store.reading() as work:
        assert work.raw.count() == 6
