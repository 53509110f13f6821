"""Acts that open, shut or change a way in, as the audit log calls them: what a database put back has forgotten."""

from collections.abc import Iterable

from domain.audit import Link

RESTORED = "database_restored"
"""Written when a database that was put back is settled."""
RECOVERY_CODE = "recovery_code"
"""Detail of a sign-in with a code that was used up by it."""

SIGN_IN = "sign_in"
CREATED = "create_account"
DISABLED = "disable_account"
ENABLED = "enable_account"
MOVED = "change_role"
PASSWORDS = frozenset({"reset_password", "change_password"})
FACTORS = frozenset({"reset_second_factor", "enrol_second_factor"})
CODES = frozenset({"renew_recovery_codes"})
KEY_MADE, KEY_REVOKED = "create_key", "revoke_key"
READER_REVOKED = "revoke_reader"

ACTS = PASSWORDS | FACTORS | CODES | {CREATED, DISABLED, ENABLED, MOVED, KEY_MADE, KEY_REVOKED, READER_REVOKED}
"""What the journal of ways in keeps, with sign-ins by a recovery code."""


def of_ways_in(links: Iterable[Link]) -> list[Link]:
    """Those of the entries that matter, in their order."""
    return [one for one in links if one.entry.action in ACTS or _uses_up(one)]


def _uses_up(link: Link) -> bool:
    return link.entry.action == SIGN_IN and link.entry.detail == RECOVERY_CODE
