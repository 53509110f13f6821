"""The mailbox: mails of known offices are taken in like any delivered file, then put away.

A mail is put away only after its receipt is committed. Killed in between, it is recognised at the next look, and its
rows are recognised in any case.
"""

import imaplib
import logging
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from domain.accounts.account import AuditEntry
from domain.clock import CHINA, Clock
from domain.deliveries.receipt import Origin, ReceiptId, RowOutcome, Way
from domain.failures.errors import FileError, MailboxError, StorageError, ValueNotStorable
from domain.leads.lead import SYSTEM
from domain.places.office import Offices
from domain.places.region import RegionCode
from importers.mailbox import Mailbox, WaitingMail
from pipeline.deliveries.import_petitions import import_petitions
from pipeline.deliveries.receipt_record import receipt_sentence
from pipeline.settings.mailbox import MailboxSettings
from storage.store import Store

_LOG = logging.getLogger("mailbox")
REFUSED_MAIL = "refuse_mail"
"""In the audit log: nothing of a mail was taken in."""
_SENDER_SHOWN = 60
"""Characters of an address in the name of a mail's file."""
_BUG = "程序出错, 这封邮件没有导入完, 已导入的行不会丢失; 请把发件人和时间告诉管理员"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailReceipt:
    """What became of one mail."""

    sender: str
    receipt_id: ReceiptId | None
    refused: bool
    """Nothing of it could be taken in."""
    failed: bool
    """Somebody has to mend something."""
    message: str


@dataclass(frozen=True, kw_only=True)
class MailRound:
    """One look into the mailbox."""

    store: Store
    settings: MailboxSettings
    county: RegionCode
    offices: Offices
    clock: Clock
    folder: Path
    """Where a mail lies while it is read: a folder that only its owner can enter."""

    def empty(self, mailbox: Mailbox) -> list[MailReceipt]:
        """Take in every waiting mail of an allowed sender.

        Raises:
            MailboxError: the server stopped answering; what was taken in before stays.
            StorageError: the database cannot be used; the mail stays unread.
        """
        clear_mail_folder(self.store, self.folder)
        found = (self._take_in(mailbox, mail) for mail in mailbox.waiting(self.settings.allowed_senders))
        return [receipt for receipt in found if receipt is not None]

    def _take_in(self, mailbox: Mailbox, mail: WaitingMail) -> MailReceipt | None:
        """None when another process has the mail, or when it was taken in before."""
        # Its number in the mailbox, since some programs give several mails one Message-ID.
        key = f"{mail.sender} {mail.mailbox_id}/{mail.uid} {mail.message_id} {mail.size}"
        with self.store.claim(f"mail {key}") as mine:
            if not mine:
                return None
            if self._knows(key):
                mailbox.put_away(mail, folder=self.settings.done_folder)
                return None
            try:
                receipt = self._import(mailbox, mail)
            except MailboxError as exc:
                # It stays unread: what the server does not give today it may give at the next look.
                return _refused(mail, f"{exc}; 邮件仍是未读, 下次再收")
            self._note(key, mail, receipt)
            folder = self.settings.failed_folder if receipt.refused else self.settings.done_folder
            mailbox.put_away(mail, folder=folder, flagged=receipt.refused)
            return receipt

    def _knows(self, key: str) -> bool:
        with self.store.reading() as work:
            return work.receipts.knows_mail(key)

    def _note(self, key: str, mail: WaitingMail, receipt: MailReceipt) -> None:
        """Only what was taken in is remembered: a refused mail that somebody marks as unread is tried again."""
        now = self.clock.now()
        with self.store.unit_of_work() as work:
            if receipt.refused:
                subject, who = receipt.receipt_id or "", mail.sender[:128]
                work.audit.append(AuditEntry(at=now, actor=SYSTEM, action=REFUSED_MAIL, subject=subject, detail=who))
            else:
                work.receipts.remember_mail(key, now)
            work.commit()

    def _import(self, mailbox: Mailbox, mail: WaitingMail) -> MailReceipt:
        most = self.settings.largest_megabytes
        if mail.size > most << 20:
            return _refused(mail, f"邮件有{mail.size >> 20}MB, 超过{most}MB, 请分开寄")
        name = secrets.token_hex(8)
        kept = self.folder / name
        with self.store.claim(_claim_of(name)):
            kept.mkdir(mode=0o700, parents=True)
            try:
                return self._import_into(kept, mailbox, mail)
            finally:
                shutil.rmtree(kept, ignore_errors=True)

    def _import_into(self, kept: Path, mailbox: Mailbox, mail: WaitingMail) -> MailReceipt:
        try:
            path = kept / f"邮件{self.clock.now().astimezone(CHINA):%Y%m%d-%H%M%S}_{mail.sender[:_SENDER_SHOWN]}.eml"
            mailbox.save(mail, path)
            office = self.offices.of_sender(mail.sender)
            origin = Origin(way=Way.MAILBOX, who=mail.sender[:128], office=office[:160])
            receipt = import_petitions(self.store, path, county=self.county, clock=self.clock, origin=origin)
        except (FileError, ValueNotStorable) as exc:
            return _refused(mail, str(exc))
        except (MailboxError, StorageError, OSError, imaplib.IMAP4.error):
            # The server, the database or the disk: none of them is this mail's fault.
            raise
        except Exception:  # noqa: BLE001 - logged with its trace, and the mail is flagged
            # One mail that meets a mistake of ours must not keep all others from being taken in.
            _LOG.exception("a mail failed")
            return _refused(mail, _BUG)
        return MailReceipt(
            sender=mail.sender,
            receipt_id=receipt.id,
            refused=receipt.refuses_all,
            failed=receipt.count(RowOutcome.REJECTED) > 0,
            message=receipt_sentence(receipt),
        )


def clear_mail_folder(store: Store, folder: Path) -> None:
    """Delete what killed processes left of the mails that they were reading; such a mail is still in the mailbox."""
    for left in folder.iterdir() if folder.is_dir() else ():
        with store.claim(_claim_of(left.name)) as nobody_reads_it:
            if nobody_reads_it:
                shutil.rmtree(left, ignore_errors=True)


def _claim_of(name: str) -> str:
    return f"mail folder {name}"


def _refused(mail: WaitingMail, message: str) -> MailReceipt:
    return MailReceipt(sender=mail.sender, receipt_id=None, refused=True, failed=True, message=message)
