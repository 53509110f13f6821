"""How much the ways in through the web take at a time."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionLimits:
    """The policy's figures for what comes in through pages and interface."""

    largest_file_bytes: int
    """Of one file."""
    largest_held_bytes: int
    """Of everything that waits for its import together."""
    files_at_once: int
    """In one form."""
    records_per_call: int
    """In one call of the interface."""
    calls_per_minute: int
    """Of one key, and of one address without a valid key."""
    unconfirmed_hours: int
    """How long a file waits for a person's word before it is deleted."""
