"""Settles the ways in of a database that was put back: nothing comes to life again that was shut since the backup.

Nothing is opened by it: what was opened since the backup is told, and done again by hand.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.accounts.account import Account, AuditEntry
from domain.auditing import way_in
from domain.auditing.audit import Link
from domain.failures.errors import ConfigError
from domain.leads.lead import SYSTEM
from domain.places.region import RegionCode
from domain.words.vocabulary import Role
from review.accounts.steps import disable, forget_second_factor, give_place, set_first_password
from review.sign_in.passwords import hash_password, make_password
from storage.store import Store
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What was done, and what is left for a person."""

    backup_ends: int
    """Number of the last entry of the audit log, with what was done since the backup was put back."""
    known_to: Link | None
    """The latest act that was known; None where nothing was known of what came after the backup."""
    sessions: int
    shut: tuple[str, ...]
    """Accounts that are disabled now."""
    new_password: tuple[str, ...]
    """Accounts whose password is good for nothing: another one was set since the backup."""
    moved: tuple[str, ...]
    keys: tuple[str, ...]
    """Numbers of keys that are revoked now."""
    to_open: tuple[str, ...]
    """Accounts and keys that were made or let in again since the backup and not shut after that, to be made anew."""


def settle(store: Store, acts: Sequence[Link], at: datetime, *, unknown: bool = False) -> Settled:
    """Apply what is known of the time after the backup, end all sessions, and write it into the audit log.

    Args:
        store: The database that was put back.
        acts: Acts on ways in that are known from elsewhere, by number.
        at: Now.
        unknown: Nothing else is known: every account is shut, every key and reader's address revoked.

    Raises:
        ConfigError: when the acts are of another database, or none is later than the backup and `unknown` is not said.
    """
    with store.unit_of_work() as work:
        work.accounts.hold_all()
        head = work.audit.head()
        ends = head.sequence if head is not None else 0
        later = _lost(work, acts, ends)
        if not later and not unknown:
            raise ConfigError(
                "没有比这个备份更晚的记录, 不知道其后停用了哪些账号和密钥: 请用 --audit 给出最近的 audit export 文件"
                "或原机器的 access-journal.jsonl; 都没有就加 --unknown: 所有账号停用待逐个确认, 密钥和订阅地址作废"
            )
        done = _Settling(work, at)
        sessions = work.open_sessions.close_everybodys()
        work.set_up_codes.drop()
        done.apply(later)
        if unknown:
            done.shut_all()
        known = str(later[-1].sequence) if later else "unknown"
        work.audit.append(
            AuditEntry(at=at, actor=SYSTEM, action=way_in.RESTORED, subject=f"{ends}", detail=f"{known} {len(later)}")
        )
        work.commit()
    return Settled(
        backup_ends=ends,
        known_to=later[-1] if later else None,
        sessions=sessions,
        shut=tuple(sorted(done.shut)),
        new_password=tuple(sorted(done.new_password - done.shut)),
        moved=tuple(sorted(done.moved)),
        keys=tuple(sorted(done.keys)),
        to_open=done.to_open,
    )


def _lost(work: UnitOfWork, acts: Sequence[Link], ends: int) -> list[Link]:
    """The acts that the database knows nothing of.

    Some may bear numbers that its log has given to something else: what was done with it since it was put back, such as
    a change of keys, goes on from the backup. Then one act before them has to be in both.
    """
    same = [one for one in acts if one.sequence <= ends and _is_here(work, one)]
    lost = [one for one in acts if one not in same]
    strange = next((one for one in lost if one.sequence <= ends), None)
    if strange is not None and (not same or strange.sequence < same[-1].sequence):
        raise ConfigError(f"给出的记录不是这个数据库的: 第{strange.sequence}条和审计日志里的不一样")
    return lost


def _is_here(work: UnitOfWork, act: Link) -> bool:
    here = work.audit.at(act.sequence)
    return here is not None and here.hash == act.hash


