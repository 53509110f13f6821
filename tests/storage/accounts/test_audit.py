"""The audit log refuses changes, and where somebody gets around that, tells."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from domain.accounts.account import AuditEntry
from domain.auditing.audit import (
    FIRST_HASH,
    Anchor,
    AuditQuestion,
    Link,
    check_chain,
    link_hash,
    link_record,
    links_from,
)
from domain.failures.errors import StorageError
from storage.store import Store
from tests.fakes import NOON

TRIGGERS = {"sqlite": ("audit_no_update", "audit_no_delete"), "postgresql": ("audit_no_change",)}


def entry(subject: str, action: str = "view_lead", actor: str = "wang", minutes: int = 0) -> AuditEntry:
    return AuditEntry(at=NOON + timedelta(minutes=minutes), actor=actor, action=action, subject=subject)


def with_entries(store: Store, count: int = 5) -> Store:
    with store.unit_of_work() as work:
        for number in range(count):
            work.audit.append(entry(str(number), minutes=number))
        work.commit()
    return store


def run(store: Store, statement: str) -> None:
    with store.unit_of_work() as work:
        work._connection.execute(text(statement))
        work.commit()


def tamper(store: Store, statement: str) -> None:
    """As somebody who owns the database can: the triggers first."""
    with store.unit_of_work() as work:
        for trigger in TRIGGERS[work._connection.dialect.name]:
            suffix = " ON audit" if work._connection.dialect.name == "postgresql" else ""
            work._connection.execute(text(f"DROP TRIGGER {trigger}{suffix}"))
        work._connection.execute(text(statement))
        work.commit()


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE audit SET subject = 'x' WHERE sequence = 2", id="changing"),
        pytest.param("DELETE FROM audit WHERE sequence = 2", id="removing one"),
        pytest.param("DELETE FROM audit", id="removing all"),
    ],
)
def test_the_database_refuses_to_change_the_log(store: Store, statement: str):
    with_entries(store)

    with pytest.raises(StorageError, match="append-only"):
        run(store, statement)

    with store.reading() as work:
        assert work.audit.check().whole
        assert work.audit.check().entries == 5


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        pytest.param("UPDATE audit SET subject = 'x' WHERE sequence = 2", 2, id="changed"),
        pytest.param("UPDATE audit SET at = '2020-01-01 00:00:00' WHERE sequence = 3", 3, id="redated"),
        pytest.param("DELETE FROM audit WHERE sequence = 2", 3, id="removed"),
        pytest.param("DELETE FROM audit WHERE sequence = 1", 2, id="beginning cut off"),
    ],
)
def test_tampering_is_found(store: Store, statement: str, broken: int):
    tamper(with_entries(store), statement)

    with store.reading() as work:
        assert work.audit.verify() == broken


def test_a_tail_that_was_cut_off_is_found_by_the_anchor_only(store: Store):
    with with_entries(store).reading() as work:
        anchor = work.audit.head()
    assert anchor is not None

    tamper(store, "DELETE FROM audit WHERE sequence > 3")

    with store.reading() as work:
        assert work.audit.check().whole
        verdict = work.audit.check([anchor])
    assert not verdict.whole
    assert verdict.missed == (anchor,)


def test_a_log_that_was_made_anew_is_found_by_the_anchor(store: Store):
    forged, previous = [], FIRST_HASH
    for number in range(1, 6):
        said = entry("forged")
        forged.append(Link(sequence=number, entry=said, previous_hash=previous, hash=link_hash(number, previous, said)))
        previous = forged[-1].hash
    with with_entries(store).reading() as work:
        anchor = work.audit.head()
    assert anchor is not None

    assert check_chain(forged).whole
    assert not check_chain(forged, [anchor]).whole


def test_entries_are_found_by_whoever_asks(store: Store):
    with store.unit_of_work() as work:
        work.audit.append(entry("1", minutes=1))
        work.audit.append(entry("1", action="decide", minutes=2))
        work.audit.append(entry("2", actor="li", minutes=3))

        def found(**asked: object) -> list[int]:
            return [one.sequence for one in work.audit.found(AuditQuestion(**asked), 10)]  # type: ignore[arg-type]

        assert found() == [3, 2, 1]
        assert found(actor="li") == [3]
        assert found(action="decide") == [2]
        assert found(subject="1") == [2, 1]
        assert found(since=NOON + timedelta(minutes=2)) == [3, 2]
        assert found(until=NOON + timedelta(minutes=2)) == [1]
        assert found(before=3) == [2, 1]
        assert work.audit.actions() == ["decide", "view_lead"]


@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), max_size=6), st.data())
def test_no_entry_of_an_exported_chain_can_be_changed_taken_out_or_swapped(said: list[tuple[str, str]], data):
    records, previous = [], FIRST_HASH
    for number, (actor, subject) in enumerate(said, 1):
        one = entry(subject, actor=actor)
        records.append(
            link_record(Link(sequence=number, entry=one, previous_hash=previous, hash=link_hash(number, previous, one)))
        )
        previous = str(records[-1]["hash"])
    whole = json.loads(json.dumps(records))
    head = Anchor(len(records), previous)
    assert check_chain(links_from(whole), [head] if records else []).whole
    if not records:
        return

    at = data.draw(st.integers(0, len(records) - 1))
    taken_out = whole[:at] + whole[at + 1 :]
    changed = [*whole[:at], {**whole[at], "subject": whole[at]["subject"] + "x"}, *whole[at + 1 :]]

    assert not check_chain(links_from(taken_out), [head]).whole
    assert check_chain(links_from(changed), [head]).broken_at == at + 1
