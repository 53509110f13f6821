"""`qianshao extract` and `qianshao evaluate extraction` as scripts and people call them."""

import json
from pathlib import Path

from typer.testing import CliRunner

from commands.main import app

PAGES = Path(__file__).parents[1] / "crawlers" / "extraction" / "pages"


def test_extract_prints_the_fields_that_scripts_rely_on():
    page = str(PAGES / "trs_announcement.html")

    finished = CliRunner().invoke(app, ["extract", page, "--url", "http://xxgk.invalid/t20260928_1.shtml", "--json"])

    record = json.loads(finished.stdout)
    assert finished.exit_code == 0
    assert record["published_at"] == "2026-09-28T16:20:00+08:00"
    assert record["source"] == "湫川县住房和城乡建设局"
    assert {"title", "published_at", "source", "author", "text"} <= set(record)


def test_extract_without_json_is_for_people():
    page = str(PAGES / "relative_date.html")
    options = ["--url", "http://tt.invalid/a/1", "--fetched-at", "2026-10-08T12:00:00"]

    finished = CliRunner().invoke(app, ["extract", page, *options])

    assert "时间: 2026-10-08 09:00+08:00" in finished.stdout
    assert "类型: 文章" in finished.stdout


def test_evaluation_prints_means_for_scripts_and_a_table_for_people(tmp_path: Path):
    gold = tmp_path / "gold.jsonl"
    lines = (PAGES / "gold.jsonl").read_text(encoding="utf-8").splitlines()[:2]
    gold.write_text("\n".join(lines), encoding="utf-8")
    for line in lines:
        name = json.loads(line)["file"]
        (tmp_path / name).write_bytes((PAGES / name).read_bytes())

    for_scripts = CliRunner().invoke(app, ["evaluate", "extraction", "--gold", str(gold), "--json"])
    for_people = CliRunner().invoke(app, ["evaluate", "extraction", "--gold", str(gold)])

    assert json.loads(for_scripts.stdout)["body_f1"] == 1.0
    assert json.loads(for_scripts.stdout)["pages"] == 2
    assert "正文F1" in for_people.stdout
