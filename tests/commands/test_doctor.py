"""`qianshao doctor` on what was set aside, and on a policy folder of the county's own."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from domain.clock import SystemClock
from domain.leads.planned_lead import PlannedLead
from domain.register.household import HouseholdId
from domain.register.register_change import RegisterDiff, Succession
from domain.risk import Risk
from domain.sending.notice import NoticeWay
from domain.texts.document import Breadcrumb, DocumentId, Outcome
from storage.encryption.key_file import KeyFile
from storage.store import open_store
from tests.commands.in_process import qianshao
from tests.factories import VILLAGE, household
from tests.fakes import NOON


@pytest.fixture
def home(tmp_path: Path) -> Path:
    assert qianshao(tmp_path, "init").returncode == 0
    return tmp_path


def set_aside(home: Path, *details: str) -> None:
    store = open_store(f"sqlite:///{home / 'qianshao.db'}", KeyFile(home / "keys" / "field.key"))
    crumbs = [
        Breadcrumb(
            document_id=DocumentId(f"{number:032x}"),
            stage="ingest",
            outcome=Outcome.QUARANTINED,
            detail=detail,
            version="1",
            at=NOON,
            reason=f"原因{number}",
        )
        for number, detail in enumerate(details)
    ]
    with store.unit_of_work() as work:
        work.breadcrumbs.append_many(crumbs)
        work.commit()
    store.close()


def finding(home: Path, check: str, **more: str) -> dict[str, object]:
    lines = [json.loads(line) for line in qianshao(home, "doctor", "--json", **more).stdout.splitlines()]
    [found] = [line for line in lines if line["check"] == check]
    return dict(found)


def test_what_was_set_aside_is_counted_by_reason_with_what_to_do(home: Path):
    set_aside(home, "no_text", "garbled", "no_text")

    message = str(finding(home, "隔离")["message"])

    assert "整理文本 没有正文 2条(信访件请信访办按编号在回执里找到这一行" in message
    assert "正文是乱码 1条" in message
    assert "qianshao doctor --records" in message


def test_every_record_that_was_set_aside_is_listed_with_its_reason(home: Path):
    set_aside(home, "no_text", "of_a_newer_program")

    listed = [json.loads(line) for line in qianshao(home, "doctor", "--records", "--json").stdout.splitlines()]
    table = qianshao(home, "doctor", "--records").stdout

    assert [(one["id"], one["why"], one["reason"]) for one in listed] == [
        (f"{1:032x}", "of_a_newer_program", "原因1"),
        (f"{0:032x}", "no_text", "原因0"),
    ]
    assert "原因0" in table
    assert "整理文本" in table


def test_a_policy_file_under_a_misspelt_name_is_told(home: Path):
    (home / "own").mkdir()
    (home / "own" / "retention.toml").write_text("no_lead_days = 90\n", encoding="utf-8")
    right = finding(home, "政策", QIANSHAO_POLICY=str(home / "own"))
    (home / "own" / "sourcehealth.toml").write_text("", encoding="utf-8")
    wrong = finding(home, "政策", QIANSHAO_POLICY=str(home / "own"))

    assert (right["ok"], right["message"]) == (True, "本县自己的: retention.toml; 没有写的都用随程序的")
    assert wrong["ok"] is False
    assert "sourcehealth.toml 没有读" in str(wrong["message"])


NOTICES = """
[notices.mail]
host = "127.0.0.1"
port = 9
sender = "a@county.example"
recipients = ["b@county.example"]
username = "a"
password_file = "{secret}"
[[notices.teams]]
name = "east"
region = "141124104"
roles = ["town"]
since = 2026-11-26
recipients = ["c@county.example"]
[[notices.teams]]
name = "west"
region = "141124105"
roles = ["town"]
since = 2026-11-26
recipients = ["d@county.example"]
"""


def test_a_secret_that_others_can_read_keeps_no_alarm_from_being_recorded_and_is_told(home: Path):
    secret = home / "mail.key"
    secret.write_text("invented-secret-of-a-test\n", encoding="utf-8")
    secret.chmod(0o644)
    (home / "sources").mkdir(exist_ok=True)
    (home / "sources" / "huai.yml").write_text("name: huai\n", encoding="utf-8")
    (home / "settings.toml").write_text(NOTICES.format(secret=secret), encoding="utf-8")

    told = qianshao(home, "source", "health", "--notify")
    teams = qianshao(home, "outgoing", "notify")
    wrong = finding(home, "通知")
    secret.chmod(0o600)

    assert (told.returncode, f"邮件: 密钥文件 {secret} 别人也能读" in told.stderr) == (1, True)
    assert (teams.returncode, "east 邮件: 密钥文件" in teams.stderr, "west 邮件: 密钥文件" in teams.stderr) == (
        1,
        True,
        True,
    )
    assert (wrong["ok"], "chmod 600" in str(wrong["message"])) == (False, True)
    assert finding(home, "通知")["ok"] is True
    store = open_store(f"sqlite:///{home / 'qianshao.db'}", KeyFile(home / "keys" / "field.key"))
    with store.reading() as work:
        assert [alarm.source for alarm in work.alarms.open()] == ["huai"]
        waiting = work.notices.waiting(SystemClock().now(), most_attempts=1)
    store.close()
    # It leaves when the secret can be used.
    assert {one.way for one in waiting} == {NoticeWay.MAIL}


def test_rules_of_signing_in_that_stand_in_the_policy_folder_are_read(home: Path, monkeypatch: pytest.MonkeyPatch):
    (home / "own").mkdir()
    (home / "own" / "sign_in.toml").write_text("shortest_password = 12\n", encoding="utf-8")
    monkeypatch.chdir(home)

    found = finding(home, "政策", QIANSHAO_POLICY="own", QIANSHAO_SIGN_IN=str(home / "own" / "sign_in.toml"))

    assert (found["ok"], found["message"]) == (True, "本县自己的: 没有; 没有写的都用随程序的")


def test_leads_that_wait_because_nobody_knows_the_household_are_counted_with_what_to_do(home: Path):
    assert finding(home, "登记线索")["ok"] is True
    store = open_store(f"sqlite:///{home / 'qianshao.db'}", KeyFile(home / "keys" / "field.key"))
    number = HouseholdId("1")
    planned = PlannedLead(
        id="p1",
        document_id=None,
        household_id=number,
        region=VILLAGE,
        risks=frozenset({Risk.ILLNESS}),
        register_version=0,
        planned_by="clerk",
        opens_at=NOON,
    )
    others = Succession(household_id=number, successors=(number,), clear=False, same_people=False, reason="全部换了")
    with store.unit_of_work() as work:
        version = work.registry.import_households([household("1")], file="a", file_sha256="0", at=NOON).version
        work.register_history.add(version, replace(RegisterDiff.empty(), successions=(others,)))
        work.planned_leads.add(planned)
        work.commit()

    found = finding(home, "登记线索")
    assert found["ok"] is False
    assert "1条登记的线索" in str(found["message"])
    with store.unit_of_work() as work:
        work.planned_leads.settle(planned, NOON)
        work.commit()
    store.close()
    assert finding(home, "登记线索")["ok"] is True
