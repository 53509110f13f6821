"""What was handed in through the web, how far it is, and which worker is at it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select, update

from domain.deliveries.receipt import Origin, ReceiptId, Way
from domain.deliveries.submission import FINISHED, UNDER_WAY, Submission, SubmissionKind, SubmissionState
from domain.places.region import RegionCode
from storage.encryption.sealed import SUBMISSION
from storage.session import Session
from storage.tables.submissions import SubmissionRow


class Submissions:
    """A queue that a restart does not lose: a claim that is not renewed runs out, and another worker takes over."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, submission: Submission) -> bool:
        """True when it was added; False when one of this id is there, which stays as it is."""
        row = {
            "id": submission.id,
            "way": submission.origin.way.value,
            "actor": submission.origin.who,
            "region": submission.region.digits,
            "size": submission.size,
            "state": submission.state.value,
            "kind": submission.kind.value,
            "created_at": submission.created_at,
            "changed_at": submission.changed_at,
            "rows": submission.rows,
            "receipt_id": submission.receipt_id,
            "fingerprint": submission.fingerprint,
            "claimed_until": None,
            "sealed": self._sealed(submission),
        }
        return self._session.insert_new(SubmissionRow, [row]) == 1

    def get(self, submission_id: str) -> Submission | None:
        """The submission, whichever office's it is."""
        return self._one(SubmissionRow.id == submission_id)

    def of_office(self, submission_id: str, region: RegionCode) -> Submission | None:
        """The submission when it was handed in for exactly this office."""
        return self._one(SubmissionRow.id == submission_id, SubmissionRow.region == region.digits)

    def choose(self, submission_id: str, at: datetime, *, partial: bool, confirmed: bool) -> bool:
        """True when the submission still waits and a person's choices about its register are kept."""
        found = self.get(submission_id)
        if found is None:
            return False
        chosen = replace(found, partial=partial, confirmed=confirmed)
        choosing = update(SubmissionRow).where(
            SubmissionRow.id == submission_id, SubmissionRow.state == SubmissionState.WAITING.value
        )
        values = {"sealed": self._sealed(chosen), "changed_at": at}
        return self._session.connection.execute(choosing.values(values)).rowcount == 1

    def registers_of(self, region: RegionCode, *, limit: int, offset: int) -> list[Submission]:
        """A page of the registers that an office handed in and did not take back, newest first."""
        query = select(SubmissionRow.__table__).where(
            SubmissionRow.region == region.digits,
            SubmissionRow.kind == SubmissionKind.REGISTER.value,
            SubmissionRow.state != SubmissionState.DISCARDED.value,
        )
        query = query.order_by(SubmissionRow.sequence.desc()).limit(limit).offset(offset)
        return [self._submission(row) for row in self._session.connection.execute(query)]

    def open_of(self, region: RegionCode, limit: int) -> list[Submission]:
        """The petitions of an office that wait for a person or the worker, or were refused as a whole; newest first.

        Refused ones are listed until they are forgotten, so that a clerk who comes back finds out why.
        """
        states = [state.value for state in (SubmissionState.WAITING, *UNDER_WAY, SubmissionState.FAILED)]
        query = select(SubmissionRow.__table__).where(
            SubmissionRow.region == region.digits,
            SubmissionRow.state.in_(states),
            SubmissionRow.kind == SubmissionKind.PETITIONS.value,
        )
        query = query.where(SubmissionRow.sealed.is_not(None)).order_by(SubmissionRow.sequence.desc()).limit(limit)
        return [self._submission(row) for row in self._session.connection.execute(query)]

    def size_held(self) -> int:
        """Bytes of all that lies on disk."""
        held = [state.value for state in SubmissionState if state not in FINISHED]
        query = select(func.sum(SubmissionRow.size)).where(SubmissionRow.state.in_(held))
        return self._session.connection.scalar(query) or 0

    def move(
        self,
        submission_id: str,
        before: Iterable[SubmissionState],
        state: SubmissionState,
        at: datetime,
        *,
        receipt_id: ReceiptId | None = None,
        message: str = "",
    ) -> bool:
        """True when it was in one of the states `before` and is in `state` now."""
        found = self.get(submission_id)
        if found is None:
            return False
        moving = update(SubmissionRow).where(
            SubmissionRow.id == submission_id, SubmissionRow.state.in_([one.value for one in before])
        )
        values = {
            "state": state.value,
            "changed_at": at,
            "claimed_until": None,
            "receipt_id": receipt_id,
            "sealed": self._sealed(replace(found, message=message)),
        }
        return self._session.connection.execute(moving.values(values)).rowcount == 1

    def claim(self, now: datetime, *, seconds: float) -> Submission | None:
        """The oldest submission that is queued or whose worker has died, claimed; None when there is none."""
        query = select(SubmissionRow.id).where(_nobody_is_at_it(now)).order_by(SubmissionRow.sequence)
        oldest = self._session.connection.scalar(query.limit(1))
        return self.get(oldest) if oldest is not None and self.claim_this(oldest, now, seconds=seconds) else None

    def claim_this(self, submission_id: str, now: datetime, *, seconds: float) -> bool:
        """True when nobody is at this submission and it is claimed now."""
        taking = update(SubmissionRow).where(SubmissionRow.id == submission_id, _nobody_is_at_it(now))
        values = {"state": SubmissionState.RUNNING.value, "claimed_until": now + timedelta(seconds=seconds)}
        return self._session.connection.execute(taking.values(values)).rowcount == 1

    def renew(self, submission_id: str, now: datetime, *, seconds: float, rows: int) -> None:
        """The worker lives and is this far."""
        renewing = update(SubmissionRow).where(SubmissionRow.id == submission_id)
        until = now + timedelta(seconds=seconds)
        self._session.connection.execute(renewing.values(claimed_until=until, rows=rows))

    def forget_before(self, moment: datetime) -> list[str]:
        """Discard what waited since before a moment, and drop file names and messages of what ended; ids discarded."""
        connection = self._session.connection
        old = SubmissionRow.changed_at < moment
        waited = [
            *connection.scalars(select(SubmissionRow.id).where(old, SubmissionRow.state == SubmissionState.WAITING))
        ]
        discarding = update(SubmissionRow).where(SubmissionRow.id.in_(waited))
        connection.execute(discarding.values(state=SubmissionState.DISCARDED.value))
        ended = SubmissionRow.state.in_([state.value for state in FINISHED])
        connection.execute(update(SubmissionRow).where(old, ended).values(sealed=None))
        return waited

    def _one(self, *conditions: ColumnElement[bool]) -> Submission | None:
        row = self._session.connection.execute(select(SubmissionRow.__table__).where(*conditions)).one_or_none()
        return self._submission(row) if row else None

    def _sealed(self, submission: Submission) -> bytes:
        said = {"file": submission.file, "message": submission.message}
        chosen = {"partial": submission.partial, "confirmed": submission.confirmed}
        return self._session.seal({**said, **chosen}, SUBMISSION.of(submission.id))

    def _submission(self, row: Row[Any]) -> Submission:
        said: dict[str, Any] = self._session.unseal(row.sealed, SUBMISSION.of(row.id)) if row.sealed is not None else {}
        return Submission(
            id=row.id,
            origin=Origin(way=Way(row.way), who=row.actor),
            region=RegionCode(row.region),
            file=said.get("file", ""),
            size=row.size,
            state=SubmissionState(row.state),
            created_at=row.created_at,
            changed_at=row.changed_at,
            rows=row.rows,
            receipt_id=ReceiptId(row.receipt_id) if row.receipt_id else None,
            message=said.get("message", ""),
            kind=SubmissionKind(row.kind),
            partial=said.get("partial", False),
            confirmed=said.get("confirmed", False),
            fingerprint=row.fingerprint,
        )


def _nobody_is_at_it(now: datetime) -> ColumnElement[bool]:
    """What is to be imported and is not claimed, or by a worker that has died."""
    free = or_(SubmissionRow.claimed_until.is_(None), SubmissionRow.claimed_until < now)
    return and_(SubmissionRow.state.in_([state.value for state in UNDER_WAY]), free)
