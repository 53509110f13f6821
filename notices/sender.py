"""What every way of sending a notice has in common."""

from typing import Protocol

from domain.sending.notice import Notice


class Sender(Protocol):
    """Sends one notice, or says why it did not leave."""

    def send(self, notice: Notice) -> None:
        """Return when the other side has taken it; NoticeError otherwise."""
        ...
