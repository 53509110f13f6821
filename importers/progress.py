"""How whoever watches an import is told how far it is."""

from collections.abc import Callable

Progress = Callable[[int], None]
"""Told how many further rows, or what stands for a row, are done."""


Far = Callable[[float], None]
"""Told which share of the file is read, 0 to 1; never told where that is not known."""


def unseen_far(_share: float) -> None:
    """How far it is, when nobody watches."""


def unseen(_count: int) -> None:
    """The progress that nobody watches."""
