"""Binary workbooks that are damaged where their reader expects it least."""

from pathlib import Path

import pytest

from domain.failures.errors import FileError
from importers.formats.opening import open_parts
from tests.importers.formats.office_files import xlsb


def test_a_panic_of_the_workbooks_reader_is_damage_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsb"
    # The sheet points to a relation that is not there: calamine 0.37 panics.
    path.write_bytes(xlsb([("甲", "乙")], relation="rId9"))

    with pytest.raises(FileError, match="请用WPS或Excel打开, 另存为xlsx"), open_parts(path) as parts:
        list(parts)
