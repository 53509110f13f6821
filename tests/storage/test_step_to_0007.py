"""The step to revision 0007 and back: what has to be signed again is signed again."""

from domain.texts.document import Breadcrumb, Outcome
from nlp.repeats.near_duplicates import VERSION
from storage.schema import upgrade
from storage.store import Store
from tests.conftest import KEY
from tests.factories import document, raw
from tests.fakes import NOON
from tests.storage.steps import step_down


def test_a_text_whose_signature_went_is_signed_again(store: Store, database_url: str):
    text = document("A")
    with store.unit_of_work() as work:
        work.raw.add(raw("A"))
        work.documents.add(text)
        work.breadcrumbs.append(
            Breadcrumb(
                document_id=text.id, stage="deduplicate", outcome=Outcome.DONE, detail="", version=VERSION, at=NOON
            )
        )
        work.commit()
    step_down(database_url, "0006")

    upgrade(database_url, KEY)

    with store.reading() as work:
        assert [crumb.stage for crumb in work.breadcrumbs.of(text.id)] == []
