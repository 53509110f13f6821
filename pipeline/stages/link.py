"""Stage link: which registered household a text speaks of, how sure that is, and why."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from domain.links.household_judgement import StandingJudgement
from domain.links.link import Link, LinkDecision
from domain.links.mention import Mentions
from domain.places.region import Level
from domain.texts.document import Document, DocumentId
from nlp.places.gazetteer import Gazetteer
from nlp.repeats.copied_letters import first_of_each_household
from pipeline.linking.facts import Facts
from pipeline.linking.judged import judged
from pipeline.stages.linker import Found, Linker
from pipeline.stages.stage import Stage, Step, done
from storage.joined.standing_judgements import standing_judgements
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class LinkItem:
    """What a document says and the households it may mean."""

    facts: Facts
    read_by: str
    """Short name of the finder and the model that read the document: another one makes another link."""
    candidates: Found
    standing: tuple[StandingJudgement, ...]
    """What people said of the text and a household."""
    judged_households: Found


class LinkStage(Stage[LinkItem]):
    """Asks the register once a batch, then decides for each document."""

    name = "link"

    def __init__(self, version: str, gazetteer: Gazetteer, load: Callable[[], Linker]) -> None:
        """Link against the register as it stands; a new import makes the stage run again.

        Args:
            version: What `Linker.version` will be.
            gazetteer: The county's places, for petitioners' addresses.
            load: Gives the linker; asked only when there is something to link.
        """
        self._version = version
        self._gazetteer = gazetteer
        self._load = load

    @property
    def version(self) -> str:
        """Version of the linking rules, of their parameters and of the register."""
        return self._version

    def again(self, place: int) -> "LinkStage":
        """The same under a version of its own, for which what was linked before that of `place` is not done."""
        return LinkStage(f"{self._version}+again-{place}", self._gazetteer, self._load)

    def load(self, work: UnitOfWork, ids: Sequence[DocumentId]) -> Sequence[tuple[DocumentId, LinkItem]]:
        """The documents with their candidates."""
        readings = [_read(work, document, self._gazetteer) for document in work.documents.many(ids)]
        facts = [self._linker.read(facts) for facts, _ in readings]
        found = self._linker.candidates(work, facts)
        standing = standing_judgements(work, [one.document for one in facts], first_of_each_household)
        spoken_of = sorted({one for words in standing.values() for word in words for one in word.households})
        households = work.registry.households(spoken_of)
        return [
            (one.document.id, LinkItem(one, read_by, own, standing.get(one.document.id, ()), households))
            for one, (_, read_by), own in zip(facts, readings, found, strict=True)
        ]

    def outcome(self, item: LinkItem) -> Link:
        """The link that holds: what the scores say, and over it what people said."""
        known = {**item.candidates, **item.judged_households}
        return judged(self.scored(item), item.standing, known, item.facts.village)

    def scored(self, item: LinkItem) -> Link:
        """What the scores say, whatever people said."""
        return self._linker.link(item.facts, item.candidates)

    def process(self, work: UnitOfWork, item: LinkItem, at: datetime) -> Step:
        """Append the link; every outcome goes on, for a text that names nobody may still be a lead."""
        outcome = self.outcome(item)
        work.links.add(replace(outcome, version=f"{self.version}+{item.read_by}"), at)
        details = {
            LinkDecision.LINKED: "linked",
            LinkDecision.REVIEW: "to_review",
            LinkDecision.PLACE: "place_only",
            LinkDecision.NONE: "none",
        }
        return done(details[outcome.decision])

    @cached_property
    def _linker(self) -> Linker:
        return self._load()


def facts_of(work: UnitOfWork, ids: Sequence[DocumentId], gazetteer: Gazetteer) -> list[Facts]:
    """What the stages before found in the documents."""
    return [_read(work, document, gazetteer)[0] for document in work.documents.many(ids)]


def _read(work: UnitOfWork, document: Document, gazetteer: Gazetteer) -> tuple[Facts, str]:
    """What was found in the document, and the short name of the finder and the model that found it."""
    mentions, analysis = work.mentions.latest(document.id), work.analyses.latest(document.id)
    names = f"{mentions.version if mentions else ''}|{analysis.reading.model if analysis else ''}"
    facts = Facts(
        document=at_petitioners_village(document, gazetteer),
        mentions=mentions.mentions if mentions else Mentions(),
        reading=analysis.reading if analysis else None,
    )
    return facts, hashlib.sha256(names.encode()).hexdigest()[:8]


def at_petitioners_village(document: Document, gazetteer: Gazetteer) -> Document:
    """The document with the village of the petitioner's address as its division, when the address names just one."""
    known = (document.region,) if document.region else ()
    found = {place.code for place in gazetteer.find(document.petitioner.address, known=known)}
    villages = {code for code in found if code.level is Level.VILLAGE}
    return replace(document, region=villages.pop()) if len(villages) == 1 else document
