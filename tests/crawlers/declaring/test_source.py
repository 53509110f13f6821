"""Declared media."""

from pathlib import Path

import pytest

import crawlers
from crawlers.declaring.source import (
    BoardSelectors,
    Disabled,
    Embedded,
    Expectation,
    Issues,
    Paging,
    Politeness,
    Publisher,
    Selectors,
    SourceSpec,
    load_source,
    load_sources,
)
from crawlers.platforms import PLATFORMS
from crawlers.settings import settings_for
from domain.failures.errors import ConfigError
from examples.kehu.texts_format import HERE

SHIPPED = Path(crawlers.__file__).parent / "sources"
DECLARATIONS = [*sorted(SHIPPED.rglob("*.yml")), *sorted((HERE / "sources").glob("*.yml"))]


@pytest.mark.parametrize("path", DECLARATIONS, ids=lambda path: path.stem)
def test_every_shipped_declaration_is_whole(path: Path):
    spec = load_source(path)

    assert spec.name == path.stem
    assert spec.platform in PLATFORMS
    assert spec.politeness.obey_robots


def test_shipped_media_wait_for_somebody_who_sees_them_live():
    for _, spec in load_sources(SHIPPED).values():
        assert spec.unverified
        assert not spec.is_crawled
        assert spec.contact == "{contact}"


def test_a_misspelt_key_is_named(tmp_path: Path):
    path = tmp_path / "paper.yml"
    text = (
        (HERE / "sources" / "xiangchuan_rss.yml").read_text(encoding="utf-8").replace("every_minutes", "every_minute")
    )
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError, match="every_minute"):
        load_source(path)


def test_a_missing_variable_is_named():
    spec = load_source(HERE / "sources" / "xiangchuan_rss.yml")

    with pytest.raises(ConfigError, match="site"):
        spec.with_variables({})


def test_a_variable_that_makes_no_web_address_is_refused():
    spec = load_source(HERE / "sources" / "xiangchuan_rss.yml")

    with pytest.raises(ConfigError, match=r"ftp://news\.invalid"):
        spec.with_variables({"site": "ftp://news.invalid"})


def test_a_site_that_is_not_our_own_is_asked_slowly_and_one_at_a_time():
    spec = load_source(HERE / "sources" / "xiangchuan_rss.yml").with_variables({"site": "http://news.invalid"})

    chosen = settings_for(spec)

    assert chosen["DOWNLOAD_DELAY"] >= 1
    assert chosen["CONCURRENT_REQUESTS"] == 1
    assert chosen["ROBOTSTXT_OBEY"] is True
    assert chosen["TELNETCONSOLE_ENABLED"] is False


def test_a_site_on_this_machine_is_not_waited_for():
    spec = load_source(HERE / "sources" / "xiangchuan_rss.yml").with_variables({"site": "http://127.0.0.1:8000"})
    slow = spec.model_copy(update={"politeness": Politeness(delay_seconds=3.0)})

    assert settings_for(slow)["DOWNLOAD_DELAY"] < 0.1


