"""Who may sign in, and in which part of the county."""

from dataclasses import dataclass
from datetime import datetime

from domain.accounts.access_scope import AccessScope
from domain.places.region import RegionCode
from domain.words.vocabulary import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One person's account; it reads nothing outside its region."""

    username: str
    display_name: str
    """The person's name, which recusal compares; the user name where none was given when the account was made."""
    role: Role
    region: RegionCode
    password_hash: str
    """Argon2id in the encoded form of the library."""
    created_at: datetime
    disabled: bool = False
    department: str = ""
    """Slug of the routing table's departments, for the role DEPARTMENT; empty for everybody else."""

    @property
    def has_person_name(self) -> bool:
        """False while nobody has said who the person is: then nobody knows which leads touch that person."""
        return bool(self.display_name.strip()) and self.display_name != self.username

    @property
    def scope(self) -> AccessScope:
        """How far the account sees; every query that reads for it takes this."""
        return AccessScope(self.region, self.department if self.role is Role.DEPARTMENT else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One act worth remembering; entries are chained by hash and never edited."""

    at: datetime
    actor: str
    action: str
    """Slug such as `sign_in`, `view_lead`, `decide`, `reveal`."""
    subject: str
    detail: str = ""
