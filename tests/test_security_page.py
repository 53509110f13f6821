"""The answers of the security page name tests and files that exist."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (.*?) \| (.*?) \|(.*)\|$", re.MULTILINE)
NAMED = re.compile(r"`([\w./\u4e00-\u9fff-]+\.(?:py|md|toml|txt|html))(?:::(\w+))?`")
LEVEL_2 = {
    "1.1": "1 2",
    "1.2": "1 2 3 4 5 6 7 8 9",
    "1.3": "1 2 3 4 5 6 7 8 9 10 11",
    "1.4": "1 2 3",
    "1.5": "1 2",
    "2.1": "1 2 3",
    "2.2": "1 2 3",
    "2.3": "1 2 3 4",
    "2.4": "1",
    "3.2": "1 2",
    "3.3": "1 2 3 4",
    "3.4": "1 2 3 4 5 6",
    "3.5": "1 2 3 4 5",
    "3.7": "1 2",
    "4.1": "1 2 3",
    "4.2": "1",
    "4.3": "1 2",
    "4.4": "1 2 3 4",
    "5.1": "1",
    "5.2": "1 2 3",
    "5.3": "1 2",
    "5.4": "1 2 3",
    "6.1": "1 2 3",
    "6.2": "1 2 3 4 5 6 7 8 9 10 11 12",
    "6.3": "1 2 3 4",
    "6.4": "1 2 3 4",
    "6.5": "1 2 3 4 5",
    "6.6": "1 2 3",
    "6.8": "1 2 3 4",
    "7.1": "1 2 3",
    "7.2": "1 2 3 4",
    "7.3": "1 2",
    "7.4": "1 2 3 4 5",
    "7.5": "1 2",
    "7.6": "1 2",
    "8.1": "1 2",
    "8.2": "1 2 3",
    "8.3": "1",
    "8.4": "1",
    "9.1": "1 2 3",
    "9.2": "1 2 3 4",
    "10.1": "1 2",
    "10.2": "1 2",
    "10.5": "1 2 3 4 5",
    "11.1": "1 2",
    "11.2": "1 2 3",
    "11.3": "1 2 3",
    "11.4": "1 2 3 4",
    "11.5": "1",
    "11.6": "1",
    "12.1": "1 2 3",
    "12.2": "1 2",
    "12.3": "1 2 3 4",
    "13.1": "1",
    "13.2": "1 2 3 4 5",
    "13.3": "1 2",
    "13.4": "1 2 3 4 5",
    "14.1": "1 2",
    "14.2": "1 2 3 4",
    "14.3": "1 2 3",
    "15.1": "1 2 3",
    "15.2": "1 2 3",
    "15.3": "1 2 3 4 5 6 7",
    "16.1": "1",
    "16.2": "1 2 3 4 5",
    "16.3": "1 2 3 4",
    "16.4": "1 2 3",
    "16.5": "1 2 3",
}
"""Levels 1 and 2 of ASVS 5.0.0, without those for servers that we are not (10.3, 10.4, 10.6, 10.7, 17)."""
ANSWERS = {"met", "partly", "open", "operator", "none"}


def test_every_answer_is_one_of_those_that_are_explained_and_no_line_stands_twice():
    rows = ROW.findall(PAGE)

    assert len(rows) > 200
    assert {answer for _, _, answer, _ in rows} <= ANSWERS
    assert [number for number, count in Counter(number for number, *_ in rows).items() if count > 1] == []


def test_every_test_and_file_that_is_named_exists():
    missing = []
    for path, test in NAMED.findall(PAGE):
        file = ROOT / path
        if not file.exists() or (test and not re.search(rf"def {test}\b", file.read_text(encoding="utf-8"))):
            missing.append(f"{path}::{test}")

    assert missing == []


def test_what_is_met_says_what_shows_it():
    unsaid = [
        number for number, _, answer, shown in ROW.findall(PAGE) if answer in {"met", "partly"} and not shown.strip()
    ]

    assert unsaid == []


def test_every_requirement_of_the_standard_is_answered_and_no_other():
    asked = [f"{section}.{number}" for section, numbers in LEVEL_2.items() for number in numbers.split()]

    assert [number for number, *_ in ROW.findall(PAGE)] == asked
