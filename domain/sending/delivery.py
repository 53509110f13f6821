"""An event on its way to one receiver that is told of it (webhook)."""

from dataclasses import dataclass
from datetime import datetime

from domain.labelled import Labelled
from domain.sending.outgoing import OutgoingEvent


class DeliveryState(Labelled):
    """How far a delivery is."""

    WAITING = "waiting", "待送"
    DELIVERED = "delivered", "已送达"
    GIVEN_UP = "given_up", "停止重试"
    WITHDRAWN = "withdrawn", "不再属于接收范围"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One event for one endpoint."""

    number: int
    endpoint: str
    position: int
    event: OutgoingEvent
    state: DeliveryState
    attempts: int
    next_try_at: datetime
    changed_at: datetime
    problem: str
