"""What crawlers spooled is taken in once, and not before its source is declared rightly."""

from dataclasses import replace
from pathlib import Path

from crawlers.extraction.links import Attachment
from crawlers.spooling.spool import SpoolRecord, SpoolWriter
from domain.places.region import RegionCode
from domain.texts.document import document_id
from pipeline.crawling.collect import collect
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


def test_what_a_page_says_beside_its_text_is_kept_with_it(tmp_path: Path, sqlite_store: Store):
    plain = SpoolRecord(
        source="good",
        url="http://good.invalid/1",
        title="标题",
        text="正文",
        published_at=None,
        origin="",
        author="",
        fetched_at=NOON,
    )
    rich = replace(
        plain,
        url="http://good.invalid/2",
        author="某记者",
        editor="某编辑",
        captions=("图一", "图二"),
        attachments=(Attachment("http://good.invalid/a.xls", "名单.xls"),),
        original_text="繁體正文",
    )
    with SpoolWriter(tmp_path, "good", NOON) as writer:
        writer.write(plain)
        writer.write(rich)

    collect(sqlite_store, tmp_path, {"good": RegionCode("141124")}, FakeClock(), batch_size=2)

    ids = [document_id(one.source, one.url, one.title, one.text) for one in (plain, rich)]
    with sqlite_store.reading() as work:
        assert work.raw.get(ids[0]).fields == {}
        assert work.raw.get(ids[1]).fields == {
            "作者": "某记者",
            "编辑": "某编辑",
            "图片说明": "图一\n图二",
            "附件": "名单.xls http://good.invalid/a.xls",
            "原文": "繁體正文",
        }
