"""Texts on which two readers disagree, put into the small office."""

from collections.abc import Mapping
from dataclasses import replace

from domain.places.region import RegionCode
from domain.risk import Risk
from domain.texts.analysis import Analysis, Evidence, RiskLabel
from domain.texts.document import Document, Duplicate, Petitioner
from domain.texts.second_reading import Opinion, SecondReading
from domain.words.vocabulary import Factuality, Scope
from storage.store import Store
from tests.factories import TOWN, document, raw
from tests.fakes import NOON, reading
from tests.review.office import PETITIONER

PHONE = "13700000000"
REST = "，今年<b>枣</b>也没人收，手头紧得很，想请镇里来看看"
_STORY = f"他家住在沟里，老伴瘫在床上多年{REST}"
SILENT = f"{PETITIONER}来访：{_STORY}。电话{PHONE}。"
QUOTATIONS = {Risk.DISABILITY: "老伴瘫在床上多年", Risk.PRICE_FALL: "枣</b>也没人收"}


def label(content: str, risk: Risk, text: str) -> RiskLabel:
    """A category with this quotation where it stands."""
    start = content.index(text)
    return RiskLabel(risk=risk, probability=1.0, evidence=(Evidence(start=start, end=start + len(text), text=text),))


def opinion_of(content: str, *, accusation: bool = False, quotations: Mapping[Risk, str] = QUOTATIONS) -> Opinion:
    """A second reader who sees these difficulties."""
    labels = tuple(label(content, risk, text) for risk, text in quotations.items())
    return Opinion(
        labels=labels,
        scope=Scope.HOUSEHOLD,
        relocation=False,
        accusation=accusation,
        urgent=False,
        factuality=Factuality.CURRENT,
    )


def dispute(
    store: Store,
    key: str = "S",
    *,
    region: RegionCode = TOWN,
    accusation: bool = False,
    before: str = "",
    quotations: Mapping[Risk, str] = QUOTATIONS,
) -> Document:
    """A text of the region that the classifier passed over and the second reader did not."""
    text = document(key, f"{before}{SILENT}{key}", region=region, petitioner=Petitioner(name=PETITIONER, phone=PHONE))
    with store.unit_of_work() as work:
        work.raw.add(raw(key, text.text))
        work.documents.add(text)
        work.duplicates.add(Duplicate(document_id=text.id, cluster_id=text.id, similarity=1.0))
        work.analyses.add(Analysis(document_id=text.id, reading=replace(reading(), risk_probability=0.41)), NOON)
        opinion = opinion_of(text.content, accusation=accusation, quotations=quotations)
        second = SecondReading(
            document_id=text.id,
            first_model="fixed-1",
            version="qwen-test+1",
            opinion=opinion,
            agrees=False,
            at=NOON,
        )
        work.second_readings.add(second)
        work.commit()
    return text
