"""A lead between three households, one of them in another village, put into the small office."""

from dataclasses import replace

from domain.leads.lead import LeadEvidence
from domain.links.link import LinkDecision
from domain.register.household import HouseholdId, Relation, Sex
from domain.risk import Risk
from domain.texts.analysis import Analysis, Evidence, RiskLabel
from domain.texts.document import Document, Petitioner
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from tests.factories import OTHER_VILLAGE, TOWN, VILLAGE, document, household, lead, link, person, raw
from tests.fakes import NOON, reading
from tests.review.office import PETITIONER

FIRST, SECOND, ELSEWHERE = (
    HouseholdId("1411241042020011"),
    HouseholdId("1411241042020012"),
    HouseholdId("1411241042030013"),
)
PAGE = "/leads/doubtful"
TEXTS = ("村里有户人家老人瘫在床上，药费负担不起。", "上回说的那户人家，药费负担不起，没有人管。")

REASONS = (
    "同村、姓名相同；台账中同名2户；文中写“庞家壮”，疑为庞家庄村",
    "台账登记的健康状况与所述病情相符",
    "性别与台账相符",
    "文中说到的家人，台账中没有",
)
"""Why the texts may mean the first household; the others have an older link's reason, without a weight."""


def doubt(store: Store, *, texts: int = 1) -> list[Document]:
    """The lead's texts, all of them between the same households."""
    documents = [
        document(f"D{number}", text, region=TOWN, petitioner=Petitioner(name=PETITIONER))
        for number, text in enumerate(TEXTS[:texts])
    ]
    with store.unit_of_work() as work:
        wife = person("李乙乙", Relation.SPOUSE, sex=Sex.FEMALE, birth_year=1952, health="患有大病")
        work.registry.import_households(
            [
                household(FIRST, person("庞甲甲", birth_year=1950), wife),
                household(SECOND, person("庞丙丙", birth_year=1961)),
                household(ELSEWHERE, person("蔡丁丁", birth_year=1972, health="残疾"), village=OTHER_VILLAGE),
            ],
            file="b",
            file_sha256="0",
            at=NOON,
        )
        opened = lead("doubtful", region=VILLAGE, matter="candidates:x", risks=frozenset({Risk.ILLNESS}))
        work.leads.add(opened)
        for text in documents:
            _add_text(work, text)
            evidence = LeadEvidence(
                lead_id=opened.id, document_id=text.id, risks=opened.risks, urgent=False, added_at=NOON
            )
            work.leads.add_evidence(evidence)
        work.commit()
    return documents


def _add_text(work: UnitOfWork, text: Document) -> None:
    work.raw.add(raw(text.id, text.text))
    work.documents.add(text)
    start = text.text.index("药费")
    span = Evidence(start=start, end=start + 6, text=text.text[start : start + 6])
    label = RiskLabel(risk=Risk.ILLNESS, probability=0.9, evidence=(span,))
    found = replace(reading(Risk.ILLNESS), labels=(label,))
    work.analyses.add(Analysis(document_id=text.id, reading=found), NOON)
    found_link = link(text, LinkDecision.REVIEW, FIRST, SECOND, ELSEWHERE, village=VILLAGE)
    first, *others = found_link.candidates
    weighed = replace(first, why=REASONS, weights=(4.1, 1.6, 0.7, -1.9))
    work.links.add(replace(found_link, candidates=(weighed, *others)), NOON)
