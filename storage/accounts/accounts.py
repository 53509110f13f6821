"""Accounts."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, and_, delete, func, or_, select, text, update

from domain.accounts.account import Account
from domain.places.region import RegionCode
from domain.words.vocabulary import Role
from storage.columns import inside
from storage.session import Session
from storage.tables.operation import AccountRow
from storage.tables.sign_in import SessionRow


class Accounts:
    """Who may sign in."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def add(self, account: Account) -> bool:
        """True when the account was appended; one of this name that is there stays as it is."""
        row = {
            "username": account.username,
            "display_name": account.display_name,
            "role": account.role.value,
            "region": account.region.digits,
            "password_hash": account.password_hash,
            "created_at": account.created_at,
            "disabled": account.disabled,
            "department": account.department,
        }
        return self._session.insert_new(AccountRow, [row]) == 1

    def hold(self, username: str) -> Account | None:
        """The account of a user name, which nobody else holds or changes until the transaction ends.

        Whoever opens a way in holds it, and so does whoever shuts one: otherwise a session opened at that moment would
        outlive a reset. Held before anything else of the account is written, and before the audit log.
        """
        # Rows of other tables may still be added that name the account.
        query = select(AccountRow.username).where(AccountRow.username == username).with_for_update(key_share=True)
        self._session.connection.execute(query).all()
        return self.get(username)

    def hold_all(self) -> None:
        """Let nobody add or change an account until the transaction ends; what is read of all of them stays true."""
        if self._session.connection.dialect.name == "postgresql":
            self._session.connection.execute(text("LOCK TABLE accounts IN SHARE ROW EXCLUSIVE MODE"))

    def get(self, username: str) -> Account | None:
        """The account of a user name."""
        query = select(AccountRow.__table__).where(AccountRow.username == username)
        row = self._session.connection.execute(query).one_or_none()
        return _account(row) if row else None

    def all(self) -> list[Account]:
        """Every account by name."""
        query = select(AccountRow.__table__).order_by(AccountRow.username)
        return [_account(row) for row in self._session.connection.execute(query)]

    def names(self, usernames: Collection[str]) -> dict[str, str]:
        """The persons' names by user name, of those that are known."""
        query = select(AccountRow.username, AccountRow.display_name).where(AccountRow.username.in_(sorted(usernames)))
        return {row.username: row.display_name for row in self._session.connection.execute(query)}

    def set_password(self, username: str, password_hash: str) -> None:
        """Replace the password and close the account's sessions."""
        changing = update(AccountRow).where(AccountRow.username == username)
        self._session.connection.execute(changing.values(password_hash=password_hash))
        self._session.connection.execute(delete(SessionRow).where(SessionRow.username == username))

    def set_disabled(self, username: str, *, disabled: bool) -> None:
        """Lock the account out for good, or let it in again; whoever calls ends its sessions."""
        changing = update(AccountRow).where(AccountRow.username == username)
        self._session.connection.execute(changing.values(disabled=disabled))

    def set_name(self, username: str, display_name: str) -> None:
        """Give the account another name of a person."""
        changing = update(AccountRow).where(AccountRow.username == username)
        self._session.connection.execute(changing.values(display_name=display_name))

    def set_place(self, username: str, role: Role, region: RegionCode, department: str) -> None:
        """Give the account another role, region and department; whoever calls ends its sessions."""
        changing = update(AccountRow).where(AccountRow.username == username)
        self._session.connection.execute(changing.values(role=role.value, region=region.digits, department=department))

    def replace_hash(self, username: str, old: str, new: str) -> bool:
        """True when the password's hash was still `old`; it is `new` from now on, and sessions stay."""
        changing = update(AccountRow).where(AccountRow.username == username, AccountRow.password_hash == old)
        return self._session.connection.execute(changing.values(password_hash=new)).rowcount == 1

    def count(self) -> int:
        """How many accounts there are, disabled ones too."""
        return self._session.connection.scalar(select(func.count()).select_from(AccountRow)) or 0

    def search(self, words: str, region: RegionCode, *, limit: int, offset: int) -> tuple[list[Account], int]:
        """A page of the region's accounts whose user name or name holds the words, by name; how many there are."""
        named = (column.contains(words, autoescape=True) for column in (AccountRow.username, AccountRow.display_name))
        fits = and_(inside(AccountRow.region, region), or_(*named))
        query = select(AccountRow.__table__).where(fits).order_by(AccountRow.username).limit(limit).offset(offset)
        total = self._session.connection.scalar(select(func.count()).select_from(AccountRow).where(fits)) or 0
        return [_account(row) for row in self._session.connection.execute(query)], total


def _account(row: Row[Any]) -> Account:
    return Account(
        username=row.username,
        display_name=row.display_name,
        role=Role(row.role),
        region=RegionCode(row.region),
        password_hash=row.password_hash,
        created_at=row.created_at,
        disabled=row.disabled,
        department=row.department,
    )
