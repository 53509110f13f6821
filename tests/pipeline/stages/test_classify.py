"""What reads as an accusation is restricted, though routing let it through; what is no lead says what it is.

Behind a gate the media's ordinary texts are not read, and everything else is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from domain.counting.stage_report import StageReport
from domain.risk import Risk
from domain.texts.accusation import AccusationAct, AccusationStep
from domain.texts.analysis import Reading
from domain.texts.document import RawDocument
from domain.texts.judgement import Judgement, Verdict
from domain.words.vocabulary import Channel, Factuality, Route
from pipeline.stages.classify import Classify
from pipeline.stages.ingest import Ingest
from pipeline.stages.run import run_stages
from storage.store import Store
from tests.factories import COUNTY, raw
from tests.fakes import NOON, FakeClock, reading


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


def test_what_the_petition_office_gave_back_is_tagged_though_it_reads_as_an_accusation(
    sqlite_store: Store, clock: FakeClock
):
    given_back, proposed = raw("A", "老人病了没钱，账也算不清。"), raw("B", "家里有人病了，账上没有钱。")
    with sqlite_store.unit_of_work() as work:
        for one in (given_back, proposed):
            work.raw.add(one)
            work.accusations.add(
                AccusationStep(document_id=one.id, act=AccusationAct.RELEASE, made_by="clerk", at=clock.now())
            )
        work.accusations.add(
            AccusationStep(document_id=given_back.id, act=AccusationAct.AGREE, made_by="second", at=clock.now())
        )
        work.commit()

    report = classify(sqlite_store, clock, None)

    assert report.details == {"tagged": 1, "restricted": 1}
    with sqlite_store.reading() as work:
        assert work.routes.restriction(given_back.id) is None
        assert work.routes.restriction(proposed.id) == "分类时判断为检举控告"


@dataclass
class _Gate:
    """Passes by what does not speak of 药."""

    version: str = "gate-1"
    asked: list[str] = field(default_factory=list)

    def passed_by(self, contents: Sequence[str]) -> list[Reading | None]:
        self.asked += contents
        return [None if "药" in one else replace(reading(), model=self.version) for one in contents]


def news(key: str, text: str) -> RawDocument:
    """An article."""
    return raw(key, text, channel=Channel.NEWS, source="county_news")


def arrive(store: Store, *texts: RawDocument) -> None:
    """The texts are taken in."""
    with store.unit_of_work() as work:
        for one in texts:
            work.raw.add(one)
        work.commit()


def classify(store: Store, clock: FakeClock, gate: _Gate | None) -> StageReport:
    """What the stage did behind the gate."""
    behind = Classify(_Reader(), gate, frozenset({"county_news"}))  # type: ignore[arg-type]
    *_, report = run_stages(store, [Ingest(COUNTY), behind], clock, batch_size=10, progress=ignore)
    return report


PROUD = "全县春耕生产会议召开，粮食再获丰收。"
HARVEST = "老人病了一场，全县春耕生产会议照常召开。"
"""The reader would tag it; the gate passes it by."""


def test_an_article_that_the_gate_passes_by_ends_there_with_the_gates_reading(sqlite_store: Store, clock: FakeClock):
    proud, needy = news("A", PROUD), news("B", "家里有人病了，药费负担不起。")
    arrive(sqlite_store, proud, needy)

    report = classify(sqlite_store, clock, _Gate())

    assert report.details == {"passed_by": 1, "tagged": 1}
    with sqlite_store.reading() as work:
        kept = work.analyses.latest(proud.id)
        assert kept is not None
        assert (kept.reading.model, kept.reading.labels) == ("gate-1", ())
        crumb = work.breadcrumbs.of(proud.id)[-1]
        assert (crumb.version.split("@")[0], crumb.detail) == ("fixed-1+gate-1", "passed_by")
        assert "gate-1" in crumb.reason


def test_a_petition_never_meets_the_gate(sqlite_store: Store, clock: FakeClock):
    gate = _Gate()
    arrive(sqlite_store, raw("A", HARVEST), raw("B", HARVEST, channel=Channel.HOTLINE))

    report = classify(sqlite_store, clock, gate)

    assert report.details == {"tagged": 2}
    assert gate.asked == []


def test_what_people_write_on_boards_or_paste_never_meets_the_gate(sqlite_store: Store, clock: FakeClock):
    arrive(sqlite_store, raw("A", HARVEST, channel=Channel.NEWS, source="county_board"))

    assert classify(sqlite_store, clock, _Gate()).details == {"tagged": 1}


def test_an_article_in_which_something_was_found_once_is_read_again_whole(sqlite_store: Store, clock: FakeClock):
    told, proud = news("A", HARVEST), news("B", PROUD)
    arrive(sqlite_store, told, proud)
    classify(sqlite_store, clock, None)

    report = classify(sqlite_store, clock, _Gate())

    assert report.details == {"tagged": 1, "passed_by": 1}


def test_a_changed_article_is_read_whole(sqlite_store: Store, clock: FakeClock):
    first = news("A", PROUD)
    changed = raw("A", HARVEST, channel=Channel.NEWS, source="county_news", received_at=NOON + timedelta(hours=1))
    arrive(sqlite_store, first, changed)
    with sqlite_store.unit_of_work() as work:
        work.versions.add(changed.id, first.id)
        work.commit()

    assert classify(sqlite_store, clock, _Gate()).details == {"passed_by": 1, "tagged": 1}


def test_another_gate_looks_at_the_articles_again(sqlite_store: Store, clock: FakeClock):
    arrive(sqlite_store, news("A", PROUD))
    classify(sqlite_store, clock, _Gate())

    assert classify(sqlite_store, clock, _Gate()).seen == 0
    assert classify(sqlite_store, clock, _Gate("gate-2")).details == {"passed_by": 1}
    assert classify(sqlite_store, clock, None).details == {"no_risk": 1}


def test_what_a_person_called_an_accusation_stays_restricted_behind_the_gate(sqlite_store: Store, clock: FakeClock):
    accused = news("A", PROUD)
    arrive(sqlite_store, accused)
    with sqlite_store.unit_of_work() as work:
        work.judgements.add(
            Judgement(document_id=accused.id, verdict=Verdict.ACCUSATION, judged_by="王办", judged_at=NOON)
        )
        work.commit()
    gate = _Gate()

    report = classify(sqlite_store, clock, gate)

    assert (report.details, gate.asked) == ({"restricted": 1}, [])
    with sqlite_store.reading() as work:
        assert work.routes.restriction(accused.id) is not None
