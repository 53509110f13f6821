"""What reads as an accusation is restricted, though routing let it through; what is no lead says what it is."""

from dataclasses import replace

from domain.analysis import Reading
from domain.risk import Risk
from domain.vocabulary import Factuality, Route
from pipeline.classify import Classify
from pipeline.ingest import Ingest
from pipeline.run import run_stages
from storage.store import Store
from tests.factories import COUNTY, raw
from tests.fakes import FakeClock, reading


class _Reader:
    """Accuses where 账 stands, needs where 病 stands, otherwise publicity."""

    version = "fixed-1"

    def read(self, texts: list[tuple[str, str]]) -> list[Reading]:
        return [self._one(text) for _, text in texts]

    def _one(self, text: str) -> Reading:
        if "病" in text:
            return replace(reading(Risk.ILLNESS, text="病"), accusation="账" in text)
        return replace(reading(), factuality=Factuality.PUBLICITY)


def ignore(stage: str, count: int) -> None:
    """No progress to show."""


def test_a_text_that_reads_as_an_accusation_is_restricted_and_goes_no_further(sqlite_store: Store, clock: FakeClock):
    accusing = raw("A", "老人病了没钱，合作医疗的账上却少了我们交的钱。")
    needy = raw("B", "家里有人病了，药费负担不起。")
    proud = raw("C", "全县春耕生产会议召开，粮食再获丰收。")
    with sqlite_store.unit_of_work() as work:
        for one in (accusing, needy, proud):
            work.raw.add(one)
        work.commit()

    *_, report = run_stages(
        sqlite_store,
        [Ingest(COUNTY), Classify(_Reader())],  # type: ignore[arg-type]
        clock,
        batch_size=10,
        progress=ignore,
    )

    assert (report.seen, report.done, report.skipped) == (3, 1, 2)
    assert report.details == {"tagged": 1, "restricted": 1, "no_risk": 1}
    with sqlite_store.reading() as work:
        assert work.routes.of(accusing.id) == (Route.RESTRICTED, "分类时判断为检举控告")
        assert work.routes.of(needy.id) is None
