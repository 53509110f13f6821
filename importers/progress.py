"""How whoever watches an import is told how far it is."""

from collections.abc import Callable

Progress = Callable[[int], None]
"""Told how many further rows, or what stands for a row, are done."""


def unseen(_count: int) -> None:
    """The progress that nobody watches."""
