"""Records written as a register are read as the register they are."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from importers.entries import Accepted
from importers.formats.opening import open_parts
from importers.formats.parts import Table
from importers.petitions.reading import open_petitions
from importers.petitions.record_table import COLUMNS, FIRST_ROW, write_record_table
from tests.factories import COUNTY
from tests.fakes import NOON

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=20)


def rows_of(path: Path) -> dict[int, tuple[str, ...]]:
    found = {}
    with open_parts(path) as parts:
        for part in parts:
            assert isinstance(part, Table)
            found |= {row.number: tuple(str(cell) for cell in row.cells) for row in part.rows}
    return found


@settings(max_examples=15, deadline=None)
@given(st.lists(st.fixed_dictionaries({"number": TEXTS, "matter": TEXTS}), min_size=1, max_size=5))
def test_every_text_comes_back_as_it_was_in_its_own_row(records: list[dict[str, str]]):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        write_record_table(path, [*records, {"number": "=1+1", "matter": "_x0041_ @x"}])
        rows = rows_of(path)

    for index, record in enumerate([*records, {"number": "=1+1", "matter": "_x0041_ @x"}]):
        cells = rows.get(index + FIRST_ROW, ("",) * len(COLUMNS))
        found = dict(zip(COLUMNS, (*cells, *[""] * len(COLUMNS)), strict=False))
        assert (found["number"], found["matter"]) == (record["number"], record["matter"])


def test_every_column_is_recognised_and_read(tmp_path: Path):
    record = {
        "number": "K-1",
        "name": "张三三",
        "sex": "男",
        "age": "36",
        "phone": "13800000000",
        "id_number": "",
        "address": "庞家庄",
        "date": "2026-11-02",
        "form": "来访",
        "purpose": "求决",
        "category": "民政",
        "persons": "3",
        "title": "求助",
        "matter": "反映家中失火。\n房子烧了。",
    }
    path = tmp_path / "a.xlsx"
    write_record_table(path, [record])

    with open_petitions(path, received_at=NOON, county=COUNTY) as reading:
        [entry] = list(reading)

    assert isinstance(entry, Accepted)
    raw = entry.record.raw
    assert (entry.record.row, raw.source, raw.external_key) == (FIRST_ROW, "petition_register", "K-1")
    assert (raw.title, raw.text) == ("求助", record["matter"])
    assert (raw.petitioner.name, raw.petitioner.phone, raw.petitioner.address) == ("张三三", "13800000000", "庞家庄")
    assert (raw.purpose, raw.category) == ("求决", "民政")
    assert raw.published_at is not None
    assert raw.fields["涉及人数"] == "3"
