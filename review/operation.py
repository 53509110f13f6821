"""What the operator's board asks of the floor beside the pages; whoever joins the parts hands in what answers."""

from typing import Protocol

from domain.counting.operation import OperationState


class Operation(Protocol):
    """The installation as it is now."""

    def operation_state(self) -> OperationState:
        """Queues, model, disk, backup, keys and second reader."""
        ...
