"""The step to revision 0024 and back: the newest bands change their form, and every text is found as before."""

from sqlalchemy import create_engine

from domain.texts.document import DocumentId
from nlp.repeats.near_duplicates import Compared, signature
from storage.schema import upgrade
from storage.store import Store
from storage.texts.signatures import Signed
from tests.conftest import KEY
from tests.storage.steps import step_down

TEXT = "蔡家洼的小水库见了底，沟里几户人家的牛羊没有水喝，村民请求安排拉水车，再看看旧井还能不能用。"


def signed(name: str) -> Signed:
    made = signature(Compared.of(TEXT))
    return Signed(DocumentId(name), made.bands, made.values)


def test_bands_of_new_texts_are_found_after_the_step_down_and_up_again(store: Store, database_url: str):
    with store.unit_of_work() as work:
        work.signatures.add([signed("a"), signed("b")])
        before = work.signatures.count()
        work.commit()
    step_down(database_url, "0019")
    engine = create_engine(database_url)
    with engine.begin() as connection:
        moved = connection.exec_driver_sql("SELECT count(*) FROM bands").scalar()
        connection.exec_driver_sql("INSERT INTO recent_bands (band, number) SELECT band, number FROM bands")
        connection.exec_driver_sql("DELETE FROM bands")
    engine.dispose()

    upgrade(database_url, KEY)

    with store.unit_of_work() as work:
        assert work.signatures.count() == before == (2, moved)
        assert [[name for name, _ in one] for one in work.signatures.add([signed("c")])] == [["a", "b"]]
