"""The lead's page says beside the candidates that the household may not be in the register."""

from dataclasses import replace

import pytest

from domain.leads.lead import LeadId
from domain.texts.document import DocumentId
from tests.fakes import NOON
from tests.review.decisions.test_household_judgements import office
from tests.review.doubtful import PAGE
from tests.review.office import Office

__all__ = ["office"]
LIKELY, POSSIBLE = "这一户多半不在台账里", "这一户也可能不在台账里"


def texts(office: Office) -> list[DocumentId]:
    with office.store.reading() as work:
        view = work.leads.get(LeadId("doubtful"))
        assert view is not None
        return [one.document_id for one in view.evidence]


def believe(office: Office, *absent: float | None) -> None:
    """Link each text again, with this probability that its household is not in the register."""
    with office.store.unit_of_work() as work:
        for number, (document_id, probability) in enumerate(zip(texts(office), absent, strict=True)):
            found = work.links.latest(document_id)
            assert found is not None
            work.links.add(replace(found, absent=probability, version=f"again-{number}-{probability}"), NOON)
        work.commit()


@pytest.mark.parametrize(
    ("absent", "said"),
    [
        ((0.7, 0.9), LIKELY),
        ((0.9, 0.3), POSSIBLE),
        ((0.05, 0.9), ""),
        ((0.9, None), ""),
    ],
)
def test_the_text_that_is_surest_of_its_household_counts(office: Office, absent: tuple[float, float], said: str):
    believe(office, *absent)

    for name in ("village", "town", "clerk", "leader"):
        page = office.client(name).get(PAGE).text
        assert [word for word in (LIKELY, POSSIBLE) if word in page] == ([said] if said else [])


def test_where_no_household_is_offered_nothing_is_said(office: Office):
    believe(office, 0.9, 0.9)
    with office.store.unit_of_work() as work:
        for document_id in texts(office):
            found = work.links.latest(document_id)
            assert found is not None
            far = tuple(one for one in found.candidates if one.household_id.startswith("141124104203"))
            work.links.add(replace(found, candidates=far, version="far"), NOON)
        work.commit()

    page = office.client("village").get(PAGE).text

    assert "不在台账里" not in page
    assert "另有1个候选户不在您的辖区" in page
    assert LIKELY in office.client("town").get(PAGE).text
