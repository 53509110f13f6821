"""Where everything is joined: settings in, a deployment with its store, language models and stages out."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import crawlers
from crawlers.declared import DeclaredSources, read_declared
from crawlers.source import SourceSpec, load_sources
from domain.clock import CHINA, Clock, SystemClock
from domain.coverage import CoverageLedger
from domain.errors import ConfigError
from domain.notice import NoticeWay
from domain.operation import OperationState
from domain.receipt import Origin, Receipt
from domain.region import RegionCode
from domain.source_health import SourceHealth
from domain.stage_report import StageReport
from domain.vocabulary import Channel
from nlp.accusation import load_accusation_reader
from nlp.classifier import Classifier, load_classifier
from nlp.gazetteer import Gazetteer
from nlp.mentions import MentionFinder
from nlp.second_reader.client import Pace, SecondReader
from pipeline.alarms import send_waiting, update_alarms
from pipeline.assign import assign_leads
from pipeline.classify import Classify
from pipeline.collect import collect
from pipeline.coverage import CoverageStage, coverage_ledger
from pipeline.deduplicate import Deduplicate
from pipeline.exports import CountyExports
from pipeline.import_petitions import import_petitions
from pipeline.import_submissions import SubmissionImports
from pipeline.ingest import Ingest
from pipeline.judge import apply_judgements
from pipeline.judge_households import apply_household_judgements
from pipeline.lead import LeadStage
from pipeline.link import LinkStage
from pipeline.linker import Linker, load_linker, version_of
from pipeline.linking.parameters import load_parameters
from pipeline.mailbox import clear_mail_folder
from pipeline.mention import Mention
from pipeline.news_gate import NewsGate, articles_of, news_gate
from pipeline.notice_settings import TeamSettings
from pipeline.open_planned_leads import open_planned_leads
from pipeline.operation_state import operation_state
from pipeline.people import Team, queue_for_people
from pipeline.policy.tables import Policy, load_policy
from pipeline.register_reception import RegisterReception
from pipeline.remind import remind
from pipeline.retention import Holdings, Purge, PurgeReport
from pipeline.risk_points import find_risk_points
from pipeline.route import RouteStage
from pipeline.run import Progress, beside, plan, run_one_stage, run_stage, run_stages
from pipeline.run_lock import run_lock
from pipeline.second_read import SecondRead, SecondReadReport
from pipeline.settings import Settings
from pipeline.stage import Stage
from pipeline.succession import settle_successions
from pipeline.watch import source_healths
from pipeline.web_reception import WebReception
from pipeline.webhook_settings import Endpoint, load_endpoints
from pipeline.webhooks import SendingReport, give_out, send_due
from pipeline.workflow import CountyWorkflow
from storage.held_files import HeldFiles
from storage.key_file import KeyFile, create_keyring, load_keyring
from storage.keyring import Keyring
from storage.schema import is_sealed, upgrade
from storage.store import Store, open_store
from storage.suites import ALGORITHMS

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

    def run(self, progress: Progress) -> list[StageReport]:
        """Run every stage over whatever is pending; ConfigError when another process is at it."""
        size = self.settings.batch_size
        with run_lock(self.settings.home):
            stages = self.stages()
            return [
                collect(
                    self.store,
                    self.settings.spool,
                    self._regions(),
                    self.clock,
                    batch_size=size,
                    misdeclared=self.declared.unusable,
                ),
                apply_judgements(self.store, self.clock),
                *run_stages(self.store, stages, self.clock, batch_size=size, progress=progress),
                apply_household_judgements(self.store, *_link_and_lead(stages), self.clock),
                settle_successions(self.store, self.policy, self.settings.county_code, self.clock),
                open_planned_leads(self.store, self.policy, self.clock),
                assign_leads(self.store, self.policy.routing, self.clock),
                remind(self.store, self.policy.workflow.reminders, self.settings.county_code, self.clock),
                run_stage(
                    self.store,
                    beside(CoverageStage(self.gazetteer), stages, RouteStage.name),
                    self.clock,
                    batch_size=size,
                    progress=progress,
                ),
                find_risk_points(self.store, self.policy.risk_points, self.settings.county_code, self.clock),
            ]

    def link_archive(self, progress: Progress, expect: Progress) -> StageReport:
        """Link every text whose link is older than the register, the parameters or the rules; nothing else runs.

        Each batch is a transaction: what was done before a kill stays done. ConfigError when another process is at it.
        """
        with run_lock(self.settings.home):
            return run_one_stage(
                self.store,
                self.stages(),
                LinkStage.name,
                self.clock,
                batch_size=self.settings.batch_size,
                progress=progress,
                expect=expect,
            )

    def read_again(self, progress: Progress, *, most: int | None = None) -> SecondReadReport | None:
        """Ask the second reader about doubtful texts; None when there is none.

        A lock of its own: the pipeline never waits for the second reader.
        """
        settings = self.settings.second_reader
        if settings is None:
            return None
        reader = SecondReader(settings.model, settings.transport(), Pace(settings.per_minute, self.clock, time.sleep))
        [classify] = [planned for planned in plan(self.stages()) if planned.stage.name == Classify.name]
        with run_lock(self.settings.home, "second-reader.lock"):
            asking = SecondRead(
                store=self.store,
                reader=reader,
                finder=self.mention_finder,
                clock=self.clock,
                doubt=settings.doubt,
                first_model=self.classifier.version,
                classified=classify.version,
            )
            return asking.run(settings.most_per_run if most is None else most, progress)

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

    def watch_sources(self) -> list[str]:
        """Begin and end alarms and tell the operator; a Chinese sentence for each notice that did not leave.

        A lock of its own, or two of these would send the same notice.
        """
        senders = self.settings.notices.senders(self.clock) if self.settings.notices else {}
        policy = self.policy.source_health.alarm
        with run_lock(self.settings.home, "watch.lock"):
            update_alarms(self.store, self.source_healths(), senders, now=self.clock.now(), policy=policy)
            quiet = self.policy.outgoing.people.is_quiet(self.clock.now())
            return send_waiting(self.store, senders, self.clock, policy, quiet=quiet)

    def tell_people(self) -> list[str]:
        """Tell the declared teams of their due leads; a Chinese sentence for each notice that did not leave."""
        settings = self.settings.notices
        if settings is None or not settings.teams:
            return []
        people, now, problems = self.policy.outgoing.people, self.clock.now(), []
        with run_lock(self.settings.home, "people.lock"):
            for declared in settings.teams:
                senders = settings.team_senders(declared, self.clock)
                queue_for_people(self.store, [_team(declared, tuple(senders))], now, people, settings.link)
                problems += send_waiting(
                    self.store,
                    senders,
                    self.clock,
                    self.policy.source_health.alarm,
                    receiver=declared.name,
                    quiet=people.is_quiet(now),
                )
        return problems

    def webhook_endpoints(self) -> list[Endpoint]:
        """Who is told of verified leads, as declared at this moment; ConfigError when the declaration is wrong."""
        return load_endpoints(self.settings.webhooks, self.policy.routing.departments, self.clock)

    def send_outgoing(self) -> SendingReport:
        """Tell declared receivers what they were not told yet."""
        endpoints = self.webhook_endpoints()
        give_out(self.store, endpoints, self.clock.now())
        return send_due(self.store, endpoints, self.clock, self.policy.outgoing.delivery)

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

    def _regions(self) -> dict[str, RegionCode]:
        return {name: RegionCode.parse(spec.region) for name, (_, spec) in self.sources.items()}


def _team(declared: TeamSettings, ways: tuple[NoticeWay, ...]) -> Team:
    return Team(
        name=declared.name,
        region=RegionCode(declared.region),
        roles=frozenset(declared.roles),
        ways=ways,
        since=datetime.combine(declared.since, datetime.min.time(), CHINA),
    )


def _link_and_lead(stages: Sequence[Stage[Any]]) -> tuple[LinkStage, LeadStage]:
    [link] = [stage for stage in stages if isinstance(stage, LinkStage)]
    [lead] = [stage for stage in stages if isinstance(stage, LeadStage)]
    return link, lead


def make_deployment(**given: object) -> Deployment:
    """The deployment that the environment and the home's settings describe."""
    return Deployment(Settings.load(**given), SystemClock())
