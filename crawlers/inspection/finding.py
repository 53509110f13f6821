"""What a look at a medium found: one line per thing looked at, and what it means."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.labelled import Labelled


class Verdict(Labelled):
    """What a finding means for switching the source on."""

    GOOD = "good", "通过"
    ATTENTION = "attention", "注意"
    FAILED = "failed", "不通过"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at; `advice` says what to change, empty where nothing is."""

    check: str
    verdict: Verdict
    found: str
    expected: str = ""
    advice: str = ""


def may_be_enabled(findings: Sequence[Finding]) -> bool:
    """True when nothing failed."""
    return not any(finding.verdict is Verdict.FAILED for finding in findings)
