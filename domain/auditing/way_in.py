"""Acts that open, shut or change a way in, as the audit log calls them: what a database put back has forgotten."""

from collections.abc import Iterable

from domain.auditing.audit import Link
from domain.auditing.audit_act import AuditAct, AuditWord

RESTORED = AuditAct.DATABASE_RESTORED.value
"""Written when a database that was put back is settled."""
RECOVERY_CODE = AuditWord.RECOVERY_CODE.value
"""Detail of a sign-in with a code that was used up by it."""

SIGN_IN = AuditAct.SIGN_IN.value
CREATED = AuditAct.CREATE_ACCOUNT.value
DISABLED = AuditAct.DISABLE_ACCOUNT.value
ENABLED = AuditAct.ENABLE_ACCOUNT.value
MOVED = AuditAct.CHANGE_ROLE.value
PASSWORDS = frozenset({AuditAct.RESET_PASSWORD.value, AuditAct.CHANGE_PASSWORD.value})
FACTORS = frozenset({AuditAct.RESET_SECOND_FACTOR.value, AuditAct.ENROL_SECOND_FACTOR.value})
CODES = frozenset({AuditAct.RENEW_RECOVERY_CODES.value})
KEY_MADE, KEY_REVOKED = AuditAct.CREATE_KEY.value, AuditAct.REVOKE_KEY.value
READER_REVOKED = AuditAct.REVOKE_READER.value

ACTS = PASSWORDS | FACTORS | CODES | {CREATED, DISABLED, ENABLED, MOVED, KEY_MADE, KEY_REVOKED, READER_REVOKED}
"""What the journal of ways in keeps, with sign-ins by a recovery code."""


def of_ways_in(links: Iterable[Link]) -> list[Link]:
    """Those of the entries that matter, in their order."""
    return [one for one in links if one.entry.action in ACTS or _uses_up(one)]


def _uses_up(link: Link) -> bool:
    return link.entry.action == SIGN_IN and link.entry.detail == RECOVERY_CODE
