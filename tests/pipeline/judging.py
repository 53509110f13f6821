"""A county whose scores say what one tells them to, where cadres judge households and registers are delivered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from domain.accounts.access_scope import AccessScope
from domain.counting.stage_report import StageReport
from domain.leads.lead import Decision, LeadId, LeadStatus, LeadView
from domain.links.household_judgement import HouseholdJudgement, HouseholdVerdict
from domain.links.link import Candidate, Link, LinkDecision
from domain.places.region import RegionCode
from domain.register.household import Household, HouseholdId
from domain.risk import Risk
from domain.texts.document import DocumentId, RawDocument
from nlp.mentions import MentionFinder
from nlp.places.gazetteer import Gazetteer
from pipeline.linking.index_building import build_index
from pipeline.linking.parameters import load_parameters
from pipeline.policy.tables import load_policy
from pipeline.registers.import_registry import Delivery, RegistryReceipt, import_registry
from pipeline.stages.classify import Classify
from pipeline.stages.deduplicate import Deduplicate
from pipeline.stages.ingest import Ingest
from pipeline.stages.judge_households import apply_household_judgements
from pipeline.stages.lead import LeadStage
from pipeline.stages.link import LinkItem, LinkStage
from pipeline.stages.linker import Linker, version_of
from pipeline.stages.mention import Mention
from pipeline.stages.route import RouteStage
from pipeline.stages.run import run_stages
from pipeline.stages.stage import Stage
from storage.leads.filter import LeadFilter
from storage.store import Store
from tests.factories import COUNTY, TOWN
from tests.fakes import FakeClock, FixedAccusationReader, FixedClassifier
from tests.importers.office_files import write_csv

GAZETTEER = Gazetteer((), COUNTY)
FINDER = MentionFinder(GAZETTEER)
POLICY = load_policy()
HEADER = ("户编号", "村代码", "组", "姓名", "与户主关系", "性别", "出生日期", "证件号码")


class GivenScores(LinkStage):
    """Links as the test says; each household is asked of the register as it stands."""

    def __init__(self, store: Store, scores: dict[DocumentId, Sequence[str]], name: str = "") -> None:
        with store.reading() as work:
            version = work.registry.version()
        parameters = load_parameters()
        super().__init__(
            name or version_of(version, parameters), GAZETTEER, lambda: Linker(version, build_index([]), parameters)
        )
        self._store = store
        self._scores = scores

    def scored(self, item: LinkItem) -> Link:
        document = item.facts.document
        ids = self._scores.get(document.id, ())
        with self._store.reading() as work:
            found = work.registry.households([HouseholdId(one) for one in ids])
        candidates = tuple(
            Candidate(household_id=HouseholdId(one), probability=0.99 if len(ids) == 1 else 0.4, why=("姓名相同",))
            for one in ids
            if one in found
        )
        decision = LinkDecision(("none", "linked", "review")[min(len(candidates), 2)])
        villages = {found[one.household_id].village for one in candidates}
        return Link(
            document_id=document.id,
            decision=decision,
            village=villages.pop() if len(villages) == 1 else None,
            candidates=candidates,
            version=self.version,
        )


@dataclass
class Judging:
    """One store with everything that runs over it."""

    store: Store
    clock: FakeClock
    folder: Path
    scores: dict[DocumentId, Sequence[str]] = field(default_factory=dict)
    risks: dict[str, Risk] = field(default_factory=lambda: {"病": Risk.ILLNESS, "窑": Risk.HOUSING})
    accusing: str = ""
    """What is taken for a word of an accusation."""
    model: str = "fixed-1"

    def deliver(self, *households: Household, partial: bool = False, confirmed: bool = True) -> RegistryReceipt:
        """Import a register of these households from a file."""
        rows = [
            (
                one.id,
                one.village.digits,
                one.group,
                person.name,
                person.relation.label,
                person.sex.label,
                f"{person.birth_year}-01-01" if person.birth_year else "",
                person.id_number,
            )
            for one in households
            for person in one.persons
        ]
        path = write_csv(self.folder / "台账.csv", [HEADER, *rows])
        self.clock.move(minutes=1)
        delivery = Delivery(partial=partial, confirmed=confirmed)
        return import_registry(self.store, path, self.clock, POLICY.household_register, delivery)

    def arrive(self, text: RawDocument, *scored: str) -> None:
        """Let a text come in of which the scores say these households."""
        self.scores[text.id] = scored
        with self.store.unit_of_work() as work:
            work.raw.add(text)
            work.commit()
        self.process()

    def process(self) -> StageReport:
        """One run; what became of the verdicts."""
        self.clock.move(minutes=1)
        link, lead = GivenScores(self.store, self.scores), LeadStage(POLICY, COUNTY)
        stages = [*self.stages_before_link(), link, lead]
        run_stages(self.store, stages, self.clock, batch_size=10, progress=lambda stage, count: None)
        return apply_household_judgements(self.store, link, lead, self.clock)

    def stages_before_link(self) -> list[Stage[Any]]:
        """The stages that every run begins with."""
        return [
            Ingest(COUNTY),
            Deduplicate(),
            RouteStage(FixedAccusationReader()),  # type: ignore[arg-type]
            Classify(FixedClassifier(self.risks, accusing=self.accusing, version=self.model)),  # type: ignore[arg-type]
            Mention(FINDER),
        ]

    def say(
        self,
        text: RawDocument,
        household_id: str,
        verdict: HouseholdVerdict,
        *,
        person: str = "wang",
        division: RegionCode = TOWN,
    ) -> int:
        """Store what a person says; its number."""
        with self.store.unit_of_work() as work:
            number = work.household_judgements.add(
                HouseholdJudgement(
                    document_id=text.id,
                    cluster_id=work.duplicates.cluster_of(text.id),
                    household_id=HouseholdId(household_id),
                    verdict=verdict,
                    judged_by=person,
                    division=division,
                    register_version=work.registry.version(),
                    judged_at=self.clock.now(),
                )
            )
            work.commit()
        return number

    def undo(self, number: int) -> None:
        """Take back what a person said."""
        with self.store.unit_of_work() as work:
            assert work.household_judgements.undo(number, "wang", self.clock.now())
            work.commit()

    def decide(self, lead_id: LeadId, status: LeadStatus) -> None:
        """Record what a cadre found."""
        with self.store.unit_of_work() as work:
            work.decisions.append(
                Decision(
                    lead_id=lead_id, status=status, decided_by="li", decided_at=self.clock.now(), reason="到家里看过"
                )
            )
            work.commit()

    def link_of(self, text: RawDocument) -> Link:
        """The link that holds."""
        with self.store.reading() as work:
            found = work.links.latest(text.id)
        assert found is not None
        return found

    def leads(self) -> list[LeadView]:
        """All leads, oldest first."""
        with self.store.reading() as work:
            return sorted(work.leads.feed(LeadFilter(scope=AccessScope(COUNTY))), key=lambda one: one.lead.opened_at)

    def open_leads(self) -> list[LeadView]:
        """The leads that somebody has to work on."""
        return [one for one in self.leads() if one.status in {LeadStatus.NEW, LeadStatus.ASSIGNED, LeadStatus.VISITING}]
