"""Accusations leave before anybody reads them."""

from pathlib import Path

from domain.texts.accusation import RELEASED_BY_OFFICE, AccusationAct, AccusationStep
from domain.words.vocabulary import Route
from pipeline.deployment import Deployment
from pipeline.settings.settings import Settings
from pipeline.stages.ingest import Ingest
from pipeline.stages.route import RouteStage
from pipeline.stages.run import run_stages
from storage.encryption.key_file import create_keyring
from storage.encryption.keyring import Keyring
from storage.schema import upgrade
from storage.store import Store
from tests.conftest import KEY
from tests.factories import COUNTY, raw
from tests.fakes import FakeClock, FixedAccusationReader


def ignore(stage: str, count: int) -> None:
    """No progress to show."""


def test_routing_stands_before_classification_and_everything_cadres_see(tmp_path: Path):
    settings = Settings(home=tmp_path)
    key = create_keyring(settings.key_path, Keyring.of_secret(KEY))
    upgrade(settings.url, key)

    names = [stage.name for stage in Deployment(settings, FakeClock()).stages()]

    assert names.index("route") < names.index("classify") < names.index("lead")


def test_a_restricted_text_stops_and_an_open_one_goes_on(sqlite_store: Store, clock: FakeClock):
    accusing = raw("A", "有人举报会计贪污补贴款，请求查处。")
    plain = raw("B", "家里有人病了，药费负担不起。")
    with sqlite_store.unit_of_work() as work:
        work.raw.add(accusing)
        work.raw.add(plain)
        work.commit()
    stages = [Ingest(COUNTY), RouteStage(FixedAccusationReader())]  # type: ignore[arg-type]

    *_, report = run_stages(sqlite_store, stages, clock, batch_size=10, progress=ignore)

    assert (report.seen, report.done, report.skipped) == (2, 1, 1)
    with sqlite_store.reading() as work:
        assert work.routes.of(accusing.id) == (Route.RESTRICTED, "含贪污")
        assert work.routes.restricted(limit=10, offset=0) == [accusing.id]
        assert work.routes.of(plain.id) == (Route.OPEN, "含贪污")


def test_what_the_petition_office_gave_back_stays_open_under_a_later_reader(sqlite_store: Store, clock: FakeClock):
    given_back = raw("A", "会计说贪污两个字的时候我不在场，我家里有人病了。")
    with sqlite_store.unit_of_work() as work:
        work.raw.add(given_back)
        for act in (AccusationAct.RELEASE, AccusationAct.AGREE):
            work.accusations.add(AccusationStep(document_id=given_back.id, act=act, made_by=act.value, at=clock.now()))
        work.commit()
    stages = [Ingest(COUNTY), RouteStage(FixedAccusationReader())]  # type: ignore[arg-type]

    run_stages(sqlite_store, stages, clock, batch_size=10, progress=ignore)

    with sqlite_store.reading() as work:
        assert work.routes.of(given_back.id) == (Route.OPEN, RELEASED_BY_OFFICE)
