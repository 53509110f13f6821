"""The counts of one run of one stage."""

from dataclasses import dataclass, field


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

    @property
    def per_second(self) -> float:
        """Documents a second; 0 when nothing was seen."""
        return self.seen / self.seconds if self.seconds > 0 and self.seen else 0.0
