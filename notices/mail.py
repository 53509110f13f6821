"""Notices by SMTP."""

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from enum import StrEnum
from pathlib import Path

from domain.failures.errors import NoticeError
from domain.sending.notice import Notice


class MailSecurity(StrEnum):
    """How the connection to the mail server is protected."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Mail:
    """Sends to every recipient by one server; one try, bounded in time."""

    host: str
    port: int
    security: MailSecurity
    sender: str
    recipients: Sequence[str]
    timeout_seconds: float
    username: str = ""
    password: str = ""
    certificates: Path | None = None
    """File of the certificate authority; the machine's own when none."""

    def send(self, notice: Notice) -> None:
        """Return when the server has taken the mail for all recipients; NoticeError otherwise."""
        try:
            with self._connect() as server:
                if self.security is MailSecurity.STARTTLS:
                    server.starttls(context=self._context())
                if self.username:
                    server.login(self.username, self.password)
                refused = server.send_message(self._message(notice))
        except (OSError, smtplib.SMTPException, ValueError) as exc:
            # ValueError: a subject or an address that no header can hold.
            # The server's own words may name addresses; the class says enough for the operator.
            raise NoticeError(f"邮件没有送到({type(exc).__name__})") from exc
        if refused:
            raise NoticeError(f"邮件服务器拒收{len(refused)}个收件人")

    def _connect(self) -> smtplib.SMTP:
        if self.security is MailSecurity.TLS:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout_seconds, context=self._context())
        return smtplib.SMTP(self.host, self.port, timeout=self.timeout_seconds)

    def _context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.certificates) if self.certificates else None)

    def _message(self, notice: Notice) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"] = self.sender, ", ".join(self.recipients)
        message["Subject"] = f"[前哨] {notice.subject}"
        message["Date"] = format_datetime(notice.at)
        message["Message-ID"] = f"<{notice.key.replace(':', '.')}@qianshao>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(notice.body)
        return message
