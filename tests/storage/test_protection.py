"""Keys, sensitive fields, and errors of the database itself."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from domain.failures.errors import DatabaseBusy, DatabaseFull, KeyMissing, MigrationNeeded, StorageError
from domain.risk import Risk
from domain.texts.analysis import Analysis
from domain.texts.document import Petitioner
from storage import engine as engine_module
from storage.encryption.cipher import FieldCipher
from storage.encryption.key_file import create_keyring, load_keyring
from storage.encryption.keyring import Keyring
from storage.schema import upgrade
from storage.store import Store, open_store
from tests.conftest import KEY
from tests.factories import document, household, person, raw
from tests.fakes import NOON, reading

SECRETS = ("13800000000", "141124196101010000", "尿毒症", "每周透析", "张三三")


def test_nothing_sensitive_stands_in_the_database_file(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'a.db'}"
    upgrade(url, KEY)
    store = open_store(url, KEY)
    text_with_secrets = "张三三得了尿毒症，每周透析，电话13800000000"
    petitioner = Petitioner(name="张三三", phone="13800000000", id_number="141124196101010000")
    with store.unit_of_work() as work:
        work.raw.add(raw(text=text_with_secrets, petitioner=petitioner, fields={"姓名": "张三三"}))
        work.documents.add(document(text=text_with_secrets, petitioner=petitioner))
        sick = person(id_number="141124196101010000", phone="13800000000", health="尿毒症")
        work.registry.import_households([household("1", sick)], file="a", file_sha256="0", at=NOON)
        work.analyses.add(Analysis(document_id=document().id, reading=reading(Risk.ILLNESS, text="每周透析")), NOON)
        work.commit()
    store.close()

    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    for secret in SECRETS:
        assert secret.encode() not in stored
        assert secret.encode("unicode_escape") not in stored


def test_another_key_is_noticed_before_anything_is_read(database_url: str):
    upgrade(database_url, KEY)
    store = open_store(database_url, bytes(32))

    with pytest.raises(KeyMissing, match="不是这个数据库的密钥"):
        store.check_schema()
    store.close()


def test_a_changed_field_is_noticed():
    cipher = FieldCipher(KEY)
    blob = bytearray(cipher.encrypt("低保"))
    blob[-1] ^= 1

    with pytest.raises(KeyMissing):
        cipher.decrypt(bytes(blob))


def test_the_same_text_is_never_encrypted_to_the_same_bytes():
    cipher = FieldCipher(KEY)

    assert cipher.encrypt("低保") != cipher.encrypt("低保")


def test_a_key_file_is_its_owners_and_is_never_overwritten(tmp_path: Path):
    path = tmp_path / "keys" / "field.key"
    ring = create_keyring(path, Keyring.of_secret(KEY))

    assert load_keyring(path) == ring
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(Exception, match="不会覆盖"):
        create_keyring(path, ring)


def test_a_missing_key_file_says_what_to_do(tmp_path: Path):
    with pytest.raises(KeyMissing, match="qianshao init"):
        load_keyring(tmp_path / "field.key")


def test_an_empty_database_wants_to_be_set_up(empty_database_url: str):
    store = open_store(empty_database_url, KEY)

    with pytest.raises(MigrationNeeded, match="qianshao init"):
        store.check_schema()
    store.close()


def test_a_database_of_another_version_wants_to_be_upgraded(database_url: str):
    upgrade(database_url, KEY)
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    store = open_store(database_url, KEY)

    with pytest.raises(MigrationNeeded, match="db upgrade"):
        store.check_schema()
    store.close()


def test_upgrading_a_filled_database_keeps_everything(store: Store, database_url: str):
    with store.unit_of_work() as work:
        work.raw.add(raw())
        work.commit()

    upgrade(database_url, KEY)

    with store.unit_of_work() as work:
        assert work.raw.count() == 1


def test_a_locked_database_says_try_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(engine_module, "BUSY_SECONDS", 0.1)
    url = f"sqlite:///{tmp_path / 'a.db'}"
    upgrade(url, KEY)
    store = open_store(url, KEY)
    holder = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    with pytest.raises(DatabaseBusy, match="稍后再试"), store.unit_of_work():
        pass
    holder.close()
    store.close()


def test_a_full_disk_says_so_and_keeps_the_earlier_batches(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'a.db'}"
    upgrade(url, KEY)
    store = open_store(url, KEY)
    with store.unit_of_work() as work:
        work.raw.add(raw("kept"))
        work.commit()

    def write_more_than_fits() -> None:
        with store.unit_of_work() as work:
            pages = work._connection.exec_driver_sql("PRAGMA page_count").scalar()
            work._connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
            for index in range(200):
                work.raw.add(raw(f"X{index}", "很长的材料" * 500))
            work.commit()

    with pytest.raises(DatabaseFull, match="磁盘已满"):
        write_more_than_fits()

    store.close()
    again = open_store(url, KEY)
    with again.unit_of_work() as work:
        assert work.raw.count() == 1
    again.close()


def test_a_file_that_is_no_database_is_a_storage_error(tmp_path: Path):
    path = tmp_path / "a.db"
    path.write_bytes(b"this is no database at all, it is a letter" * 100)

    with pytest.raises(StorageError):
        upgrade(f"sqlite:///{path}", KEY)


def test_a_lease_has_one_owner_until_it_runs_out(store: Store, clock):
    with store.unit_of_work() as work:
        assert work.leases.acquire("scheduler", "a", now=clock.now(), seconds=60)
        assert not work.leases.acquire("scheduler", "b", now=clock.now(), seconds=60)
        assert work.leases.acquire("scheduler", "a", now=clock.now(), seconds=60)
        clock.move(seconds=61)
        assert work.leases.acquire("scheduler", "b", now=clock.now(), seconds=60)


def test_a_lease_that_a_clock_took_which_ran_ahead_keeps_others_out_until_it_is_released(store: Store, clock):
    with store.unit_of_work() as work:
        assert work.leases.acquire("scheduler", "a", now=clock.now() + timedelta(hours=8), seconds=60)
        assert not work.leases.acquire("scheduler", "b", now=clock.now(), seconds=60)

        work.leases.release("scheduler", "a")
        assert work.leases.acquire("scheduler", "b", now=clock.now(), seconds=60)


def test_a_lease_is_renewed_by_its_owner_alone_and_never_after_another_had_it(store: Store, clock):
    with store.unit_of_work() as work:
        assert work.leases.acquire("scheduler", "a", now=clock.now(), seconds=60)
        clock.move(seconds=90)
        assert work.leases.renew("scheduler", "a", now=clock.now(), seconds=60)
        assert not work.leases.acquire("scheduler", "b", now=clock.now(), seconds=60)
        assert work.leases.holds("scheduler", "a", clock.now())

        clock.move(seconds=90)
        assert not work.leases.holds("scheduler", "a", clock.now())
        assert work.leases.acquire("scheduler", "b", now=clock.now(), seconds=60)
        assert not work.leases.renew("scheduler", "a", now=clock.now(), seconds=60)
        work.leases.release("scheduler", "b")
        assert not work.leases.renew("scheduler", "a", now=clock.now(), seconds=60)
