"""Runs petitions of people who come again through the stage that opens leads, where the register knows no household.

What the earlier stages would say is given: the village and one risk of each text. Measured is only whether a text joins
the lead of its own person.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from benchmarks.near_duplicates.measure import BATCH, COUNTY, Measured, deduplicate, raw_of
from benchmarks.near_duplicates.texts import Text
from domain.links.link import Link, LinkDecision
from domain.places.region import RegionCode
from domain.texts.analysis import Analysis, Evidence, Reading, RiskLabel
from domain.texts.document import DocumentId
from domain.words.vocabulary import Factuality, Scope
from pipeline.policy.tables import load_policy
from pipeline.stages.lead import LeadStage
from storage.store import Store
from storage.unit_of_work import UnitOfWork

_AT = datetime(2026, 2, 1, tzinfo=UTC)


def by_lead(store: Store, texts: Sequence[Text]) -> Measured:
    """The stream batch by batch; a text has joined the texts of the lead that it became evidence of."""
    stage, ids = LeadStage(load_policy(), COUNTY), list[DocumentId]()
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        raws = [raw_of(start + place, text) for place, text in enumerate(batch)]
        deduplicate(store, raws)
        ids += [raw.id for raw in raws]
        with store.unit_of_work() as work:
            for raw, text in zip(raws, batch, strict=True):
                _read(work, raw.id, text)
            for _, item in stage.load(work, [raw.id for raw in raws]):
                stage.process(work, item, _AT)
            work.commit()
    measured = Measured()
    with store.reading() as work:
        leads = [work.leads.of_document(one)[0] for one in ids]
    first = {lead: position for position, lead in reversed(list(enumerate(leads)))}
    measured.count(texts, [first[lead] for lead in leads])
    return measured


def _read(work: UnitOfWork, document_id: DocumentId, text: Text) -> None:
    label = RiskLabel(risk=text.risk, probability=0.9, evidence=(Evidence(start=0, end=4, text=text.text[:4]),))
    found = Reading(
        risk_probability=0.9,
        labels=(label,),
        scope=Scope.HOUSEHOLD,
        relocation=False,
        accusation=False,
        urgent=False,
        factuality=Factuality.CURRENT,
        groups=(),
        model="given",
    )
    work.analyses.add(Analysis(document_id=document_id, reading=found), _AT)
    village = RegionCode(f"{COUNTY.digits}104{201 + text.village}")
    link = Link(document_id=document_id, decision=LinkDecision.PLACE, village=village, candidates=(), version="given")
    work.links.add(link, _AT)
