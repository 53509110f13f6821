"""The step to revision 0007 and back: what has to be signed again is signed again."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from domain.document import Breadcrumb, Outcome
from nlp.near_duplicates import VERSION
from storage import schema
from storage.schema import upgrade
from storage.store import Store
from tests.conftest import KEY
from tests.factories import document, raw
from tests.fakes import NOON


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
    engine = create_engine(database_url)
    with engine.begin() as connection:
        configuration = Config()
        configuration.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
        configuration.attributes["connection"] = connection
        command.downgrade(configuration, "0006")
    engine.dispose()

    upgrade(database_url, KEY)

    with store.reading() as work:
        assert [crumb.stage for crumb in work.breadcrumbs.of(text.id)] == []
