"""Takes in what is handed in through pages and interface: onto the disk, into the queue, into the audit log."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from domain.account import AuditEntry
from domain.clock import Clock
from domain.errors import ReviewError
from domain.receipt import Origin, Way
from domain.submission import Submission, SubmissionState
from importers.record_table import write_record_table
from review.multipart import FormLimits, receive_form
from review.reception import Reception, Sender
from storage.held_files import HeldFiles, clean_name
from storage.store import Store

MayBegin = Callable[[Mapping[str, str]], None]
"""Looks at the fields before a file, and raises to refuse the form before anything is stored."""


@dataclass(slots=True)
class _Arriving:
    """A file that is being received."""

    id: str
    name: str


class _Arrivals:
    """Opens a place on the disk for each file, and clears it all away when the form is refused."""

    def __init__(self, held: HeldFiles, may_begin: MayBegin) -> None:
        self._held, self._may_begin = held, may_begin
        self.arrived: list[_Arriving] = []

    def begin(self, name: str, fields: Mapping[str, str]) -> BinaryIO:
        """A file to write into."""
        self._may_begin(fields)
        arriving = _Arriving(new_id(), clean_name(name))
        self.arrived.append(arriving)
        return self._held.reserve(arriving.id, arriving.name).open("wb")

    def clear(self) -> None:
        """Delete what came in."""
        for arriving in self.arrived:
            self._held.drop(arriving.id)


async def receive_files(
    request: Request,
    store: Store,
    clock: Clock,
    reception: Reception,
    sender: Sender,
    way: Way,
    *,
    may_begin: MayBegin,
    state: SubmissionState,
    most_files: int | None = None,
) -> list[Submission]:
    """One submission for each file of the form, in its order; ReviewError, and nothing kept, when one is too large."""
    limits, arrivals = reception.limits, _Arrivals(reception.held, may_begin)
    room = limits.largest_held_bytes - await run_in_threadpool(_size_held, store)
    form_limits = FormLimits(
        largest_file=limits.largest_file_bytes, most_files=most_files or limits.files_at_once, room=room
    )
    try:
        await receive_form(request, arrivals.begin, form_limits)
        return await run_in_threadpool(_record, store, clock, reception.held, sender, way, arrivals.arrived, state)
    except BaseException:
        arrivals.clear()
        raise


def _size_held(store: Store) -> int:
    with store.reading() as work:
        return work.submissions.size_held()


def _record(
    store: Store,
    clock: Clock,
    held: HeldFiles,
    sender: Sender,
    way: Way,
    arrived: list[_Arriving],
    state: SubmissionState,
) -> list[Submission]:
    if not arrived:
        raise ReviewError("没有收到文件, 请选择文件后再上传")
    made = [_submission(clock, held, sender, way, one, state) for one in arrived]
    with store.unit_of_work() as work:
        for submission in made:
            work.submissions.add(submission)
            work.audit.append(_entry(clock, sender, "submit", submission.id, f"{way.value} {submission.size}"))
        work.commit()
    return made


def _submission(
    clock: Clock, held: HeldFiles, sender: Sender, way: Way, arriving: _Arriving, state: SubmissionState
) -> Submission:
    path, now = held.path(arriving.id), clock.now()
    size = path.stat().st_size if path else 0
    if size == 0:
        raise ReviewError(f"{arriving.name}: 文件是空的, 请重新导出后上传")
    return Submission(
        id=arriving.id,
        origin=Origin(way=way, who=sender.who),
        region=sender.region,
        file=arriving.name,
        size=size,
        state=state,
        created_at=now,
        changed_at=now,
    )


def take_records(
    store: Store,
    clock: Clock,
    reception: Reception,
    sender: Sender,
    way: Way,
    records: Sequence[Mapping[str, str]],
    *,
    submission_id: str,
    name: str,
    fingerprint: str = "",
) -> tuple[Submission, bool]:
    """The submission after its import, and whether it is a new one: the same id a second time is the first one's.

    The records are written as a register and go the way of every file. A process killed in between leaves a queued
    submission, which the next one imports.
    """
    found = _found(store, submission_id)
    if found is not None:
        return found, False
    held_id, now = new_id(), clock.now()
    path = reception.held.reserve(held_id, name)
    write_record_table(path, records)
    size = path.stat().st_size
    renamed = reception.held.rename(held_id, submission_id)
    submission = Submission(
        id=submission_id,
        origin=Origin(way=way, who=sender.who),
        region=sender.region,
        file=path.name,
        size=size,
        state=SubmissionState.QUEUED,
        created_at=now,
        changed_at=now,
        fingerprint=fingerprint,
    )
    with store.unit_of_work() as work:
        added = work.submissions.add(submission)
        if added:
            work.audit.append(_entry(clock, sender, "submit", submission.id, f"{way.value} {len(records)}"))
        work.commit()
    if added:
        reception.import_now(submission.id)
    elif renamed:
        reception.held.drop(submission.id)
    return _found(store, submission_id) or submission, added


def _found(store: Store, submission_id: str) -> Submission | None:
    with store.reading() as work:
        return work.submissions.get(submission_id)


def new_id() -> str:
    """An id that nobody guesses."""
    return secrets.token_hex(16)


def _entry(clock: Clock, sender: Sender, action: str, subject: str, detail: str = "") -> AuditEntry:
    return AuditEntry(at=clock.now(), actor=sender.who, action=action, subject=subject, detail=detail)
