"""A county whose classifier doubts what one tells it to, with a second reader behind a loopback endpoint."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.risk import Risk
from domain.texts.analysis import Reading
from domain.texts.document import RawDocument
from domain.words.vocabulary import Factuality
from nlp.mentions import MentionFinder
from nlp.places.gazetteer import Gazetteer
from nlp.second_reader.address import Endpoint as Address
from nlp.second_reader.client import Pace, SecondReader
from nlp.second_reader.transport import IntranetTransport
from pipeline.linking.index_building import build_index
from pipeline.linking.parameters import load_parameters
from pipeline.policy.tables import load_policy
from pipeline.stages.classify import Classify
from pipeline.stages.deduplicate import Deduplicate
from pipeline.stages.doubt import Doubt
from pipeline.stages.ingest import Ingest
from pipeline.stages.judge import apply_judgements
from pipeline.stages.lead import LeadStage
from pipeline.stages.link import LinkStage
from pipeline.stages.linker import Linker, version_of
from pipeline.stages.mention import Mention
from pipeline.stages.route import RouteStage
from pipeline.stages.run import plan, run_stages
from pipeline.stages.second_read import SecondRead, SecondReadReport
from pipeline.stages.stage import Stage
from storage.store import Store
from tests.factories import COUNTY
from tests.fakes import FakeClock, FixedAccusationReader, reading
from tests.nlp.second_reader.endpoint import Endpoint

GAZETTEER = Gazetteer((), COUNTY)
FINDER = MentionFinder(GAZETTEER)


class DoubtingClassifier:
    """Is sure of everything but texts with 也许; sees illness where 病 stands, accusations where 账 stands."""

    def __init__(self, version: str = "doubting-1", *, blind: bool = False) -> None:
        self.version = version
        self._blind = blind

    def read(self, texts: Sequence[tuple[str, str]]) -> list[Reading]:
        return [self._one(title + text) for title, text in texts]

    def _one(self, content: str) -> Reading:
        sick = "病" in content and not self._blind
        found = reading(*([Risk.ILLNESS] if sick else []), text=content[:4])
        probability = 0.5 if "也许" in content else found.risk_probability
        return replace(
            found,
            model=self.version,
            risk_probability=probability,
            accusation="账" in content,
            factuality=found.factuality if found.labels else Factuality.PUBLICITY,
        )


class PassingGate:
    """Passes every article by."""

    version = "passing-1"

    def passed_by(self, contents: Sequence[str]) -> list[Reading | None]:
        return [replace(reading(), model=self.version) for _ in contents]


@dataclass
class Asking:
    """One store on its way through all stages and past the second reader."""

    store: Store
    clock: FakeClock
    endpoint: Endpoint
    classifier: DoubtingClassifier
    model: str = "qwen-test"
    gate: "PassingGate | None" = None
    timeout_seconds: float = 10.0
    """Longer than a slow machine takes to answer; less where nobody will."""

    @property
    def stages(self) -> list[Stage[object]]:
        return [
            Ingest(COUNTY),
            Deduplicate(),
            RouteStage(FixedAccusationReader()),  # type: ignore[arg-type]
            Classify(self.classifier, self.gate, frozenset({"county_news"})),  # type: ignore[arg-type]
            Mention(FINDER),
            LinkStage(
                version_of(0, load_parameters()), GAZETTEER, lambda: Linker(0, build_index([]), load_parameters())
            ),
            LeadStage(load_policy(), COUNTY),
        ]

    @property
    def asker(self) -> SecondRead:
        transport = IntranetTransport(endpoint=Address.parse(self.endpoint.url), timeout_seconds=self.timeout_seconds)
        pace = Pace(600, self.clock, lambda seconds: self.clock.move(seconds=round(seconds)))
        [classify] = [planned for planned in plan(self.stages) if planned.stage.name == "classify"]
        return SecondRead(
            store=self.store,
            reader=SecondReader(self.model, transport, pace),
            finder=FINDER,
            clock=self.clock,
            doubt=Doubt(low=0.2, high=0.8, most_characters=500),
            first_model=self.classifier.version,
            classified=classify.version,
        )

    def arrive(self, *texts: RawDocument) -> None:
        with self.store.unit_of_work() as work:
            for text in texts:
                work.raw.add(text)
            work.commit()
        self.process()

    def process(self) -> None:
        apply_judgements(self.store, self.clock)
        run_stages(self.store, self.stages, self.clock, batch_size=10, progress=ignore)

    def ask(self, most: int = 50) -> SecondReadReport:
        return self.asker.run(most, ignore)


def ignore(stage: str, count: int) -> None:
    """No progress to show."""
