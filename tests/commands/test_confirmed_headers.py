"""Confirmed headers on the command line: listed, and forgotten one by one."""

import json
from dataclasses import replace
from pathlib import Path

from pipeline.deployment import make_deployment
from tests.commands.in_process import qianshao
from tests.storage.deliveries.test_header_profiles import PROFILE

TOWN = "141124105"


def confirmed(home: Path) -> None:
    assert qianshao(home, "init").returncode == 0
    with make_deployment(home=home).store.unit_of_work() as work:
        work.header_profiles.remember(PROFILE)
        work.header_profiles.remember(replace(PROFILE, office=TOWN))
        work.commit()


def test_a_confirmation_is_forgotten_for_one_office_and_that_is_written_down(tmp_path: Path):
    confirmed(tmp_path)

    undecided = qianshao(tmp_path, "import", "headers", "--forget", "1" * 12)
    forgotten = qianshao(tmp_path, "import", "headers", "--forget", "1" * 12, "--office", TOWN)

    assert undecided.returncode == 2
    assert "--office" in undecided.stderr
    assert forgotten.returncode == 0
    [left] = [json.loads(line) for line in qianshao(tmp_path, "import", "headers", "--json").stdout.splitlines()]
    assert (left["office"], left["columns"]) == ("", {"0": "number", "10": "summary"})
    with make_deployment(home=tmp_path).store.reading() as work:
        assert work.audit.recent(1)[0].action == "forget_header"


def test_a_header_that_nobody_confirmed_cannot_be_forgotten(tmp_path: Path):
    confirmed(tmp_path)

    assert qianshao(tmp_path, "import", "headers", "--forget", "2" * 12).returncode == 2
    assert "各单位" in qianshao(tmp_path, "import", "headers").stderr + qianshao(tmp_path, "import", "headers").stdout
