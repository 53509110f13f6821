"""A word on a household tells nobody of texts that they may not see, nor a village of how many texts there are."""

import pytest

from domain.leads.lead import LeadEvidence
from domain.links.household_judgement import HouseholdJudgement, HouseholdVerdict
from domain.texts.document import DocumentId, Duplicate, Petitioner
from domain.words.vocabulary import Route
from storage.store import Store
from tests.factories import TOWN, VILLAGE, document, lead, raw
from tests.fakes import NOON
from tests.review.decisions.test_household_judgements import office, say, standing, undo
from tests.review.doubtful import FIRST, PAGE, TEXTS
from tests.review.office import PETITIONER, Office

__all__ = ["office"]


def test_a_village_is_not_told_of_how_many_texts_a_word_was_said(office: Office):
    village = office.client("village")
    say(office.client("town"), "different")
    say(village)

    page = village.get(PAGE).text

    assert page.count('class="verdict same"') == 1
    assert page.count('class="verdict different"') == 1
    assert office.client("clerk").get(PAGE).text.count('class="verdict same"') == 2
    assert undo(village, standing(office)[-1].number).status_code == 303
    assert [one.judgement.judged_by for one in standing(office)] == ["town", "town"]


@pytest.mark.parametrize("name", ["village", "town", "leader"])
def test_a_word_about_a_text_that_is_restricted_now_is_told_to_nobody_below(
    sqlite_store: Store, office: Office, name: str
):
    accused = repeat_of_first(sqlite_store)
    say_of(sqlite_store, accused, HouseholdVerdict.DIFFERENT)
    assert "不是这一户</b>" in office.client("clerk").get(PAGE).text

    with office.store.unit_of_work() as work:
        work.routes.add(accused, Route.RESTRICTED, "含贪污", "2", NOON)
        work.commit()

    assert "不是这一户</b>" not in office.client(name).get(PAGE).text
    assert "不是这一户</b>" in office.client("clerk").get(PAGE).text


def test_a_village_takes_its_word_back_for_the_texts_too_that_it_sees_no_more(sqlite_store: Store, office: Office):
    village = office.client("village")
    say(village)
    hidden = standing(office)[0].judgement.document_id
    with office.store.unit_of_work() as work:
        work.routes.add(hidden, Route.RESTRICTED, "含贪污", "2", NOON)
        work.commit()

    assert undo(village, standing(office)[-1].number).status_code == 303
    assert [one for one in standing(office) if one.judgement.document_id != hidden] == []


def repeat_of_first(store: Store) -> DocumentId:
    """A text of another lead of the village that is a repeat of the first."""
    first = document("D0", TEXTS[0], region=TOWN, petitioner=Petitioner(name=PETITIONER))
    text = document("D9", TEXTS[0] + "急。", region=TOWN, petitioner=Petitioner(name=PETITIONER))
    opened = lead("repeat", region=VILLAGE, matter="repeat")
    with store.unit_of_work() as work:
        work.raw.add(raw(text.id, text.text))
        work.documents.add(text)
        work.duplicates.add(Duplicate(document_id=first.id, cluster_id=first.id, similarity=1.0))
        work.duplicates.add(Duplicate(document_id=text.id, cluster_id=first.id, similarity=0.99))
        work.leads.add(opened)
        work.leads.add_evidence(
            LeadEvidence(lead_id=opened.id, document_id=text.id, risks=opened.risks, urgent=False, added_at=NOON)
        )
        work.commit()
    return text.id


def say_of(store: Store, document_id: DocumentId, verdict: HouseholdVerdict) -> None:
    with store.unit_of_work() as work:
        [cluster] = work.duplicates.clusters([document_id]).values()
        judged = HouseholdJudgement(
            document_id=document_id,
            cluster_id=cluster,
            household_id=FIRST,
            verdict=verdict,
            judged_by="clerk",
            division=TOWN,
            register_version=2,
            judged_at=NOON,
        )
        work.household_judgements.add(judged)
        work.commit()
