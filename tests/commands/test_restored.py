"""A backup put back: nothing that was shut since comes to life again; it is settled before anybody works with it."""

import json
import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from commands.journal_keeper import JournalKeeper
from commands.web import serve_pages
from domain.accounts.account import Account, AuditEntry
from domain.accounts.sign_in import OpenSession, SessionStage
from domain.failures.errors import FileError, MigrationNeeded
from domain.words.vocabulary import Role
from pipeline.deployment import make_deployment
from pipeline.upkeep.access_journal import AccessJournal, read_acts
from storage.encryption.key_file import KeyFile
from storage.store import Store, open_store
from tests.commands.in_process import qianshao
from tests.factories import TOWN, VILLAGE
from tests.fakes import NOON

NAMES = ("wang", "li", "zhao", "qian", "sun", "zhou", "wu")


def store_of(home: Path) -> Store:
    return open_store(f"sqlite:///{home / 'qianshao.db'}", KeyFile(home / "keys" / "field.key"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Seven accounts, two keys and an open session, of which a backup was made."""
    assert qianshao(tmp_path, "init").returncode == 0
    store = store_of(tmp_path)
    with store.unit_of_work() as work:
        for name in NAMES:
            account = Account(
                username=name,
                display_name="庞有田",
                role=Role.TOWN,
                region=TOWN,
                password_hash="$argon2id$of-the-backup",
                created_at=NOON,
            )
            work.accounts.add(account)
            work.credentials.offer_secret(name, "ABC234")
            work.credentials.accept_secret(name, 1, NOON)
            work.credentials.set_recovery_codes(name, ["one", "two"])
            work.reader_tokens.add(f"reader-{name}", name, f"hash-{name}", NOON)
        session = OpenSession(
            id="s",
            username="wang",
            stage=SessionStage.OPEN,
            opened_at=NOON,
            last_seen=NOON,
            address="10.0.0.1",
            device="",
        )
        work.open_sessions.add("hash", session)
        work.commit()
    store.close()
    for name in ("平台一", "平台二"):
        key = ("account", "key", "create", name, "--region", "141124", "--scope", "submit_petitions")
        made = qianshao(tmp_path, *key)
        assert made.returncode == 0, made.stderr
    backup(tmp_path)
    return tmp_path


def backup(home: Path) -> None:
    source, copy = sqlite3.connect(home / "qianshao.db"), sqlite3.connect(home / "copy.db")
    source.backup(copy)
    for one in (source, copy):
        one.close()


def put_back(home: Path) -> None:
    for path in home.glob("qianshao.db*"):
        path.unlink()
    shutil.copyfile(home / "copy.db", home / "qianshao.db")


def key_ids(home: Path) -> list[str]:
    store = store_of(home)
    with store.reading() as work:
        found = [one.id for one in work.api_keys.all()]
    store.close()
    return found


def live_on(home: Path) -> None:
    """What was done after the backup: everything that can be shut."""
    for name in ("wang", "wu"):
        assert qianshao(home, "account", "disable", name).returncode == 0
    qianshao(home, "account", "enable", "wu")
    qianshao(home, "account", "reset", "li")
    qianshao(home, "account", "reset-second-factor", "zhao")
    qianshao(home, "account", "place", "qian", "--role", "village", "--region", VILLAGE.digits)
    qianshao(home, "account", "add", "feng", "--role", "town", "--region", "141124104", "--name", "李四四")
    qianshao(home, "account", "key", "revoke", key_ids(home)[0])
    store = store_of(home)
    with store.unit_of_work() as work:
        for entry in (
            AuditEntry(at=NOON, actor="sun", action="sign_in", subject="10.0.0.1", detail="recovery_code"),
            AuditEntry(at=NOON, actor="zhou", action="revoke_reader", subject="reader-zhou"),
        ):
            work.audit.append(entry)
        work.commit()
    store.close()
    deployment = make_deployment(home=home)
    AccessJournal(home).keep(deployment.store, deployment.clock.now())
    deployment.store.close()


def settled(home: Path, *options: str) -> dict[str, object]:
    answer = qianshao(home, "db", "restored", "--json", *options)
    assert answer.returncode == 0, answer.stderr
    found: dict[str, object] = json.loads(answer.stdout)
    return found


def check_shut(home: Path, done: dict[str, object]) -> None:
    assert done["shut"] == ["wang"]
    assert done["new_password"] == ["li", "zhao"]
    assert done["moved"] == ["qian"]
    assert done["sessions"] == 1
    assert done["to_open"] == ["账号 feng"]
    assert done["keys"] == key_ids(home)[:1]
    store = store_of(home)
    with store.reading() as work:
        accounts = {one.username: one for one in work.accounts.all()}
        assert [name for name in NAMES if accounts[name].disabled] == ["wang"]
        assert [name for name in NAMES if accounts[name].password_hash != "$argon2id$of-the-backup"] == ["li", "zhao"]
        assert (accounts["qian"].role, accounts["qian"].region) == (Role.VILLAGE, VILLAGE)
        assert work.credentials.secret("zhao") is None
        assert [name for name in NAMES if not work.credentials.count_recovery_codes(name)] == ["zhao", "sun"]
        readers = [name for name in NAMES if not work.reader_tokens.of_account(name)]
        assert readers == ["wang", "li", "zhao", "qian", "zhou"]
        assert all(not work.open_sessions.of(name) for name in NAMES)
        assert [one.revoked_at is None for one in work.api_keys.all()] == [False, True]
        assert work.audit.verify() is None
    store.close()


def test_what_was_shut_since_is_shut_again_and_all_sign_in_anew(home: Path):
    live_on(home)
    put_back(home)

    check_shut(home, settled(home))


def test_a_backup_of_before_a_change_of_keys_is_led_on_and_settled_all_the_same(home: Path):
    live_on(home)
    assert qianshao(home, "key", "rotate").returncode == 0
    put_back(home)

    refused = qianshao(home, "db", "restored")
    assert refused.returncode == 2
    assert "qianshao key rotate" in refused.stderr
    assert qianshao(home, "key", "rotate").returncode == 0
    assert "qianshao db restored" in qianshao(home, "account", "enable", "wang").stderr
    check_shut(home, settled(home))


def test_a_machine_that_is_gone_is_replaced_by_the_exported_log(home: Path, tmp_path_factory: pytest.TempPathFactory):
    live_on(home)
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "audit.jsonl"
    qianshao(home, "audit", "export", str(elsewhere))
    put_back(home)
    for path in home.glob("access-journal*"):
        path.unlink()

    assert qianshao(home, "db", "restored").returncode == 2
    check_shut(home, settled(home, "--audit", str(elsewhere)))


def test_what_was_made_since_is_told_unless_it_was_shut_again(home: Path):
    made = {}
    for name in ("平台三", "平台四"):
        before = set(key_ids(home))
        qianshao(home, "account", "key", "create", name, "--region", "141124", "--scope", "submit_petitions")
        [made[name]] = set(key_ids(home)) - before
    qianshao(home, "account", "key", "revoke", made["平台三"])
    for name in ("feng", "shen"):
        qianshao(home, "account", "add", name, "--role", "town", "--region", "141124104", "--name", "李四四")
    for act in ("disable", "reset"):
        assert qianshao(home, "account", act, "shen").returncode == 0
    put_back(home)

    answer = qianshao(home, "db", "restored")

    assert f"还需要的请重新办理: 接口密钥 {made['平台四']}、账号 feng\n" in answer.stderr
    assert "shen" not in answer.stderr
    assert made["平台三"] not in answer.stderr


def test_where_nothing_is_known_everything_is_shut_until_somebody_confirms_it(home: Path):
    live_on(home)
    put_back(home)
    for path in home.glob("access-journal*"):
        path.unlink()
    refused = qianshao(home, "db", "restored")
    assert (refused.returncode, "--unknown" in refused.stderr) == (2, True)

    done = settled(home, "--unknown")

    assert done["shut"] == sorted(NAMES)
    assert done["keys"] == sorted(key_ids(home))
    assert done["known_to"] is None
    store = store_of(home)
    with store.reading() as work:
        assert all(one.disabled for one in work.accounts.all())
        assert not any(work.reader_tokens.of_account(name) for name in NAMES)
    store.close()
    assert qianshao(home, "account", "enable", "wang", "li").returncode == 0


def test_nothing_is_served_or_changed_over_a_backup_that_nobody_settled(home: Path):
    live_on(home)
    put_back(home)
    deployment = make_deployment(home=home)

    with pytest.raises(MigrationNeeded, match="db restored"):
        serve_pages(deployment, host="127.0.0.1", port=0)
    deployment.store.close()
    new = ("add", "x1", "--role", "town", "--region", "141124104")
    for command in (("enable", "wang"), new, ("key", "revoke", "1")):
        refused = qianshao(home, "account", *command)
        assert (refused.returncode, "db restored" in refused.stderr) == (2, True), command
    settled(home)
    assert qianshao(home, "account", "unlock", "li").returncode == 0


def test_a_database_that_goes_back_while_it_is_served_ends_the_service(home: Path):
    live_on(home)
    deployment = make_deployment(home=home)
    ended: list[bool] = []
    keeper = JournalKeeper(deployment, lambda: ended.append(True), every=0.01)
    keeper.start()
    keeper.stop()
    assert not ended
    deployment.store.close()
    put_back(home)

    keeper = JournalKeeper(make_deployment(home=home), lambda: ended.append(True), every=0.01)
    keeper.start()
    keeper.stop()

    assert ended


def test_another_machine_takes_the_settled_database_for_good(home: Path, tmp_path_factory: pytest.TempPathFactory):
    live_on(home)
    other = AccessJournal(tmp_path_factory.mktemp("other"))
    store = store_of(home)
    other.keep(store, NOON)
    store.close()
    put_back(home)
    store = store_of(home)
    with pytest.raises(MigrationNeeded):
        other.keep(store, NOON + timedelta(days=9999))
    settled(home)

    other.keep(store, NOON + timedelta(days=9999))

    seen = other.seen()
    assert seen is not None
    with store.reading() as work:
        assert seen.anchor == work.audit.head()
    store.close()


def test_a_record_of_another_database_or_a_changed_one_is_refused(home: Path):
    live_on(home)
    exported = home / "audit.jsonl"
    qianshao(home, "audit", "export", str(exported))
    put_back(home)
    lines = exported.read_text(encoding="utf-8").splitlines()
    changed = home / "changed.jsonl"
    changed.write_text("\n".join([*lines[:-1], lines[-1].replace('"actor": "', '"actor": "x')]), encoding="utf-8")
    stranger = home / "stranger"
    qianshao(stranger, "init")
    qianshao(stranger, "account", "add", "boss", "--role", "admin", "--region", "141124")

    assert "被改动过" in qianshao(home, "db", "restored", "--audit", str(changed)).stderr
    refused = qianshao(home, "db", "restored", "--audit", str(stranger / "access-journal.jsonl"))
    assert "不是这个数据库的" in refused.stderr
    with pytest.raises(FileError):
        read_acts(home / "qianshao.db")


def test_the_journal_holds_no_word_of_a_text_and_is_its_owners(home: Path):
    live_on(home)

    path = home / "access-journal.jsonl"
    assert path.stat().st_mode & 0o077 == 0
    assert {one.entry.action for one in read_acts(path)} <= {
        "create_account",
        "disable_account",
        "enable_account",
        "reset_password",
        "reset_second_factor",
        "change_role",
        "create_key",
        "revoke_key",
        "revoke_reader",
        "sign_in",
    }
