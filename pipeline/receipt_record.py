"""A receipt as the contract of `qianshao import petitions --json` prints it."""

from dataclasses import asdict

from domain.receipt import Receipt, RowOutcome


def receipt_record(receipt: Receipt) -> dict[str, object]:
    """The receipt as one JSON-ready object."""
    return {
        "file": receipt.file,
        "accepted": receipt.count(RowOutcome.ACCEPTED),
        "duplicates": receipt.count(RowOutcome.DUPLICATE),
        "rejected": [asdict(row.problem) for row in receipt.rows if row.problem is not None],
        "warnings": [asdict(problem) for problem in receipt.warnings],
    }
