"""The facts of the coverage ledger on both databases."""

from datetime import timedelta

from domain.media.coverage import Spoken
from domain.places.place import Place
from domain.words.vocabulary import Channel, Route
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from tests.factories import COUNTY, OTHER_VILLAGE, TOWN, VILLAGE, document, lead, raw
from tests.fakes import NOON
from tests.storage.receipts import accepted, keep_receipt

START, END = NOON - timedelta(days=10), NOON + timedelta(days=10)


def add(work: UnitOfWork, key: str, *places: object, channel: Channel = Channel.NEWS, **changes: object) -> str:
    text = document(key, channel=channel, source=f"{channel.value}_source", **changes)
    work.raw.add(raw(key, channel=channel, source=f"{channel.value}_source"))
    work.documents.add(text)
    work.coverage.add(text.id, places)  # type: ignore[arg-type]
    return text.id


def spoken(work: UnitOfWork, region: object = COUNTY, channels: tuple[Channel, ...] = tuple(Channel)) -> dict:
    return work.coverage.spoken(region, start=START, end=END, channels=channels)  # type: ignore[arg-type]


def test_texts_are_counted_by_village_and_source_each_once(store: Store):
    with store.unit_of_work() as work:
        add(work, "A", VILLAGE, TOWN)
        add(work, "B", VILLAGE, OTHER_VILLAGE)
        petition = add(work, "C", VILLAGE, channel=Channel.PETITION)
        work.coverage.add(petition, [VILLAGE])  # type: ignore[arg-type]

        found = spoken(work)

    news = Spoken(source="news_source", channel=Channel.NEWS, documents=2)
    assert found == {
        VILLAGE: [news, Spoken(source="petition_source", channel=Channel.PETITION, documents=1)],
        OTHER_VILLAGE: [Spoken(source="news_source", channel=Channel.NEWS, documents=1)],
    }


def test_only_the_region_the_month_and_the_channels_that_were_asked_for(store: Store):
    with store.unit_of_work() as work:
        add(work, "A", VILLAGE)
        add(work, "B", OTHER_VILLAGE)
        add(work, "C", VILLAGE, channel=Channel.PETITION)
        add(work, "D", VILLAGE, published_at=END)

        found = spoken(work, VILLAGE, (Channel.NEWS,))

    assert found == {VILLAGE: [Spoken(source="news_source", channel=Channel.NEWS, documents=1)]}


def test_a_restricted_text_is_not_counted_from_the_moment_it_is_restricted(store: Store):
    with store.unit_of_work() as work:
        text = add(work, "A", VILLAGE, channel=Channel.PETITION)
        work.routes.add(text, Route.OPEN, "", "1", NOON)  # type: ignore[arg-type]
        assert spoken(work)
        work.routes.add(text, Route.RESTRICTED, "文中指向干部", "2", NOON)  # type: ignore[arg-type]

        assert spoken(work) == {}


def test_villages_are_those_of_the_gazetteer_inside_the_region(store: Store):
    places = [Place(code=code, name=name) for code, name in ((TOWN, "乡"), (VILLAGE, "甲村"), (OTHER_VILLAGE, "乙村"))]
    with store.unit_of_work() as work:
        work.places.put(places)

        assert work.coverage.villages(TOWN) == [(VILLAGE, "甲村"), (OTHER_VILLAGE, "乙村")]
        assert work.coverage.villages(OTHER_VILLAGE) == [(OTHER_VILLAGE, "乙村")]


def test_leads_and_deliveries_of_the_month_are_counted(store: Store):
    rows = [accepted(position) for position in range(3)]
    with store.unit_of_work() as work:
        work.leads.add(lead())
        keep_receipt(work, *rows, receipt_id="a")
        keep_receipt(work, *rows, receipt_id="b", received_at=END)
        for key, channel in (("A", Channel.PETITION), ("B", Channel.HOTLINE), ("C", Channel.NEWS)):
            work.raw.add(raw(key, channel=channel))

        assert work.coverage.leads(TOWN, start=START, end=END) == {VILLAGE: 1}
        assert work.coverage.leads(OTHER_VILLAGE, start=START, end=END) == {}
        assert work.coverage.deliveries(start=START, end=END) == (1, 2)
        assert work.coverage.deliveries(start=END + timedelta(days=1), end=END + timedelta(days=2)) == (0, 0)
