"""What passes on its way to the parent."""

import io

import pytest

from importers.formats.confined.messages import RefusedPart, from_bytes, length_of
from importers.formats.limits import standard_limits
from importers.formats.parts import Row
from importers.formats.sink import Sink


@pytest.mark.parametrize("number", [2**31, 2**63, -1])
def test_a_row_number_that_no_spreadsheet_writes_ends_the_table_with_a_message(number: int):
    stream = io.BytesIO()

    Sink(stream, standard_limits()).table("", "登记", [Row(1, ("编号",)), Row(number, ("X1",))])

    messages, content = [], stream.getvalue()
    while content:
        end = 4 + length_of(content[:4])
        messages.append(from_bytes(content[4:end]))
        content = content[end:]
    [refused] = [one for one in messages if isinstance(one, RefusedPart)]
    assert "行号" in refused.reason
    assert refused.row == 2
