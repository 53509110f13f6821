"""The step to revision 0019 and back: registers through the web, and numbers that come later."""

from dataclasses import replace

from domain.deliveries.receipt import RowOutcome
from domain.deliveries.submission import SubmissionKind
from storage.schema import upgrade
from storage.store import Store
from tests.conftest import KEY
from tests.storage.deliveries.test_intake import numbered, take, unnumbered
from tests.storage.deliveries.test_submissions import submission
from tests.storage.steps import step_down


def test_on_the_way_back_petitions_stay_and_registers_go(store: Store, database_url: str):
    with store.unit_of_work() as work:
        work.submissions.add(submission("a"))
        work.submissions.add(replace(submission("b"), kind=SubmissionKind.REGISTER))
        work.commit()
    take(store, unnumbered())
    take(store, numbered())

    step_down(database_url, "0012")
    upgrade(database_url, KEY)

    with store.reading() as work:
        petitions, register = work.submissions.get("a"), work.submissions.get("b")
        assert work.raw.count() == 2
    assert petitions is not None
    assert petitions.kind is SubmissionKind.PETITIONS
    assert register is None
    assert take(store, unnumbered())[0].outcome is RowOutcome.DUPLICATE
