"""A change of keys, whole, broken off, and beside people who go on writing."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, LargeBinary, func, select, text, update

from domain.accounts.sign_in import Door
from domain.failures.errors import DatabaseBusy, KeyMissing, MigrationNeeded
from domain.risk import Risk
from domain.texts.analysis import Analysis
from domain.texts.document import Petitioner, RawDocument
from storage import store as stores
from storage.columns import Base
from storage.encryption.cipher import FieldCipher, sealed_place
from storage.encryption.keyring import Keyring
from storage.encryption.sealed import (
    ACCUSATION_STEP,
    BOUND,
    INDEXED,
    LEAD_OUTCOME,
    OFFERED_SECRET,
    PLAIN,
    PLANNED_LEAD,
    REVEAL,
    SECRET,
    SealedColumn,
)
from storage.encryption.suites import Algorithm
from storage.engine import make_engine as new_engine
from storage.key_change import KeyChange
from storage.register.registry import fingerprint
from storage.schema import upgrade
from storage.store import Store
from storage.tables.documents import PetitionerMarkRow, RawDocumentRow
from tests.conftest import KEY
from tests.factories import document, household, person, raw
from tests.fakes import NOON, reading
from tests.storage.sealed_world import WAITS, fill, read

OLD = Keyring.of_secret(KEY)
NEW = OLD.with_new(Algorithm.SM4_GCM, NOON)
PETITIONER = Petitioner(name="张三三", phone="13800000000", id_number="141124196101010000")


_OPEN: list[Store | Engine] = []


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    while _OPEN:
        one = _OPEN.pop()
        one.close() if isinstance(one, Store) else one.dispose()


def open_store(url: str, ring: Keyring) -> Store:
    _OPEN.append(found := stores.open_store(url, ring))
    return found


def make_engine(url: str) -> Engine:
    _OPEN.append(found := new_engine(url))
    return found


def ignore(_: int) -> None:
    """Nobody looks at the progress."""


def letter(number: int) -> RawDocument:
    return raw(f"X{number}", f"第{number}封信", petitioner=PETITIONER)


def filled(url: str, ring: Keyring = OLD, count: int = 7) -> Store:
    upgrade(url, ring)
    store = open_store(url, ring)
    with store.unit_of_work() as work:
        for number in range(count):
            work.raw.add(letter(number))
        work.documents.add(document())
        work.petitioner_marks.add([(document().id, PETITIONER)])
        sick = person(id_number="141124196101010000", phone="13800000000", health="尿毒症")
        work.registry.import_households([household("1", sick)], file="a", file_sha256="0", at=NOON)
        work.analyses.add(Analysis(document_id=document().id, reading=reading(Risk.ILLNESS, text="透析")), NOON)
        work.receipts.remember_mail("<1@x>", NOON)
        fill(work)
        work.commit()
    return store


def change(url: str, ring: Keyring = NEW) -> KeyChange:
    return KeyChange(make_engine(url), FieldCipher(ring), chunk=3)


def read_everything(store: Store) -> list[object]:
    # A transaction that writes, for codes are tried out by using them up; nothing of it is kept.
    with store.unit_of_work() as work:
        return [
            read(work),
            work.raw.get(letter(0).id).text,
            work.documents.get(document().id),
            work.analyses.latest(document().id),
            work.registry.by_id_numbers(["141124196101010000"]),
            work.registry.by_phones(["13800000000"]),
            work.petitioner_marks.sharing([PETITIONER]),
            work.receipts.knows_mail("<1@x>"),
            work.registry.fingerprints(),
        ]


def test_everything_opens_and_is_found_before_during_and_after_a_change(database_url: str):
    before = read_everything(filled(database_url))
    during = read_everything(open_store(database_url, NEW))
    changing = change(database_url)
    changing.remember()

    unopened = changing.reseal(ignore)
    half = read_everything(open_store(database_url, NEW))
    changing.reindex(ignore)

    after = read_everything(open_store(database_url, NEW.reindexed()))
    assert unopened == []
    assert before[:-1] == during[:-1] == half[:-1] == after[:-1]
    assert changing.remaining() == 0
    assert changing.values_by_key()[1] == 0
    changing.finish()
    open_store(database_url, NEW.reindexed()).check_schema()


def test_a_change_that_was_broken_off_goes_on_where_it_was(database_url: str):
    filled(database_url)
    done: list[int] = []

    def stop(count: int) -> None:
        done.append(count)
        if len(done) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        change(database_url).reseal(stop)
    waiting = change(database_url).remaining()
    again: list[int] = []
    change(database_url).reseal(again.append)
    change(database_url).reindex(again.append)

    assert sum(again) == waiting
    assert change(database_url).remaining() == 0


def test_without_the_old_key_a_changed_database_still_opens(database_url: str):
    filled(database_url)
    changing = change(database_url)
    changing.remember()
    changing.reseal(ignore)
    changing.reindex(ignore)
    changing.finish()
    changing.forget(1)

    store = open_store(database_url, NEW.reindexed().retired(1))

    store.check_schema()
    assert read_everything(store)[4] == {"141124196101010000": ["1"]}


def test_a_database_of_before_opens_with_the_ring_of_before_and_of_after(database_url: str):
    filled(database_url)

    for ring in (OLD, NEW):
        open_store(database_url, ring).check_schema()


def test_a_backup_of_before_a_finished_change_is_not_worked_with_before_it_is_changed_too(database_url: str):
    filled(database_url)

    with pytest.raises(MigrationNeeded, match="key rotate"):
        open_store(database_url, NEW.reindexed()).check_schema()

    assert not change(database_url, NEW.reindexed()).is_finished()


def test_a_database_with_values_of_a_retired_key_asks_for_the_earlier_file(database_url: str):
    filled(database_url)

    with pytest.raises(KeyMissing, match="停用前的密钥文件"):
        open_store(database_url, NEW.reindexed().retired(1)).check_schema()


def test_a_database_of_a_newer_ring_asks_for_the_newer_file(database_url: str):
    filled(database_url, NEW)

    with pytest.raises(KeyMissing, match="较新的密钥文件"):
        open_store(database_url, OLD).check_schema()


def test_a_value_that_was_put_into_another_row_is_found_and_left_alone(database_url: str):
    filled(database_url, NEW)
    engine = make_engine(database_url)
    first, second = letter(0).id, letter(1).id
    with engine.begin() as connection:
        stolen = connection.scalar(select(RawDocumentRow.sealed).where(RawDocumentRow.id == first))
        connection.execute(update(RawDocumentRow).where(RawDocumentRow.id == second).values(sealed=stolen))
    newest = NEW.with_new(Algorithm.AES_256_GCM, NOON)

    unopened = change(database_url, newest).reseal(ignore)

    assert [(one.column, one.count) for one in unopened] == [("raw_documents.sealed", 1)]
    with open_store(database_url, newest).reading() as work, pytest.raises(KeyMissing):
        work.raw.get(second)


def test_a_mark_that_was_written_under_both_keys_is_kept_once(database_url: str):
    filled(database_url)
    with open_store(database_url, NEW).unit_of_work() as work:
        work.petitioner_marks.add([(document().id, PETITIONER)])
        work.commit()

    change(database_url).reindex(ignore)

    engine = make_engine(database_url)
    with engine.connect() as connection:
        marks = list(connection.scalars(select(PetitionerMarkRow.mark)))
    assert len(marks) == len(set(marks)) == 2
    assert all(mark.startswith("2.") for mark in marks)


def test_failures_are_counted_on_while_and_after_the_keys_change(database_url: str):
    def count_one_more(ring: Keyring) -> tuple[int, timedelta]:
        with open_store(database_url, ring).unit_of_work() as work:
            failures = work.sign_in_failures.count(Door("door", WAITS, "clerk"), NOON)
            closed = work.sign_in_failures.closed_for("door", NOON)
            work.commit()
        return failures, closed

    filled(database_url)
    during = count_one_more(NEW)
    change(database_url).reindex(ignore)
    after = count_one_more(NEW.reindexed())

    assert (during[0], after[0]) == (3, 4)
    assert timedelta(0) < during[1] < after[1]
    with open_store(database_url, NEW.reindexed()).unit_of_work() as work:
        assert work.sign_in_failures.clear("door")
        assert work.sign_in_failures.closed_for("door", NOON) == timedelta(0)


def test_codes_that_were_used_up_stay_used_up_through_a_change(database_url: str):
    with filled(database_url).unit_of_work() as work:
        assert work.credentials.use_recovery_code("clerk", "one", NOON)
        assert work.set_up_codes.use("first start", NOON)
        work.commit()

    def good(ring: Keyring) -> list[bool]:
        with open_store(database_url, ring).unit_of_work() as work:
            return [
                work.credentials.use_recovery_code("clerk", "one", NOON),
                work.credentials.use_recovery_code("clerk", "two", NOON),
                work.set_up_codes.use("first start", NOON) is not None,
            ]

    during = good(NEW)
    change(database_url).reindex(ignore)

    assert during == good(NEW.reindexed()) == [False, True, False]


def test_a_code_that_is_used_up_while_fingerprints_are_led_on_is_not_good_again(database_url: str):
    store = filled(database_url)
    leading = threading.Thread(target=change(database_url).reindex, args=(ignore,))
    with store.unit_of_work() as work:
        assert work.credentials.use_recovery_code("clerk", "one", NOON)
        leading.start()
        leading.join(0.3)
        work.commit()
    leading.join()

    with open_store(database_url, NEW.reindexed()).unit_of_work() as work:
        assert not work.credentials.use_recovery_code("clerk", "one", NOON)
        assert work.credentials.use_recovery_code("clerk", "two", NOON)


def test_a_form_that_was_opened_before_a_change_is_accepted_after_it(database_url: str):
    before = filled(database_url).keyed_hash("form", "token")
    store = open_store(database_url, NEW.reindexed().retired(1))

    assert store.keyed_hash("form", "token") != before
    assert store.is_keyed_hash("form", "token", before)
    assert not store.is_keyed_hash("form", "another token", before)
    assert not store.is_keyed_hash("form", "token", "2.é")


@pytest.mark.parametrize("sealed", [OFFERED_SECRET, SECRET, ACCUSATION_STEP, REVEAL, PLANNED_LEAD, LEAD_OUTCOME])
def test_what_was_put_into_another_row_or_column_is_left_alone(tmp_path: Path, sealed: SealedColumn):
    url = f"sqlite:///{tmp_path / 'a.db'}"
    filled(url)
    stolen = FieldCipher(OLD).encrypt("x", sealed_place(sealed.table.name, sealed.column.name, "another row"))
    with make_engine(url).begin() as connection:
        rows = connection.execute(update(sealed.table).values({sealed.column.name: stolen})).rowcount

    unopened = change(url).reseal(ignore)

    assert [(one.column, one.count) for one in unopened] == [(str(sealed.column), rows)]


def test_a_register_delivered_again_after_a_change_changes_nothing(database_url: str):
    filled(database_url)
    with open_store(database_url, NEW).unit_of_work() as work:
        sick = person(id_number="141124196101010000", phone="13800000000", health="尿毒症")
        outcome = work.registry.import_households([household("1", sick)], file="a", file_sha256="1", at=NOON)

    assert (outcome.changed, outcome.unchanged) == (0, 1)


def test_every_column_of_bytes_is_bound_to_its_row():
    bound = {(one.table.name, one.column.name) for one in BOUND}
    found = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }

    assert found - PLAIN == bound


def test_the_test_world_has_a_value_in_every_sealed_column(database_url: str):
    filled(database_url)

    with make_engine(database_url).connect() as connection:
        empty = [
            str(one.column)
            for one in BOUND
            if not connection.scalar(select(func.count()).where(one.column.is_not(None)).select_from(one.table))
        ]

    assert empty == []


def test_every_column_of_fingerprints_is_led_on(database_url: str, monkeypatch: pytest.MonkeyPatch):
    fingerprints: set[object] = set()
    several = FieldCipher.blind_indexes

    def noted(cipher: FieldCipher, value: str) -> tuple[str, ...]:
        fingerprints.update(made := several(cipher, value))
        return made

    def noted_one(cipher: FieldCipher, value: str) -> str:
        return noted(cipher, value)[-1]

    monkeypatch.setattr(FieldCipher, "blind_indexes", noted)
    monkeypatch.setattr(FieldCipher, "blind_index", noted_one)
    filled(database_url)
    known = {(one.table.name, one.name) for one in INDEXED}
    engine = make_engine(database_url)
    with engine.connect() as connection:
        holding = {
            (table.name, name)
            for table in Base.metadata.sorted_tables
            for row in connection.execute(select(table))
            for name, value in row._mapping.items()
            if isinstance(value, str) and value in fingerprints
        }

    assert holding == known


def test_a_plain_fingerprint_of_a_household_is_nowhere(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'a.db'}"
    filled(url)
    sick = person(id_number="141124196101010000", phone="13800000000", health="尿毒症")

    engine = make_engine(url)
    with engine.connect() as connection:
        stored = connection.scalar(text("SELECT content_sha256 FROM households"))

    assert stored == FieldCipher(OLD).blind_index(fingerprint(household("1", sick)))
    assert stored != fingerprint(household("1", sick))


def test_a_change_waits_for_operations_that_began_with_the_old_key(database_url: str):
    store, changing = filled(database_url), change(database_url)
    with store.reading() as work:
        assert work.raw.count()
        moment = changing.moment()
        if moment is not None:
            with pytest.raises(DatabaseBusy, match="key rotate"):
                changing.wait_for_older(moment, patience=0.3)

    changing.wait_for_older(moment, patience=0.3)


def test_a_petition_is_known_without_its_number_while_its_versions_lie_under_two_keys(database_url: str):
    def of_his(text: str) -> RawDocument:
        return raw("X7", text, petitioner=PETITIONER, published_at=NOON, unnumbered_key=f"content:{text}")

    def without(text: str) -> RawDocument:
        return raw(f"content:{text}", text, petitioner=PETITIONER, published_at=NOON)

    with filled(database_url).unit_of_work() as work:
        [first] = work.intake.take([of_his("药费负担不起")])
        work.commit()
    change(database_url).remember()
    with open_store(database_url, NEW).unit_of_work() as work:
        [later] = work.intake.take([of_his("已经出院")])
        [old, latest] = (work.intake.take([without(text)])[0] for text in ("药费负担不起", "已经出院"))

    assert (old.document_id, latest.document_id) == (first.document_id, later.document_id)
    assert old.in_effect is not None
    assert (old.in_effect.id, latest.in_effect) == (later.document_id, None)
