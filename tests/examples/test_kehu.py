"""The example county: its files are what its texts say, and they keep their promises."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from examples.kehu.build import PETITIONS, REGISTER, TICKETS, build
from examples.kehu.texts_format import HERE


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kehu")
    build(folder)
    return folder


def cells(path: Path) -> list[list[object]]:
    book = openpyxl.load_workbook(path, read_only=True)
    return [list(row) for sheet in book for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("workbook", [REGISTER, PETITIONS])
def test_a_committed_workbook_is_what_its_texts_build(built: Path, workbook: str):
    assert cells(HERE / workbook) == cells(built / workbook)


def test_every_other_committed_file_is_what_its_texts_build(built: Path):
    made = [path.relative_to(built) for path in built.rglob("*") if path.is_file() and path.suffix != ".xlsx"]

    assert Path(TICKETS) in made
    assert [str(path) for path in made if (HERE / path).read_bytes() != (built / path).read_bytes()] == []


def test_the_example_is_as_large_as_promised(built: Path):
    persons = cells(built / REGISTER)
    petitions = cells(built / PETITIONS)
    tickets = list(csv.reader((built / TICKETS).read_text(encoding="gb18030").splitlines()))

    assert len(persons) > 1600
    assert len(petitions) > 150
    assert len(tickets) > 40
    assert len(list((built / "site").rglob("*.html"))) >= 60


def test_every_text_of_the_gold_file_can_be_found_by_its_address_only_once(built: Path):
    gold = [json.loads(line) for line in (built / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    addresses = [one["locator"] for one in gold]

    assert len(set(addresses)) == len(addresses)


def test_accusations_of_the_example_are_restricted(built: Path):
    gold = [json.loads(line) for line in (built / "gold.jsonl").read_text(encoding="utf-8").splitlines()]

    assert sum(one["accusation"] for one in gold) >= 5
    assert [one["key"] for one in gold if one["accusation"] and not one["restricted"]] == []
