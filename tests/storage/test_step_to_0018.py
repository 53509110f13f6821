"""The step to revision 0018 and back: the audit log refuses, fingerprints of households are keyed."""

from sqlalchemy import text

from domain.accounts.account import AuditEntry
from storage.register.registry import fingerprint
from storage.schema import upgrade
from storage.store import Store
from tests.conftest import KEY
from tests.factories import household
from tests.fakes import NOON
from tests.storage.steps import step_down


def test_households_of_before_are_recognised_and_the_log_goes_on(store: Store, database_url: str):
    with store.unit_of_work() as work:
        work.registry.import_households([household()], file="a", file_sha256="0", at=NOON)
        work.audit.append(AuditEntry(at=NOON, actor="wang", action="view_lead", subject="1"))
        work.commit()
    step_down(database_url, "0012")
    with store.unit_of_work() as work:
        assert not work.audit.refuses_changes()
        plain = {"plain": fingerprint(household())}
        work._connection.execute(text("UPDATE households SET content_sha256 = :plain"), plain)
        work.commit()

    upgrade(database_url, KEY)

    with store.unit_of_work() as work:
        again = work.registry.import_households([household()], file="a", file_sha256="1", at=NOON)
        work.audit.append(AuditEntry(at=NOON, actor="wang", action="view_lead", subject="2"))
        assert (again.changed, again.unchanged) == (0, 1)
        assert work.audit.check().whole
        assert work.audit.refuses_changes()
        stored = set(work._connection.scalars(text("SELECT content_sha256 FROM households")))
    assert plain["plain"] not in stored
