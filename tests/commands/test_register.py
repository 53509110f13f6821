"""The register as an operator delivers it: what is refused, what is reported, what names show."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.run_lock import run_lock
from tests.commands.in_process import qianshao
from tests.importers.office_files import write_xlsx
from tests.pipeline.judging import HEADER

VILLAGE = "141124104202"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    assert qianshao(folder, "init").returncode == 0
    return folder


def deliver(home: Path, folder: Path, numbers: range, *options: str, sign: str = "甲"):
    rows = [
        (f"{VILLAGE}{number:04d}", VILLAGE, "一组", f"庞{chr(0x4E00 + number)}{sign}", "本人", "男", "1961", "")
        for number in numbers
    ]
    return qianshao(home, "import", "registry", str(write_xlsx(folder / "台账.xlsx", [HEADER, *rows])), *options)


def test_a_register_is_delivered_refused_confirmed_and_told_of_again(home: Path, tmp_path: Path):
    first = deliver(home, tmp_path, range(10), "--json")
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout)["household_changes"]["new"] == 10

    refused = deliver(home, tmp_path, range(5))
    assert refused.returncode == 1
    assert "现有10户, 将移出5户" in refused.stderr
    assert "--yes" in refused.stderr
    assert "Traceback" not in refused.stderr

    assert json.loads(deliver(home, tmp_path, range(5), "--partial", "--json").stdout)["gone"] == 0
    taken = deliver(home, tmp_path, range(5), "--yes", "--json")
    receipt = json.loads(taken.stdout)
    assert (receipt["gone"], receipt["household_changes"]["gone"], receipt["person_changes"]["left"]) == (5, 5, 5)
    assert {one["name"] for one in receipt["changes"]["persons"]} == {"庞**"}

    again = json.loads(qianshao(home, "import", "changes", "--json").stdout)
    assert again == {"version": receipt["version"], **receipt["changes"]}
    table = qianshao(home, "import", "changes").stdout
    assert "不在册户" in table
    assert "庞一甲" not in table


def test_a_delivery_waits_for_nobody_and_says_so(home: Path, tmp_path: Path):
    with run_lock(home):
        finished = deliver(home, tmp_path, range(3), "--partial")

    assert finished.returncode == 2
    assert "另一个进程正在处理" in finished.stderr


def test_the_report_of_a_register_is_printed_written_and_kept(home: Path, tmp_path: Path):
    rows = [(f"{VILLAGE}9001", VILLAGE, "一组", "庞报告", "本人", "女", "1961", "999999196105061114")]
    path = str(write_xlsx(tmp_path / "台账.xlsx", [HEADER, *rows]))

    as_json = qianshao(home, "import", "registry", path, "--partial", "--json", "--report", str(tmp_path / "报告.xlsx"))
    printed = qianshao(home, "import", "registry", path, "--partial")

    receipt = json.loads(as_json.stdout)
    assert [one["rule"] for one in receipt["findings"]] == ["P01", "P03"]
    assert {one["household_id"] for one in receipt["findings"]} == {f"{VILLAGE}9001"}
    assert "庞报告" not in as_json.stdout
    pages = load_workbook(tmp_path / "报告.xlsx")
    assert [line[0].value for line in pages["检查结果"].iter_rows(min_row=2)] == ["P01", "P03"]
    assert "逻辑检查: 错误2条, 核实0条" in printed.stderr
    assert "照身份证或户口簿改正号码" in "".join(printed.stdout.split())
    kept = qianshao(home, "receipt", receipt["id"], "--json")
    assert json.loads(kept.stdout)["accepted"] == 1

    changes = qianshao(home, "import", "changes", "--xlsx", str(tmp_path / "变化.xlsx"))
    assert changes.returncode == 0
    assert load_workbook(tmp_path / "变化.xlsx").sheetnames == ["户的变化", "人的变化"]
