"""Titles: the one of which most speaks, among headings, lines and what is said to machines."""

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


def page(head: str, *lines: str, url: str = "http://a.invalid/1.html") -> str:
    """The title of a page with this head and these lines above its text."""
    return extract(f"<head>{head}</head><body>{''.join(lines)}<div>{TEXT}</div></body>".encode(), url).title


TITLE = "枣农盼客商上门收枣"
WHEN = "<p>日期：2026-09-03 来源：县委办公室</p>"


def test_what_is_declared_wins_over_a_heading_with_the_name_of_the_site():
    head = f"<title>湫川县人民政府</title><meta name=ArticleTitle content={TITLE}>"

    assert page(head, "<h1>湫川县人民政府</h1>", f"<div>{TITLE}</div>", WHEN) == TITLE


def test_a_linked_headline_on_every_page_is_not_that_of_this_one():
    headline = "<h1><a href='/9.html'>全县召开三秋生产会议</a></h1>"

    assert page("<title>湫川新闻网</title>", headline, f"<div>{TITLE}</div>", WHEN) == TITLE


def test_the_name_of_a_column_in_a_heading_is_not_the_title():
    assert page("<title>书记信箱</title>", "<h1>书记信箱</h1>", f"<div class=tit>{TITLE}</div>", WHEN) == TITLE


def test_a_title_in_two_lines_of_one_element_is_read_whole():
    lines = "<p align=center><b>枣农盼客商上门<br>干部忙联系销路</b></p>"

    assert page("<title>湫川县政府网</title>", lines, WHEN) == "枣农盼客商上门 干部忙联系销路"


def test_subtitles_above_and_below_are_none():
    lines = ("<h4>丰收之后</h4>", f"<h1>{TITLE}</h1>", "<h4>一斤卖八毛</h4>")

    assert page("<title>湫川日报数字报</title>", *lines, WHEN) == TITLE


def test_the_value_beside_a_label_is_the_title_of_a_document():
    cells = "<tr><td>名　称：</td><td>关于枣农登记的公告</td></tr><tr><td>索引号：</td><td>QC-2026-0031</td></tr>"

    assert page("<title>湫川县信息公开</title>", f"<table>{cells}</table>", WHEN) == "关于枣农登记的公告"


def test_the_state_that_a_board_writes_before_it_is_none_of_it():
    assert page("<title>问政湫川</title>", f"<h2><em>已回复</em>{TITLE}</h2>", WHEN) == TITLE
