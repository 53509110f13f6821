"""Where everything is joined: settings in, a deployment with its store, language models and stages out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import crawlers
from crawlers.declaring.declared import DeclaredSources, read_declared
from crawlers.declaring.source import SourceSpec, load_sources
from domain.clock import Clock, SystemClock
from domain.counting.operation import OperationState
from domain.deliveries.receipt import Origin, Receipt
from domain.failures.errors import ConfigError
from domain.media.coverage import CoverageLedger
from domain.media.source_health import SourceHealth
from domain.places.region import RegionCode
from domain.words.vocabulary import Channel
from nlp.classifying.accusation import load_accusation_reader
from nlp.classifying.classifier import Classifier, load_classifier
from nlp.mentions import MentionFinder
from nlp.places.gazetteer import Gazetteer
from pipeline.crawling.watch import source_healths
from pipeline.deliveries.import_petitions import import_petitions
from pipeline.deliveries.import_submissions import SubmissionImports
from pipeline.deliveries.mailbox import clear_mail_folder
from pipeline.deliveries.register_reception import RegisterReception
from pipeline.deliveries.web_reception import WebReception
from pipeline.handed_out.exports import CountyExports
from pipeline.leads.workflow import CountyWorkflow
from pipeline.linking.parameters import load_parameters
from pipeline.operation_state import operation_state
from pipeline.policy.tables import Policy, load_policy
from pipeline.run_lock import run_lock
from pipeline.settings.settings import Settings
from pipeline.settings.webhooks import Endpoint, load_endpoints
from pipeline.stages.classify import Classify
from pipeline.stages.coverage import coverage_ledger
from pipeline.stages.deduplicate import Deduplicate
from pipeline.stages.ingest import Ingest
from pipeline.stages.lead import LeadStage
from pipeline.stages.link import LinkStage
from pipeline.stages.linker import Linker, load_linker, version_of
from pipeline.stages.mention import Mention
from pipeline.stages.news_gate import NewsGate, articles_of, news_gate
from pipeline.stages.route import RouteStage
from pipeline.stages.stage import Stage
from pipeline.upkeep.retention import Holdings, Purge, PurgeReport
from storage.deliveries.held_files import HeldFiles
from storage.encryption.key_file import KeyFile, create_keyring, load_keyring
from storage.encryption.keyring import Keyring
from storage.encryption.suites import ALGORITHMS
from storage.schema import is_sealed, upgrade
from storage.store import Store, open_store

WAY = tuple(stage.name for stage in (Ingest, Deduplicate, RouteStage, Classify, Mention, LinkStage, LeadStage))
"""The stages of the way by name; purging asks how far a text came without loading any model."""


@dataclass(frozen=True)
class Deployment:
    """One county's installation; parts that are slow to load are loaded when first used."""

    settings: Settings
    clock: Clock

    @cached_property
    def store(self) -> Store:
        """The opened database; MigrationNeeded or KeyMissing when it cannot be used as it is."""
        store = open_store(self.settings.url, KeyFile(self.settings.key_path))
        store.check_schema()
        return store

    @cached_property
    def classifier(self) -> Classifier:
        """The reader of texts."""
        return load_classifier(self.settings.model)

    @cached_property
    def news_gate(self) -> NewsGate:
        """What stands before the texts of the media."""
        return news_gate(self.policy.gate, self.settings.model, self.classifier.version)

    @cached_property
    def policy(self) -> Policy:
        """The policy tables in force."""
        return load_policy(self.settings.policy)

    @cached_property
    def mention_finder(self) -> MentionFinder:
        """The finder of persons and places."""
        return MentionFinder(self.gazetteer)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The county's places as imported."""
        with self.store.reading() as work:
            return Gazetteer(work.places.all(), self.settings.county_code)

    def linker(self) -> Linker:
        """The current register, ready for linking."""
        with self.store.reading() as work:
            kept = self.store.kept_arrays(self.settings.home / "index")
            return load_linker(work, kept, load_parameters(self.settings.linking))

    @cached_property
    def declared(self) -> DeclaredSources:
        """The media that this county declared; ConfigError when a folder is missing."""
        return self._read_declared()

    @property
    def sources(self) -> dict[str, tuple[Path, SourceSpec]]:
        """Those of them that can be used, by name."""
        return self.declared.usable

    def _read_declared(self) -> DeclaredSources:
        for directory in self.settings.sources:
            if not directory.is_dir():
                raise ConfigError(f"设置 sources 里的文件夹 {directory} 不存在, 请核对 settings.toml")
        return read_declared((*self.settings.sources, self.settings.own_sources))

    @cached_property
    def shipped_sources(self) -> dict[str, tuple[Path, SourceSpec]]:
        """The media known in advance, by name; none is crawled before a county has taken it over and seen it work."""
        return load_sources(Path(crawlers.__file__).parent / "sources")

    def prepare(self) -> None:
        """Create what is missing: home, key, drop folder, database at the current schema."""
        self.settings.home.mkdir(parents=True, exist_ok=True)
        self.settings.drop_folder.mkdir(exist_ok=True)
        self.settings.spool.mkdir(exist_ok=True)
        upgrade(self.settings.url, self._keyring())

    def _keyring(self) -> Keyring:
        path = self.settings.key_path
        # Beside a database that is sealed already a new key would only hide that the right one is lost.
        if path.exists() or is_sealed(self.settings.url):
            return load_keyring(path)
        return create_keyring(path, Keyring.new(ALGORITHMS[self.settings.field_cipher], self.clock.now()))

    def stages(self) -> list[Stage[Any]]:
        """The stages in the order of the way; routing stands before anything that cadres could see."""
        with self.store.reading() as work:
            registry_version = work.registry.version()
        linking = version_of(registry_version, load_parameters(self.settings.linking))
        return [
            Ingest(self.settings.register_region),
            Deduplicate(),
            RouteStage(load_accusation_reader(self.settings.model)),
            Classify(self.classifier, self.news_gate.gate, articles_of(self.sources)),
            Mention(self.mention_finder),
            LinkStage(linking, self.gazetteer, self.linker),
            LeadStage(self.policy, self.settings.county_code),
        ]

    def source_healths(self) -> list[SourceHealth]:
        """The health of every medium as it is declared at this moment, what needs a person first.

        The files are read again: the pages ask for weeks, and somebody mends a declaration meanwhile.
        """
        return source_healths(self.store, self._read_declared(), self.policy, self.clock.now())

    def coverage(self, region: RegionCode, month: date, channels: Iterable[Channel] = tuple(Channel)) -> CoverageLedger:
        """Which sources spoke of the region's villages in the month of `month`."""
        declared, now = self._read_declared(), self.clock.now()
        return coverage_ledger(self.store, declared, region=region, month=month, now=now, channels=channels)

    def submission_imports(self) -> SubmissionImports:
        """What imports files handed in through the web."""
        settings = self.settings

        def import_file(path: Path, origin: Origin, progress: Callable[[int], None]) -> Receipt:
            return import_petitions(
                self.store,
                path,
                county=settings.county_code,
                clock=self.clock,
                origin=origin,
                progress=progress,
            )

        return SubmissionImports(
            store=self.store,
            held=HeldFiles(settings.uploads),
            clock=self.clock,
            limits=self.policy.reception.limits,
            offices=settings.known_offices,
            import_file=import_file,
            registers=self.register_reception(),
        )

    def workflow(self) -> CountyWorkflow:
        """What the pages ask of the county's rules for the way of a lead."""
        return CountyWorkflow(self.policy)

    def register_reception(self) -> RegisterReception:
        """What takes in registers that offices hand in."""
        policy = self.policy.household_register
        return RegisterReception(store=self.store, clock=self.clock, policy=policy, home=self.settings.home)

    def web_reception(self, imports: SubmissionImports, wake: Callable[[], None]) -> WebReception:
        """What the pages and the interface hand in to; `wake` is called when something was queued."""
        return WebReception(imports, self.settings.county_code, wake)

    def webhook_endpoints(self) -> list[Endpoint]:
        """Who is told of verified leads, as declared at this moment; ConfigError when the declaration is wrong."""
        return load_endpoints(self.settings.webhooks, self.policy.routing.departments, self.clock)

    @property
    def exports(self) -> CountyExports:
        """What writes ledgers and reports."""
        return CountyExports(self.store, self.clock, self.policy, self.settings)

    def operation_state(self) -> OperationState:
        """Queues, model, disk, backup, keys and second reader as they are now; no text and no name."""
        second = self.settings.second_reader
        return operation_state(
            store=self.store,
            stages=self.stages(),
            model=self.classifier.version,
            home=self.settings.home,
            backups=self.settings.backups,
            key_path=self.settings.key_path,
            second_reader=second.model if second is not None else "",
        )

    def purge(self, *, dry_run: bool) -> PurgeReport:
        """Empty or delete what the retention policy keeps no longer; ConfigError while the stages run."""
        settings = self.settings
        if not dry_run:
            self.submission_imports().tidy()
            clear_mail_folder(self.store, settings.mails)
        with run_lock(settings.home):
            holdings = Holdings(
                archive=settings.archive,
                spool=settings.spool,
                drop_folder=settings.drop_folder,
                backups=settings.backups,
            )
            purge = Purge(
                self.store,
                holdings,
                self.policy.retention,
                self.clock,
                stages=WAY,
                batch_size=settings.batch_size,
                dry_run=dry_run,
            )
            return purge.run()


def make_deployment(**given: object) -> Deployment:
    """The deployment that the environment and the home's settings describe."""
    return Deployment(Settings.load(**given), SystemClock())
