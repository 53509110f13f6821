"""What can be read, and what cannot."""

import pytest

from domain.texts.document import Outcome, RawDocument
from pipeline.stages.ingest import Ingest
from pipeline.stages.run import run_stages
from storage.store import Store
from tests.factories import COUNTY, VILLAGE, raw
from tests.fakes import FakeClock


def outcome(store: Store, clock: FakeClock, text: RawDocument) -> tuple[Outcome, str]:
    with store.unit_of_work() as work:
        work.raw.add(text)
        work.commit()
    run_stages(store, [Ingest(COUNTY)], clock, batch_size=10, progress=lambda stage, count: None)
    with store.reading() as work:
        crumb = work.breadcrumbs.of(text.id)[0]
    return crumb.outcome, crumb.detail


def test_a_text_is_normalised_and_belongs_somewhere(sqlite_store: Store, clock: FakeClock):
    text = raw(text="家里　有人病了，藥費１２００元負擔不起")

    assert outcome(sqlite_store, clock, text) == (Outcome.DONE, "ingested")
    with sqlite_store.reading() as work:
        found = work.documents.get(text.id)
    assert found.text == "家里 有人病了，药费1200元负担不起"
    assert found.region == COUNTY


def test_a_declared_division_is_kept(sqlite_store: Store, clock: FakeClock):
    text = raw(region=VILLAGE)
    outcome(sqlite_store, clock, text)

    with sqlite_store.reading() as work:
        assert work.documents.get(text.id).region == VILLAGE


@pytest.mark.parametrize("text", ["家里����困难���", "家里锟斤拷锟斤拷困难锟斤拷"])
def test_a_wrongly_decoded_text_is_quarantined(sqlite_store: Store, clock: FakeClock, text: str):
    assert outcome(sqlite_store, clock, raw(text=text)) == (Outcome.QUARANTINED, "garbled")


def test_an_empty_text_is_quarantined(sqlite_store: Store, clock: FakeClock):
    assert outcome(sqlite_store, clock, raw(text="\u200b 　")) == (Outcome.QUARANTINED, "no_text")


def test_a_text_in_another_language_is_skipped(sqlite_store: Store, clock: FakeClock):
    skipped = outcome(sqlite_store, clock, raw(text="please call me back about the parcel"))

    assert skipped == (Outcome.SKIPPED, "not_chinese")


def test_a_text_of_two_characters_is_skipped(sqlite_store: Store, clock: FakeClock):
    assert outcome(sqlite_store, clock, raw(text="测试")) == (Outcome.SKIPPED, "too_short")
