"""Keys by which another office's program may hand in petitions or read receipts; a person signs in instead."""

from dataclasses import dataclass
from datetime import datetime

from domain.labelled import Labelled
from domain.places.region import RegionCode


class KeyScope(Labelled):
    """What a key is good for; one that may submit may not by that read what came of others' files."""

    SUBMIT_PETITIONS = "submit_petitions", "提交信访件"
    READ_RECEIPTS = "read_receipts", "查看回执"
    READ_LEADS = "read_leads", "读取核实过的线索"
    REPORT_OUTCOMES = "report_outcomes", "反馈线索结果"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """One program's key, without its secret."""

    id: str
    """Stands in clear at the front of the key, so that a key can be found, named and revoked without its secret."""
    name: str
    """Which program or office it was given to."""
    scopes: frozenset[KeyScope]
    region: RegionCode
    """The office in whose name it submits, and outside of which it reads no lead."""
    secret_hash: str
    """SHA-256 of the secret, which is 256 random bits: nothing to guess, so no slow hash is needed."""
    created_at: datetime
    created_by: str
    expires_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None
    department: str = ""
    """Slug of the line department that reads only what was transferred to it; empty for no department."""

    @property
    def actor(self) -> str:
        """How the audit log and receipts name it."""
        return f"key:{self.id}"

    def is_valid(self, now: datetime) -> bool:
        """True while it is neither revoked nor expired."""
        return self.revoked_at is None and now < self.expires_at
