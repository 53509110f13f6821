"""`qianshao db backup` and `db restore`: a copy that is whole, put back over nobody's head."""

import gc
import json
import os
import resource
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from domain.accounts.account import AuditEntry
from domain.clock import SystemClock
from pipeline.deployment import make_deployment
from pipeline.upkeep.database_copies import CopyKind, copies_due, kind_of_copy
from scheduler import LEASE
from storage.copies import postgres as postgres_copy
from storage.copies.file_writing import NewFile
from storage.encryption.key_file import KeyFile
from storage.store import Store, open_store
from tests.commands import in_process
from tests.databases import POSTGRES_PROGRAMS, PostgresServer
from tests.end_to_end.county import ROOT, environment
from tests.fakes import NOON


@pytest.fixture(scope="module", autouse=True)
def _nothing_of_other_tests_is_collected() -> None:
    """What the tests before left in memory is not looked through at every command: that took most of the time."""
    gc.collect()
    gc.freeze()


def qianshao(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one command; connections that it leaves to the end of its process are closed, as that would."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        done = in_process.qianshao(home, *arguments)
        gc.collect()
    return done


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def home(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A deployment with one account, once for each kind of database."""
    home = tmp_path / "home"
    home.mkdir()
    if request.param == "sqlite":
        yield started(home)
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    monkeypatch.setenv("PATH", f"{POSTGRES_PROGRAMS}{os.pathsep}{os.environ['PATH']}")
    with server.database(empty=True) as url:
        (home / "settings.toml").write_text(f'database_url = "{url}"\n', encoding="utf-8")
        yield started(home)


@pytest.fixture
def embedded(tmp_path: Path) -> Path:
    """A deployment with one account on SQLite."""
    home = tmp_path / "home"
    home.mkdir()
    return started(home)


def started(home: Path) -> Path:
    assert qianshao(home, "init").returncode == 0
    add(home, "wang")
    return home


def add(home: Path, name: str) -> None:
    given = ("--role", "town", "--region", "141124104", "--name", "李四四")
    made = qianshao(home, "account", "add", name, *given)
    assert made.returncode == 0, made.stderr


def accounts(home: Path) -> set[str]:
    store = opened(home)
    with store.reading() as work:
        found = {one.username for one in work.accounts.all()}
    store.close()
    return found


def opened(home: Path) -> Store:
    deployment = make_deployment(home=home)
    return open_store(deployment.settings.url, KeyFile(deployment.settings.key_path))


def backed_up(home: Path, *options: str) -> Path:
    made = qianshao(home, "db", "backup", "--json", *options)
    assert made.returncode == 0, made.stderr
    return Path(json.loads(made.stdout)["file"])


def restored(home: Path, copy: Path) -> dict[str, object]:
    done = qianshao(home, "db", "restore", str(copy), "--yes", "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_what_was_taken_in_since_the_copy_is_gone_and_kept_beside_it(home: Path):
    copy = backed_up(home)
    add(home, "li")

    done = restored(home, copy)

    assert accounts(home) == {"wang"}
    assert done["next"] == ["db restored"]
    assert "db restored" in qianshao(home, "account", "disable", "wang").stderr
    settled = qianshao(home, "db", "restored")
    assert (settled.returncode, "账号 li" in settled.stderr) == (0, True)
    restored(home, Path(str(done["kept"])))
    assert accounts(home) == {"wang", "li"}


def test_a_copy_is_its_owners_alone_recognised_by_the_retention_and_says_that_the_key_is_not_in_it(home: Path):
    made = qianshao(home, "db", "backup")

    [copy] = (home / "backups").iterdir()
    assert copy.stat().st_mode & 0o777 == 0o600
    assert kind_of_copy(copy) in {CopyKind.SQLITE_FILE, CopyKind.POSTGRES_CUSTOM}
    assert str(copy) in made.stderr
    assert "MiB" in made.stderr
    assert str(home / "keys" / "field.key") in made.stderr
    assert (home / "keys" / "field.key").read_bytes()[20:60] not in copy.read_bytes()
    os.utime(copy, (0, 0))
    assert copies_due(home / "backups", NOON) == []
    second = backed_up(home)
    assert copies_due(home / "backups", NOON) == [copy]
    assert second != copy


def test_nothing_is_overwritten_and_a_folder_takes_a_name_of_its_own(home: Path, tmp_path: Path):
    there = tmp_path / "there.db"
    there.write_text("mine", encoding="utf-8")

    refused = qianshao(home, "db", "backup", "--to", str(there))

    assert (refused.returncode, "不会覆盖" in refused.stderr) == (2, True)
    assert there.read_text(encoding="utf-8") == "mine"
    assert backed_up(home, "--to", str(tmp_path)).parent == tmp_path
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []
    assert qianshao(home, "db", "backup", "--to", str(tmp_path / "no" / "x.db")).returncode == 1


def test_a_copy_is_one_moment_while_somebody_writes(home: Path):
    store, stop = opened(home), threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            with store.unit_of_work() as work:
                for act in ("sign_in", "sign_out"):
                    entry = AuditEntry(at=NOON, actor=f"a{number}", action=act, subject="x", detail="y" * 2000)
                    work.audit.append(entry)
                work.commit()
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copies = [backed_up(home) for _ in range(4)]
    finally:
        stop.set()
        writer.join()
        store.close()

    for copy in (copies[0], copies[-1]):
        restored(home, copy)
        store = opened(home)
        with store.reading() as work:
            assert work.audit.verify() is None
            acts = [one.entry.action for one in work.audit.acts({"sign_in", "sign_out"}, after=0)]
        store.close()
        assert acts.count("sign_in") == acts.count("sign_out")


def test_nothing_is_put_back_while_a_scheduler_owns_the_database(home: Path):
    copy = backed_up(home)
    store, now = opened(home), SystemClock().now()
    with store.unit_of_work() as work:
        work.leases.acquire(LEASE, "elsewhere/1", now=now, seconds=90)
        work.commit()
    store.close()
    add(home, "li")

    refused = qianshao(home, "db", "restore", str(copy), "--yes")

    assert (refused.returncode, "定时任务" in refused.stderr) == (2, True)
    assert accounts(home) == {"wang", "li"}
    store = opened(home)
    with store.unit_of_work() as work:
        work.leases.acquire(LEASE, "elsewhere/1", now=now - timedelta(seconds=200), seconds=90)
        work.commit()
    store.close()
    restored(home, copy)
    assert accounts(home) == {"wang"}


def test_nothing_is_put_back_while_the_pages_are_served(home: Path):
    copy = backed_up(home)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serving = subprocess.Popen(
        [sys.executable, "-m", "commands", "serve", "--port", str(port)],
        env=environment(home),
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert serving.stderr is not None
    try:
        while "首次" not in (line := serving.stderr.readline()) and "网页地址" not in line:
            assert line, "the pages were not served"
        refused = qianshao(home, "db", "restore", str(copy), "--yes")
    finally:
        serving.terminate()
        serving.communicate()

    assert (refused.returncode, "还有程序连着数据库" in refused.stderr) == (2, True), refused.stderr
    assert [one.name for one in (home / "backups").iterdir()] == [copy.name]
    restored(home, copy)


def test_without_a_terminal_the_command_wants_to_be_told_that_it_is_meant(home: Path):
    copy = backed_up(home)

    refused = qianshao(home, "db", "restore", str(copy))

    assert (refused.returncode, "--yes" in refused.stderr) == (2, True)


def test_a_copy_that_is_cut_off_is_refused_before_anything_is_touched(home: Path):
    copy = backed_up(home)
    content = copy.read_bytes()
    for size in (0, 50, len(content) // 2, len(content) - 4096):
        copy.write_bytes(content[:size])

        refused = qianshao(home, "db", "restore", str(copy), "--yes")

        assert refused.returncode == 2, (size, refused.stderr)
        assert "错误" in refused.stderr
    assert qianshao(home, "db", "restore", str(home / "none"), "--yes").returncode == 2
    assert accounts(home) == {"wang"}
    assert [one.name for one in (home / "backups").iterdir()] == [copy.name]


def test_a_copy_of_another_key_is_refused_before_anything_is_touched(home: Path, tmp_path: Path):
    copy, other = backed_up(home), tmp_path / "other"
    other.mkdir()
    (home / "keys" / "field.key").rename(home / "keys" / "old.key")
    qianshao(other, "init")
    (home / "keys" / "field.key").write_bytes((other / "keys" / "field.key").read_bytes())

    refused = qianshao(home, "db", "restore", str(copy), "--yes")

    assert (refused.returncode, "密钥" in refused.stderr) == (2, True)
    (home / "keys" / "old.key").replace(home / "keys" / "field.key")
    assert accounts(home) == {"wang"}


def test_a_copy_of_before_a_change_of_keys_asks_for_it(home: Path):
    copy = backed_up(home)
    assert qianshao(home, "key", "rotate").returncode == 0

    done = restored(home, copy)

    assert done["next"] == ["key rotate", "db restored"]


def test_whatever_happened_since_the_next_step_is_named_and_where_the_rest_lies(home: Path):
    copy = backed_up(home)

    done = qianshao(home, "db", "restore", str(copy), "--yes")

    [kept] = (one for one in (home / "backups").iterdir() if "before-restore" in one.name)
    assert (done.returncode, "下一步: qianshao db restored" in done.stderr) == (0, True)
    assert f"都不在里面, 在另存的 {kept} 里" in done.stderr


@pytest.mark.parametrize(
    ("name", "words"), [("access-journal.head", "access-journal.jsonl 留在原处"), ("access-journal.jsonl", "--audit")]
)
def test_a_journal_that_cannot_be_read_is_found_before_anything_is_touched(home: Path, name: str, words: str):
    copy = backed_up(home)
    add(home, "li")
    for damaged in (b"", b"{half") if name.endswith("head") else (b"{half",):
        (home / name).write_bytes(damaged)

        refused = qianshao(home, "db", "restore", str(copy), "--yes")

        assert (refused.returncode, words in refused.stderr) == (2, True), refused.stderr
    assert accounts(home) == {"wang", "li"}
    assert list((home / "backups").iterdir()) == [copy]


def test_a_journal_without_its_head_still_knows_that_the_database_has_gone_back(embedded: Path):
    copy = backed_up(embedded)
    assert qianshao(embedded, "account", "disable", "wang").returncode == 0
    (embedded / "access-journal.head").unlink()
    (embedded / "qianshao.db").write_bytes(b"damaged beyond reading")

    restored(embedded, copy)

    assert "db restored" in qianshao(embedded, "account", "enable", "wang").stderr
    assert json.loads(qianshao(embedded, "db", "restored", "--json").stdout)["shut"] == ["wang"]


def test_what_was_done_since_the_journal_was_last_kept_is_written_down_first(home: Path):
    copy = backed_up(home)
    store = opened(home)
    with store.unit_of_work() as work:
        work.accounts.set_disabled("wang", disabled=True)
        work.audit.append(AuditEntry(at=NOON, actor="boss", action="disable_account", subject="wang"))
        work.commit()
    store.close()

    restored(home, copy)

    assert json.loads(qianshao(home, "db", "restored", "--json").stdout)["shut"] == ["wang"]


def test_a_machine_without_a_database_takes_a_copy(embedded: Path, tmp_path: Path):
    copy, other = backed_up(embedded), tmp_path / "other"
    (other / "keys").mkdir(parents=True)
    (other / "keys" / "field.key").write_bytes((embedded / "keys" / "field.key").read_bytes())

    done = restored(other, copy)

    assert (done["kept"], done["next"]) == (None, ["db restored"])
    assert accounts(other) == {"wang"}
    assert qianshao(other, "db", "restored", "--unknown").returncode == 0


@pytest.mark.parametrize(("start", "end"), [(0, 100), (100, 4096), (4096, 900_000)])
def test_a_database_that_is_damaged_is_kept_as_it_is_and_replaced(embedded: Path, start: int, end: int):
    copy, database = backed_up(embedded), embedded / "qianshao.db"
    content = database.read_bytes()
    damaged = content[:start] + b"\xa5" * (end - start) + content[end:]
    database.write_bytes(damaged)
    database.chmod(0o660)

    done = restored(embedded, copy)

    assert Path(str(done["kept"])).read_bytes() == damaged
    assert stat.S_IMODE(database.stat().st_mode) == 0o660
    assert done["next"] == ["db restored"]
    assert accounts(embedded) == {"wang"}


def test_a_copy_by_hand_is_taken_too_and_one_with_its_log_beside_it_is_not(embedded: Path, tmp_path: Path):
    by_hand = tmp_path / "按手 #1?.db"
    source, target = sqlite3.connect(embedded / "qianshao.db"), sqlite3.connect(by_hand)
    source.backup(target)
    source.close()
    target.close()
    add(embedded, "li")

    (tmp_path / f"{by_hand.name}-wal").write_bytes(b"rest")
    assert ".backup" in qianshao(embedded, "db", "restore", str(by_hand), "--yes").stderr
    (tmp_path / f"{by_hand.name}-wal").unlink()
    restored(embedded, by_hand)

    assert accounts(embedded) == {"wang"}
    assert sorted(one.name for one in embedded.glob("qianshao.db-*")) == []
    assert qianshao(embedded, "db", "restore", str(embedded / "qianshao.db"), "--yes").returncode == 2


def test_a_file_of_another_program_an_empty_one_and_a_newer_one_are_refused(embedded: Path, tmp_path: Path):
    copy, foreign = backed_up(embedded), tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as other:
        other.execute("CREATE TABLE alembic_version (version_num TEXT)")
        other.execute("INSERT INTO alembic_version VALUES ('0001')")
    other.close()
    fresh = tmp_path / "fresh"
    qianshao(fresh, "init")
    empty = backed_up(fresh)
    with sqlite3.connect(copy) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.close()

    for path, word in ((foreign, "不是前哨"), (empty, "没有任何内容"), (copy, "比这个程序新")):
        refused = qianshao(embedded, "db", "restore", str(path), "--yes")
        assert (refused.returncode, word in refused.stderr) == (2, True), refused.stderr
    assert accounts(embedded) == {"wang"}


KILLED = """
import os, signal, sqlite3, sys
from pathlib import Path
from storage.copies import sqlite as sqlite_copy

sqlite_copy._PAGES_AT_ONCE = 5
left_at = int(sys.argv[3])

def kill(left, total):
    if left <= left_at:
        os.kill(os.getpid(), signal.SIGKILL)

with sqlite_copy.held_alone(Path(sys.argv[1])) as database:
    database.execute("PRAGMA cache_size=3")
    sqlite_copy.put_in_place(Path(sys.argv[2]), Path(sys.argv[1]), database, kill)
"""


def test_killed_while_it_is_put_back_the_old_database_is_there_whole_or_the_new_one(embedded: Path):
    copy = backed_up(embedded)
    store = opened(embedded)
    with store.unit_of_work() as work:
        for number in range(400):
            work.audit.append(AuditEntry(at=NOON, actor=f"a{number}", action="sign_in", subject="x" * 100))
        work.commit()
    store.close()
    add(embedded, "li")
    before = (embedded / "qianshao.db").read_bytes()

    for left in (60, 20, 0):
        killed = subprocess.run(
            [sys.executable, "-c", KILLED, str(embedded / "qianshao.db"), str(copy), str(left)], cwd=ROOT, check=False
        )
        assert killed.returncode == -signal.SIGKILL
        assert (embedded / "qianshao.db").read_bytes() != before, "killed before anything was written"
        assert accounts(embedded) == ({"wang", "li"} if left else {"wang"})
        with sqlite3.connect(embedded / "qianshao.db") as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        database.close()


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_killed_at_any_moment_the_database_is_whole_and_no_copy_looks_it_that_is_not(home: Path, command: str):
    copy = backed_up(home)
    add(home, "li")
    given = [str(copy), "--yes"] if command == "restore" else []
    for seconds in (0.9, 1.3, 1.7, 2.2):
        running = subprocess.Popen(
            [sys.executable, "-m", "commands", "db", command, *given],
            env=environment(home),
            cwd=ROOT,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            running.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
        assert accounts(home) in ({"wang"}, {"wang", "li"})
        for path in (home / "backups").glob("[!.]*"):
            assert kind_of_copy(path) is not None
    backed_up(home)
    assert list((home / "backups").glob(".*")) == []


def test_where_the_disk_has_too_little_room_nothing_is_begun(embedded: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("storage.copies.backup.shutil.disk_usage", lambda _: SimpleNamespace(free=10))

    refused = qianshao(embedded, "db", "backup")

    assert (refused.returncode, "磁盘只剩" in refused.stderr) == (1, True)
    assert list((embedded / "backups").iterdir()) == []


def test_a_disk_that_fills_meanwhile_leaves_no_half_copy_and_no_half_database(embedded: Path):
    copy = backed_up(embedded)
    add(embedded, "li")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (copy.stat().st_size // 2, hard))
    try:
        refused = [qianshao(embedded, "db", *given) for given in (("backup",), ("restore", str(copy), "--yes"))]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert [one.returncode for one in refused] == [1, 1], [one.stderr for one in refused]
    for one, name in zip(refused, (copy.stem[:15], "-before-restore.db"), strict=True):
        assert "文件太大" in one.stderr
        assert name in one.stderr
        assert ".part" not in one.stderr
    assert list((embedded / "backups").iterdir()) == [copy]
    assert accounts(embedded) == {"wang", "li"}


@pytest.mark.postgres
def test_without_the_clients_of_postgres_it_is_said_what_to_install(
    tmp_path: Path, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
):
    with postgres.database() as url:
        (tmp_path / "settings.toml").write_text(f'database_url = "{url}"\n', encoding="utf-8")
        monkeypatch.setenv("PATH", "")

        refused = qianshao(tmp_path, "db", "backup")

    assert (refused.returncode, "postgresql-client" in refused.stderr) == (2, True)


def test_whoever_put_the_wrong_copy_back_returns_at_once(home: Path):
    copy = backed_up(home)
    add(home, "li")

    kept = restored(home, copy)["kept"]

    restored(home, Path(str(kept)))
    assert accounts(home) == {"wang", "li"}
    assert qianshao(home, "account", "disable", "li").returncode == 0


def test_what_a_restore_put_aside_protects_no_copy_and_goes_by_its_age(home: Path):
    backed = backed_up(home)
    kept = Path(str(restored(home, backed)["kept"]))
    for path, seconds in ((backed, 0), (kept, 100)):
        os.utime(path, (seconds, seconds))

    assert copies_due(home / "backups", NOON) == [kept]


def test_a_home_a_folder_and_a_name_that_are_not_there_are_said(embedded: Path, tmp_path: Path):
    for home, given, words in (
        (tmp_path / "none", ("backup",), "QIANSHAO_HOME"),
        (tmp_path / "none", ("restore", "x", "--yes"), "QIANSHAO_HOME"),
        (embedded, ("backup", "--to", f"{tmp_path}/new/"), "请先建好"),
    ):
        refused = qianshao(home, "db", *given)
        assert (refused.returncode, words in refused.stderr) == (2, True), refused.stderr
    assert not (tmp_path / "new").exists()


def test_a_name_in_another_encoding_is_taken(embedded: Path, tmp_path: Path):
    copy = tmp_path / os.fsdecode("备份.db".encode("gbk"))
    backed_up(embedded, "--to", str(copy))
    add(embedded, "li")

    restored(embedded, copy)

    assert accounts(embedded) == {"wang"}


def test_a_database_behind_a_link_stays_behind_it(embedded: Path, tmp_path: Path):
    copy, link, elsewhere = backed_up(embedded), embedded / "qianshao.db", tmp_path / "disk" / "q.db"
    elsewhere.parent.mkdir()
    link.rename(elsewhere)
    link.symlink_to(elsewhere)
    elsewhere.write_bytes(b"damaged beyond reading")

    restored(embedded, copy)

    assert (link.is_symlink(), elsewhere.read_bytes()[:6]) == (True, b"SQLite")
    assert accounts(embedded) == {"wang"}


LOGGED = """
import os, sqlite3, sys
database = sqlite3.connect(sys.argv[1])
database.execute("PRAGMA journal_mode=WAL")
database.execute("PRAGMA wal_autocheckpoint=0")
database.execute("CREATE TABLE served (x)")
database.execute("INSERT INTO served VALUES ('only in the log')")
database.commit()
print("there", flush=True)
sys.stdin.readline()
os._exit(0)
"""


@pytest.mark.parametrize("left", ["nothing", "an empty file"])
def test_the_log_of_a_database_that_is_gone_is_kept_and_not_taken_from_who_writes_it(embedded: Path, left: str):
    copy, database, log = backed_up(embedded), embedded / "qianshao.db", embedded / "qianshao.db-wal"
    with subprocess.Popen(
        [sys.executable, "-c", LOGGED, database], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writing:
        assert writing.stdout is not None
        assert writing.stdout.readline() == "there\n"
        database.rename(embedded / "moved.db")
        if left == "an empty file":
            database.touch()
        content = log.read_bytes()
        assert "-wal" in qianshao(embedded, "db", "backup").stderr

        refused = qianshao(embedded, "db", "restore", str(copy), "--yes")

        assert (refused.returncode, "还有程序连着数据库" in refused.stderr) == (2, True), refused.stderr
        writing.communicate("\n")
    assert log.read_bytes() == content

    kept = Path(str(restored(embedded, copy)["kept"]))
    assert kept.name.endswith("-before-restore.db-wal")
    assert kept.read_bytes() == content
    assert b"only in the log" in content
    assert not log.exists()
    assert accounts(embedded) == {"wang"}
    os.utime(kept, (0, 0))
    assert kept in copies_due(embedded / "backups", NOON)


@pytest.mark.postgres
@pytest.mark.parametrize("tables", ["audit", "leases, accounts", "alembic_version", "documents"])
def test_a_database_that_lost_a_table_can_be_replaced_too(
    tmp_path: Path, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch, tables: str
):
    monkeypatch.setenv("PATH", f"{POSTGRES_PROGRAMS}{os.pathsep}{os.environ['PATH']}")
    with postgres.database(empty=True) as url:
        (tmp_path / "settings.toml").write_text(f'database_url = "{url}"\n', encoding="utf-8")
        copy = backed_up(started(tmp_path))
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text(f"DROP TABLE {tables} CASCADE"))
        engine.dispose()

        done = restored(tmp_path, copy)

        assert Path(str(done["kept"])).stat().st_size > 1000
        assert accounts(tmp_path) == {"wang"}


@pytest.mark.postgres
def test_nobody_writes_between_what_is_kept_and_what_is_put_in_its_place(
    tmp_path: Path, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", f"{POSTGRES_PROGRAMS}{os.pathsep}{os.environ['PATH']}")
    with postgres.database(empty=True) as url:
        (tmp_path / "settings.toml").write_text(f'database_url = "{url}"\n', encoding="utf-8")
        copy, write_copy, tried = backed_up(started(tmp_path)), postgres_copy.write_copy, []

        def keep(url: str, new: NewFile) -> None:
            write_copy(url, new)
            engine = create_engine(url)
            with engine.connect() as connection:
                connection.execute(text("SET lock_timeout = '200ms'"))
                with pytest.raises(OperationalError) as refused:
                    connection.execute(text("UPDATE accounts SET disabled = true"))
            tried.append(str(refused.value))
            engine.dispose()

        monkeypatch.setattr(postgres_copy, "write_copy", keep)
        restored(tmp_path, copy)

    assert ["lock timeout" in one for one in tried] == [True]
