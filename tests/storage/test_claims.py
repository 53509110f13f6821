"""Claims: one at a time, free again when their holder leaves or dies."""

import subprocess
import sys
import time

import pytest
from sqlalchemy import Connection

from storage.store import Store

_HOLD = """
import sys, time
from storage.store import open_store
store = open_store(sys.argv[1], bytes(range(32)))
with store.claim("register") as mine:
    print(mine, flush=True)
    time.sleep(60)
"""


def test_a_name_is_held_by_one_at_a_time(store: Store):
    with store.claim("register") as first, store.claim("register") as second, store.claim("other") as other:
        assert (first, second, other) == (True, False, True)

    with store.claim("register") as again:
        assert again


def test_a_name_is_free_before_the_database_notices_that_its_holder_closed_the_connection(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    not_noticed: list[Connection] = []
    with monkeypatch.context() as slow:
        slow.setattr(Connection, "close", lambda connection: not_noticed.append(connection))
        with store.claim("register"):
            pass

        with store.claim("register") as again:
            assert again
    for connection in not_noticed:
        connection.close()


def test_a_claim_ends_with_the_process_that_held_it(store: Store, database_url: str):
    holder = subprocess.Popen([sys.executable, "-c", _HOLD, database_url], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == "True"
    with store.claim("register") as while_it_lives:
        assert not while_it_lives

    holder.kill()
    holder.wait()
    holder.stdout.close()

    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with store.claim("register") as mine:
            if mine:
                return
        time.sleep(0.05)
    raise AssertionError("the claim of a dead process was never let go")
