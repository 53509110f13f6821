"""Commands as their users meet them: contract, bad input, exit codes."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.run_lock import run_lock
from tests.commands.in_process import qianshao
from tests.importers.office_files import HEADER, row, write_xlsx


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    assert qianshao(folder, "init", "--example", "kehu").returncode == 0
    return folder


def test_a_receipt_names_every_row_that_was_refused(home: Path, tmp_path: Path):
    path = write_xlsx(tmp_path / "台账.xlsx", [HEADER, row("R1"), row("R1"), row("R2", day="2026-13-40")])

    finished = qianshao(home, "import", "petitions", str(path), "--json")

    receipt = json.loads(finished.stdout)
    assert finished.returncode == 1
    assert (receipt["accepted"], receipt["duplicates"]) == (1, 1)
    assert receipt["rejected"] == [
        {
            "sheet": "台账",
            "row": 4,
            "column": "信访日期",
            "reason": "日历上没有这一天, 请对照原件改正后重新提交: 2026-13-40",
            "value": "2026-13-40",
        }
    ]
    assert set(receipt) >= {"file", "accepted", "duplicates", "rejected", "warnings"}
    listed = [json.loads(line) for line in qianshao(home, "import", "receipts", "--json").stdout.splitlines()]
    assert [(one["id"], one["way"], one["state"]) for one in listed][:1] == [(receipt["id"], "command", "finished")]
    assert json.loads(qianshao(home, "receipt", receipt["id"], "--json").stdout) == receipt


def test_a_receipt_as_a_workbook_is_mended_and_delivered_again(home: Path, tmp_path: Path):
    from openpyxl import load_workbook

    path = write_xlsx(tmp_path / "台账.xlsx", [HEADER, row("M1"), row("M2", day="2026-13-40")])
    receipt = json.loads(qianshao(home, "import", "petitions", str(path), "--json").stdout)
    mended = tmp_path / "改好.xlsx"
    assert qianshao(home, "receipt", receipt["id"], "--xlsx", str(mended)).returncode == 0
    book = load_workbook(mended)
    [sheet] = book.worksheets
    [place] = [cell for line in sheet.iter_rows() for cell in line if cell.value == "2026-13-40"]
    place.value = "2026-10-13"
    book.save(mended)

    again = json.loads(qianshao(home, "import", "petitions", str(mended), "--json").stdout)

    assert (again["accepted"], again["corrected"], again["duplicates"], again["rejected"]) == (1, 0, 1, [])


def test_a_mailbox_that_is_not_set_up_is_no_failure(home: Path):
    finished = qianshao(home, "import", "mail")

    assert finished.returncode == 0, finished.stderr
    assert "没有配置邮箱" in finished.stderr


def test_a_receipt_that_does_not_exist_is_said(home: Path):
    finished = qianshao(home, "receipt", "0000000000000000")

    assert finished.returncode == 2
    assert "没有编号为 0000000000000000 的回执" in finished.stderr


def test_one_bad_file_does_not_keep_the_others_out(home: Path, tmp_path: Path):
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"x")
    good = write_xlsx(tmp_path / "好.xlsx", [HEADER, row("G1")])

    finished = qianshao(home, "import", "petitions", str(bad), str(good), "--json")

    assert finished.returncode == 1
    assert json.loads(finished.stdout)["accepted"] == 1
    assert "坏.xlsx" in finished.stderr


def test_an_export_of_posts_gets_the_same_receipt_and_its_comments_are_counted(home: Path, tmp_path: Path):
    note = {"note_id": "n1", "desc": "克虎镇今年的枣没有人来收", "note_url": "https://www.xiaohongshu.com/explore/n1"}
    comment = {"comment_id": "c1", "note_id": "n1", "content": "我家也是", "nickname": "路过的人"}
    path = tmp_path / "contents.json"
    path.write_text(json.dumps([note, comment, {**note, "note_id": "n2", "desc": ""}]), encoding="utf-8")

    finished = qianshao(home, "import", "posts", str(path), "--json")

    receipt = json.loads(finished.stdout)
    assert finished.returncode == 1
    assert (receipt["accepted"], receipt["duplicates"], len(receipt["rejected"])) == (1, 0, 1)
    assert "1条评论没有导入" in receipt["warnings"][0]["reason"]
    assert "路过的人" not in finished.stdout + finished.stderr


def test_before_init_the_message_says_init(tmp_path: Path):
    finished = qianshao(tmp_path / "empty", "lead", "list")

    assert finished.returncode == 2
    assert "qianshao init" in finished.stderr
    assert "Traceback" not in finished.stderr


def test_a_wrong_setting_is_named(tmp_path: Path):
    finished = qianshao(tmp_path, "init", QIANSHAO_COUNTY="xx")

    assert finished.returncode == 2
    assert "county" in finished.stderr
    assert "Traceback" not in finished.stderr


def test_an_unknown_example_and_an_unknown_source_are_wrong_usage(home: Path, tmp_path: Path):
    assert qianshao(tmp_path, "init", "--example", "nowhere").returncode == 2
    finished = qianshao(home, "source", "crawl", "nobody")
    assert finished.returncode == 2
    assert "nobody" in finished.stderr


def test_a_locked_database_is_said_in_one_sentence_and_nothing_is_lost(home: Path, tmp_path: Path):
    path = write_xlsx(tmp_path / "台账.xlsx", [HEADER, row("L1")])
    holder = sqlite3.connect(home / "qianshao.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    finished = qianshao(home, "import", "petitions", str(path), "--json")
    holder.close()

    assert finished.returncode == 2
    assert "稍后再试" in finished.stderr
    again = qianshao(home, "import", "petitions", str(path), "--json")
    assert json.loads(again.stdout)["accepted"] == 1


def test_classify_keeps_the_contract_and_needs_no_database(tmp_path: Path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [
        {"id": "a", "title": "求助", "text": "每周透析三次，还欠了十几万"},
        {"id": "b", "title": "", "text": "路灯坏了"},
    ]
    source.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")

    finished = qianshao(tmp_path / "nowhere", "classify", str(source), str(target))

    assert finished.returncode == 0, finished.stderr
    first, second = (json.loads(line) for line in target.read_text(encoding="utf-8").splitlines())
    assert set(first) == {"id", "risk", "labels", "scope", "relocation", "accusation", "urgent", "model"}
    content = "求助\n每周透析三次，还欠了十几万"
    for label in first["labels"]:
        assert set(label) == {"slug", "probability", "evidence"}
        for span in label["evidence"]:
            assert content[span["start"] : span["end"]] == span["text"]
    assert [label["slug"] for label in first["labels"]] == ["illness"]
    assert second["labels"] == []


def test_a_broken_line_names_file_and_line(tmp_path: Path):
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": "a", "text": "x"}\n{"id": 3}\n', encoding="utf-8")

    finished = qianshao(tmp_path, "classify", str(source), str(tmp_path / "out.jsonl"))

    assert finished.returncode == 1
    assert "第2行" in finished.stderr


def test_mentions_and_link_keep_the_contract(home: Path, tmp_path: Path):
    source = tmp_path / "in.jsonl"
    line = {"id": "a", "title": "", "text": "克虎镇庞家庄村庞四孩反映，本人患食道癌，药费负担不起，电话13800000000。"}
    source.write_text(json.dumps(line), encoding="utf-8")

    assert qianshao(home, "mentions", str(source), str(tmp_path / "m.jsonl")).returncode == 0
    assert qianshao(home, "link", str(source), str(tmp_path / "l.jsonl")).returncode == 0

    mentions = json.loads((tmp_path / "m.jsonl").read_text(encoding="utf-8"))
    linked = json.loads((tmp_path / "l.jsonl").read_text(encoding="utf-8"))
    assert {"id", "persons", "places", "phones", "id_numbers", "amounts"} <= set(mentions)
    assert {"code", "level", "name", "start", "end"} == set(mentions["places"][0])
    assert mentions["ambiguous_places"] == mentions["foreign_places"] == []
    assert {"areas", "households", "dates", "relatives"} <= set(mentions)
    assert "庞四孩" in {person["name"] for person in mentions["persons"]}
    assert {place["code"] for place in mentions["places"] if place["level"] == "village"} == {"141124104202"}
    assert linked["decision"] == "linked"
    assert linked["village_code"] == "141124104202"
    assert set(linked["candidates"][0]) == {"household_id", "probability", "why", "weights"}


def test_mentions_are_evaluated_on_a_gold_file(home: Path, tmp_path: Path):
    gold = tmp_path / "gold.jsonl"
    person = {"name": "庞四孩", "role": "petitioner", "start": 0, "end": 3}
    line = {"id": "a", "title": "", "text": "庞四孩反映没有水", "persons": [person], "phones": []}
    gold.write_text(json.dumps(line), encoding="utf-8")

    finished = qianshao(home, "evaluate", "mentions", "--gold", str(gold), "--json")

    scores = {one["kind"]: one for one in json.loads(finished.stdout)["scores"]}
    assert scores["persons_with_role"]["f1"] == 1.0
    assert scores["phones"]["expected"] == 0


def test_an_account_gets_a_password_that_is_shown_once(home: Path):
    made = qianshao(home, "account", "add", "wang", "--role", "town", "--region", "141124104")
    again = qianshao(home, "account", "add", "wang", "--role", "town", "--region", "141124104")

    assert made.returncode == 0
    assert "一次性密码" in made.stderr
    assert again.returncode == 2


def test_the_drop_folder_is_emptied_and_receipts_lie_beside_the_files(home: Path):
    import os

    path = write_xlsx(home / "inbox" / "台账.xlsx", [HEADER, row("D1")])
    os.utime(path, (1, 1))

    finished = qianshao(home, "import", "inbox")

    assert finished.returncode == 0, finished.stderr
    assert not path.exists()
    [receipt] = (home / "inbox" / "done").rglob("*.receipt.json")
    assert json.loads(receipt.read_text(encoding="utf-8"))["accepted"] == 1


def test_reminders_and_the_ledger_are_written(home: Path, tmp_path: Path):
    assert qianshao(home, "lead", "remind").returncode == 0
    assert list((home / "reminders").glob("*.xlsx"))
    assert qianshao(home, "lead", "export", "--xlsx", str(tmp_path / "线索.xlsx")).returncode == 0
    assert (tmp_path / "线索.xlsx").stat().st_size > 0


def test_importing_places_says_what_became_of_the_old_names(tmp_path: Path):
    listed, history = tmp_path / "区划.jsonl", tmp_path / "沿革.jsonl"
    place = {"town": "克虎镇", "town_code": "141124104000", "village": "庞家庄村委会", "village_code": "141124104202"}
    listed.write_text(json.dumps(place, ensure_ascii=False), encoding="utf-8")
    rows = [
        {"town": "克虎镇", "village": "庞家庄村委会", "first": 2009, "last": 2023},
        {"town": "克虎镇", "village": "张羊峁村委会", "first": 2009, "last": 2020},
        {"town": "没有的乡", "village": "某家沟村委会", "first": 2009, "last": 2012},
    ]
    history.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    own = tmp_path / "home"
    assert qianshao(own, "init").returncode == 0

    finished = qianshao(own, "import", "gazetteer", str(listed), str(history))

    assert finished.returncode == 0
    assert "1个村已撤并" in finished.stderr + finished.stdout
    assert "没有的乡某家沟村委会" in finished.stderr + finished.stdout


def test_a_wrong_year_in_the_history_is_named(home: Path, tmp_path: Path):
    history = tmp_path / "沿革.jsonl"
    row = {"town": "克虎镇", "village": "张羊峁村委会", "first": 2009, "last": "去年"}
    history.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")

    finished = qianshao(home, "import", "gazetteer", str(history))

    assert finished.returncode != 0
    assert "沿革.jsonl 第1行 last: '去年' 不是年份" in finished.stderr
    assert "Traceback" not in finished.stderr


def test_linking_is_evaluated_on_a_gold_file(home: Path):
    gold = Path("examples/kehu/linking_gold.jsonl").resolve()

    finished = qianshao(home, "evaluate", "linking", "--gold", str(gold), "--json")
    table = qianshao(home, "evaluate", "linking", "--gold", str(gold))

    assert finished.returncode == table.returncode == 0, finished.stderr
    scores = json.loads(finished.stdout)
    assert (scores["texts"], scores["registered"]) == (12, 9)
    assert scores["recall_at_5"] >= 0.85
    assert scores["precision"] == 1.0
    assert set(scores["errors"]) == {"wrong_door", "linked_absent", "not_offered", "ranked_lower", "not_linked"}
    assert "自动关联正确率" in table.stdout


def test_a_gold_household_that_the_register_does_not_have_is_named(home: Path, tmp_path: Path):
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": "a", "text": "庞四孩", "household_id": "9"}), encoding="utf-8")

    finished = qianshao(home, "evaluate", "linking", "--gold", str(gold))

    assert finished.returncode == 2
    assert "户编号 9" in finished.stderr


def test_a_gold_line_without_a_text_names_a_document_of_the_database(home: Path, tmp_path: Path):
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": "nowhere", "household_id": None}), encoding="utf-8")

    finished = qianshao(home, "evaluate", "linking", "--gold", str(gold))

    assert finished.returncode == 2
    assert "nowhere" in finished.stderr


def test_the_example_waits_for_nobody_and_breaks_into_nothing(tmp_path: Path):
    assert qianshao(tmp_path, "init").returncode == 0

    with run_lock(tmp_path):
        finished = qianshao(tmp_path, "init", "--example", "kehu")

    assert finished.returncode == 2
    assert "另一个进程正在处理" in finished.stderr
    assert qianshao(tmp_path, "init", "--example", "kehu").returncode == 0


def test_the_archive_is_linked_again_only_when_something_changed(home: Path, tmp_path: Path):
    path = write_xlsx(tmp_path / "台账.xlsx", [HEADER, row("A1")])
    assert qianshao(home, "import", "petitions", str(path)).returncode == 0
    qianshao(home, "run")

    nothing = json.loads(qianshao(home, "link", "--all", "--json").stdout)
    parameters = tmp_path / "parameters.toml"
    shipped = Path("pipeline/linking/parameters.toml").read_text(encoding="utf-8")
    parameters.write_text(shipped.replace("not_in_register = 0.25", "not_in_register = 0.3"), encoding="utf-8")
    again = qianshao(home, "link", "--all", "--json", QIANSHAO_LINKING=str(parameters))

    assert nothing["seen"] == 0
    assert again.returncode == 0, again.stderr
    assert (json.loads(again.stdout)["stage"], json.loads(again.stdout)["seen"] >= 1) == ("link", True)
    # Those of before are another change, but only where somebody asks for it; then the run has nothing left to do.
    linked = [linked_by_run(home)]
    back = [json.loads(qianshao(home, "link", "--all", "--json").stdout)["seen"] for _ in range(2)]
    linked += [linked_by_run(home), linked_by_run(home, QIANSHAO_LINKING=str(parameters)), linked_by_run(home)]
    assert (back, linked) == ([json.loads(again.stdout)["seen"], 0], [0, 0, 0, 0])


def linked_by_run(home: Path, **more: str) -> int:
    reports = [json.loads(line) for line in qianshao(home, "run", "--json", **more).stdout.splitlines()]
    return int(next(one for one in reports if one["stage"] == "link")["seen"])


def test_linking_the_archive_takes_no_files(home: Path, tmp_path: Path):
    assert qianshao(home, "link", "--all", str(tmp_path / "in.jsonl")).returncode == 2
    assert qianshao(home, "link", str(tmp_path / "in.jsonl")).returncode == 2


def test_a_command_that_needs_no_password_does_not_wait_for_the_hash_of_one():
    asked = "import sys, commands.main; sys.exit('argon2' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
