"""Declarations are changed on the disk without losing what people wrote."""

from datetime import date
from pathlib import Path

import pytest

from crawlers.declaring.source import load_source
from crawlers.declaring.source_file import disabled, verified, with_key, write_source
from domain.failures.errors import ConfigError
from tests.crawlers.declaring.test_source import SHIPPED

DAY = date(2026, 11, 26)
TEXT = (SHIPPED / "shanxi" / "lvliang_xinwen_wang.yml").read_text(encoding="utf-8")


def test_a_key_is_set_where_it_stands_with_all_that_belongs_to_it():
    text = "a: 1\nb:\n  c: 2\n\n  d: 3\ne: 4  # why\n"

    assert with_key(text, "b", "b: 5") == "a: 1\nb: 5\ne: 4  # why\n"
    assert with_key(text, "b", None) == "a: 1\ne: 4  # why\n"
    assert with_key(text, "f", "f: 6") == text + "f: 6\n"


def test_what_was_verified_keeps_its_comments_and_records_who_read_what_when(tmp_path: Path):
    path = tmp_path / "lvliang_xinwen_wang.yml"

    write_source(path, verified(TEXT, 'robots.txt 允许; 条款说"可转载": #1', DAY), is_new=True)

    spec = load_source(path)
    assert spec.is_crawled
    assert spec.robots.checked_on == DAY
    assert spec.terms is not None
    assert spec.terms.note == 'robots.txt 允许; 条款说"可转载": #1'
    assert "# Lüliang News" in path.read_text(encoding="utf-8")
    assert spec.notes == load_source(SHIPPED / "shanxi" / path.name).notes


def test_what_was_disabled_says_why_and_can_be_enabled_again(tmp_path: Path):
    path = tmp_path / "paper.yml"

    write_source(path, disabled(verified(TEXT, "允许", DAY), "改版", DAY), is_new=True)
    stopped = load_source(path)
    write_source(path, verified(path.read_text(encoding="utf-8"), "又核对过", DAY), is_new=False)

    assert stopped.disabled is not None
    assert stopped.disabled.because == "改版"
    assert load_source(path).is_crawled


def test_a_file_that_would_not_load_is_not_written(tmp_path: Path):
    path = tmp_path / "paper.yml"
    write_source(path, TEXT, is_new=True)

    with pytest.raises(ConfigError, match="politness"):
        write_source(path, TEXT + "politness: {}\n", is_new=False)

    assert path.read_text(encoding="utf-8") == TEXT
    assert [entry.name for entry in tmp_path.iterdir()] == ["paper.yml"]


def test_a_file_that_stands_there_is_not_overwritten(tmp_path: Path):
    write_source(tmp_path / "paper.yml", TEXT, is_new=True)

    with pytest.raises(ConfigError, match="已经存在"):
        write_source(tmp_path / "paper.yml", TEXT, is_new=True)
