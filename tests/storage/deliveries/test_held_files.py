"""Files that wait for their import: each in its own folder, under a name that does no harm."""

import unicodedata
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.deliveries.held_files import HeldFiles, clean_name

ID = "a" * 32


@given(st.text(max_size=400))
def test_a_cleaned_name_is_one_short_harmless_name(name: str):
    cleaned = clean_name(name)

    assert cleaned not in ("", ".", "..")
    assert Path(cleaned).name == cleaned
    assert len(cleaned.encode()) <= 200
    assert not any(unicodedata.category(sign) in {"Cc", "Cf"} for sign in cleaned)
    assert clean_name(cleaned) == cleaned


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("登记表.xlsx", "登记表.xlsx"),
        ("C:\\文件\\登记表.xlsx", "登记表.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("a\u202exslx.exe", "axslx.exe"),
        ("", "未命名"),
        (".xlsx", "xlsx"),
        ("a.b c?.csv", "a.b c_.csv"),
    ],
)
def test_names_of_browsers_and_of_attackers(name: str, cleaned: str):
    assert clean_name(name) == cleaned


def test_a_file_is_kept_for_this_account_alone_until_it_is_dropped(tmp_path: Path):
    held = HeldFiles(tmp_path / "uploads")

    path = held.reserve(ID, "登记表.xlsx")
    path.write_bytes(b"x")

    assert held.path(ID) == path
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    assert held.ids() == [ID]
    held.drop(ID)
    held.drop(ID)
    assert (held.path(ID), held.ids()) == (None, [])


def test_what_lies_under_an_id_is_not_replaced(tmp_path: Path):
    held = HeldFiles(tmp_path)
    held.reserve("b1", "一.xlsx").write_bytes(b"1")
    held.reserve("b2", "二.xlsx").write_bytes(b"2")

    assert held.rename("b1", ID)
    assert not held.rename("b2", ID)

    path = held.path(ID)
    assert path is not None
    assert path.read_bytes() == b"1"
    assert sorted(held.ids()) == sorted([ID, "b2"])


def test_old_files_are_told_from_those_that_arrive(tmp_path: Path):
    held = HeldFiles(tmp_path)
    held.reserve(ID, "一.xlsx")

    assert held.ids_before(datetime.now(UTC) - timedelta(minutes=1)) == []  # noqa: TID251 - the file system's own clock
    assert held.ids_before(datetime.now(UTC) + timedelta(minutes=1)) == [ID]  # noqa: TID251


@pytest.mark.parametrize("name", ["..", "a/b", "", "../x", "甲"])
def test_an_id_that_is_none_is_a_mistake_of_the_caller(tmp_path: Path, name: str):
    with pytest.raises(ValueError, match="letters and digits"):
        HeldFiles(tmp_path).path(name)
