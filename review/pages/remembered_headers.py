"""Keeps what a person chose about headers, and writes it into the audit log."""

from collections.abc import Sequence

from fastapi import Request

from domain.accounts.account import Account, AuditEntry
from domain.deliveries.header_profile import Profile
from review.requests import desk_of


def remember(request: Request, account: Account, profiles: Sequence[Profile]) -> None:
    """Keep the profiles for their office; each stands in the audit log."""
    desk = desk_of(request)
    with desk.store.unit_of_work() as work:
        for profile in profiles:
            work.header_profiles.remember(profile)
            work.audit.append(
                AuditEntry(
                    at=desk.clock.now(),
                    actor=account.username,
                    action="confirm_header",
                    subject=profile.fingerprint,
                    detail=f"{profile.office or account.region} {profile.layout}",
                )
            )
        work.commit()
