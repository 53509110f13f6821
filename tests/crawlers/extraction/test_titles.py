"""Titles of pages whose head names none: the line above that of time and source."""

import pytest

from crawlers.extraction.article import Article, extract

TEXT = "<p>近日，某村的枣农发愁地说，今年的木枣没有客商来收。</p><p>镇里的干部说，已经联系了外地的加工厂。</p>" * 2
DATE = "日期：2026-9-3 来源：县委办公室"


def read(above: str, line: str = DATE, head: str = "湫川县人民政府") -> Article:
    """A page of plain cells with these lines above its text."""
    cells = "".join(f"<tr><td>{text}</td></tr>" for text in (above, line))
    html = f"<html><head><title>{head}</title></head><body><table>{cells}<tr><td>{TEXT}</td></tr></table></body></html>"
    return extract(html.encode(), "http://a.invalid/1.asp")


@pytest.mark.parametrize("head", ["湫川县人民政府", "无标题文档", "新建网页 1", "New Page 3", "文章详情", "东梁乡", ""])
def test_the_line_above_time_and_source_is_the_title_where_the_head_names_none(head: str):
    assert read("<font size=5>枣农盼客商上门收枣</font>", head=head).title == "枣农盼客商上门收枣"


def test_a_bare_day_below_it_is_enough():
    assert read("枣农盼客商上门收枣", "[ 2026-09-03 11:03 ]").title == "枣农盼客商上门收枣"


@pytest.mark.parametrize(
    "above",
    [
        "<a href='/'>首页</a> &gt; <a href='/x/'>新闻</a> &gt; 正文",
        "<a href='/2.htm'>全县召开三秋生产会议</a>",
        "湫川县人民政府",
        "当前位置：动态",
        "今天是2026年9月4日",
        "来源：湫川日报",
        "索引号：0001/2026-1",
    ],
)
def test_a_path_a_link_or_a_name_of_the_site_is_no_title(above: str):
    assert read(above).title == ""


def test_a_title_that_the_head_says_wins():
    assert read("党建引领", head="枣农盼客商上门收枣").title == "枣农盼客商上门收枣"


def test_lists_have_no_such_title():
    items = "".join(f"<li>全县召开第{number}次会议</li><li>2026-09-0{number}</li>" for number in range(1, 8))

    assert extract(f"<title>湫川县人民政府</title><ul>{items}</ul>".encode(), "http://a.invalid/").title == ""
