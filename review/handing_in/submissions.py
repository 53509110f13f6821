"""Takes in what is handed in through pages and interface: onto the disk, into the queue, into the audit log."""

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from domain.accounts.account import AuditEntry
from domain.clock import Clock
from domain.deliveries.receipt import Origin, Way
from domain.deliveries.submission import Submission, SubmissionKind, SubmissionState
from domain.failures.errors import ReviewError
from importers.petitions.record_table import write_record_table
from review.doors.multipart import FormLimits, receive_form
from review.handing_in.reception import Reception, Sender
from storage.deliveries.held_files import HeldFiles, clean_name
from storage.store import Store

_TRIED_AGAIN = frozenset({SubmissionState.WAITING, SubmissionState.FAILED, SubmissionState.DISCARDED})
"""A batch in one of these has no receipt: the same content under the same key has another try."""
MayBegin = Callable[[Mapping[str, str]], None]
"""Looks at the fields before a file, and raises to refuse the form before anything is stored."""


@dataclass(frozen=True, slots=True)
class _Arriving:
    """A file that is being received."""

    id: str
    name: str


class _Arrivals:
    """Opens a place on the disk for each file, and clears it all away when the form is refused."""

    def __init__(self, held: HeldFiles, may_begin: MayBegin, room: int) -> None:
        self._held, self._may_begin, self._room = held, may_begin, room
        self.arrived: list[_Arriving] = []
        self._taken = 0

    def begin(self, name: str, fields: Mapping[str, str]) -> BinaryIO:
        """A file to write into."""
        self._may_begin(fields)
        arriving = _Arriving(new_id(), clean_name(name))
        self.arrived.append(arriving)
        return self._held.reserve(arriving.id, arriving.name).open("wb")

    def take_room(self, size: int) -> bool:
        """True when so many bytes more may come, beside what other forms bring at this moment."""
        taken = self._held.take_room(size, self._room)
        self._taken += size if taken else 0
        return taken

    def give_room(self) -> None:
        """What came is written down, or deleted."""
        self._held.give_room(self._taken)

    def clear(self) -> None:
        """Delete what came in."""
        for arriving in self.arrived:
            self._held.drop(arriving.id)


@dataclass(frozen=True, slots=True)
class HandingIn:
    """One sender at one of the ways in."""

    store: Store
    clock: Clock
    reception: Reception
    sender: Sender
    way: Way
    kind: SubmissionKind = SubmissionKind.PETITIONS

    async def files(
        self, request: Request, may_begin: MayBegin, state: SubmissionState, *, most_files: int | None = None
    ) -> list[Submission]:
        """One submission for each file of the form, in its order; ReviewError, and nothing kept, when it is refused."""
        limits = self.reception.limits
        room = limits.largest_held_bytes - await run_in_threadpool(self._size_held)
        arrivals = _Arrivals(self.reception.held, may_begin, room)
        form_limits = FormLimits(
            largest_file=limits.largest_file_bytes,
            most_files=most_files or limits.files_at_once,
            take_room=arrivals.take_room,
        )
        try:
            await receive_form(request, arrivals.begin, form_limits)
            return await run_in_threadpool(self._record, arrivals.arrived, state)
        except BaseException:
            arrivals.clear()
            raise
        finally:
            arrivals.give_room()

    def records(
        self, records: Sequence[Mapping[str, str]], *, submission_id: str, name: str
    ) -> tuple[Submission, bool]:
        """The submission after its import, and whether its content is this one's.

        The records are written as a register and go the way of every file. The same id a second time is the first
        one's submission, and is imported again only where the first one was broken off or refused. The submission is
        written down before its file is put in its place: whoever comes second has nothing of the first one's to touch,
        and a process killed in between leaves a submission that waits for the same content to come again.
        """
        fingerprint = hashlib.sha256(repr(records).encode()).hexdigest()
        found = self._found(submission_id)
        if found is not None and (found.fingerprint != fingerprint or found.state not in _TRIED_AGAIN):
            return found, found.fingerprint == fingerprint
        held = self.reception.held
        arriving = _Arriving(new_id(), clean_name(name))
        try:
            write_record_table(held.reserve(arriving.id, arriving.name), records)
            written = self._submission(arriving, SubmissionState.WAITING)
            self._add([replace(written, id=submission_id, fingerprint=fingerprint)])
            found = self._found(submission_id)
            if found is None or found.fingerprint != fingerprint:
                return found or written, False
            held.rename(arriving.id, submission_id)
        finally:
            held.drop(arriving.id)
        if self._queue(submission_id):
            self.reception.import_now(submission_id)
        return self._found(submission_id) or found, True

    def _queue(self, submission_id: str) -> bool:
        """True when it waited, or had been refused, until now."""
        with self.store.unit_of_work() as work:
            moved = work.submissions.move(submission_id, _TRIED_AGAIN, SubmissionState.QUEUED, self.clock.now())
            work.commit()
        return moved

    def _record(self, arrived: Sequence[_Arriving], state: SubmissionState) -> list[Submission]:
        if not arrived:
            raise ReviewError("没有收到文件, 请选择文件后再上传")
        made = [self._submission(one, state) for one in arrived]
        self._add(made)
        return made

    def _add(self, made: Sequence[Submission]) -> None:
        """Write down those that are new."""
        with self.store.unit_of_work() as work:
            added = [one for one in made if work.submissions.add(one)]
            for one in added:
                detail = f"{self.way.value} {one.size}"
                work.audit.append(
                    AuditEntry(
                        at=self.clock.now(), actor=self.sender.who, action="submit", subject=one.id, detail=detail
                    )
                )
            work.commit()

    def _submission(self, arriving: _Arriving, state: SubmissionState) -> Submission:
        path, now = self.reception.held.path(arriving.id), self.clock.now()
        size = path.stat().st_size if path else 0
        if size == 0:
            raise ReviewError(f"{arriving.name}: 文件是空的, 请重新导出后上传")
        return Submission(
            id=arriving.id,
            origin=Origin(way=self.way, who=self.sender.who),
            region=self.sender.region,
            file=arriving.name,
            size=size,
            state=state,
            kind=self.kind,
            created_at=now,
            changed_at=now,
        )

    def _size_held(self) -> int:
        with self.store.reading() as work:
            return work.submissions.size_held()

    def _found(self, submission_id: str) -> Submission | None:
        with self.store.reading() as work:
            return work.submissions.get(submission_id)


def new_id() -> str:
    """An id that nobody guesses."""
    return secrets.token_hex(16)


def id_of(sender: str, name: str) -> str:
    """The id of what a sender hands in under a name of its own: the same name again is the same id."""
    return hashlib.sha256(f"{sender} {name}".encode()).hexdigest()[:32]
