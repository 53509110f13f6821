"""How an operator brings a medium into use, as the operator types it."""

import json
from pathlib import Path

import pytest

from tests.commands.in_process import qianshao
from tests.crawlers.inspection.county_site import ARTICLES, county_site
from tests.crawlers.loopback import serving


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    assert qianshao(folder, "init").returncode == 0
    (folder / "settings.toml").write_text('[source_variables]\ncontact = "test@example.invalid"\n', encoding="utf-8")
    return folder


def fill(path: Path) -> None:
    """What a person writes into a draft."""
    text = path.read_text(encoding="utf-8").replace('summary: ""', "summary: 县里的新闻")
    path.write_text(text.replace("请填写主办单位", "试验县融媒体中心"), encoding="utf-8")


def declare(home: Path, name: str, address: str, **changes: str) -> Path:
    """Write a declaration that is whole; `changes` are values as they stand in the file."""
    keys = {
        "title": "旧站",
        "summary": "县里的新闻",
        "publisher": "{name: 试验, level: county, official: true}",
        "region": '"141124"',
        "platform": "article_list",
        "start": f'["{address}/"]',
        "politeness": "{delay_seconds: 0.0}",
        "every_minutes": "60",
        "expect": "{per_day: {min: 0, max: 9}, stale_after_days: 3}",
        "contact": "test@example.invalid",
        "robots": "{note: x}",
        **changes,
    }
    path = home / "sources" / f"{name}.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"{key}: {value}\n" for key, value in keys.items()), encoding="utf-8")
    return path


def listed(home: Path, *options: str) -> dict[str, dict[str, str]]:
    finished = qianshao(home, "source", "list", "--json", *options)
    return {row["name"]: row for row in map(json.loads, finished.stdout.splitlines())}


def test_a_medium_is_drafted_checked_enabled_crawled_and_switched_off(home: Path):
    with serving(county_site()) as site:
        given = [part for one in ARTICLES[:2] for part in ("--article", site.address + one)]
        drafted = qianshao(home, "source", "new", f"{site.address}/xw/", *given, "--name", "shiyan_wang")
        state_drafted = listed(home)["shiyan_wang"]["state"]
        unfilled = [
            qianshao(home, "source", *one, "shiyan_wang") for one in (["check"], ["enable", "--checked", "允许"])
        ]
        fill(home / "sources" / "shiyan_wang.yml")
        checked = qianshao(home, "source", "check", "shiyan_wang", "--json")
        enabled = qianshao(home, "source", "enable", "shiyan_wang", "--checked", "允许")
        crawled = qianshao(home, "source", "crawl", "shiyan_wang", "--json")
    row = listed(home)["shiyan_wang"]
    stopped = qianshao(home, "source", "disable", "shiyan_wang", "--because", "试验完毕")
    again = qianshao(home, "source", "crawl", "shiyan_wang")

    assert drafted.returncode == 0, drafted.stderr
    assert "像文章的链接3条" in drafted.stderr
    assert "翻页: 找到了" in drafted.stderr
    assert [one.returncode for one in unfilled] == [1, 2]
    assert "summary" in unfilled[0].stdout
    assert "publisher.name(主办单位)" in unfilled[1].stderr
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
        path = declare(home, "jiu_zhan", site.address, unverified="true")
        declared = path.read_text(encoding="utf-8")
        finished = qianshao(home, "source", "check", "jiu_zhan")
        enabled = qianshao(home, "source", "enable", "jiu_zhan", "--checked", "允许")
        unchanged = path.read_text(encoding="utf-8")
        path.unlink()

    assert (finished.returncode, enabled.returncode) == (1, 1)
    assert "不通过" in finished.stdout
    assert "没有像文章的链接" in enabled.stdout
    assert "还不能启用" in finished.stderr
    assert "没有启用" in enabled.stderr
    assert unchanged == declared


def test_a_given_article_that_is_dead_is_told_and_the_draft_is_still_written(home: Path):
    with serving(county_site()) as site:
        given = ["--article", site.address + ARTICLES[0], "--article", f"{site.address}/gone.html"]
        drafted = qianshao(home, "source", "new", f"{site.address}/xw/", *given, "--name", "ban_wang")
    path = home / "sources" / "ban_wang.yml"
    notes = path.read_text(encoding="utf-8").partition("notes:")[2]
    path.unlink()

    assert drafted.returncode == 1
    assert f"文章 {site.address}/gone.html: 状态码404, 没有用上" in drafted.stderr
    assert f"文章 {site.address}/gone.html: 状态码404" in notes
    assert "did not come" not in notes


def test_one_wrong_declaration_costs_that_medium_only(home: Path):
    with serving(county_site()) as site:
        declare(home, "huai_zhan", site.address, start=f'["{site.address}/xw/"]')
        first = qianshao(home, "source", "crawl", "--json")
        bad = declare(home, "huai_zhan", site.address, every_minutes="5")
        bad_spool = home / "spool" / "huai_zhan"
        good = declare(home, "hao_zhan", site.address, start=f'["{site.address}/xw/"]')
        crawled = qianshao(home, "source", "crawl", "--json")
    processed = qianshao(home, "run", "--json")
    doctor = qianshao(home, "doctor", "--json")
    row = listed(home)["huai_zhan"]
    table = qianshao(home, "source", "list").stdout
    named = qianshao(home, "source", "crawl", "huai_zhan")
    checked = qianshao(home, "source", "check", "huai_zhan")
    bad.unlink()
    good.unlink()

    assert first.returncode == 0
    said = "every_minutes: 不能小于10, 现值 5"
    outcomes = {report["source"]: report["outcome"] for report in map(json.loads, crawled.stdout.splitlines())}
    assert (crawled.returncode, outcomes) == (1, {"hao_zhan": "finished", "huai_zhan": "misdeclared"})
    [collected] = [one for one in map(json.loads, processed.stdout.splitlines()) if one["stage"] == "collect"]
    assert processed.returncode == 0, processed.stderr
    assert collected["details"]["misdeclared"] == collected["skipped"] == json.loads(first.stdout)["fetched"] > 0
    assert list(bad_spool.iterdir())
    [finding] = [one for one in map(json.loads, doctor.stdout.splitlines()) if one["check"] == "来源"]
    assert not finding["ok"]
    assert f"huai_zhan 声明有误(来源 {bad} 不对: {said})" in finding["message"]
    assert said in row["state"]
    assert "+00:00" in row["last_run"]
    assert "+00:00" not in table
    assert (named.returncode, checked.returncode) == (2, 2)
    assert said in named.stderr
    assert said in checked.stderr


def test_a_mistyped_name_is_answered_with_those_of_the_county_too(home: Path):
    path = declare(home, "shiyan_ribao", "http://127.0.0.1:9")
    answers = [qianshao(home, "source", *one, "shiyan_riba") for one in (["check"], ["enable"], ["crawl"])]
    path.unlink()

    assert {one.returncode for one in answers} == {2}
    assert all("是不是 shiyan_ribao" in one.stderr for one in answers)


def test_the_table_of_sources_is_in_the_words_and_the_time_of_its_readers(home: Path):
    path = declare(home, "xian_zheng", "http://127.0.0.1:9", platform="trs", articles="/x/")
    qianshao(home, "source", "crawl", "xian_zheng")
    table = qianshao(home, "source", "list").stdout
    path.unlink()

    assert "拓尔思" in table
    assert "+00:00" not in table
    assert "article_list" not in table


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
