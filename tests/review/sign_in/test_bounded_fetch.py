"""A sign-in server that hangs, is slow or gone holds up nobody but those who sign in with it, and those for seconds."""

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

import pytest
import urllib3
import uvicorn

from domain.failures.errors import SingleSignOnFailed
from pipeline.policy.tables import load_policy
from review.app import create_app
from review.sign_in.bounded_fetch import BoundedFetch
from review.sign_in.single_sign_on import DISCOVERY, SingleSignOn
from review.sign_in.single_sign_on_fetch import NO_ANSWER, HttpFetch
from storage.store import Store
from tests.fakes import FakeClock
from tests.review.county_server import CLIENT, SECRET, CountyServer, county_server
from tests.review.office import fill

ADDRESS = "http://127.0.0.1:1/token"


class Server:
    """Answers when it is told to, or fails for a reason."""

    def __init__(self) -> None:
        self.asked, self.reason, self.may_answer = 0, "", Event()

    def get(self, url: str) -> Mapping[str, Any]:
        self.asked += 1
        assert self.may_answer.wait(20)
        if self.reason:
            raise SingleSignOnFailed("没有应答", reason=self.reason)
        return {"url": url}

    def post(self, url: str, fields: Mapping[str, str], user: str, password: str) -> Mapping[str, Any]:
        return self.get(url)


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    made.may_answer.set()
    yield made
    made.may_answer.set()


def reason_of(fetch: BoundedFetch, url: str = ADDRESS) -> str:
    try:
        fetch.get(url)
    except SingleSignOnFailed as exc:
        return str(exc.reason)
    return ""


def test_an_answer_and_a_refusal_come_through(server: Server, clock: FakeClock):
    fetch = BoundedFetch(server, clock)
    assert fetch.get(ADDRESS) == fetch.post(ADDRESS, {}, "", "") == {"url": ADDRESS}

    server.reason = "wrong_answer"
    assert [reason_of(fetch) for _ in range(6)] == ["wrong_answer"] * 6


def test_a_page_waits_for_seconds_and_the_server_keeps_one_of_few_threads(server: Server, clock: FakeClock):
    server.may_answer.clear()
    fetch = BoundedFetch(server, clock, seconds=0.2)
    before = threading.active_count()

    began = time.monotonic()
    threads = [Thread(target=reason_of, args=(fetch,)) for _ in range(40)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert time.monotonic() - began < 5
    assert server.asked <= 6
    assert threading.active_count() - before <= 6


def test_after_three_failures_nobody_waits_for_half_a_minute(server: Server, clock: FakeClock):
    server.reason = NO_ANSWER
    fetch = BoundedFetch(server, clock)

    assert [reason_of(fetch) for _ in range(6)] == [NO_ANSWER] * 3 + ["busy"] * 3
    assert server.asked == 3
    clock.move(seconds=31)
    assert [reason_of(fetch) for _ in range(2)] == [NO_ANSWER, "busy"]
    server.reason = ""
    clock.move(seconds=31)
    assert [reason_of(fetch) for _ in range(4)] == [""] * 4


def test_the_description_is_asked_for_once_in_a_while_and_the_keys_each_time(server: Server, clock: FakeClock):
    fetch = BoundedFetch(server, clock)
    for _ in range(5):
        fetch.get(f"http://127.0.0.1:1{DISCOVERY}")
    assert server.asked == 1
    clock.move(minutes=6)
    fetch.get(f"http://127.0.0.1:1{DISCOVERY}")
    assert server.asked == 2

    fetch.get("http://127.0.0.1:1/keys")
    fetch.get("http://127.0.0.1:1/keys")
    assert server.asked == 4


@contextmanager
def serving(store: Store, clock: FakeClock, county: CountyServer) -> Iterator[str]:
    """A real server of the pages; its address."""
    single_sign_on = SingleSignOn(
        issuer=county.address,
        client_id=CLIENT,
        client_secret=SECRET,
        claim="preferred_username",
        own_address="http://127.0.0.1",
        label="县统一身份认证",
        fetch=BoundedFetch(HttpFetch(), clock, seconds=4.0),
        clock=clock,
        keyed_hash=store.keyed_hash,
    )
    app = create_app(store, clock, load_policy().departments, single_sign_on=single_sign_on)
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    # Who comes before the server has begun waits instead of being refused.
    listener.listen(128)
    pages = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off"))
    thread = Thread(target=pages.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    pages.should_exit = True
    thread.join()
    listener.close()


def ask(address: str) -> int:
    with urllib3.PoolManager(timeout=60, retries=False) as pool:
        return pool.request("GET", address, redirect=False).status


def test_a_machine_without_threads_to_give_keeps_no_turn(
    server: Server, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
):
    fetch = BoundedFetch(server, clock, seconds=5)
    with monkeypatch.context() as without_threads:
        without_threads.setattr(Thread, "start", _no_thread)
        refused = {reason_of(fetch) for _ in range(20)}

    assert refused == {"busy"}
    assert reason_of(fetch) == ""


def _no_thread(thread: Thread) -> None:
    raise RuntimeError("can't start new thread")


def test_while_the_county_hangs_every_other_page_is_answered(sqlite_store: Store, clock: FakeClock):
    fill(sqlite_store, clock)
    with county_server(clock) as county, serving(sqlite_store, clock, county) as address:
        county.drip = 0.5
        statuses: list[int] = []

        def sign_in() -> None:
            statuses.append(ask(f"{address}/login/sso"))

        crowd = [Thread(target=sign_in) for _ in range(60)]
        for one in crowd:
            one.start()
        began = time.monotonic()
        answers = [ask(f"{address}/login") for _ in range(5)]
        took = time.monotonic() - began
        for one in crowd:
            one.join()

    assert answers == [200] * 5
    # The hanging answers alone would take a minute and hold all forty threads.
    assert took < 4.5
    assert set(statuses) == {401}
    # Six at once; on a slow machine those that wait for a turn may still get one before the first six have failed.
    assert county.asked <= 12
