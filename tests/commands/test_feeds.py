"""The outgoing feed on the command line."""

import json
from pathlib import Path

import pytest

from domain.leads.lead import LeadStatus
from domain.sending.outgoing import cursor_of
from storage.encryption.key_file import load_keyring
from storage.store import open_store
from tests.commands.in_process import qianshao
from tests.factories import lead
from tests.storage.outgoing.test_events import add, decided


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    assert qianshao(folder, "init").returncode == 0
    store = open_store(f"sqlite:///{folder / 'qianshao.db'}", load_keyring(folder / "keys" / "field.key"))
    add(store, *(decided(LeadStatus.CONFIRMED, f"lead-{number}") for number in range(3)))
    store.close()
    return folder


def lines(home: Path, *arguments: str) -> list[dict[str, object]]:
    finished = qianshao(home, "feed", *arguments)
    assert finished.returncode == 0, finished.stderr
    return [json.loads(line) for line in finished.stdout.splitlines()]


def test_the_next_reading_goes_on_behind_the_last_line(home: Path):
    everything = lines(home)

    assert [line["lead"]["id"] for line in everything] == [f"lead-{number}" for number in range(3)]  # type: ignore[index]
    assert lines(home, "--since", str(everything[0]["cursor"])) == everything[1:]
    assert lines(home, "--since", str(everything[2]["cursor"])) == []
    assert lines(home, "--since", "0") == everything


def test_a_line_holds_the_least_fields(home: Path):
    line, *_ = lines(home)

    assert set(line) == {"id", "type", "cursor", "decided_at", "status", "visited_on", "lead"}
    assert line["visited_on"] == "2026-11-20"
    assert lead().region.digits == line["lead"]["region"]  # type: ignore[index]
    assert "wang" not in json.dumps(line)


def test_a_cursor_of_nobody_is_wrong_usage(home: Path):
    finished = qianshao(home, "feed", "--since", "17")

    assert finished.returncode == 2
    assert "从头读" in finished.stderr


def test_a_cursor_newer_than_everything_is_refused_for_the_database_may_be_a_backup(home: Path):
    finished = qianshao(home, "feed", "--since", cursor_of(999))

    assert finished.returncode == 2
    assert finished.stdout == ""
    assert "--since start" in finished.stderr
