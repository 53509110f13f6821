"""When things run: a printed table of jobs, each the same command a person can type, one owner by lease.

The jobs are kept in the database, so a restart forgets nothing; they run from memory, so a database that somebody else
holds stops none of them. Every job is a process of its own, so a crash in one leaves the others alone.
"""

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from apscheduler.job import Job as RunningJob
from apscheduler.jobstores.base import JobLookupError
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import STATE_RUNNING
from apscheduler.triggers.cron import CronTrigger

from domain.clock import CHINA, Clock
from domain.failures.errors import ConfigError, QianshaoError, SchedulerStopped, StorageError
from domain.privacy.quiet_logs import start_logging
from pipeline.deployment import make_deployment
from storage.engine import make_engine, translated
from storage.store import Store

_LOG = logging.getLogger("scheduler")
LEASE = "scheduler"
LEASE_SECONDS = 90
"""A scheduler that died is replaced after this long; the owner renews three times as often."""
_RENEW_SECONDS = 30
_LOOK_AGAIN_SECONDS = 1.0
_MARGIN = timedelta(minutes=1)
"""A time this near is left alone: the job may be beginning this moment."""
_MISFIRE_GRACE_SECONDS = 3600
"""A job whose time passed while the machine was off still runs when at most an hour late."""


@dataclass(frozen=True, slots=True)
class Job:
    """One line of the schedule."""

    name: str
    command: str
    cron: str
    """Five-field cron text in China time."""
    purpose: str
    settles: timedelta = timedelta()
    """How long others go first where the scheduler stood still at this job's time, which is then left out."""


JOBS: tuple[Job, ...] = (
    Job("crawl-due", "source crawl --due", "*/30 6-22 * * *", "抓取到时间的媒体来源"),
    Job("take-in-drop-folder", "import inbox", "*/10 * * * *", "导入收件箱里的登记表"),
    Job("take-in-mailbox", "import mail", "3-59/10 * * * *", "收取邮箱里的登记表; 没有配置时什么也不做"),
    Job("run-pipeline", "run", "5,35 * * * *", "处理新到的文本, 产生线索"),
    Job("read-again", "second-read", "20 * * * *", "请第二判读看分类器拿不准的文本; 没有配置时什么也不做"),
    Job(
        "watch-sources",
        "source health --notify",
        "10,40 6-22 * * *",
        "检查来源是否静默、改版、被拦, 告警和解除都通知一次",
        settles=timedelta(minutes=30),
    ),
    Job("remind-of-due-dates", "lead remind", "0 8 * * *", "提醒到期未办的线索"),
    Job("send-outgoing", "outgoing send", "*/5 * * * *", "向声明的接收方推送核实过的线索; 没有声明时什么也不做"),
    Job("tell-people", "outgoing notify", "4-59/10 * * * *", "把到期提醒通知给声明的组; 没有声明时什么也不做"),
    Job("write-reports", "report due", "10 6 * * *", "写上周的周报和上月的月报, 每份一次"),
    Job("purge", "db purge", "30 3 * * *", "按保留政策匿名化或删除到期的内容"),
)


def run_job(command: str) -> int:
    """Run one command of the console script in a process of its own; its exit code."""
    finished = subprocess.run(  # noqa: S603 - only commands of the table above
        [sys.executable, "-m", "commands", *command.split()], check=False
    )
    if finished.returncode:
        _LOG.warning("job finished with exit code %s: %s", finished.returncode, command)
    return finished.returncode


