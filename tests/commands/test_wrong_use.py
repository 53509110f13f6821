"""What people meet who type something wrong: Chinese, the thing named, and the exit code of the contract."""

import ast
import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from commands.help_pages import in_chinese
from commands.main import app
from commands.stage_reports import DETAILS, report_row
from domain.counting.stage_report import StageName, StageReport
from tests.commands.in_process import qianshao

ROOT = Path(__file__).parent.parent.parent
ENGLISH = re.compile(r"\b(?:Error|Usage|Try|Missing|Invalid|Input|should|such|directory|Got|Field|required)\b")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    assert qianshao(folder, "init", "--example", "kehu").returncode == 0
    return folder


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nosuch", "没有命令 nosuch"),
        ("source lst", "没有命令 lst, 是不是 list?"),
        ("source check", "缺少参数 名称"),
        ("lead show", "缺少参数 线索编号"),
        ("import petitions nowhere.xlsx", "没有这个文件: nowhere.xlsx"),
        ("import posts nowhere.csv", "没有这个文件: nowhere.csv"),
        ("import registry nowhere.xlsx", "没有这个文件: nowhere.xlsx"),
        ("import gazetteer nowhere.csv elsewhere.csv", "没有这个文件: nowhere.csv、elsewhere.csv"),
        ("source check a b", "多写了参数: b"),
        ("source list --shippd", "没有选项 --shippd, 是不是 --shipped?"),
        ("source disable x", "缺少选项 --because"),
        ("source disable x --because", "选项 --because 后面要写值"),
        ("source list --shipped=1", "选项 --shipped 不带值"),
        ("lead list --limit 0", "--limit 不能小于1, 现值 '0'"),
        ("lead list --limit abc", "--limit 应是整数, 现值 'abc'"),
        ("lead list --village xx", "区划代码应为"),
        ("lead list --village 999999", "没有代码为 999999 的区划"),
        ("lead show nosuch", "没有编号为 nosuch 的线索"),
        ("lead export --xlsx nowhere/x.xlsx", "写不了 nowhere/x.xlsx: 没有这个文件或文件夹"),
        ("account add u --role king --region 141124", "--role 只能是 'admin'、'clerk'"),
        ("coverage --month 9999-12", "月份应在2000年至2099年之间"),
        ("coverage --month 0001-01", "月份应在2000年至2099年之间"),
        ("coverage --region 999999", "没有代码为 999999 的区划"),
        ("import changes --version 99", "没有第99版台账, 最近的是第1版"),
        ("import changes --version 0", "没有第0版台账"),
        ("classify nowhere.jsonl out.jsonl", "读不了 nowhere.jsonl: 没有这个文件或文件夹"),
        ("extract nowhere.html --url http://x.invalid/", "读不了 nowhere.html: 没有这个文件或文件夹"),
        ("extract x.html --url u --fetched-at yesterday", "--fetched-at 应是日期和时间, 现值 'yesterday'"),
        ("train linking --out nowhere/p.toml", "写不了 nowhere/p.toml"),
        ("train linking --out .", "写不了 ."),
        ("serve --port 99999", "--port 不能大于65535"),
        ("serve --host nosuch.invalid", "域名或地址解析不了"),
        *((f"evaluate {one} --gold nowhere.jsonl", "没有这个文件或文件夹") for one in ("classifier", "mentions")),
        *((f"evaluate {one} --gold nowhere.jsonl", "没有这个文件或文件夹") for one in ("linking", "extraction")),
    ],
)
def test_wrong_usage_is_named_in_chinese_and_ends_with_2(home: Path, line: str, said: str):
    finished = qianshao(home, *line.split())

    assert finished.returncode == 2, finished.stderr
    assert said in finished.stderr
    assert not ENGLISH.search(finished.stderr.partition("用法")[0])


