"""When things run."""

import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from apscheduler.schedulers.base import STATE_PAUSED, STATE_RUNNING
from apscheduler.triggers.cron import CronTrigger

import scheduler
from domain.clock import CHINA, SystemClock
from domain.failures.errors import ConfigError, SchedulerStopped, StorageError
from scheduler import (
    JOBS,
    LEASE_SECONDS,
    is_owner,
    make_scheduler,
    own_or_stop,
    put_times_right,
    run_as_owner,
    stay_owner_or_stop,
    table,
)
from storage.store import Store
from tests.databases import PostgresServer
from tests.end_to_end.county import environment
from tests.fakes import FakeClock

_PURGE = next(job for job in JOBS if job.name == "purge")
_BEFORE_PURGE = datetime(2026, 11, 10, 2, 0, tzinfo=CHINA)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Another process that writes and does not end."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


def until(is_so: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until it is so."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def times(url: str, now: datetime) -> dict[str, datetime]:
    """When the jobs of a scheduler that is started now run next."""
    made = make_scheduler(url, now)
    found = {job.id: job.next_run_time for job in made.get_jobs()}
    made.shutdown()
    return found


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_every_job_has_a_time_that_can_be_read(job: scheduler.Job):
    assert CronTrigger.from_crontab(job.cron)


def test_the_table_names_every_job():
    assert all(job.command in table() and job.purpose in table() for job in JOBS)


def test_jobs_survive_a_restart_and_one_that_left_the_table_is_dropped(tmp_path, monkeypatch: pytest.MonkeyPatch):
    url = f"sqlite:///{tmp_path / 'jobs.db'}"
    first = make_scheduler(url, SystemClock().now())
    assert {job.id for job in first.get_jobs()} == {job.name for job in JOBS}
    first.shutdown()

    monkeypatch.setattr(scheduler, "JOBS", JOBS[:1])
    second = make_scheduler(url, SystemClock().now())

    assert [job.id for job in second.get_jobs()] == [JOBS[0].name]
    second.shutdown()


def test_a_job_never_runs_beside_itself_and_missed_runs_become_one(tmp_path):
    made = make_scheduler(f"sqlite:///{tmp_path / 'jobs.db'}", SystemClock().now())

    assert all(job.max_instances == 1 and job.coalesce for job in made.get_jobs())
    made.shutdown()


def test_a_time_that_passed_while_nothing_ran_is_not_forgotten(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'jobs.db'}"
    due = times(url, _BEFORE_PURGE)["purge"]

    assert times(url, due + timedelta(minutes=40))["purge"] == due


def test_after_a_weekend_off_media_are_crawled_before_they_are_looked_at(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'jobs.db'}"
    monday = datetime(2026, 11, 30, 8, 9, tzinfo=CHINA)
    times(url, monday - timedelta(hours=62))

    found = times(url, monday)

    assert found["crawl-due"] == monday.replace(minute=0) - timedelta(minutes=30)
    assert found["watch-sources"] == monday.replace(minute=40)
    assert times(url, monday + timedelta(minutes=20))["watch-sources"] == monday.replace(minute=40)


def test_a_machine_that_slept_crawls_before_it_looks_at_media(tmp_path: Path):
    monday = datetime(2026, 11, 30, 8, 9, tzinfo=CHINA)
    made = make_scheduler(f"sqlite:///{tmp_path / 'jobs.db'}", monday - timedelta(hours=62))

    put_times_right(made, monday)
    put_times_right(made, monday + timedelta(minutes=1))

    found = {job.id: job.next_run_time for job in made.get_jobs()}
    assert found["watch-sources"] == monday.replace(minute=40)
    assert found["crawl-due"] < monday
    made.shutdown()


def test_a_watch_that_a_busy_database_delayed_by_minutes_is_not_put_off(tmp_path: Path):
    ten = datetime(2026, 11, 30, 10, 9, tzinfo=CHINA)
    made = make_scheduler(f"sqlite:///{tmp_path / 'jobs.db'}", ten)

    put_times_right(made, ten + timedelta(minutes=4))

    assert {job.id: job.next_run_time for job in made.get_jobs()}["watch-sources"] == ten.replace(minute=10)
    made.shutdown()


def test_times_that_passed_years_ago_are_forgotten(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'jobs.db'}"
    times(url, _BEFORE_PURGE - timedelta(days=3650))

    assert min(times(url, _BEFORE_PURGE).values()) >= _BEFORE_PURGE - timedelta(hours=1)


@pytest.mark.postgres
def test_the_times_of_the_jobs_are_kept_in_postgresql_too(postgres: PostgresServer):
    with postgres.database() as url:
        due = times(url, _BEFORE_PURGE)["purge"]

        assert times(url, due + timedelta(minutes=40))["purge"] == due


def test_times_that_a_clock_made_which_ran_ahead_are_dropped_at_the_next_start(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'jobs.db'}"
    due = times(url, _BEFORE_PURGE)["purge"]
    times(url, _BEFORE_PURGE + timedelta(days=30))

    assert times(url, _BEFORE_PURGE)["purge"] == due


def test_a_clock_that_is_put_back_while_the_schedule_runs_does_not_stop_it_until_then(tmp_path: Path):
    made = make_scheduler(f"sqlite:///{tmp_path / 'jobs.db'}", _BEFORE_PURGE + timedelta(hours=8))

    put_times_right(made, _BEFORE_PURGE)

    assert all(job.next_run_time <= _BEFORE_PURGE + timedelta(days=1) for job in made.get_jobs())
    [purge] = [job for job in made.get_jobs() if job.id == "purge"]
    assert purge.next_run_time == _BEFORE_PURGE + timedelta(hours=1, minutes=30)
    made.shutdown()


def test_a_job_that_has_just_begun_is_not_begun_again(tmp_path: Path):
    time_of_purge = _BEFORE_PURGE + timedelta(hours=1, minutes=30)
    made = make_scheduler(f"sqlite:///{tmp_path / 'jobs.db'}", time_of_purge + timedelta(seconds=1))
    before = {job.id: job.next_run_time for job in made.get_jobs()}

    put_times_right(made, time_of_purge - timedelta(seconds=1))

    assert {job.id: job.next_run_time for job in made.get_jobs()} == before
    made.shutdown()


def test_a_writer_who_holds_the_database_stops_no_job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path, ran = tmp_path / "jobs.db", threading.Event()
    monkeypatch.setattr(scheduler, "JOBS", (_PURGE,))
    monkeypatch.setattr(subprocess, "run", lambda command, **_: ran.set() or subprocess.CompletedProcess(command, 0))
    now = SystemClock().now()
    due = now - timedelta(minutes=5)
    made = make_scheduler(f"sqlite:///{path}", now)
    made.get_jobs()[0].modify(next_run_time=due)

    with writing(path):
        made.resume()
        assert ran.wait(30)
        until(lambda: made.get_jobs()[0].next_run_time > now)
        assert made.is_alive

    ran.clear()
    made.get_jobs()[0].modify(next_run_time=due)
    assert ran.wait(30)
    made.shutdown()
    assert times(f"sqlite:///{path}", now)["purge"] > now


def test_a_scheduler_that_cannot_renew_its_lease_begins_nothing_and_goes_on_when_it_can(
    tmp_path: Path, sqlite_store: Store, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(scheduler, "JOBS", ())
    made = make_scheduler(f"sqlite:///{tmp_path / 'jobs.db'}", clock.now())
    own_or_stop(sqlite_store, clock, "a")
    stop = threading.Event()
    with ThreadPoolExecutor() as threads:
        running = threads.submit(run_as_owner, sqlite_store, clock, "a", made, stop, 0.05)
        with writing(tmp_path / "embedded.db"):
            until(lambda: made.state == STATE_PAUSED)
            clock.move(seconds=LEASE_SECONDS)
        until(lambda: made.state == STATE_RUNNING)
        with pytest.raises(ConfigError, match="只能有一个"):
            own_or_stop(sqlite_store, clock, "b")
        stop.set()
        running.result(30)
    made.shutdown()


@pytest.mark.parametrize("taken", [True, False], ids=["another has taken over", "nobody has"])
def test_a_scheduler_that_stood_still_until_its_lease_ran_out_begins_nothing(
    taken: bool, tmp_path: Path, sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
):
    clock = FakeClock(SystemClock().now())
    ran, looked, stop = threading.Event(), threading.Event(), threading.Event()
    monkeypatch.setattr(scheduler, "JOBS", (replace(_PURGE, cron="* * * * *"),))
    monkeypatch.setattr(subprocess, "run", lambda command, **_: ran.set() or subprocess.CompletedProcess(command, 0))
    monkeypatch.setattr(scheduler, "is_owner", lambda *one: looked.set() or is_owner(*one))
    made = make_scheduler(f"sqlite:///{tmp_path / 'jobs.db'}", SystemClock().now())
    own_or_stop(sqlite_store, clock, "a")
    clock.move(seconds=LEASE_SECONDS + 1)
    if taken:
        own_or_stop(sqlite_store, clock, "b")

    with ThreadPoolExecutor() as threads:
        # It wakes before it renews.
        running = threads.submit(run_as_owner, sqlite_store, clock, "a", made, stop, 3)
        made.get_jobs()[0].modify(next_run_time=SystemClock().now().replace(second=0, microsecond=0))
        begun = looked.wait(30) and ran.wait(1)
        error = running.exception(30) if taken else ran.wait(30) and None
        stop.set()
    assert not begun
    assert ran.is_set() is not taken
    assert isinstance(error, ConfigError) is taken
    made.shutdown()


def test_no_job_begins_while_the_database_does_not_tell_who_owns_the_schedule(
    sqlite_store: Store, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
):
    own_or_stop(sqlite_store, clock, "a")
    assert is_owner(sqlite_store, clock, "a")

    def broken() -> None:
        raise StorageError("数据库不能用")

    monkeypatch.setattr(sqlite_store, "reading", broken)
    assert not is_owner(sqlite_store, clock, "a")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_scheduler_whose_jobs_begin_no_more_ends(sqlite_store: Store, clock: FakeClock, tmp_path: Path):
    made = make_scheduler(f"sqlite:///{tmp_path / 'jobs.db'}", clock.now())
    made._process_jobs = sys.exit
    own_or_stop(sqlite_store, clock, "a")

    with pytest.raises(SchedulerStopped, match="请重新启动"):
        run_as_owner(sqlite_store, clock, "a", made, threading.Event(), every=0.05)
    made.shutdown()


def test_a_schedule_that_is_stopped_before_it_began_begins_nothing(
    sqlite_store: Store, clock: FakeClock, tmp_path: Path
):
    made = make_scheduler(f"sqlite:///{tmp_path / 'jobs.db'}", clock.now())
    stop = threading.Event()
    stop.set()

    run_as_owner(sqlite_store, clock, "a", made, stop)

    assert made.state == STATE_PAUSED
    made.shutdown()


_A_JOB_HANGS = """
import runpy, time
from concurrent.futures import ThreadPoolExecutor
import pipeline.deployment
from domain.failures.errors import SchedulerStopped
def stopped():
    raise SchedulerStopped("定时任务已停摆")
pipeline.deployment.make_deployment = stopped
ThreadPoolExecutor().submit(time.sleep, 600)
runpy.run_module("scheduler", run_name="__main__")
"""


def test_a_scheduler_whose_jobs_begin_no_more_ends_even_while_a_job_hangs(tmp_path: Path):
    finished = subprocess.run(
        [sys.executable, "-c", _A_JOB_HANGS], env=environment(tmp_path), capture_output=True, check=False, timeout=60
    )

    assert (finished.returncode, "已停摆" in finished.stderr.decode()) == (2, True)


def test_a_scheduler_whose_database_does_not_answer_is_ended_by_a_signal(tmp_path: Path):
    subprocess.run([sys.executable, "-m", "commands", "init"], env=environment(tmp_path), check=True)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(60)
        url = f"postgresql+psycopg://a@127.0.0.1:{silent.getsockname()[1]}/a"
        env = {**environment(tmp_path), "QIANSHAO_DATABASE_URL": url}
        with subprocess.Popen([sys.executable, "-m", "scheduler"], env=env) as running:
            try:
                connection, _ = silent.accept()
                with connection:
                    running.terminate()
                    assert running.wait(10) != 0
            finally:
                running.kill()


def test_one_owner_at_a_time_and_the_next_after_the_lease_has_run_out(sqlite_store: Store, clock: FakeClock):
    own_or_stop(sqlite_store, clock, "a")
    own_or_stop(sqlite_store, clock, "a")
    with pytest.raises(ConfigError, match="只能有一个"):
        own_or_stop(sqlite_store, clock, "b")

    clock.move(seconds=LEASE_SECONDS + 1)

    own_or_stop(sqlite_store, clock, "b")
    with pytest.raises(ConfigError, match="接手"):
        stay_owner_or_stop(sqlite_store, clock, "a")


def test_of_two_whose_clocks_are_hours_apart_one_stops_for_good(sqlite_store: Store, clock: FakeClock):
    ahead = FakeClock(clock.now() + timedelta(hours=8))
    own_or_stop(sqlite_store, clock, "right")
    own_or_stop(sqlite_store, ahead, "ahead")

    for _ in range(5):
        for keep in (own_or_stop, stay_owner_or_stop):
            with pytest.raises(ConfigError):
                keep(sqlite_store, clock, "right")
        stay_owner_or_stop(sqlite_store, ahead, "ahead")
        for each in (clock, ahead):
            each.move(seconds=30)


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


def test_who_stops_the_command_stops_the_schedule(tmp_path: Path):
    command = [sys.executable, "-m", "commands"]
    subprocess.run([*command, "init"], env=environment(tmp_path), check=True, capture_output=True)

    with subprocess.Popen([*command, "schedule"], env=environment(tmp_path), stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert "qianshao" in running.stdout.readline().decode()
        running.terminate()

    assert running.returncode == 0