def declaration(**changes: str) -> str:
    lines = (HERE / "sources" / "xiangchuan_yaowen.yml").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.split(":")[0] not in changes]
    return "\n".join([*kept, *(f"{key}: {value}" for key, value in changes.items() if value)]) + "\n"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param(
            {"region": "141124"}, "region: 应是文字, 现值 141124, 编号和代码要加引号", id="code without quotes"
        ),
        pytest.param({"title": '"乡川\\n要闻"'}, "title: 要写在一行里", id="title of two lines"),
        pytest.param({"region": '"14112"'}, "region: 区划代码应为", id="no region"),
        pytest.param({"platform": "weblog"}, "platform: 只能是 'article_list'", id="unknown platform"),
        pytest.param({"articles": '"("'}, "articles: 不是合格的正则表达式", id="pattern"),
        pytest.param({"select": '{body: "div["}'}, "select.body: 不是合格的CSS选择器", id="selector"),
        pytest.param({"paging": '{template: "index_.html"}'}, "paging.template: 翻页模板里没有", id="template"),
        pytest.param({"every_minutes": ""}, "every_minutes: 缺少这一项", id="missing"),
        pytest.param({"every_minutes": "5"}, "every_minutes: 不能小于10, 现值 5", id="too often"),
        pytest.param({"unverified": "perhaps"}, "unverified: 应是 true 或 false", id="no truth"),
        pytest.param({"expect": "{per_day: {min: 9, max: 1}, stale_after_days: 3}"}, "下限9大于上限1", id="range"),
        pytest.param({"platform": "board"}, "board 的 question 和 answer", id="board without its parts"),
        pytest.param({"columns": '["12"]'}, "columns 与 start", id="columns nowhere"),
        pytest.param({"disabled": "{since: 2026-11-26}"}, "disabled.because: 缺少这一项", id="no reason"),
        pytest.param({"title": '""'}, "title: 至少1个字", id="empty"),
        pytest.param({"start": '["ftp://x.invalid/"]'}, "start: 起始地址 'ftp://x.invalid/' 要以 http", id="scheme"),
        pytest.param({"start": '["www.x.invalid/news"]'}, "start: 起始地址 'www.x.invalid/news'", id="no scheme"),
    ],
)
def test_what_is_wrong_is_said_with_file_key_and_value(tmp_path: Path, changes: dict[str, str], said: str):
    path = tmp_path / "paper.yml"
    path.write_text(declaration(**changes), encoding="utf-8")

    with pytest.raises(ConfigError, match=said) as caught:
        load_source(path)

    assert str(path) in str(caught.value)


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path):
    path = tmp_path / "paper.yml"
    path.write_text(declaration(region="12", every_minutes="x", colour="red"), encoding="utf-8")

    with pytest.raises(ConfigError, match=r"region.*every_minutes.*colour"):
        load_source(path)


def test_a_key_that_stands_twice_is_refused(tmp_path: Path):
    path = tmp_path / "paper.yml"
    path.write_text(declaration() + "platform: rss\n", encoding="utf-8")

    with pytest.raises(ConfigError, match="键 platform 写了两次"):
        load_source(path)


def test_text_that_is_no_yaml_is_named_with_its_line(tmp_path: Path):
    path = tmp_path / "paper.yml"
    path.write_text("title: a\nstart: [\n", encoding="utf-8")

    with pytest.raises(ConfigError, match="第3行不是合格的YAML"):
        load_source(path)


def test_a_source_inherits_what_its_system_is_known_for_and_may_differ(tmp_path: Path):
    path = tmp_path / "county.yml"
    path.write_text(declaration(platform="trs", articles="", select='{title: "#bt"}'), encoding="utf-8")

    spec = load_source(path)

    assert spec.articles == r"/t[0-9]{8}_[0-9]+\.s?html?$"
    assert (spec.select.title, spec.select.body) == ("#bt", ".TRS_Editor, .trs_editor_view, #zoom")


def test_one_start_address_stands_for_each_column_and_days_of_issues_stay(tmp_path: Path):
    path = tmp_path / "lists.yml"
    start = '["{site}/{column}/{yyyy}{mm}.html"]'
    path.write_text(declaration(start=start, columns='["a", "b"]'), encoding="utf-8")

    spec = load_source(path).with_variables({"site": "http://x.invalid"})

    assert spec.start == ("http://x.invalid/a/{yyyy}{mm}.html", "http://x.invalid/b/{yyyy}{mm}.html")


def test_every_key_of_a_declaration_is_explained():
    document = (Path(crawlers.__file__).parent.parent / "docs" / "crawling.md").read_text(encoding="utf-8")
    parts = (
        SourceSpec,
        Selectors,
        BoardSelectors,
        Paging,
        Embedded,
        Issues,
        Politeness,
        Expectation,
        Publisher,
        Disabled,
    )

    explained = {key for table in parts for key in table.model_fields} - {"name"}

    assert not [key for key in explained if f"`{key}`" not in document]
    assert not [platform for platform in PLATFORMS if f"`{platform}`" not in document]
