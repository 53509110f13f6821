"""News has to pass the gate, petitions are read in full."""

from domain.risk import Risk
from domain.vocabulary import Channel
from nlp.gate import Gate
from pipeline.classify import Classify
from pipeline.ingest import Ingest
from pipeline.run import run_stages
from storage.store import Store
from tests.factories import COUNTY, raw
from tests.fakes import FakeClock, FixedClassifier


def ignore(stage: str, count: int) -> None:
    """No progress to show."""


def test_news_without_a_telling_word_is_not_read_and_a_petition_is(sqlite_store: Store, clock: FakeClock):
    stopped = raw("A", "全县春耕生产会议召开，部署机耕道建设。", channel=Channel.NEWS)
    passed = raw("B", "春耕时节，村民家的老人病重无钱医治。", channel=Channel.NEWS)
    petition = raw("C", "请求修一修机耕道，春耕要用。")
    with sqlite_store.unit_of_work() as work:
        for one in (stopped, passed, petition):
            work.raw.add(one)
        work.commit()
    classifier = FixedClassifier({"春耕": Risk.ILLNESS})
    stages = [Ingest(COUNTY), Classify(classifier, Gate(["病重"]))]  # type: ignore[arg-type]

    *_, report = run_stages(sqlite_store, stages, clock, batch_size=10, progress=ignore)

    assert (report.seen, report.done, report.skipped) == (3, 2, 1)
    with sqlite_store.reading() as work:
        assert work.analyses.latest(stopped.id) is None
        assert work.analyses.latest(passed.id) is not None
        assert work.analyses.latest(petition.id) is not None
