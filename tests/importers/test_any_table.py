"""Whatever stands in the cells: every row gets its word, and nothing is raised."""

from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from importers.entries import Accepted, Rejected, Warned
from importers.formats.parts import Cell, Letter, Row, Table
from importers.letters.reading import read_letter
from importers.petitions.tables import DeliveredTables
from importers.profiles import NO_PROFILES
from importers.proposals import propose
from tests.importers.nasty.builders import HEADER, line
from tests.importers.office_files import NOW

_WORDS = st.sampled_from(
    [
        "同上",
        "〃",
        "合计",
        "注：",
        "信访件编号",
        "姓名",
        "#REF!",
        "1.2E+17",
        "张三",
        "2026.9.3",
        "农历",
        "闰月",
        "138",
        "'",
        "=A1",
    ]
)
_CELLS: st.SearchStrategy[Cell] = st.one_of(
    _WORDS,
    st.text(max_size=12),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(date(1, 1, 1)),
    st.datetimes(datetime(1, 1, 1)),
    st.just(time(9, 30)),
    st.just(timedelta(days=3)),
)
_ROWS = st.lists(st.lists(_CELLS, max_size=11), max_size=8)


def table(rows: list[list[Cell]]) -> list[Row]:
    return [Row(number, tuple(cells)) for number, cells in enumerate(rows, start=1)]


@settings(max_examples=150, deadline=None)
@given(rows=_ROWS)
def test_every_row_below_a_header_is_accepted_rejected_or_named(rows: list[list[Cell]]):
    delivered = table([list(HEADER), list(line("first")), *rows])
    tables = DeliveredTables(received_at=NOW, profiles=NO_PROFILES)

    entries = list(tables.read(Table("", "台账", iter(delivered))))

    taken = [entry.record.row for entry in entries if isinstance(entry, Accepted)]
    refused = [entry.problem.row for entry in entries if isinstance(entry, Rejected)]
    named = {entry.problem.row for entry in entries if isinstance(entry, Warned)}
    assert len(taken + refused) == len(set(taken + refused))
    assert {row.number for row in delivered[1:] if not row.is_blank} <= {*taken, *refused, *named}
    assert all(
        "请" in entry.problem.reason or "不需要" in entry.problem.reason
        for entry in entries
        if isinstance(entry, Rejected | Warned)
    )


@settings(max_examples=100, deadline=None)
@given(rows=_ROWS)
def test_any_table_can_be_proposed(rows: list[list[Cell]]):
    found = propose(table(rows))

    assert found is None or len(found.columns) == len({column.index for column in found.columns})


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=200), end=st.lists(_WORDS, max_size=4))
def test_any_text_is_a_letter_or_rejected(text: str, end: list[str]):
    entries = list(read_letter(Letter("", "来信", "\n".join([text, *end])), received_at=NOW))

    assert sum(isinstance(entry, Accepted | Rejected) for entry in entries) == 1
