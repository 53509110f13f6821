"""Accusations (检举控告) in the queue of the petition office, and what becomes of them.

Authority: 信访工作条例 art. 22 (forwarded to discipline inspection within 15 days) and art. 30 (never told to whom they
accuse).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.labelled import Labelled
from domain.texts.document import DocumentId

RELEASED_BY_OFFICE = "信访办认定不是检举控告"
"""The rule under which a text that was restricted is open again."""


class AccusationAct(Labelled):
    """What somebody of the petition office does with one."""

    FORWARD = "forward", "转纪检监察机关"
    RELEASE = "release", "不是检举控告, 退回流转"
    AGREE = "agree", "同意"
    OBJECT = "object", "不同意"


class AccusationState(Labelled):
    """Where one stands."""

    WAITING = "waiting", "待处理"
    FORWARD_PROPOSED = "forward_proposed", "拟转纪检, 待复核"
    RELEASE_PROPOSED = "release_proposed", "拟退回流转, 待复核"
    FORWARDED = "forwarded", "已转纪检"
    RELEASED = "released", "已退回流转"

    @property
    def open(self) -> bool:
        """True while somebody has to do something."""
        return self not in (AccusationState.FORWARDED, AccusationState.RELEASED)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccusationStep:
    """One act; appended, never edited."""

    document_id: DocumentId
    act: AccusationAct
    made_by: str
    at: datetime
    reference: str = ""
    """The number under which discipline inspection took it."""
    day: date | None = None
    """On which it was forwarded."""
    reason: str = ""
    alone: bool = False
    """True where the policy asked for no second person when it was made."""


def state_of(steps: Sequence[AccusationStep]) -> AccusationState:
    """What the steps, oldest first, lead to; a proposal counts once a second person agreed, or none was asked for."""
    state, proposal = AccusationState.WAITING, None
    for step in steps:
        if step.act in (AccusationAct.FORWARD, AccusationAct.RELEASE):
            proposal = step.act
            state = _decided(proposal) if step.alone else _proposed(proposal)
        elif step.act is AccusationAct.AGREE and proposal is not None:
            state = _decided(proposal)
        elif step.act is AccusationAct.OBJECT:
            state, proposal = AccusationState.WAITING, None
    return state


def _proposed(act: AccusationAct) -> AccusationState:
    forward = act is AccusationAct.FORWARD
    return AccusationState.FORWARD_PROPOSED if forward else AccusationState.RELEASE_PROPOSED


def _decided(act: AccusationAct) -> AccusationState:
    return AccusationState.FORWARDED if act is AccusationAct.FORWARD else AccusationState.RELEASED
