"""The counts of one run of one stage."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from domain.document import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class StageReport:
    """How many documents a stage saw and how it left them; the parts sum to the whole or it cannot be made."""

    stage: str
    version: str
    seen: int
    done: int
    skipped: int
    quarantined: int
    seconds: float
    details: dict[str, int] = field(default_factory=dict)
    """How often each detail slug occurred."""

    def __post_init__(self) -> None:
        if self.seen != self.done + self.skipped + self.quarantined:
            raise ValueError(f"{self.stage}: {self.seen} ≠ {self.done} + {self.skipped} + {self.quarantined}")

    @classmethod
    def counted(
        cls, stage: str, version: str, outcomes: Counter[Outcome], details: Mapping[str, int], *, seconds: float
    ) -> Self:
        """The report of outcomes that were counted."""
        return cls(
            stage=stage,
            version=version,
            seen=outcomes.total(),
            done=outcomes[Outcome.DONE],
            skipped=outcomes[Outcome.SKIPPED],
            quarantined=outcomes[Outcome.QUARANTINED],
            seconds=seconds,
            details=dict(details),
        )

    @property
    def per_second(self) -> float:
        """Documents a second; 0 when nothing was seen."""
        return self.seen / self.seconds if self.seconds > 0 and self.seen else 0.0
