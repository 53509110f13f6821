"""How accounts sign in: encrypted secrets of the second factor, codes that are good once."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, delete, func, or_, select, update

from domain.accounts.sign_in import Credentials
from storage.encryption.sealed import OFFERED_SECRET, SECRET, SealedColumn
from storage.session import Session
from storage.tables.sign_in import CredentialsRow, RecoveryCodeRow


class CredentialsOfAccounts:
    """One record for each account; an account without one has the defaults of Credentials."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def get(self, username: str) -> Credentials:
        """What is known of how the account signs in."""
        return self.of([username]).get(username, Credentials())

    def of(self, usernames: Collection[str]) -> dict[str, Credentials]:
        """The records of these accounts that there are."""
        columns = (
            CredentialsRow.username,
            CredentialsRow.must_change_password,
            CredentialsRow.second_factor_since,
            CredentialsRow.last_sign_in_at,
        )
        found = self._session.connection.execute(select(*columns).where(CredentialsRow.username.in_(usernames)))
        return {
            row.username: Credentials(
                must_change_password=row.must_change_password,
                second_factor_since=row.second_factor_since,
                last_sign_in_at=row.last_sign_in_at,
            )
            for row in found
        }

    def set_must_change(self, username: str, *, must: bool) -> None:
        """Whether the password has to be changed before anything else."""
        self._set(username, must_change_password=must)

    def note_sign_in(self, username: str, at: datetime) -> None:
        """The account has signed in."""
        self._set(username, last_sign_in_at=at)

    def offer_secret(self, username: str, secret: str) -> None:
        """Keep a secret until a code made with it comes back."""
        self._set(username, offered_secret=self._session.cipher.encrypt(secret, OFFERED_SECRET.of(username)))

    def offered_secret(self, username: str) -> str | None:
        """The secret that waits for its first code."""
        return self._unsealed(OFFERED_SECRET, username)

    def secret(self, username: str) -> str | None:
        """The secret that codes are checked with; None without second factor."""
        return self._unsealed(SECRET, username)

    def accept_secret(self, username: str, step: int, at: datetime) -> None:
        """The offered secret is the account's from now on; the code of `step` that proved it is used up.

        LookupError when none was offered.
        """
        offered = self.offered_secret(username)
        if offered is None:
            raise LookupError(f"no secret was offered to {username}")
        secret = self._session.cipher.encrypt(offered, SECRET.of(username))
        self._set(username, secret=secret, offered_secret=None, second_factor_since=at, last_step=step)

    def use_step(self, username: str, step: int) -> bool:
        """True when no code of this time step or a later one was accepted before; it is used up now."""
        using = update(CredentialsRow).where(
            and_(
                CredentialsRow.username == username,
                or_(CredentialsRow.last_step.is_(None), CredentialsRow.last_step < step),
            )
        )
        return self._session.connection.execute(using.values(last_step=step)).rowcount == 1

    def forget_second_factor(self, username: str) -> bool:
        """True when there was one; its secret and its recovery codes are gone."""
        # Not by opening the secret: who lost the phone must be helped when it is damaged, too.
        had = self.get(username).second_factor_since is not None
        nothing = {"secret": None, "offered_secret": None, "second_factor_since": None, "last_step": None}
        forgetting = update(CredentialsRow).where(CredentialsRow.username == username)
        self._session.connection.execute(forgetting.values(**nothing))
        self.set_recovery_codes(username, ())
        return had

    def set_recovery_codes(self, username: str, codes: Collection[str]) -> None:
        """Replace the account's recovery codes; only keyed hashes are kept."""
        self._session.connection.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.username == username))
        rows = [
            {"username": username, "code_hash": self._session.cipher.blind_index(_kept(code)), "used_at": None}
            for code in codes
        ]
        self._session.insert_new(RecoveryCodeRow, rows)

    def use_recovery_code(self, username: str, code: str, at: datetime) -> bool:
        """True when it is one of the account's codes and was not used; it is used up now."""
        using = update(RecoveryCodeRow).where(
            RecoveryCodeRow.username == username,
            RecoveryCodeRow.code_hash.in_(self._session.cipher.blind_indexes(_kept(code))),
            RecoveryCodeRow.used_at.is_(None),
        )
        return self._session.connection.execute(using.values(used_at=at)).rowcount == 1

    def count_recovery_codes(self, username: str) -> int:
        """How many are left."""
        query = select(func.count()).select_from(RecoveryCodeRow)
        query = query.where(RecoveryCodeRow.username == username, RecoveryCodeRow.used_at.is_(None))
        return self._session.connection.scalar(query) or 0

    def _unsealed(self, kept: SealedColumn, username: str) -> str | None:
        query = select(kept.column).where(CredentialsRow.username == username)
        sealed = self._session.connection.scalar(query)
        return self._session.cipher.decrypt(sealed, kept.of(username)) if sealed is not None else None

    def _set(self, username: str, **values: object) -> None:
        self._session.insert_new(CredentialsRow, [{"username": username, "must_change_password": False}])
        self._session.connection.execute(
            update(CredentialsRow).where(CredentialsRow.username == username).values(**values)
        )


def _kept(code: str) -> str:
    return f"recovery code {code}"
