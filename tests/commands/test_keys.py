"""`qianshao key` and `qianshao audit` as an operator and an auditor use them."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.deployment import make_deployment
from pipeline.health import _keys
from storage.encryption.key_file import KeyFile, load_keyring, replace_keyring
from storage.encryption.suites import Algorithm
from storage.store import open_store
from tests.commands.in_process import qianshao
from tests.end_to_end.county import ROOT, environment
from tests.factories import household, person
from tests.fakes import NOON


@pytest.fixture
def home(tmp_path: Path) -> Path:
    assert qianshao(tmp_path, "init").returncode == 0
    return tmp_path


def fill(home: Path, households: int) -> None:
    store = open_store(f"sqlite:///{home / 'qianshao.db'}", KeyFile(home / "keys" / "field.key"))
    registered = [
        household(f"1411241042{number:06d}", person(phone=f"138{number:08d}")) for number in range(households)
    ]
    with store.unit_of_work() as work:
        work.registry.import_households(registered, file="a", file_sha256="0", at=NOON)
        work.commit()
    store.close()


def found(home: Path, phone: str) -> list[str]:
    store = open_store(f"sqlite:///{home / 'qianshao.db'}", KeyFile(home / "keys" / "field.key"))
    with store.reading() as work:
        [household_id] = work.registry.by_phones([phone])[phone]
        [at_home] = work.registry.households([household_id]).values()
    store.close()
    return [one.phone for one in at_home.persons]


def test_a_key_is_changed_listed_and_retired(home: Path):
    fill(home, 3)

    changed = json.loads(qianshao(home, "key", "rotate", "--algorithm", "sm4-gcm", "--json").stdout)
    listed = [json.loads(line) for line in qianshao(home, "key", "list", "--json").stdout.splitlines()]
    retired = qianshao(home, "key", "retire", "1", "--yes")

    assert (changed["key"], changed["begun"], changed["sealed"], changed["unopened"]) == (2, True, 6, {})
    assert [(one["algorithm"], one["state"], one["values"]) for one in listed] == [
        ("aes-256-gcm", "opens", 0),
        ("sm4-gcm", "seals", 6),
    ]
    assert retired.returncode == 0
    assert found(home, "13800000002") == ["13800000002"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(("rotate", "--algorithm", "rot13"), "可用: aes-256-gcm", id="unknown algorithm"),
        pytest.param(("retire", "1", "--yes"), "正在使用", id="key in use"),
        pytest.param(("retire", "7", "--yes"), "没有编号为 7", id="unknown key"),
    ],
)
def test_what_cannot_be_is_said_in_chinese_and_changes_nothing(home: Path, arguments: tuple[str, ...], said: str):
    before = (home / "keys" / "field.key").read_bytes()

    answer = qianshao(home, "key", *arguments)

    assert answer.returncode == 2
    assert said in answer.stderr
    assert (home / "keys" / "field.key").read_bytes() == before


def test_a_first_key_is_of_the_algorithm_of_the_settings(tmp_path: Path):
    assert qianshao(tmp_path, "init", QIANSHAO_FIELD_CIPHER="sm4-gcm").returncode == 0

    [listed] = [json.loads(line) for line in qianshao(tmp_path, "key", "list", "--json").stdout.splitlines()]

    assert listed["algorithm"] == "sm4-gcm"


def test_a_lost_key_file_is_said_and_not_replaced_by_a_new_one(home: Path):
    (home / "keys" / "field.key").unlink()

    answer = qianshao(home, "init")

    assert answer.returncode == 2
    assert "谁也打不开" in answer.stderr
    assert not (home / "keys" / "field.key").exists()


def test_a_change_of_keys_that_is_killed_again_and_again_ends_whole(home: Path):
    fill(home, 4000)
    kills = 0
    for delay in (0.0, 0.15, 0.3):
        running = subprocess.Popen(
            [sys.executable, "-m", "commands", "key", "rotate"],
            env=environment(home),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while running.poll() is None and '"number": 2' not in (home / "keys" / "field.key").read_text():
            time.sleep(0.005)
        time.sleep(delay)
        running.send_signal(signal.SIGKILL)
        kills += running.wait() == -signal.SIGKILL

    ended = json.loads(qianshao(home, "key", "rotate", "--json").stdout)
    listed = [json.loads(line) for line in qianshao(home, "key", "list", "--json").stdout.splitlines()]

    assert kills
    assert ended["unopened"] == {}
    assert ended["key"] == (2 if not ended["begun"] else 3)
    assert listed[-1]["values"] == 8000
    assert [one["values"] for one in listed[:-1]] == [0] * (len(listed) - 1)
    assert found(home, "13800003999") == ["13800003999"]


def test_the_audit_log_is_verified_exported_and_verified_again_from_the_file(home: Path, tmp_path: Path):
    qianshao(home, "key", "rotate")
    exported = tmp_path / "审计.jsonl"

    assert qianshao(home, "audit", "export", str(exported)).returncode == 0
    in_database = json.loads(qianshao(home, "audit", "verify", "--json").stdout)
    in_file = json.loads(qianshao(home, "audit", "verify", "--file", str(exported), "--json").stdout)

    assert in_database["whole"]
    assert in_database["entries"] == 3
    assert in_file["head"] == in_database["head"]
    assert exported.stat().st_mode & 0o077 == 0
    acts = [json.loads(line) for line in exported.read_text(encoding="utf-8").splitlines()]
    assert [(one["action"], one["label"]) for one in acts][-1] == ("export_audit", "导出审计")
    assert all(one["label"] != one["action"] for one in acts)


def test_a_changed_export_is_found(home: Path, tmp_path: Path):
    qianshao(home, "key", "rotate")
    exported = tmp_path / "审计.jsonl"
    qianshao(home, "audit", "export", str(exported))
    exported.write_text(exported.read_text(encoding="utf-8").replace("aes-256-gcm", "rot13"), encoding="utf-8")

    answer = qianshao(home, "audit", "verify", "--file", str(exported))

    assert answer.returncode == 1
    assert "第1条断开" in answer.stderr


def test_an_anchor_that_the_log_no_longer_holds_is_found(home: Path, tmp_path: Path):
    qianshao(home, "key", "rotate")
    anchors = tmp_path / "anchors.jsonl"
    assert qianshao(home, "audit", "anchor", str(anchors)).returncode == 0
    assert qianshao(home, "audit", "verify", "--anchor", str(anchors)).returncode == 0
    forged = json.loads(anchors.read_text())
    anchors.write_text(json.dumps({**forged, "sequence": forged["sequence"] + 5}) + "\n")

    answer = qianshao(home, "audit", "verify", "--anchor", str(anchors))

    assert answer.returncode == 1
    assert "尾部被截掉" in answer.stderr


def test_a_file_that_is_no_export_says_so(home: Path, tmp_path: Path):
    wrong = tmp_path / "a.txt"
    wrong.write_text("登记表\n", encoding="utf-8")

    answer = qianshao(home, "audit", "verify", "--file", str(wrong))

    assert answer.returncode == 1
    assert "不是 qianshao audit export 导出的文件" in answer.stderr


def test_the_doctor_tells_of_a_change_that_is_not_finished_and_of_a_file_that_others_read(home: Path):
    path = home / "keys" / "field.key"
    replace_keyring(path, load_keyring(path).with_new(Algorithm.AES_256_GCM, NOON))
    unfinished = _keys(make_deployment(home=home))
    path.chmod(0o644)

    assert not unfinished.ok
    assert "key rotate" in unfinished.message
    assert "chmod 600" in _keys(make_deployment(home=home)).message


def test_a_backup_of_before_a_change_is_changed_too_and_then_finds_what_it_holds(home: Path):
    fill(home, 3)
    database = home / "qianshao.db"
    backup = database.read_bytes()
    qianshao(home, "key", "rotate")
    for path in home.glob("qianshao.db*"):
        path.unlink()
    database.write_bytes(backup)

    refused = qianshao(home, "audit", "verify")
    changed = json.loads(qianshao(home, "key", "rotate", "--json").stdout)

    assert refused.returncode == 2
    assert "qianshao key rotate" in refused.stderr
    assert (changed["key"], changed["begun"]) == (2, False)
    assert found(home, "13800000002") == ["13800000002"]
    assert qianshao(home, "audit", "verify").returncode == 0
