"""Files of every kind, damaged at random: the readers refuse or read, and throw nothing of their own."""

import io
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.formats.seeds import seeds
from importers.formats.confined.messages import Message, from_bytes, to_bytes
from importers.formats.limits import standard_limits
from importers.formats.parts import RefusedPart
from importers.formats.reading import read
from importers.formats.sink import Sink
from importers.formats.source import UNFORESEEN
from tests.importers.formats.delivery import source_of

_OURS = [
    "0.csv",
    "0.tsv",
    "1.xlsx",
    "1.html",
    "2.jsonl",
    "2.json",
    "0.docx",
    "formulas.xlsx",
    "mail.eml",
    "all.zip",
    "2003.xml",
    "letter.ofd",
]
_FOREIGN = ["0.pdf", "0.xls", "0.ods"]
_given_seeds = cache(seeds)


class _Kept(Sink):
    """Keeps the messages as they arrive."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), standard_limits())
        self.messages: list[Message] = []

    def _send(self, message: Message) -> None:
        self.messages.append(from_bytes(to_bytes(message)[4:]))


def _read(folder: Path, name: str, content: bytes) -> list[Message]:
    kept = _Kept()
    read(source_of(folder, name, content), kept)
    return kept.messages


_DAMAGE = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=6), st.integers(0, 6)), min_size=1, max_size=5
)


def _damaged(content: bytes, damage: list[tuple[float, bytes, int]]) -> bytes:
    """At each place some bytes are cut out and others put in."""
    for place, put_in, cut_out in damage:
        at = int(place * len(content))
        content = content[:at] + put_in + content[at + cut_out :]
    return content


@pytest.mark.parametrize("name", _OURS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damage=_DAMAGE)
def test_damage_is_refused_in_our_own_words(tmp_path: Path, name: str, damage: list[tuple[float, bytes, int]]) -> None:
    for message in _read(tmp_path, name, _damaged(_given_seeds()[name], damage)):
        if isinstance(message, RefusedPart) and not message.part:
            assert message.reason != UNFORESEEN, message


@pytest.mark.parametrize("name", _FOREIGN)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damage=_DAMAGE)
def test_damage_of_what_libraries_read_is_caught(
    tmp_path: Path, name: str, damage: list[tuple[float, bytes, int]]
) -> None:
    assert isinstance(_read(tmp_path, name, _damaged(_given_seeds()[name], damage)), list)


def test_every_seed_is_read(tmp_path: Path) -> None:
    for name, content in _given_seeds().items():
        messages = _read(tmp_path, name, content)
        assert messages, name
        assert not any(isinstance(message, RefusedPart) for message in messages), (name, messages)
