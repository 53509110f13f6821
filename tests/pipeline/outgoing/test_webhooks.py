"""Webhooks of verified leads: nothing lost, each event known by its id, whoever is killed in between."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.accounts.access_scope import AccessScope
from domain.failures.errors import ConfigError
from domain.leads.lead import LeadMove, LeadStatus
from domain.sending.delivery import DeliveryState
from notices.address import Address
from notices.posting import Target
from notices.webhook import Webhook, signature
from pipeline.outgoing.webhooks import give_out, send_due
from pipeline.policy.outgoing_table import DeliveryPolicy
from pipeline.policy.tables import load_policy
from pipeline.settings.webhooks import Endpoint, Since, load_endpoints
from storage.encryption.key_file import load_keyring
from storage.store import Store, open_store
from tests.commands.in_process import qianshao
from tests.end_to_end.county import ROOT, environment
from tests.factories import OTHER_VILLAGE, TOWN, VILLAGE
from tests.fakes import NOON, FakeClock
from tests.notices.receiver import Receiver, receiving
from tests.storage.outgoing.test_events import add, decided

SECRET = "invented-secret-of-a-test-0002"
POLICY = DeliveryPolicy(first_wait_minutes=1, longest_wait_hours=1, most_attempts=3, at_once=100)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


def endpoint(url: str, clock: FakeClock, scope: AccessScope | None = None, since: Since = Since.START) -> Endpoint:
    target = Target(address=Address.parse(url), timeout_seconds=5, intranet=True)
    return Endpoint("county", scope or AccessScope(TOWN), since, Webhook(target, SECRET.encode(), clock))


def run(store: Store, one: Endpoint, clock: FakeClock) -> tuple[str, ...]:
    give_out(store, [one], clock.now())
    return send_due(store, [one], clock, POLICY).problems


def told(receiver: Receiver) -> list[str]:
    return [json.loads(body)["data"]["lead"]["id"] for _, body in receiver.requests]


def test_every_event_is_told_once_signed_and_with_the_least_fields(store: Store, clock: FakeClock, receiver: Receiver):
    add(store, decided(LeadStatus.CONFIRMED, "a"), decided(LeadStatus.NOT_CONFIRMED, "b"))
    one = endpoint(receiver.url, clock)

    assert run(store, one, clock) == run(store, one, clock) == ()

    assert told(receiver) == ["a", "b"]
    headers, body = receiver.requests[0]
    record = json.loads(body)
    assert headers["webhook-id"] == record["data"]["id"]
    stamp = headers["webhook-timestamp"]
    assert headers["webhook-signature"] == signature(SECRET.encode(), headers["webhook-id"], stamp, body)
    assert "wang" not in body.decode()
    assert "核实过" not in body.decode()


def test_a_new_endpoint_hears_of_what_comes_or_of_everything_as_declared(
    store: Store, clock: FakeClock, receiver: Receiver
):
    add(store, decided(LeadStatus.CONFIRMED, "before"))
    one = endpoint(receiver.url, clock, since=Since.NOW)
    run(store, one, clock)
    add(store, decided(LeadStatus.CONFIRMED, "after"))

    run(store, one, clock)

    assert told(receiver) == ["after"]


def test_an_endpoint_hears_of_its_division_only(store: Store, clock: FakeClock, receiver: Receiver):
    add(store, decided(LeadStatus.CONFIRMED, "a"))

    run(store, endpoint(receiver.url, clock, AccessScope(OTHER_VILLAGE)), clock)

    assert told(receiver) == []


def test_waits_grow_then_the_delivery_is_given_up_until_somebody_sends_it_again(
    store: Store, clock: FakeClock, receiver: Receiver
):
    add(store, decided(LeadStatus.CONFIRMED, "a"))
    one, receiver.status = endpoint(receiver.url, clock), 500

    assert len(run(store, one, clock)) == 1
    assert run(store, one, clock) == (), "not before its time"
    for minutes in (1, 2):
        clock.move(minutes=minutes)
        assert len(run(store, one, clock)) == 1
    clock.move(days=10)
    assert run(store, one, clock) == ()
    with store.unit_of_work() as work:
        [dead] = work.webhook_deliveries.in_state(DeliveryState.GIVEN_UP, limit=10)
        assert (dead.attempts, dead.problem) == (3, "推送被对方拒绝, 状态码500")
        assert work.webhook_deliveries.send_again(dead.number, clock.now())
        assert not work.webhook_deliveries.send_again(dead.number, clock.now())
        work.commit()
    receiver.status = 200
    assert run(store, one, clock) == ()
    assert {headers["webhook-id"] for headers, _ in receiver.requests} == {dead.event.id}


def test_who_says_gone_is_not_asked_again(store: Store, clock: FakeClock, receiver: Receiver):
    add(store, decided(LeadStatus.CONFIRMED, "a"))
    receiver.status = 410

    run(store, endpoint(receiver.url, clock), clock)

    with store.reading() as work:
        assert work.webhook_deliveries.counts() == {("county", DeliveryState.GIVEN_UP): 1}


def test_whoever_does_not_answer_is_asked_once_in_a_run(store: Store, clock: FakeClock):
    add(store, decided(LeadStatus.CONFIRMED, "a"), decided(LeadStatus.CONFIRMED, "b"))

    assert len(run(store, endpoint("http://127.0.0.1:9/", clock), clock)) == 1


def test_a_lead_that_left_the_division_meanwhile_is_not_told(store: Store, clock: FakeClock, receiver: Receiver):
    add(store, decided(LeadStatus.CONFIRMED, "a"))
    one = endpoint(receiver.url, clock, AccessScope(VILLAGE))
    give_out(store, [one], clock.now())
    move = LeadMove(
        lead_id=decided(LeadStatus.NEW, "a").lead_id,
        household_before=None,
        household_after=None,
        region_before=VILLAGE,
        region_after=OTHER_VILLAGE,
        matter_before="a",
        matter_after="a",
        moved_at=NOON,
        reason="换了村",
    )
    with store.unit_of_work() as work:
        work.leads.move(move)
        work.commit()

    run(store, one, clock)

    assert told(receiver) == []
    with store.reading() as work:
        assert work.webhook_deliveries.counts() == {("county", DeliveryState.WITHDRAWN): 1}


def declare(home: Path, url: str, **changes: object) -> Path:
    secret = home / "county.secret"
    secret.write_text(SECRET, encoding="utf-8")
    secret.chmod(0o600)
    fields = {"name": "county", "url": url, "secret_file": "county.secret", "region": "141124", "intranet": True}
    written = "\n".join(
        f"{key} = {json.dumps(value)}" for key, value in {**fields, "since": "start", **changes}.items()
    )
    path = home / "webhooks.toml"
    path.write_text(f"[[endpoint]]\n{written}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"url": "http://hook.example/", "intranet": False}, "https"),
        ({"url": "ftp://hook.example/"}, "http"),
        ({"region": "14112"}, "区划"),
        ({"department": "没有这个"}, "部门"),
        ({"secret_file": "missing"}, "读不出来"),
        ({"name": "County"}, "name"),
        ({"colour": "red"}, "colour"),
    ],
    ids=str,
)
def test_a_wrong_declaration_is_refused_with_what_is_wrong(
    tmp_path: Path, clock: FakeClock, changes: dict[str, object], said: str
):
    path = declare(tmp_path, **{"url": "https://hook.example/", **changes})  # type: ignore[arg-type]

    with pytest.raises(ConfigError, match=said):
        load_endpoints(path, load_policy().routing.departments, clock)


def test_killed_in_the_middle_nothing_is_lost_and_every_event_keeps_its_id(tmp_path: Path, receiver: Receiver):
    assert qianshao(tmp_path, "init").returncode == 0
    store = open_store(f"sqlite:///{tmp_path / 'qianshao.db'}", load_keyring(tmp_path / "keys" / "field.key"))
    add(store, *(decided(LeadStatus.CONFIRMED, f"lead-{number}") for number in range(8)))
    declare(tmp_path, receiver.url)
    for kill_at in (3, 6):
        process = subprocess.Popen(
            [sys.executable, "-m", "commands", "outgoing", "send"],
            env=environment(tmp_path),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        # The request has been received, its answer and the record of it have not.
        receiver.at_request = lambda count, at=kill_at, pid=process.pid: (  # type: ignore[misc]
            os.kill(pid, signal.SIGKILL) if count == at else None
        )
        assert process.wait(60) == -signal.SIGKILL
    receiver.at_request = lambda _: None

    assert qianshao(tmp_path, "outgoing", "send").returncode == 0

    events = Counter(headers["webhook-id"] for headers, _ in receiver.requests)
    effects = {headers["webhook-id"]: json.loads(body)["data"]["lead"]["id"] for headers, body in receiver.requests}
    assert sorted(effects.values()) == [f"lead-{number}" for number in range(8)]
    assert sum(events.values()) == 10, "each kill costs one repeat"
    with store.reading() as work:
        assert work.webhook_deliveries.counts() == {("county", DeliveryState.DELIVERED): 8}
    store.close()


def test_the_doctor_says_which_deliveries_need_a_person(tmp_path: Path):
    assert qianshao(tmp_path, "init").returncode == 0
    store = open_store(f"sqlite:///{tmp_path / 'qianshao.db'}", load_keyring(tmp_path / "keys" / "field.key"))
    add(store, decided(LeadStatus.CONFIRMED, "a"))
    store.close()
    with receiving() as receiver:
        receiver.status = 410
        declare(tmp_path, receiver.url)
        assert qianshao(tmp_path, "outgoing", "send").returncode == 1
    stuck = outgoing_finding(tmp_path)
    (tmp_path / "webhooks.toml").write_text("[[endpoint]]\n", encoding="utf-8")

    assert stuck["ok"] is False
    assert "1条推送停止重试" in str(stuck["message"])
    assert "webhooks.toml" in str(outgoing_finding(tmp_path)["message"])


def outgoing_finding(home: Path) -> dict[str, object]:
    lines = [json.loads(line) for line in qianshao(home, "doctor", "--json").stdout.splitlines()]
    [found] = [line for line in lines if line["check"] == "外送"]
    return dict(found)
