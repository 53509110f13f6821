"""How an operator brings a medium into use, as the operator types it."""

import json
from pathlib import Path

import pytest

from tests.crawlers.inspection.county_site import ARTICLES, county_site
from tests.crawlers.loopback import serving
from tests.end_to_end.county import qianshao


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    assert qianshao(folder, "init").returncode == 0
    (folder / "settings.toml").write_text('[source_variables]\ncontact = "test@example.invalid"\n', encoding="utf-8")
    return folder


def listed(home: Path, *options: str) -> dict[str, dict[str, str]]:
    finished = qianshao(home, "source", "list", "--json", *options)
    return {row["name"]: row for row in map(json.loads, finished.stdout.splitlines())}


def test_a_medium_is_drafted_checked_enabled_crawled_and_switched_off(home: Path):
    with serving(county_site()) as site:
        given = [part for one in ARTICLES[:2] for part in ("--article", site.address + one)]
        drafted = qianshao(home, "source", "new", f"{site.address}/xw/", *given, "--name", "shiyan_wang")
        state_drafted = listed(home)["shiyan_wang"]["state"]
        checked = qianshao(home, "source", "check", "shiyan_wang", "--json")
        enabled = qianshao(home, "source", "enable", "shiyan_wang", "--checked", "允许")
        crawled = qianshao(home, "source", "crawl", "shiyan_wang", "--json")
    row = listed(home)["shiyan_wang"]
    stopped = qianshao(home, "source", "disable", "shiyan_wang", "--because", "试验完毕")
    again = qianshao(home, "source", "crawl", "shiyan_wang")

    assert drafted.returncode == 0, drafted.stderr
    assert state_drafted == "未核实"
    assert checked.returncode == 0, checked.stderr
    assert {json.loads(line)["verdict"] for line in checked.stdout.splitlines()} <= {"good", "attention"}
    assert enabled.returncode == 0
    assert json.loads(crawled.stdout)["fetched"] == 4
    assert row["state"] == "启用"
    assert row["checked_on"]
    assert stopped.returncode == 0
    assert again.returncode == 2
    assert "试验完毕" in again.stderr


def test_a_source_that_does_not_fit_its_site_is_not_to_be_enabled(home: Path):
    with serving({"/robots.txt": b"", "/": "<html><p>网站改版了</p></html>".encode()}) as site:
        declared = (
            f'title: 旧站\nsummary: x\npublisher: {{name: 试验, level: county, official: true}}\nregion: "141124"\n'
            f'platform: article_list\nstart: ["{site.address}/"]\npoliteness: {{delay_seconds: 0.0}}\n'
            "every_minutes: 60\nexpect: {per_day: {min: 0, max: 9}, stale_after_days: 3}\n"
            "contact: test@example.invalid\nrobots: {note: x}\nunverified: true\n"
        )
        path = home / "sources" / "jiu_zhan.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(declared, encoding="utf-8")
        finished = qianshao(home, "source", "check", "jiu_zhan")
        unchanged = path.read_text(encoding="utf-8")
        path.unlink()

    assert finished.returncode == 1
    assert "不通过" in finished.stdout
    assert "还不能启用" in finished.stderr
    assert unchanged == declared


def test_shipped_media_are_taken_over_and_not_crawled_before_somebody_has_checked_them(home: Path):
    shipped = listed(home, "--shipped")

    taken = qianshao(home, "source", "enable", "lvliang_wang")

    assert shipped["lvliang_wang"]["state"] == "可选"
    assert taken.returncode == 0
    assert listed(home)["lvliang_wang"]["state"] == "未核实"
    assert "lvliang_wang" not in listed(home, "--shipped")
    assert qianshao(home, "source", "crawl", "--due", "--json").stdout == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "renmin_liuyan_ban"), "导出"),
        (("enable", "linxian_rongmeiti_gongzhonghao", "--checked", "可以"), "粘贴链接"),
        (("check", "nosuch"), "没有名为 nosuch"),
        (("disable", "shanxi_xinwen_wang", "--because", "x"), "没有名为"),
        (("new", "ftp://x.invalid/", "--name", "x_wang"), "http://"),
        (("new", "http://127.0.0.1:9/", "--name", "Bad Name"), "小写拼音"),
    ],
    ids=["export only", "forbidden platform", "unknown", "not ours", "no web address", "name"],
)
def test_what_cannot_be_is_said_without_a_request(home: Path, arguments: tuple[str, ...], said: str):
    finished = qianshao(home, "source", *arguments)

    assert finished.returncode == 2
    assert said in finished.stderr
    assert "Traceback" not in finished.stderr


def test_without_a_contact_nothing_is_fetched(tmp_path: Path):
    finished = qianshao(tmp_path, "source", "new", "http://127.0.0.1:9/")

    assert finished.returncode == 2
    assert "contact" in finished.stderr
