"""A sheet of a workbook: a table, or one or several filled-in forms one below the other."""

from collections.abc import Iterable, Iterator
from itertools import chain

from importers.formats.forms.forms import LARGEST_FORM, forms_of
from importers.formats.forms.sideways import TRANSPOSED, is_transposed
from importers.formats.limits import Limits
from importers.formats.parts import Row
from importers.formats.sink import Sink
from importers.formats.source import Unreadable


def check_sheets(count: int, limits: Limits) -> None:
    """Unreadable when a workbook names more sheets than are read: each may cost a look at the whole of it."""
    if count > limits.sheets:
        raise Unreadable(f"工作表有{count}个, 超过{limits.sheets}个, 请分成几个文件提交")


def send_sheet(sink: Sink, part: str, name: str, rows: Iterable[Row], *, hidden: bool) -> bool:
    """Send the sheet; of a long one only the beginning is held, and one that breaks off is a table up to there.

    False for a sheet without a single row.
    """
    waiting = iter(rows)
    head: list[Row] = []
    try:
        for row in waiting:
            head.append(row)
            if len(head) > LARGEST_FORM:
                break
    except BrokenPipeError:
        raise
    except Exception as exc:  # noqa: BLE001 - parsers of strangers' files throw anything
        sink.table(part, name, _breaking_off(head, exc), hidden=hidden)
        return True
    if is_transposed(head):
        sink.refused(part, TRANSPOSED, sheet=name)
        return True
    forms = forms_of(head, part, sheet=name, hidden=hidden)
    for form in forms:
        sink.form(form)
    if not forms:
        sink.table(part, name, chain(head, waiting), hidden=hidden)
    return bool(head)


def _breaking_off(rows: Iterable[Row], problem: Exception) -> Iterator[Row]:
    yield from rows
    raise problem
