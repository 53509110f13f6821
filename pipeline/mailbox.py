"""The mailbox: mails of known offices are taken in like any delivered file, then put away.

A mail is put away only after its receipt is committed. Killed in between, it is recognised at the next look, and its
rows are recognised in any case.
"""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from domain.clock import CHINA, Clock
from domain.errors import FileError, MailboxError
from domain.receipt import Origin, ReceiptId, RowOutcome, Way
from domain.region import RegionCode
from importers.mailbox import Mailbox, WaitingMail
from pipeline.import_petitions import import_petitions
from pipeline.mailbox_settings import MailboxSettings
from pipeline.receipt_record import receipt_sentence
from storage.store import Store


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
    clock: Clock
    folder: Path
    """Where a mail lies while it is read: a folder that only its owner can enter."""

    def empty(self, mailbox: Mailbox) -> list[MailReceipt]:
        """Take in every waiting mail of an allowed sender.

        Raises:
            MailboxError: the server stopped answering; what was taken in before stays.
            StorageError: the database cannot be used; the mail stays unread.
        """
        found = (self._take_in(mailbox, mail) for mail in mailbox.waiting(self.settings.allowed_senders))
        return [receipt for receipt in found if receipt is not None]

    def _take_in(self, mailbox: Mailbox, mail: WaitingMail) -> MailReceipt | None:
        """None when another process has the mail, or when it was dealt with before."""
        # Some programs give several mails one Message-ID: the size tells those apart.
        key = f"{mail.message_id} {mail.size}"
        with self.store.claim(f"mail {key}") as mine:
            if not mine:
                return None
            if mail.message_id and self._knows(key):
                mailbox.put_away(mail, folder=self.settings.done_folder)
                return None
            receipt = self._import(mailbox, mail)
            with self.store.unit_of_work() as work:
                work.receipts.remember_mail(key, receipt.receipt_id, self.clock.now())
                work.commit()
            folder = self.settings.failed_folder if receipt.refused else self.settings.done_folder
            mailbox.put_away(mail, folder=folder, flagged=receipt.refused)
            return receipt

    def _knows(self, key: str) -> bool:
        with self.store.reading() as work:
            return work.receipts.knows_mail(key)

    def _import(self, mailbox: Mailbox, mail: WaitingMail) -> MailReceipt:
        most = self.settings.largest_megabytes
        if mail.size > most << 20:
            return _refused(mail, f"邮件有{mail.size >> 20}MB, 超过{most}MB, 请分开寄")
        self.folder.mkdir(mode=0o700, exist_ok=True)
        kept = Path(tempfile.mkdtemp(dir=self.folder))
        try:
            path = kept / f"邮件{self.clock.now().astimezone(CHINA):%Y%m%d-%H%M%S}_{mail.sender}.eml"
            mailbox.save(mail, path)
            origin = Origin(way=Way.MAILBOX, who=mail.sender[:128])
            receipt = import_petitions(self.store, path, county=self.county, clock=self.clock, origin=origin)
        except (FileError, MailboxError) as exc:
            return _refused(mail, str(exc))
        finally:
            shutil.rmtree(kept, ignore_errors=True)
        rejected = receipt.count(RowOutcome.REJECTED)
        message = receipt_sentence(receipt)
        nothing = rejected > 0 and receipt.accepted + receipt.count(RowOutcome.DUPLICATE) == 0
        return MailReceipt(
            sender=mail.sender, receipt_id=receipt.id, refused=nothing, failed=rejected > 0, message=message
        )


def _refused(mail: WaitingMail, message: str) -> MailReceipt:
    return MailReceipt(sender=mail.sender, receipt_id=None, refused=True, failed=True, message=message)
