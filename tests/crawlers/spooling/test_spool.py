"""The spool survives kills and damage."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawlers.spooling.spool import SpoolDamage, SpoolRecord, SpoolWriter, read_spool, spool_files, spool_name
from tests.fakes import NOON


def record(number: int = 1) -> SpoolRecord:
    return SpoolRecord(
        source="paper",
        url=f"http://127.0.0.1/{number}.html",
        title="标题",
        text="正文" * 20,
        published_at=NOON,
        origin="湫川日报",
        author="",
        fetched_at=NOON,
    )


@pytest.fixture
def spooled(tmp_path: Path) -> Path:
    with SpoolWriter(tmp_path, "paper", NOON) as writer:
        for number in range(3):
            writer.write(record(number))
    return spool_files(tmp_path)[0]


def test_records_come_back_as_they_were(spooled: Path):
    assert [line.content for line in read_spool(spooled, 0)] == [record(number) for number in range(3)]


def test_lines_already_taken_in_are_skipped(spooled: Path):
    assert [line.number for line in read_spool(spooled, 2)] == [3]


def test_a_line_cut_off_in_a_finished_file_is_damage_with_its_number(spooled: Path):
    spooled.write_bytes(spooled.read_bytes()[:-7])

    lines = list(read_spool(spooled, 0))

    assert [line.number for line in lines] == [1, 2, 3]
    assert isinstance(lines[2].content, SpoolDamage)


def test_a_line_cut_off_in_a_file_still_being_written_is_left_for_later(tmp_path: Path):
    writer = SpoolWriter(tmp_path, "paper", NOON)
    writer.write(record())
    writer._members._output.close()
    path = spool_files(tmp_path)[0]
    path.write_bytes(path.read_bytes() + b"\x1f\x8b\x08")

    assert [line.number for line in read_spool(path, 0)] == [1]


def test_a_killed_crawls_file_is_finished_by_the_next_one(tmp_path: Path):
    killed = SpoolWriter(tmp_path, "paper", NOON)
    killed.write(record())
    killed._members._output.close()
    before = spool_name(spool_files(tmp_path)[0])

    with SpoolWriter(tmp_path, "paper", NOON + timedelta(minutes=1)):
        pass

    [path] = spool_files(tmp_path)
    assert path.name.endswith(".jsonl.gz")
    assert spool_name(path) == before


def test_a_crawl_that_found_nothing_leaves_no_file(tmp_path: Path):
    with SpoolWriter(tmp_path, "paper", NOON):
        pass

    assert spool_files(tmp_path) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 2000), noise=st.binary(max_size=20))
def test_no_damage_raises_and_no_whole_line_before_it_is_lost(spooled: Path, cut: int, noise: bytes):
    whole = spooled.read_bytes()
    damaged = spooled.with_name("damaged.jsonl.gz")
    damaged.write_bytes(whole[:cut] + noise)

    lines = list(read_spool(damaged, 0))

    if cut >= len(whole):
        assert sum(isinstance(line.content, SpoolRecord) for line in lines) >= 3
    assert all(isinstance(line.content, SpoolRecord | SpoolDamage) for line in lines)
