"""The steps of account administration, for the pages and the command line alike: the change and its audit entry."""

from dataclasses import replace

from domain.accounts.account import Account, AuditEntry
from domain.failures.errors import ReviewError
from storage.unit_of_work import UnitOfWork


def make_account(work: UnitOfWork, account: Account, entry: AuditEntry, *, must_change: bool = True) -> None:
    """Append the account; its first password is known to whoever made it and has to be changed.

    ReviewError when the user name is taken, perhaps since a moment ago.
    """
    if not work.accounts.add(account):
        raise ReviewError(f"用户名{account.username}已有人用")
    if must_change:
        work.credentials.set_must_change(account.username, must=True)
    _note(work, entry, "create_account", _place(account))


def set_first_password(work: UnitOfWork, account: Account, password_hash: str, entry: AuditEntry) -> None:
    """Replace the password by one that has to be changed; sessions and addresses of readers are over."""
    work.accounts.set_password(account.username, password_hash)
    work.credentials.set_must_change(account.username, must=True)
    _end_ways_in(work, account, entry)
    clear_failures(work, account, None)
    _note(work, entry, "reset_password")


def forget_second_factor(work: UnitOfWork, account: Account, entry: AuditEntry) -> None:
    """Drop the authenticator and the recovery codes; sessions and addresses of readers are over."""
    work.accounts.hold(account.username)
    work.credentials.forget_second_factor(account.username)
    _end_ways_in(work, account, entry)
    _note(work, entry, "reset_second_factor")


def clear_failures(work: UnitOfWork, account: Account, entry: AuditEntry | None) -> None:
    """Forget failures at the account's password and at its code."""
    work.sign_in_failures.clear_of(account.username)
    if entry is not None:
        _note(work, entry, "unlock_account")


def disable(work: UnitOfWork, account: Account, entry: AuditEntry) -> None:
    """Shut the account out; its sessions and addresses of readers are over, also when it is let in again."""
    work.accounts.set_disabled(account.username, disabled=True)
    _end_ways_in(work, account, entry)
    _note(work, entry, "disable_account")


def enable(work: UnitOfWork, account: Account, entry: AuditEntry) -> None:
    """Let the account in again."""
    work.accounts.set_disabled(account.username, disabled=False)
    _note(work, entry, "enable_account")


def give_place(work: UnitOfWork, account: Account, changed: Account, entry: AuditEntry) -> None:
    """Give the account the role and region of `changed`; its sessions and addresses of readers are over."""
    work.accounts.set_place(account.username, changed.role, changed.region, changed.department)
    _end_ways_in(work, account, entry)
    _note(work, entry, "change_role", f"{_place(account)} -> {_place(changed)}")


def give_name(work: UnitOfWork, account: Account, name: str, entry: AuditEntry) -> None:
    """Give the account another name of a person; the audit log says that it was done, and no name."""
    work.accounts.set_name(account.username, name)
    _note(work, entry, "rename_account")


def _end_ways_in(work: UnitOfWork, account: Account, entry: AuditEntry) -> None:
    """A reader's address is a way in without a password: whoever made it with the old one must not keep it."""
    work.open_sessions.close_all(account.username)
    work.reader_tokens.revoke_all(account.username, entry.at)


def _place(account: Account) -> str:
    return " ".join(part for part in (account.role.value, str(account.region), account.department) if part)


def _note(work: UnitOfWork, entry: AuditEntry, action: str, detail: str = "") -> None:
    work.audit.append(replace(entry, action=action, detail=detail))
