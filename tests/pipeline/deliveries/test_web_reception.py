"""A deployment's reception: policy, folder and imports joined as the web pages get them."""

from pathlib import Path

import pytest

from domain.deliveries.receipt import Origin, ReceiptId, Way
from domain.deliveries.submission import Submission, SubmissionState
from domain.failures.errors import FileError
from pipeline.deployment import Deployment, make_deployment
from tests.factories import TOWN
from tests.fakes import NOON
from tests.review.receiving import register

ID = "a" * 32


@pytest.fixture
def deployment(tmp_path: Path) -> Deployment:
    made = make_deployment(home=tmp_path, default_region=TOWN.digits)
    made.prepare()
    return made


def test_what_is_handed_in_at_a_deployment_becomes_a_receipt_and_a_workbook(deployment: Deployment, tmp_path: Path):
    woken: list[bool] = []
    imports = deployment.submission_imports()
    reception = deployment.web_reception(imports, lambda: woken.append(True))
    content = register()
    reception.held.reserve(ID, "登记表.xlsx").write_bytes(content)
    submission = Submission(
        id=ID,
        origin=Origin(way=Way.UPLOAD, who="clerk"),
        region=TOWN,
        file="登记表.xlsx",
        size=len(content),
        state=SubmissionState.QUEUED,
        created_at=NOON,
        changed_at=NOON,
    )
    with deployment.store.unit_of_work() as work:
        work.submissions.add(submission)
        work.commit()

    reception.wake()
    reception.import_now(ID)

    with deployment.store.reading() as work:
        done = work.submissions.get(ID)
    assert done is not None
    assert done.receipt_id is not None
    reception.write_receipt(done.receipt_id, tmp_path / "回执.xlsx")
    assert (tmp_path / "回执.xlsx").stat().st_size > 0
    assert woken == [True]
    assert list((tmp_path / "uploads").iterdir()) == []
    assert (reception.county.digits, reception.offices.house) == ("141124", TOWN)
    assert reception.limits.records_per_call == 500


def test_a_receipt_that_does_not_exist_is_told(deployment: Deployment, tmp_path: Path):
    reception = deployment.web_reception(deployment.submission_imports(), lambda: None)

    with pytest.raises(FileError, match="没有编号"):
        reception.write_receipt(ReceiptId("0" * 16), tmp_path / "a.xlsx")


def test_purging_deletes_what_nobody_confirmed(deployment: Deployment):
    held = deployment.submission_imports().held
    held.reserve(ID, "登记表.xlsx").write_bytes(register())
    waiting = Submission(
        id=ID,
        origin=Origin(way=Way.UPLOAD, who="clerk"),
        region=TOWN,
        file="登记表.xlsx",
        size=1,
        state=SubmissionState.WAITING,
        created_at=NOON.replace(year=2020),
        changed_at=NOON.replace(year=2020),
    )
    with deployment.store.unit_of_work() as work:
        work.submissions.add(waiting)
        work.commit()

    deployment.purge(dry_run=True)
    assert held.ids() == [ID]
    deployment.purge(dry_run=False)
    assert held.ids() == []
