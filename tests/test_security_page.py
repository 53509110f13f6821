"""The answers of the security page name tests and files that exist."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (.*?) \| (.*?) \|(.*)\|$", re.MULTILINE)
NAMED = re.compile(r"`([\w./\u4e00-\u9fff-]+\.(?:py|md|toml|txt|html))(?:::(\w+))?`")
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
