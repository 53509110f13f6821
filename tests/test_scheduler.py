"""When things run."""

import subprocess
import sys
from pathlib import Path

import pytest
from apscheduler.triggers.cron import CronTrigger

import scheduler
from domain.errors import ConfigError
from scheduler import JOBS, LEASE_SECONDS, make_scheduler, own_or_stop, table
from storage.store import Store
from tests.end_to_end.county import environment
from tests.fakes import FakeClock


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_every_job_has_a_time_that_can_be_read(job: scheduler.Job):
    assert CronTrigger.from_crontab(job.cron)


def test_the_table_names_every_job():
    assert all(job.command in table() and job.purpose in table() for job in JOBS)


def test_jobs_survive_a_restart_and_one_that_left_the_table_is_dropped(tmp_path, monkeypatch: pytest.MonkeyPatch):
    url = f"sqlite:///{tmp_path / 'jobs.db'}"
    first = make_scheduler(url)
    assert {job.id for job in first.get_jobs()} == {job.name for job in JOBS}
    first.shutdown()

    monkeypatch.setattr(scheduler, "JOBS", JOBS[:1])
    second = make_scheduler(url)

    assert [job.id for job in second.get_jobs()] == [JOBS[0].name]
    second.shutdown()


def test_a_job_never_runs_beside_itself_and_missed_runs_become_one(tmp_path):
    made = make_scheduler(f"sqlite:///{tmp_path / 'jobs.db'}")

    assert all(job.max_instances == 1 and job.coalesce for job in made.get_jobs())
    made.shutdown()


def test_one_owner_at_a_time_and_the_next_after_the_lease_has_run_out(sqlite_store: Store, clock: FakeClock):
    own_or_stop(sqlite_store, clock, "a")
    own_or_stop(sqlite_store, clock, "a")
    with pytest.raises(ConfigError, match="只能有一个"):
        own_or_stop(sqlite_store, clock, "b")

    clock.move(seconds=LEASE_SECONDS + 1)

    own_or_stop(sqlite_store, clock, "b")


def test_a_job_is_the_command_a_person_types(monkeypatch: pytest.MonkeyPatch):
    assert scheduler.run_job("--help") == 0
    assert scheduler.run_job("no-such-command") == 2


def test_a_scheduler_that_cannot_start_says_why_in_one_sentence(tmp_path: Path):
    finished = subprocess.run(
        [sys.executable, "-m", "scheduler"], env=environment(tmp_path), capture_output=True, text=True, check=False
    )

    assert finished.returncode == 2
    assert "qianshao init" in finished.stderr
    assert "Traceback" not in finished.stderr
