"""What stood in the cells of a receipt's row, compared whatever spaces a program of tables puts there."""

import hashlib
from collections.abc import Mapping

from domain.deliveries.receipt import RECEIPT_COLUMNS
from pipeline.text_cells import as_written


def content_of(cells: Mapping[str, str]) -> str:
    """SHA-256 of what the cells say beside the receipt's own."""
    told = sorted((plain_cell(name), plain_cell(text)) for name, text in delivered_cells(cells).items())
    return hashlib.sha256("\x1e".join(f"{name}\x1f{text}" for name, text in told if text).encode()).hexdigest()


def delivered_cells(cells: Mapping[str, str]) -> dict[str, str]:
    """The cells without what an earlier receipt had added to its row."""
    return {name: text for name, text in cells.items() if name not in RECEIPT_COLUMNS}


def plain_cell(text: str) -> str:
    """What of the text comes back from a cell, without spaces and the quotes by which a cell is text."""
    return "".join(as_written(text).split()).lstrip("'")
