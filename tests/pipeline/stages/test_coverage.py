"""No leads, or no data."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from crawlers.declaring.declared import DeclaredSources, UnusableSource
from crawlers.declaring.source import SourceSpec, load_source
from domain.media.coverage import CoverageState, SourceDays, Spoken
from domain.media.crawl import CrawlOutcome
from domain.places.place import Place
from domain.texts.document import Breadcrumb, Outcome
from domain.words.vocabulary import Channel
from nlp.places.gazetteer import Gazetteer
from pipeline.stages.coverage import CoverageStage, coverage_ledger, state_of
from pipeline.stages.run import beside, run_stage
from pipeline.stages.stage import Stage, Step, done
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from tests.factories import COUNTY, OTHER_VILLAGE, TOWN, VILLAGE, document, raw
from tests.fakes import NOON, FakeClock
from tests.pipeline.media import at, run
from tests.storage.receipts import accepted, keep_receipt, rejected

PLACES = [
    Place(code=COUNTY, name="乡川县"),
    Place(code=TOWN, name="青石镇"),
    Place(code=VILLAGE, name="庞家庄村委会"),
    Place(code=OTHER_VILLAGE, name="蔡家洼村委会"),
]
EXAMPLE = Path(__file__).parents[3] / "examples" / "kehu" / "sources" / "xiangchuan_yaowen.yml"


class RoutedBefore(Stage[str]):
    """Stands for routing."""

    name = "route"
    version = "route-test"

    def load(self, work: UnitOfWork, ids: object) -> list:  # type: ignore[override]
        return []

    def process(self, work: UnitOfWork, item: str, at: object) -> Step:  # type: ignore[override]
        return done("open")


def medium(**changes: object) -> SourceSpec:
    return load_source(EXAMPLE).model_copy(update={"name": "town_paper", "region": COUNTY.digits, **changes})


def declared(*specs: SourceSpec, unusable: tuple[str, ...] = ()) -> DeclaredSources:
    wrong = {name: UnusableSource(name, EXAMPLE, "键写错了") for name in unusable}
    return DeclaredSources({spec.name: (EXAMPLE, spec) for spec in specs}, wrong)


def put(store: Store, key: str, text: str, outcome: Outcome = Outcome.DONE, **changes: object) -> None:
    found = document(key, text, **changes)
    with store.unit_of_work() as work:
        work.raw.add(raw(key, text, channel=found.channel))
        work.documents.add(found)
        crumb = Breadcrumb(
            document_id=found.id, stage="route", outcome=outcome, detail="open", version="route-test", at=NOON
        )
        work.breadcrumbs.append(crumb)
        work.commit()


def place_all(store: Store, clock: FakeClock) -> None:
    planned = beside(CoverageStage(Gazetteer(PLACES, COUNTY)), [RoutedBefore()], "route")
    run_stage(store, planned, clock, batch_size=2, progress=lambda *_: None)


@pytest.fixture
def county(sqlite_store: Store) -> Store:
    with sqlite_store.unit_of_work() as work:
        work.places.put(PLACES)
        work.commit()
    return sqlite_store


def test_a_village_that_was_named_is_told_from_one_that_was_not(county: Store, clock: FakeClock):
    put(county, "A", "青石镇庞家庄村委会的道路修好了。", channel=Channel.NEWS, source="town_paper")
    put(county, "B", "县里开了会。", channel=Channel.NEWS, source="town_paper")
    put(county, "C", "请问医保怎么交。", channel=Channel.PETITION, source="register")
    place_all(county, clock)
    with county.unit_of_work() as work:
        for day in range(1, 24):
            work.sources.add_run(run(at(date(2026, 11, day), 9)))
        keep_receipt(work, accepted(0))
        work.commit()

    ledger = coverage_ledger(county, declared(medium()), region=TOWN, month=date(2026, 11, 5), now=NOON)

    assert [(one.village, one.state) for one in ledger.villages] == [
        (VILLAGE, CoverageState.SPOKE),
        (OTHER_VILLAGE, CoverageState.QUIET),
    ]
    assert next(one.spoken for one in ledger.villages) == (
        Spoken(source="town_paper", channel=Channel.NEWS, documents=1),
    )
    assert [(one.due, one.done) for one in ledger.media] == [(23, 23)]
    assert (ledger.month, ledger.deliveries, ledger.delivered) == (date(2026, 11, 1), 1, 1)


def test_an_accusation_never_enters_the_ledger(county: Store, clock: FakeClock):
    put(county, "A", "庞家庄村委会有人冒领。", Outcome.SKIPPED)

    place_all(county, clock)

    with county.reading() as work:
        assert work.coverage.spoken(COUNTY, start=NOON, end=NOON + timedelta(days=1), channels=Channel) == {}


def test_a_petition_counts_for_the_village_it_was_handed_in_at_and_a_medium_does_not(county: Store, clock: FakeClock):
    put(county, "A", "家里有人病了，药费负担不起。", region=VILLAGE)
    put(county, "B", "家里有人病了，药费负担不起呀。", region=OTHER_VILLAGE, channel=Channel.NEWS)

    place_all(county, clock)

    with county.reading() as work:
        found = work.coverage.spoken(COUNTY, start=NOON, end=NOON + timedelta(days=1), channels=Channel)
    assert set(found) == {VILLAGE}


def test_every_day_until_yesterday_is_due_also_before_the_first_crawl(county: Store):
    with county.unit_of_work() as work:
        for day, outcome in ((10, CrawlOutcome.FINISHED), (11, CrawlOutcome.BLOCKED), (20, CrawlOutcome.FINISHED)):
            work.sources.add_run(run(at(date(2026, 11, day), 9), outcome=outcome))
        work.commit()

    def days(month: date) -> list[tuple[int, int]]:
        found = coverage_ledger(county, declared(medium()), region=TOWN, month=month, now=NOON)
        return [(one.due, one.done) for one in found.media]

    assert days(date(2026, 11, 1)) == [(23, 2)]
    assert days(date(2026, 10, 1)) == [(31, 0)]
    assert days(date(2026, 12, 1)) == [(0, 0)]

    with county.unit_of_work() as work:
        work.sources.add_run(run(at(date(2026, 11, 24), 9)))
        work.commit()
    assert days(date(2026, 11, 1)) == [(24, 3)]


def test_a_medium_of_another_county_covers_nothing_here(county: Store):
    elsewhere = medium(region="141125")

    ledger = coverage_ledger(county, declared(elsewhere), region=TOWN, month=date(2026, 11, 1), now=NOON)

    assert (ledger.media, {one.state for one in ledger.villages}) == ((), {CoverageState.NO_SOURCE})


def days(due: int, done_on: int) -> SourceDays:
    return SourceDays(source="a", title="甲", due=due, done=done_on)


@pytest.mark.parametrize(
    ("spoken", "media", "petitions", "state"),
    [
        pytest.param(1, [], 0, CoverageState.SPOKE, id="somebody spoke"),
        pytest.param(0, [days(9, 9)], 1, CoverageState.QUIET, id="all there and nothing said"),
        pytest.param(0, [days(9, 7)], 1, CoverageState.GAPS, id="a medium misses days"),
        pytest.param(0, [days(9, 9)], 0, CoverageState.GAPS, id="the petition office delivered nothing"),
        pytest.param(0, [days(9, 0)], 0, CoverageState.NO_SOURCE, id="nobody could have spoken"),
    ],
)
def test_what_no_leads_mean(spoken: int, media: list[SourceDays], petitions: int, state: CoverageState):
    texts = [Spoken(source="a", channel=Channel.NEWS, documents=1)] * spoken

    assert state_of(texts, media, petitions) is state


def test_posts_are_no_delivery_of_the_petition_office(county: Store, clock: FakeClock):
    put(county, "A", "网友说枣子卖不掉。", channel=Channel.NEWS, source="xhs")
    with county.unit_of_work() as work:
        keep_receipt(work, accepted(0), receipt_id="posts")
        keep_receipt(work, rejected(0), receipt_id="refused")
        work.commit()

    ledger = coverage_ledger(county, declared(), region=TOWN, month=date(2026, 11, 5), now=NOON)

    assert (ledger.deliveries, ledger.delivered) == (1, 0)
    assert {one.state for one in ledger.villages} == {CoverageState.NO_SOURCE}


def test_a_medium_whose_declaration_is_wrong_is_missing_on_every_day(county: Store):
    wrong = declared(unusable=("town_paper",))

    ledger = coverage_ledger(county, wrong, region=TOWN, month=date(2026, 10, 5), now=NOON)

    assert ledger.media == (SourceDays(source="town_paper", title="town_paper", due=31, done=0),)
    assert CoverageState.QUIET not in {village.state for village in ledger.villages}
