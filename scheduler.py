"""When things run: a printed table of jobs, each the same command a person can type, one owner by lease.

APScheduler keeps the jobs in the database, so a restart forgets nothing; every job is a process of its own, so a crash
in one leaves the others alone.
"""

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger

from domain.clock import CHINA, Clock
from domain.errors import ConfigError, QianshaoError
from domain.quiet_logs import start_logging
from pipeline.deployment import make_deployment
from storage.store import Store

_LOG = logging.getLogger("scheduler")
LEASE = "scheduler"
LEASE_SECONDS = 90
"""A scheduler that died is replaced after this long; the owner renews three times as often."""
_RENEW_SECONDS = 30
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


def make_scheduler(url: str) -> BackgroundScheduler:
    """A paused scheduler with exactly the jobs of the table in the job store at `url`."""
    scheduler = BackgroundScheduler(
        jobstores={"default": SQLAlchemyJobStore(url=url, tablename="scheduler_jobs")},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": _MISFIRE_GRACE_SECONDS},
        timezone=CHINA,
    )
    scheduler.start(paused=True)
    known = {job.name for job in JOBS}
    for stored in scheduler.get_jobs():
        if stored.id not in known:
            scheduler.remove_job(stored.id)
    for job in JOBS:
        trigger = CronTrigger.from_crontab(job.cron, timezone=CHINA)
        scheduler.add_job(run_job, trigger, args=[job.command], id=job.name, name=job.purpose, replace_existing=True)
    return scheduler


def own_or_stop(store: Store, clock: Clock, owner: str) -> None:
    """Take or renew the lease; ConfigError when another scheduler holds it."""
    with store.unit_of_work() as work:
        taken = work.leases.acquire(LEASE, owner, now=clock.now(), seconds=LEASE_SECONDS)
        work.commit()
    if not taken:
        raise ConfigError("另一台机器或进程上的定时任务正在运行, 同一时间只能有一个", reason="not_the_owner")


def table() -> str:
    """The schedule as people read it."""
    return "\n".join(f"{job.cron:<18} qianshao {job.command:<22} {job.purpose}" for job in JOBS)


def main() -> None:
    """Own the schedule and run it until stopped or until another owner has taken over."""
    deployment = make_deployment()
    owner = f"{socket.gethostname()}/{os.getpid()}"
    own_or_stop(deployment.store, deployment.clock, owner)
    sys.stdout.write(table() + "\n")
    sys.stdout.flush()
    scheduler = make_scheduler(deployment.settings.url)
    scheduler.resume()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        while not stop.wait(_RENEW_SECONDS):
            own_or_stop(deployment.store, deployment.clock, owner)
    finally:
        scheduler.shutdown(wait=False)
        with deployment.store.unit_of_work() as work:
            work.leases.release(LEASE, owner)
            work.commit()


if __name__ == "__main__":
    start_logging()
    try:
        main()
    except QianshaoError as error:
        sys.stderr.write(f"错误: {error}\n")
        sys.exit(2)