@pytest.mark.parametrize("what", ["classifier", "mentions", "linking", "extraction"])
@pytest.mark.parametrize("content", [b"", b"{}\n", b"\xff\xfe\n", b"[1]\n"], ids=["empty", "no key", "no text", "list"])
def test_a_gold_file_that_cannot_be_used_is_wrong_usage(home: Path, tmp_path: Path, what: str, content: bytes):
    gold = tmp_path / "gold.jsonl"
    gold.write_bytes(content)

    finished = qianshao(home, "evaluate", what, "--gold", str(gold))

    assert finished.returncode == 2, finished.stderr
    assert str(gold) in finished.stderr
    assert not ENGLISH.search(finished.stderr.replace(str(tmp_path), ""))


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("MODEL", "nowhere", "分类模型 nowhere/linear 不完整: manifest.toml 没有这个文件或文件夹"),
        ("LINKING", "nowhere.toml", "读不了关联参数 nowhere.toml: 没有这个文件或文件夹"),
        ("POLICY", "nowhere", "政策文件夹 nowhere 不存在, 请核对 settings.toml 的 policy"),
        ("SOURCES", "nowhere", "sources 的值应是JSON"),
        ("PORT", "x", "port: 应是整数, 现值 'x'"),
        ("DATABASE_URL", "nosuch://x", "数据库地址(database_url)不对"),
        ("DATABASE_URL", "postgresql+psycopg://127.0.0.1:1/x", "连不上数据库"),
    ],
)
def test_a_wrong_configuration_ends_with_2(home: Path, setting: str, value: str, said: str):
    finished = qianshao(home, "run", **{f"QIANSHAO_{setting}": value})

    assert finished.returncode == 2, finished.stderr
    assert said in finished.stderr
    assert not ENGLISH.search(finished.stderr)


def test_settings_that_are_no_toml_are_said_with_their_place(tmp_path: Path):
    (tmp_path / "settings.toml").write_text('county = "141124"\nsources = x y\n', encoding="utf-8")

    finished = qianshao(tmp_path, "lead", "list")

    assert finished.returncode == 2
    assert "settings.toml 第2行第11个字符处不是合格的TOML" in finished.stderr


def test_a_source_file_that_is_not_there_leaves_the_target_as_it_was(home: Path, tmp_path: Path):
    target = tmp_path / "out.jsonl"
    target.write_text("yesterday's", encoding="utf-8")

    finished = qianshao(home, "classify", str(tmp_path / "nowhere.jsonl"), str(target))

    assert finished.returncode == 2
    assert target.read_text(encoding="utf-8") == "yesterday's"


def test_a_taken_port_is_said(home: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        finished = qianshao(home, "serve", "--port", str(taken.getsockname()[1]))

    assert finished.returncode == 2
    assert "端口已被占用" in finished.stderr


def test_without_a_verb_the_verbs_are_shown(home: Path):
    finished = qianshao(home, "source")

    assert finished.returncode == 2
    assert "抓取来源" in finished.stdout
    assert finished.stderr == ""


@pytest.mark.parametrize("line", ["", "source", "source new", "train linking", "lead list"])
def test_help_pages_are_in_chinese(home: Path, line: str):
    shown = qianshao(home, *line.split(), "--help").stdout

    assert "用法: qianshao" in shown
    assert "显示这份说明" in shown
    assert not re.search(r"Usage|OPTIONS|Options|Arguments|COMMAND|Show this|required|default", shown)


def test_a_file_that_is_there_and_cannot_be_read_is_a_part_that_failed(home: Path, tmp_path: Path):
    broken = tmp_path / "坏的.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook")

    for noun in ("petitions", "registry", "gazetteer"):
        finished = qianshao(home, "import", noun, str(broken))
        assert finished.returncode == 1, (noun, finished.stderr)
    finished = qianshao(home, "import", "petitions", str(tmp_path / "nowhere.xlsx"), str(broken))
    assert finished.returncode == 1


