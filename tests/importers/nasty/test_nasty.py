"""Every nasty file gets exactly the receipt that its clerk should get."""

import re
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.failures.errors import FileError
from importers.entries import Accepted, PetitionRecord, Rejected, Warned
from importers.petitions.reading import open_petitions
from tests.importers.nasty import (
    clerks,
    dates,
    desks,
    documents,
    ends,
    everyday,
    forms,
    habits,
    headers,
    identifiers,
    layouts,
    letters,
    mails,
    merged,
    office_letters,
    offices,
    pages,
    rows,
    sheets,
    slips,
    strays,
    tables,
    texts,
    ticks,
    whose,
)
from tests.importers.nasty.cases import Nasty, Problem
from tests.importers.office_files import COUNTY, NOW

_CHINA = ZoneInfo("Asia/Shanghai")
_THEMES = (
    *(clerks, dates, desks, documents, ends, everyday, forms, habits, headers, identifiers, layouts, mails, merged),
    *(letters, office_letters, offices, pages, rows, sheets, slips, strays, tables, texts, ticks, whose),
)
CASES = [*chain(*(theme.CASES for theme in _THEMES))]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_a_nasty_file_gets_its_exact_receipt(case: Nasty, tmp_path: Path):
    path = case.build(tmp_path)
    if case.refused:
        with (
            pytest.raises(FileError, match=case.refused),
            open_petitions(path, received_at=NOW, county=COUNTY) as found,
        ):
            list(found)
        return

    with open_petitions(path, received_at=NOW, county=COUNTY) as found:
        entries = list(found)

    records = [one.record for one in entries if isinstance(one, Accepted)]
    new = {record.raw.id for record in records}
    assert {
        "accepted": len(new),
        "duplicates": len(records) - len(new),
        "rejected": [_problem(one) for one in entries if isinstance(one, Rejected)],
        "warnings": [_problem(one) for one in entries if isinstance(one, Warned)],
    } == {
        "accepted": case.accepted,
        "duplicates": case.duplicates,
        "rejected": list(case.rejected),
        "warnings": list(case.warnings),
    }
    by_row = {record.row: record for record in records}
    for row, wanted in case.says.items():
        assert {key: _said(by_row[row], key) for key in wanted} == dict(wanted)


def test_there_are_at_least_a_hundred_and_twenty_nasty_files_each_with_a_name_of_its_own():
    assert len(CASES) >= 120
    assert len({case.name for case in CASES}) == len(CASES)


def test_every_problem_and_warning_says_what_to_do():
    reasons = {problem[3] for case in CASES for problem in (*case.rejected, *case.warnings)}

    assert {reason for reason in reasons if "请" not in reason and "不需要处理" not in reason} == set()


def _problem(entry: Rejected | Warned) -> Problem:
    one = entry.problem
    return (one.sheet, one.row, one.column, one.reason, one.value)


def _said(record: PetitionRecord, key: str) -> str:
    raw, petitioner = record.raw, record.raw.petitioner
    local = raw.published_at.astimezone(_CHINA) if raw.published_at else None
    known = {
        "number": raw.external_key,
        "name": petitioner.name,
        "phone": petitioner.phone,
        "id_number": petitioner.id_number,
        "address": petitioner.address,
        "day": local.date().isoformat() if local else "",
        "minute": local.strftime("%H:%M") if local else "",
        "text": raw.text,
        "title": raw.title,
        "channel": raw.channel.value,
        "source": raw.source,
        "purpose": raw.purpose,
        "category": raw.category,
        "part": record.part,
        "sheet": record.sheet,
    }
    return known[key] if key in known else raw.fields.get(key, "")


def test_every_sentence_that_a_nasty_file_earns_stands_in_the_documents():
    document = (Path(__file__).parents[3] / "docs" / "importing.md").read_text(encoding="utf-8")
    earned = {problem[3] for case in CASES for problem in (*case.rejected, *case.warnings)}
    written = [re.escape(cell.strip()).replace("…", ".*") for cell in re.split(r" / |\|", document) if cell.strip()]
    known = re.compile("|".join(written))

    assert {reason for reason in earned if not known.fullmatch(reason)} == set()