class _Settling:
    def __init__(self, work: UnitOfWork, at: datetime) -> None:
        self._work, self._at = work, at
        self.shut: set[str] = set()
        self.new_password: set[str] = set()
        self.moved: set[str] = set()
        self.keys: set[str] = set()
        self._made: dict[str, str] = {}
        """What to make anew of keys made since, by number."""
        self._accounts_to_open: list[str] = []

    @property
    def to_open(self) -> tuple[str, ...]:
        return (*self._made.values(), *self._accounts_to_open)

    def apply(self, later: Sequence[Link]) -> None:
        """What is left of the acts at their end, for each account and key."""
        of_account: dict[str, list[AuditEntry]] = defaultdict(list)
        for entry in (one.entry for one in later):
            match entry.action:
                case way_in.KEY_REVOKED:
                    self._made.pop(entry.subject, None)
                    self._revoke(entry.subject)
                case way_in.KEY_MADE:
                    self._made[entry.subject] = f"接口密钥 {entry.subject}"
                case way_in.READER_REVOKED:
                    self._work.reader_tokens.revoke(entry.subject, entry.actor, self._at)
                case way_in.SIGN_IN:
                    of_account[entry.actor].append(entry)
                case _:
                    of_account[entry.subject].append(entry)
        for username, entries in sorted(of_account.items()):
            account = self._work.accounts.get(username)
            if account is not None:
                self._bring_up(account, entries)
            elif _last_switch(entries) != way_in.DISABLED:
                self._accounts_to_open.append(f"账号 {username}")

    def shut_all(self) -> None:
        """Every account, key and address of readers: each is to be confirmed by a person."""
        for account in self._work.accounts.all():
            if not account.disabled:
                self._disable(account)
        for key in self._work.api_keys.all():
            if key.revoked_at is None:
                self._revoke(key.id)

    def _bring_up(self, account: Account, entries: Sequence[AuditEntry]) -> None:
        acts = {one.action for one in entries}
        name, work = account.username, self._work
        if acts & (way_in.CODES | {way_in.SIGN_IN}):
            work.credentials.set_recovery_codes(name, ())
        if acts & way_in.FACTORS:
            forget_second_factor(work, account, self._entry(name))
        if acts & (way_in.PASSWORDS | way_in.FACTORS):
            # Without the factor of before the password of before would be enough to set up another one.
            set_first_password(work, account, hash_password(make_password()), self._entry(name))
            self.new_password.add(name)
        places = [one.detail for one in entries if one.action == way_in.MOVED]
        if places:
            self._move(account, places[-1])
        switch = _last_switch(entries)
        if switch == way_in.DISABLED:
            self._disable(account)
        elif switch == way_in.ENABLED and account.disabled:
            self._accounts_to_open.append(f"账号 {name} 恢复使用")

    def _move(self, account: Account, detail: str) -> None:
        role, region, *department = detail.rpartition(" -> ")[2].split()
        place = replace(
            account, role=Role(role), region=RegionCode.parse(region), department=department[0] if department else ""
        )
        give_place(self._work, account, place, self._entry(account.username))
        self.moved.add(account.username)

    def _disable(self, account: Account) -> None:
        disable(self._work, account, self._entry(account.username))
        self.shut.add(account.username)

    def _revoke(self, key_id: str) -> None:
        if self._work.api_keys.revoke(key_id, self._at):
            self._work.audit.append(replace(self._entry(key_id), action=way_in.KEY_REVOKED))
            self.keys.add(key_id)

    def _entry(self, subject: str) -> AuditEntry:
        return AuditEntry(at=self._at, actor=SYSTEM, action="", subject=subject)


def _last_switch(entries: Sequence[AuditEntry]) -> str:
    """Whether the account was shut or let in last; empty where neither."""
    return next((one.action for one in reversed(entries) if one.action in (way_in.DISABLED, way_in.ENABLED)), "")
