"""Which tables a delivered file has and which columns each of them, in the file's own order."""

from collections.abc import Iterable

from domain.deliveries.receipt import RECEIPT_COLUMNS, ReceiptTable
from importers.entries import Accepted, Entry, Headed, Rejected


class ReceiptTables:
    """Grows as tables begin and rows are seen: these leave out columns in which they say nothing."""

    def __init__(self, known: Iterable[ReceiptTable]) -> None:
        """Begin with the tables of an import that goes on."""
        self._columns: dict[str, list[str]] = {table.sheet: list(table.columns) for table in known}

    def begin(self, table: Headed) -> None:
        """Note a table and its columns, those included in which no row says anything."""
        self._note(table.sheet, table.columns)

    def see(self, entries: Iterable[Entry]) -> None:
        """Note the tables and columns of these entries."""
        for entry in entries:
            if isinstance(entry, Accepted):
                self._note(entry.record.sheet, entry.record.raw.fields)
            elif isinstance(entry, Rejected) and entry.fields:
                # What a form leaves out is to be filled in.
                self._note(entry.problem.sheet, (*entry.fields, *filter(None, (entry.problem.column,))))
            else:
                self._note(entry.problem.sheet, ())

    def has(self, sheet: str, column: str) -> bool:
        """True where the table has the column, also one in which no row says anything."""
        return column in self._columns.get(sheet, ())

    def found(self) -> tuple[ReceiptTable, ...]:
        """The tables in the order in which they came."""
        return tuple(ReceiptTable(sheet=sheet, columns=tuple(names)) for sheet, names in self._columns.items())

    def _note(self, sheet: str, names: Iterable[str]) -> None:
        columns = self._columns.setdefault(sheet, [])
        place = 0
        for name in () if set(names) <= set(columns) else names:
            if name in columns:
                place = columns.index(name) + 1
            elif name not in RECEIPT_COLUMNS:
                columns.insert(place, name)
                place += 1
