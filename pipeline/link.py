"""Stage link: which registered household a text speaks of, how sure that is, and why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.analysis import Reading
from domain.document import Document, DocumentId
from domain.household import Household, HouseholdId
from domain.household_judgement import StandingJudgement
from domain.link import Link, LinkDecision
from domain.mention import Mentions
from domain.region import Level, RegionCode
from nlp.gazetteer import Gazetteer
from nlp.repeats import one_matter
from pipeline.linking.blocking import Lookups, lookups
from pipeline.linking.decide import VERSION, link
from pipeline.linking.facts import Facts
from pipeline.linking.judged import judged
from pipeline.stage import Stage, Step, done
from storage.standing_judgements import standing_judgements
from storage.unit_of_work import UnitOfWork

Found = dict[HouseholdId, Household]


@dataclass(frozen=True, slots=True)
class LinkItem:
    """A document with what the language stages found and the households it may mean."""

    document: Document
    reading: Reading | None
    mentions: Mentions
    candidates: Found
    name_counts: dict[str, int]
    standing: tuple[StandingJudgement, ...]
    """What people said of the text and a household."""
    judged_households: Found


@dataclass(frozen=True, slots=True)
class RegistryAnswers:
    """What the register answers to the lookups of a whole batch."""

    by_id_number: dict[str, list[HouseholdId]]
    by_phone: dict[str, list[HouseholdId]]
    by_name: dict[str, list[HouseholdId]]
    by_village: dict[RegionCode, list[HouseholdId]]
    households: Found

    def candidates(self, wanted: Lookups) -> Found:
        """The households that answer one document's lookups."""
        ids = [
            *(found for key in wanted.id_numbers for found in self.by_id_number.get(key, ())),
            *(found for key in wanted.phones for found in self.by_phone.get(key, ())),
            *(found for key in wanted.names for found in self.by_name.get(key, ())),
            *(found for key in wanted.villages for found in self.by_village[key]),
        ]
        return {household_id: self.households[household_id] for household_id in ids}


class LinkStage(Stage[LinkItem]):
    """Asks the register once a batch, then decides for each document."""

    name = "link"

    def __init__(self, registry_version: int, gazetteer: Gazetteer) -> None:
        """Link against the register as it stands; a new import makes the stage run again."""
        self._registry_version = registry_version
        self._gazetteer = gazetteer

    @property
    def version(self) -> str:
        """Version of the linking rules and of the register."""
        return f"{VERSION}+registry-{self._registry_version}"

    def load(self, work: UnitOfWork, ids: Sequence[DocumentId]) -> Sequence[tuple[DocumentId, LinkItem]]:
        """The documents with their candidates."""
        documents = [at_petitioners_village(one, self._gazetteer) for one in work.documents.many(ids)]
        found = [work.mentions.latest(document_id) for document_id in ids]
        mentions = [item.mentions if item else Mentions() for item in found]
        wanted = [lookups(document, named) for document, named in zip(documents, mentions, strict=True)]
        answers = ask(work, wanted)
        standing = standing_judgements(work, documents, one_matter)
        spoken_of = sorted({one for words in standing.values() for word in words for one in word.households})
        households = work.registry.households(spoken_of)
        return [
            (document.id, self._item(work, document, named, asked, answers, standing.get(document.id, ()), households))
            for document, named, asked in zip(documents, mentions, wanted, strict=True)
        ]

    def _item(
        self,
        work: UnitOfWork,
        document: Document,
        mentions: Mentions,
        wanted: Lookups,
        answers: RegistryAnswers,
        standing: tuple[StandingJudgement, ...],
        judged_households: Found,
    ) -> LinkItem:
        analysis = work.analyses.latest(document.id)
        return LinkItem(
            document=document,
            reading=analysis.reading if analysis else None,
            mentions=mentions,
            candidates=answers.candidates(wanted),
            name_counts={name: len(answers.by_name.get(name, ())) for name in wanted.names},
            standing=standing,
            judged_households=judged_households,
        )

    def outcome(self, item: LinkItem) -> Link:
        """The link that holds: what the scores say, and over it what people said."""
        place = Facts(document=item.document, mentions=item.mentions, reading=item.reading).village
        return judged(self.scored(item), item.standing, {**item.candidates, **item.judged_households}, place)

    def scored(self, item: LinkItem) -> Link:
        """What the scores say, whatever people said."""
        return link(item.document, item.mentions, item.reading, item.candidates, item.name_counts)

    def process(self, work: UnitOfWork, item: LinkItem, at: datetime) -> Step:
        """Append the link; every outcome goes on, for a text that names nobody may still be a lead."""
        outcome = self.outcome(item)
        work.links.add(replace(outcome, version=self.version), at)
        details = {
            LinkDecision.LINKED: "linked",
            LinkDecision.REVIEW: "to_review",
            LinkDecision.PLACE: "place_only",
            LinkDecision.NONE: "none",
        }
        return done(details[outcome.decision])


def at_petitioners_village(document: Document, gazetteer: Gazetteer) -> Document:
    """The document with the village of the petitioner's address as its division, when the address names just one."""
    found = {place.code for place in gazetteer.find(document.petitioner.address)}
    villages = {code for code in found if code.level is Level.VILLAGE}
    return replace(document, region=villages.pop()) if len(villages) == 1 else document


def ask(work: UnitOfWork, wanted: Sequence[Lookups]) -> RegistryAnswers:
    """The register's answers to all lookups at once."""
    by_id_number = work.registry.by_id_numbers(sorted({key for one in wanted for key in one.id_numbers}))
    by_phone = work.registry.by_phones(sorted({key for one in wanted for key in one.phones}))
    by_name = work.registry.by_names(sorted({key for one in wanted for key in one.names}))
    by_village = {key: work.registry.in_village(key) for key in sorted({key for one in wanted for key in one.villages})}
    tables = (by_id_number, by_phone, by_name, by_village)
    ids = {household_id for table in tables for found in table.values() for household_id in found}
    households = work.registry.households(sorted(ids))
    return RegistryAnswers(by_id_number, by_phone, by_name, by_village, households)