class _KeptJobs(MemoryJobStore):
    """Jobs in memory, and behind them in the database for the next start.

    What cannot be written is logged: at worst the next start runs that job once more.
    """

    def __init__(self, url: str) -> None:
        super().__init__()
        self._engine = make_engine(url)
        self._kept = SQLAlchemyJobStore(engine=self._engine, tablename="scheduler_jobs")

    def start(self, scheduler: BackgroundScheduler, alias: str) -> None:
        """Begin with the jobs that were kept; StorageError when the database does not tell them."""
        super().start(scheduler, alias)
        with translated(self._engine):
            self._kept.start(scheduler, alias)
            for job in self._kept.get_all_jobs():
                super().add_job(job)

    def add_job(self, job: RunningJob) -> None:
        """Add it here and there."""
        super().add_job(job)
        self._write(lambda: self._keep(job))

    def update_job(self, job: RunningJob) -> None:
        """Change it here and there."""
        super().update_job(job)
        self._write(lambda: self._keep(job))

    def remove_job(self, job_id: str) -> None:
        """Drop it here and there."""
        super().remove_job(job_id)
        self._write(lambda: self._kept.remove_job(job_id))

    def shutdown(self) -> None:
        """Forget the jobs here; those in the database stay."""
        super().shutdown()
        self._kept.shutdown()

    def _keep(self, job: RunningJob) -> None:
        try:
            self._kept.update_job(job)
        except JobLookupError:
            self._kept.add_job(job)

    def _write(self, change: Callable[[], None]) -> None:
        try:
            with translated(self._engine):
                change()
        except StorageError as error:
            _LOG.warning("the time of a job was not kept: %s", error)


class Scheduler(BackgroundScheduler):
    """Runs the jobs in threads of its own, none while `may_begin` says no."""

    def __init__(self, **options: Any) -> None:
        """Not started yet."""
        super().__init__(**options)
        self.may_begin: Callable[[], bool] = lambda: True

    def _process_jobs(self) -> float | None:
        # Asked each time: the machine may have stood still for so long that another has taken over.
        if self.state == STATE_RUNNING and not self.may_begin():
            return _LOOK_AGAIN_SECONDS
        found: float | None = super()._process_jobs()
        return found

    @property
    def is_alive(self) -> bool:
        """False when no job will ever run again, whatever `running` says."""
        return self._thread is not None and self._thread.is_alive()


