"""The receipt of a delivered register, row by row, kept in the transaction that takes the register in."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import islice

from domain.deliveries.receipt import (
    Origin,
    ReceiptId,
    ReceiptState,
    ReceiptTable,
    RowOutcome,
    RowProblem,
    RowReceipt,
)
from domain.register.household import HouseholdId
from domain.register.register_entry import RowPlace
from domain.texts.document import DocumentId
from importers.registers.registry import RegistryFile
from pipeline.new_receipt import new_receipt
from storage.deliveries.receipts import NO_CHAIN
from storage.unit_of_work import UnitOfWork

_AT_ONCE = 2_000
_KEPT_AS_IT_WAS = "整户保持原样, 因为有别的行被退回, 或见这一户的提示; 请改正后把这一户的各行一起重新提交"


def keep_receipt(
    work: UnitOfWork,
    delivered: RegistryFile,
    outcomes: Mapping[HouseholdId, RowOutcome],
    *,
    origin: Origin,
    at: datetime,
) -> ReceiptId:
    """Keep what became of every row; a row of a household that is not among `outcomes` repeats what was there.

    The number of the household stands where petitions have the id of their record.
    """
    begun = new_receipt(work, delivered.file, delivered.sha256, origin, at)
    receipt = replace(begun, tables=_tables(delivered))
    rows = _rows(delivered, outcomes)
    chain, position, counts = NO_CHAIN, 0, Counter[RowOutcome]()
    while True:
        page = [replace(row, position=at_) for at_, row in enumerate(islice(rows, _AT_ONCE), start=position)]
        position += len(page)
        counts.update(row.outcome for row in page)
        last = len(page) < _AT_ONCE
        state = ReceiptState.FINISHED if last else ReceiptState.UNDER_WAY
        receipt = replace(receipt, state=state, counts=dict(counts), finished_at=at if last else None)
        following = f"register {position}"
        work.receipts.append(receipt, page, chain_before=chain, chain=following)
        chain = following
        if last:
            return receipt.id


def _tables(delivered: RegistryFile) -> tuple[ReceiptTable, ...]:
    """Every sheet, with the columns of its refused rows: only those have their cells in the receipt."""
    columns: dict[str, dict[str, None]] = {sheet: {} for sheet in delivered.sheets}
    for row in delivered.refused:
        columns.setdefault(row.problem.sheet, {}).update(dict.fromkeys(row.fields))
    return tuple(ReceiptTable(sheet=sheet, columns=tuple(found)) for sheet, found in columns.items())


def _rows(delivered: RegistryFile, outcomes: Mapping[HouseholdId, RowOutcome]) -> Iterator[RowReceipt]:
    """Accepted rows household by household, refusals and remarks where their rows are passed."""
    order = {sheet: number for number, sheet in enumerate(delivered.sheets)}

    def place(problem: RowProblem) -> tuple[int, int]:
        return order.get(problem.sheet, len(order)), problem.row

    told = [
        (place(one), RowReceipt(sheet=one.sheet, row=one.row, outcome=RowOutcome.WARNED, problem=one))
        for one in delivered.warnings
    ]
    told += [
        (
            place(one.problem),
            RowReceipt(
                sheet=one.problem.sheet,
                row=one.problem.row,
                outcome=RowOutcome.REJECTED,
                problem=one.problem,
                fields=one.fields,
            ),
        )
        for one in delivered.refused
    ]
    told.sort(key=lambda one: one[0], reverse=True)
    for entry in delivered.entries:
        household_id = entry.household.id
        outcome = outcomes.get(household_id, RowOutcome.DUPLICATE)
        for one in dict.fromkeys((*entry.other_rows, *(facts.place for facts in entry.persons))):
            while told and told[-1][0] <= (order.get(one.sheet, 0), one.row):
                yield told.pop()[1]
            yield _taken(one, household_id, outcome)
    while told:
        yield told.pop()[1]


def _taken(place: RowPlace, household_id: HouseholdId, outcome: RowOutcome) -> RowReceipt:
    sheet, row = place.sheet, place.row
    if outcome is RowOutcome.REJECTED:
        problem = RowProblem(sheet=sheet, row=row, column=None, reason=_KEPT_AS_IT_WAS, value=household_id)
        return RowReceipt(sheet=sheet, row=row, outcome=outcome, problem=problem)
    number = DocumentId(household_id)
    earlier = number if outcome is RowOutcome.CORRECTED else None
    return RowReceipt(sheet=sheet, row=row, outcome=outcome, document_id=number, earlier_id=earlier)
