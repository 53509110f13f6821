"""Forms that a phone may send twice because it never heard that the first one arrived."""

import hashlib
from datetime import datetime

from storage.session import Session
from storage.tables.feed import SentFormRow


class SentForms:
    """Which keys have been used; in the transaction that records what the form says."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session

    def first(self, key: str, username: str, lead_id: str, at: datetime) -> bool:
        """True when the form has not been recorded yet; from then on it has, if the transaction is kept.

        A key counts for one account and one lead: nobody can use up another's.
        """
        digest = hashlib.sha256(f"{username}\n{lead_id}\n{key}".encode()).hexdigest()
        row = {"key_hash": digest, "username": username, "lead_id": lead_id, "at": at}
        return self._session.insert_new(SentFormRow, [row]) == 1