def test_every_argument_has_a_chinese_name():
    def arguments(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
        for one in command.params:
            if one.param_type_name == "argument" and re.search("[A-Za-z]", one.metavar or one.name):
                yield (*path, one.name)
        for name, inner in getattr(command, "commands", {}).items():
            yield from arguments(inner, (*path, name))

    assert list(arguments(in_chinese(get_command(app)))) == []


def test_an_empty_inbox_is_said(home: Path):
    finished = qianshao(home, "import", "inbox")

    assert (finished.returncode, finished.stdout) == (0, "")
    assert "没有可导入的文件" in finished.stderr


def test_a_link_in_the_inbox_is_said(home: Path):
    (home / "inbox" / "台账.xlsx").symlink_to(home / "settings.toml")

    finished = qianshao(home, "import", "inbox")

    (home / "inbox" / "台账.xlsx").unlink()
    assert finished.returncode == 0
    assert finished.stderr.count("台账.xlsx: 是链接, 不是文件本身, 没有导入") == 1


@pytest.mark.parametrize("content", ['{"id": 3}', '{"town": "克虎镇"}'])
def test_a_file_that_holds_no_places_is_refused(home: Path, tmp_path: Path, content: str):
    path = tmp_path / "别的.jsonl"
    path.write_text(content, encoding="utf-8")

    finished = qianshao(home, "import", "gazetteer", str(path))

    assert finished.returncode == 1
    assert "别的.jsonl: 没有一行是地名" in finished.stderr
    assert "village_code" in finished.stderr


def test_the_table_of_a_run_is_in_chinese(home: Path):
    finished = qianshao(home, "run")

    assert finished.returncode == 0
    assert all(stage.label in finished.stdout for stage in StageName if stage is not StageName.SECOND_READ)
    assert not re.search(r"[a-z]{3,}", finished.stdout)


def test_the_records_of_a_run_keep_the_slugs_of_the_contract(home: Path):
    finished = qianshao(home, "run", "--json")

    assert {json.loads(line)["stage"] for line in finished.stdout.splitlines()} < set(StageName)


def test_a_stage_shows_only_details_that_occurred():
    counts = {"seen": 3, "done": 3, "skipped": 0, "quarantined": 0}
    report = StageReport(stage="link", version="1", **counts, seconds=1.5, details={"linked": 3, "none": 0})

    assert report_row(report) == ("关联到户", 3, 3, 0, 0, "2", "已关联到户 3")


def test_every_detail_that_a_stage_can_leave_has_a_word():
    asks_the_second_reader = "doubt"
    files = [path for path in (ROOT / "pipeline").rglob("*.py") if path.stem != asks_the_second_reader]
    slugs = {slug for path in files for slug in left_by(path)}

    assert len(slugs) > 20
    assert sorted(slugs - set(DETAILS)) == []


def left_by(path: Path) -> set[str]:
    """The slugs in calls of done and skipped, and in the reasons of SkipRecord and QuarantineRecord."""
    values: list[ast.expr] = []
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = call.func.id if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) else ""
        if name in {"done", "skipped"}:
            values += call.args[:1]
        elif name in {"SkipRecord", "QuarantineRecord"}:
            values += [keyword.value for keyword in call.keywords if keyword.arg == "reason"]
    chosen = [(value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,) for value in values]
    return {one.value for both in chosen for one in both if isinstance(one, ast.Constant)}


def test_every_command_answers_a_wrong_option_in_chinese(home: Path):
    root = get_command(app)
    lines = [
        (noun, verb)
        for noun, command in root.commands.items()  # type: ignore[attr-defined]
        for verb in getattr(command, "commands", {"": command})
    ]
    # These two hand their options to programs of the developers.
    for line in set(lines) - {("train", "words"), ("train", "encoder")}:
        finished = qianshao(home, *filter(None, line), "--nosuch")
        assert finished.returncode == 2, line
        assert finished.stderr.startswith("错误: 没有选项 --nosuch"), (line, finished.stderr)