def make_scheduler(url: str, now: datetime) -> Scheduler:
    """A paused scheduler with exactly the jobs of the table, at the times that are kept in the database at `url`."""
    scheduler = Scheduler(
        jobstores={"default": _KeptJobs(url)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": _MISFIRE_GRACE_SECONDS},
        timezone=CHINA,
    )
    scheduler.start(paused=True)
    kept = {job.id: job.next_run_time for job in scheduler.get_jobs()}
    for name in kept.keys() - {job.name for job in JOBS}:
        scheduler.remove_job(name)
    for job in JOBS:
        trigger = CronTrigger.from_crontab(job.cron, timezone=CHINA)
        scheduler.add_job(
            run_job,
            trigger,
            args=[job.command],
            id=job.name,
            name=job.purpose,
            next_run_time=_right_time(job, trigger, kept.get(job.name), now),
            replace_existing=True,
        )
    return scheduler


def _right_time(job: Job, trigger: CronTrigger, kept: datetime | None, now: datetime) -> datetime:
    """When a job runs next: as was kept, within what it may be late and what it can have to wait for."""
    latest: datetime = trigger.get_next_fire_time(None, now + max(job.settles, _MARGIN))
    if kept is None:
        kept = trigger.get_next_fire_time(None, now)
    if job.settles and kept < now - job.settles:
        return latest
    # Later than the latest: a clock that ran ahead made it.
    earliest = trigger.get_next_fire_time(None, now - timedelta(seconds=_MISFIRE_GRACE_SECONDS))
    return min(max(kept, earliest), latest)


def put_times_right(scheduler: Scheduler, now: datetime) -> None:
    """Bring the jobs back whose times were made by another clock, or passed long ago while the machine stood still."""
    running = {job.id: job for job in scheduler.get_jobs()}
    for job in JOBS:
        kept = running[job.name].next_run_time
        right = _right_time(job, running[job.name].trigger, kept, now)
        if right != kept:
            running[job.name].modify(next_run_time=right)


def own_or_stop(store: Store, clock: Clock, owner: str) -> None:
    """Take the lease; ConfigError when another scheduler holds it."""
    with store.unit_of_work() as work:
        taken = work.leases.acquire(LEASE, owner, now=clock.now(), seconds=LEASE_SECONDS)
        work.commit()
    if not taken:
        raise ConfigError("另一台机器或进程上的定时任务正在运行, 同一时间只能有一个", reason="not_the_owner")


def stay_owner_or_stop(store: Store, clock: Clock, owner: str) -> None:
    """Renew the lease; ConfigError when another scheduler has had it since."""
    with store.unit_of_work() as work:
        renewed = work.leases.renew(LEASE, owner, now=clock.now(), seconds=LEASE_SECONDS)
        work.commit()
    if not renewed:
        raise ConfigError("另一台机器或进程已经接手定时任务, 本进程退出", reason="not_the_owner")


def is_owner(store: Store, clock: Clock, owner: str) -> bool:
    """True while the lease is the owner's; not so either where the database does not tell."""
    try:
        with store.reading() as work:
            return work.leases.holds(LEASE, owner, clock.now())
    except StorageError as error:
        _LOG.warning("no job begins until the database tells who owns the schedule: %s", error)
        return False


def table() -> str:
    """The schedule as people read it."""
    return "\n".join(f"{job.cron:<18} qianshao {job.command:<22} {job.purpose}" for job in JOBS)


def run_as_owner(
    store: Store, clock: Clock, owner: str, scheduler: Scheduler, stop: threading.Event, every: float = _RENEW_SECONDS
) -> None:
    """Run the jobs and renew the lease until `stop` is set; no job begins while the lease is not the owner's.

    Raises:
        ConfigError: another scheduler has taken over.
        SchedulerStopped: no job would ever run again.
    """
    if stop.is_set():
        return
    scheduler.may_begin = lambda: is_owner(store, clock, owner)
    scheduler.resume()
    while not stop.wait(every):
        if not scheduler.is_alive:
            raise SchedulerStopped("定时任务已停摆, 本进程退出, 请重新启动 qianshao schedule; 原因见上面的日志")
        # Until the times are right: they may have passed while the machine stood still.
        scheduler.pause()
        try:
            stay_owner_or_stop(store, clock, owner)
        except StorageError as error:
            _LOG.warning("no job begins until the database can be used again: %s", error)
        else:
            put_times_right(scheduler, clock.now())
            scheduler.resume()


def _release(store: Store, owner: str) -> None:
    """Let others own the schedule at once; where the database cannot be used they wait until the lease has run out."""
    try:
        with store.unit_of_work() as work:
            work.leases.release(LEASE, owner)
            work.commit()
    except StorageError as error:
        _LOG.warning("the lease was not released: %s", error)


def main() -> None:
    """Own the schedule and run it until stopped or until another owner has taken over."""
    deployment = make_deployment()
    store, clock = deployment.store, deployment.clock
    owner = f"{socket.gethostname()}/{os.getpid()}"
    own_or_stop(store, clock, owner)
    # Not before: a database that does not answer would keep the process from being ended.
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        # The second ends it at once: the database may not answer.
        signal.signal(number, lambda given, _: (signal.signal(given, signal.SIG_DFL), stop.set()))
    try:
        scheduler = make_scheduler(deployment.settings.url, clock.now())
        sys.stdout.write(table() + "\n")
        sys.stdout.flush()
        try:
            run_as_owner(store, clock, owner, scheduler, stop)
        finally:
            scheduler.shutdown(wait=False)
    finally:
        _release(store, owner)


if __name__ == "__main__":
    start_logging()
    try:
        main()
    except QianshaoError as error:
        sys.stderr.write(f"错误: {error}\n")
        if isinstance(error, SchedulerStopped):
            # A job that hangs would keep the process alive.
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(2)
        sys.exit(2)
