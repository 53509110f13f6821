"""From registers and a site to the feed, killed in the middle, and without any network."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from domain.texts.document import Outcome
from examples.kehu.run import measure
from examples.kehu.serve import serve_site
from examples.kehu.texts_format import HERE
from pipeline.deployment import make_deployment
from pipeline.stages.run import plan
from tests.commands.in_process import leads
from tests.commands.in_process import qianshao as here
from tests.end_to_end.county import ROOT, crawl, environment, qianshao, set_up


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose registers are taken in; tests work on copies."""
    home = tmp_path_factory.mktemp("delivered")
    set_up(home)
    return home


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of the example's media."""
    with serve_site(HERE / "site") as address:
        yield address


@pytest.fixture(scope="module")
def crawled(delivered: Path, site: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that has crawled too, with everything still pending; tests work on copies."""
    home = copytree(delivered, tmp_path_factory.mktemp("crawled") / "home")
    assert crawl(home, site).returncode == 0
    return home


@pytest.fixture(scope="module")
def finished(crawled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which everything has run once, undisturbed."""
    home = copytree(crawled, tmp_path_factory.mktemp("finished") / "home")
    assert qianshao(home, "run").returncode == 0
    return home


def test_the_example_reaches_its_bars(finished: Path):
    deployment = make_deployment(home=finished)

    found = measure(deployment)

    assert found.recall >= 0.85
    assert found.precision >= 0.80
    assert found.restricted_in_feed == 0
    assert found.doors_wrong == 0


def test_every_text_is_counted_once_at_every_stage(finished: Path):
    deployment = make_deployment(home=finished)

    with deployment.store.reading() as work:
        expected = work.raw.count()
        for planned in plan(deployment.stages()):
            counts = work.breadcrumbs.counts(planned.stage.name, planned.version)
            assert sum(counts.values()) == expected
            expected = counts.get(Outcome.DONE, 0)


def test_running_again_changes_nothing(finished: Path):
    before = leads(finished)

    again = here(finished, "run", "--json")

    reports = [json.loads(line) for line in again.stdout.splitlines()]
    assert all(report["seen"] == 0 for report in reports if report["stage"] != "risk_points")
    assert leads(finished) == before


def test_a_second_crawl_fetches_nothing_again(finished: Path, site: str, tmp_path: Path):
    home = copytree(finished, tmp_path / "again")

    again = crawl(home, site)

    reports = [json.loads(line) for line in again.stdout.splitlines()]
    assert sum(report["lists_unchanged"] + report["known"] for report in reports) > 0
    assert sum(report["fetched"] + report["failed"] + report["blocked"] for report in reports) == 0


def test_delivering_the_same_register_again_adds_nothing(finished: Path):
    register = next((HERE / "petitions").glob("*.xlsx"))

    receipt = json.loads(here(finished, "import", "petitions", str(register), "--json").stdout)

    assert receipt["accepted"] == 0
    assert receipt["duplicates"] > 0


def test_killed_at_many_moments_the_result_is_the_same(crawled: Path, finished: Path, tmp_path: Path):
    home = copytree(crawled, tmp_path / "killed")
    for pause in (0.8, 1.2, 1.6, 2.0, 2.4):
        _run_and_kill(home, pause)

    assert qianshao(home, "run").returncode == 0
    killed, undisturbed = leads(home), leads(finished)

    assert _doors(killed) == _doors(undisturbed)
    assert len(killed) == len(undisturbed)


def _run_and_kill(home: Path, pause: float) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "commands", "run"],
        env=environment(home, QIANSHAO_BATCH_SIZE="3"),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(pause)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def _doors(found: list[dict[str, object]]) -> list[tuple[object, ...]]:
    return sorted(
        (str(one["household_id"]), str(one["region"]), tuple(one["risks"]), len(one["documents"]))  # type: ignore[arg-type]
        for one in found
    )


def test_the_whole_pipeline_works_with_every_outside_socket_refused(delivered: Path, tmp_path: Path):
    home = copytree(delivered, tmp_path / "offline")
    guard = tmp_path / "guard"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(
        "import socket\n"
        "def refuse(*args, **keywords):\n"
        "    raise OSError('no network in this test')\n"
        "socket.socket.connect = refuse\n"
        "socket.getaddrinfo = refuse\n",
        encoding="utf-8",
    )

    finished = qianshao(home, "run", PYTHONPATH=f"{guard}{os.pathsep}{ROOT}")

    assert finished.returncode == 0, finished.stderr
    assert leads(home)
