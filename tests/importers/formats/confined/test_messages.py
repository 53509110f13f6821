"""The protocol between the reading process and its reader."""

import io
import json
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.formats.confined.messages import (
    LONGEST_MESSAGE,
    Begin,
    BrokenMessage,
    End,
    Message,
    Rows,
    TableStart,
    from_bytes,
    length_of,
    send,
    to_bytes,
)
from importers.formats.parts import CellNote, Form, FormField, Letter, RefusedPart, Row

_TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
_CELLS = st.one_of(
    _TEXT,
    st.integers(-(2**63), 2**63),
    st.floats(allow_nan=False),
    st.booleans(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(timedelta(days=-10_000), timedelta(days=10_000)).map(
        lambda span: timedelta(seconds=span // timedelta(seconds=1))
    ),
)
_NOTES = st.lists(st.builds(CellNote, st.integers(0, 20), _TEXT), max_size=2).map(tuple)
_ROWS = st.builds(Row, st.integers(0, 2**20), st.lists(_CELLS, max_size=6).map(tuple), st.booleans(), _NOTES)
_MESSAGES = st.one_of(
    st.builds(Begin, _TEXT),
    st.builds(TableStart, _TEXT, _TEXT, st.booleans()),
    st.lists(_ROWS, max_size=4).map(Rows),
    st.builds(Letter, _TEXT, _TEXT, _TEXT),
    st.builds(Letter, _TEXT, _TEXT, _TEXT, doubted=st.none() | st.lists(_TEXT, max_size=3).map(tuple)),
    st.builds(Form, _TEXT, st.dictionaries(_TEXT, st.builds(FormField, _TEXT, st.floats(0, 1))), _TEXT),
    st.builds(RefusedPart, _TEXT, _TEXT, _TEXT, st.none() | st.integers(0, 99)),
    st.just(End()),
)


@given(_MESSAGES)
def test_what_is_sent_arrives(message: Message) -> None:
    stream = io.BytesIO()
    send(stream, message)
    content = stream.getvalue()
    assert length_of(content[:4]) == len(content) - 4
    assert from_bytes(content[4:]) == message


@given(st.binary(max_size=200))
def test_noise_is_a_broken_message(content: bytes) -> None:
    with pytest.raises(BrokenMessage):
        from_bytes(content)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=12,
)


@given(st.sampled_from(["rows", "table", "letter", "form", "refused", "begin", "end"]), st.lists(_JSON, max_size=5))
def test_a_message_of_another_shape_is_broken_or_has_only_allowed_values(kind: str, values: list[object]) -> None:
    try:
        message = from_bytes(json.dumps([kind, *values]).encode())
    except BrokenMessage:
        return
    if isinstance(message, Rows):
        allowed = str | int | float | bool | date | datetime | time | timedelta
        assert all(isinstance(cell, allowed) for row in message.rows for cell in row.cells)
    assert to_bytes(message)


def test_a_message_too_long_is_broken_before_it_is_read() -> None:
    with pytest.raises(BrokenMessage):
        length_of((LONGEST_MESSAGE + 1).to_bytes(4, "big"))


def test_half_a_character_travels_as_a_lost_one() -> None:
    assert from_bytes(to_bytes(Letter("", "a\ud800", "b"))[4:]) == Letter("", "a\ufffd", "b")
