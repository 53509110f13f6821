"""The counts of one run of one stage."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from domain.labelled import Labelled
from domain.texts.document import Outcome


class StageName(Labelled):
    """The stages that report, by the names under which their records are stored."""

    COLLECT = "collect", "收取抓取内容"
    JUDGE = "judge", "落实信访办判断"
    INGEST = "ingest", "整理文本"
    DEDUPLICATE = "deduplicate", "归并重复"
    ROUTE = "route", "分出检举控告"
    CLASSIFY = "classify", "判别风险"
    MENTION = "mention", "找出人和地"
    LINK = "link", "关联到户"
    LEAD = "lead", "形成线索"
    JUDGE_HOUSEHOLD = "judge_household", "落实选户"
    SUCCESSION = "succession", "接续重复线索"
    PLANNED_LEAD = "planned_lead", "开启登记的线索"
    ASSIGN = "assign", "派办线索"
    REMIND = "remind", "期限催办"
    COVERAGE = "coverage", "记覆盖台账"
    RISK_POINTS = "risk_points", "规模性风险点"
    SECOND_READ = "second_read", "第二判读"


def stage_label(name: str) -> str:
    """What people call a stage; a name that an older or newer program stored stays as it is."""
    return next((stage.label for stage in StageName if stage.value == name), name)


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
