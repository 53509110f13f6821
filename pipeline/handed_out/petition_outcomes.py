"""What became of an office's petitions, as a workbook: no name, no word of a text."""

from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook

from domain.leads.petition_outcome import PetitionLimits, PetitionOutcome
from pipeline.private_file import written_whole
from pipeline.text_cells import ROWS_OF_A_SHEET, begin_page, text_cell
from storage.deliveries.petition_outcomes import PetitionFilter, PetitionReader
from storage.store import Store

PETITION_COLUMNS = (
    "序号",
    "信访件编号",
    "收到日期",
    "来件方式",
    "办到哪一步",
    "没有形成线索的原因",
    "核查结论",
    "处置",
    "反馈日期",
    "销号日期",
    "十五日期限",
    "六十日期限",
)
_AT_ONCE = 400


def write_petition_outcomes(
    path: Path, store: Store, wanted: PetitionFilter, reader: PetitionReader, limits: PetitionLimits
) -> int:
    """Write them as xlsx, the latest first; how many. Every cell is text, none is a formula.

    FileError when nothing can be written there; memory does not grow with their number.
    """
    book = Workbook(write_only=True)
    page, count = begin_page(book, "信访件去向", PETITION_COLUMNS), 0
    for outcome in _all(store, wanted, reader, limits):
        if count and count % ROWS_OF_A_SHEET == 0:
            page = begin_page(book, f"信访件去向{count // ROWS_OF_A_SHEET + 1}", PETITION_COLUMNS)
        count += 1
        page.append([text_cell(page, text) for text in (str(count), *_cells(outcome))])
    with written_whole(path) as output:
        book.save(output)
    return count


def _all(
    store: Store, wanted: PetitionFilter, reader: PetitionReader, limits: PetitionLimits
) -> Iterator[PetitionOutcome]:
    """One transaction for all pages: what comes in meanwhile shifts none of them."""
    with store.reading() as work:
        for offset in range(0, work.petition_outcomes.count(wanted), _AT_ONCE):
            yield from work.petition_outcomes.page(wanted, reader, limits, limit=_AT_ONCE, offset=offset)


def _cells(one: PetitionOutcome) -> tuple[str, ...]:
    return (
        one.number,
        str(one.received_on),
        one.way.label,
        one.state.label,
        one.reason,
        one.verdict.label if one.verdict else "",
        one.measure.label if one.measure else "",
        str(one.reported_on or ""),
        str(one.closed_on or ""),
        str(one.forward_by),
        str(one.settle_by),
    )
