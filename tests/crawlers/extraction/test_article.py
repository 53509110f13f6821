"""Title, time, origin, people and body where pages disagree with themselves."""

from datetime import datetime

import pytest

from crawlers.declaring.source import Selectors
from crawlers.extraction.article import Article, extract
from crawlers.extraction.choice import Extractor
from crawlers.extraction.dates import CHINA

SENTENCES = (
    "近日，克虎镇某村的枣农发愁地说，今年的木枣没有客商来收。",
    "村民们把枣摊在院子里，一遍遍地翻晒，担心遇上连阴雨。",
    "镇里的干部说，已经联系了外地的加工厂，下周就会派车来。",
)
BODY = "".join(f"<p>{sentence * 3}</p>" for sentence in SENTENCES)


def read(
    *, head: str = "", above: str = "", inside: str = BODY, below: str = "", url: str = "http://a.invalid/1.html"
) -> Article:
    """An article page with these parts."""
    body = f"<h1>枣农盼客商</h1>{above}<div class='content'>{inside}</div>{below}"
    return extract(f"<html><head>{head}</head><body>{body}</body></html>".encode(), url)


def test_declared_selectors_are_obeyed():
    line = "<i class=o>湫川日报</i><i class=a>甄某</i><b class=d>2026-09-03</b>"
    html = f"<html><h1>栏目名称</h1><h2 class=t>枣农盼客商</h2>{line}<div id=x>{BODY}</div></html>"
    selectors = Selectors(title=".t", body="#x", published=".d", origin=".o", author=".a")

    article = extract(html.encode(), "http://a.invalid/", selectors)

    assert (article.title, article.origin, article.author) == ("枣农盼客商", "湫川日报", "甄某")
    assert article.published_at == datetime(2026, 9, 3, tzinfo=CHINA)
    assert article.how is Extractor.DECLARED


def test_a_selector_that_finds_nothing_does_not_lose_the_article():
    article = extract(f"<h1>枣农盼客商</h1><div>{BODY}</div>".encode(), "http://a.invalid/", Selectors(body="#gone"))

    assert article.text.count("\n") == 2
    assert article.how is Extractor.DENSITY


def test_the_date_beside_the_title_wins_over_those_of_the_text():
    article = read(
        above="<div>2026-09-03 08:15 来源：湫川日报</div>", inside=f"<p>早在2019年5月1日，村里就种下了枣树。</p>{BODY}"
    )

    assert article.published_at == datetime(2026, 9, 3, 8, 15, tzinfo=CHINA)


def test_the_date_that_the_address_names_too_wins_over_another_beside_it():
    article = read(above="<div>今天是2026年10月1日</div><div>2026-09-03</div>", url="http://a.invalid/20260903/1.html")

    assert article.published_at == datetime(2026, 9, 3, tzinfo=CHINA)


def test_a_date_of_the_text_is_never_taken_for_the_time_of_publication():
    article = read(inside=f"<p>早在2019年5月1日，村里就种下了枣树，如今已经亭亭如盖。</p>{BODY}")

    assert article.published_at is None


def test_a_date_in_the_future_is_not_believed():
    html = f"<h1>枣农盼客商</h1><div>发布时间：2036-09-03</div><div>{BODY}</div>"
    fetched_at = datetime(2026, 9, 4, tzinfo=CHINA)

    article = extract(html.encode(), "http://a.invalid/t20260903_1.html", fetched_at=fetched_at)

    assert article.published_at == datetime(2026, 9, 3, tzinfo=CHINA)


def test_dates_of_several_articles_in_scripts_are_not_guessed_from():
    script = '<script>[{"publishDate":"2026-09-01 08:00"},{"publishDate":"2026-09-02 08:00"}]</script>'

    assert read(head=script).published_at is None


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<title>枣农盼客商_湫川新闻网</title>", "枣农盼客商"),
        ("<title>枣农盼客商-民生-湫川在线</title>", "枣农盼客商"),
        ("<title>湫川新闻网</title>", "枣农盼客商"),
        ("<title>留言</title>", "枣农盼客商"),
        ("", "枣农盼客商"),
    ],
)
def test_the_heading_gives_the_wording_of_the_title(head: str, expected: str):
    assert read(head=head).title == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("枣农盼客商 今年的枣怎么卖_湫川新闻网", "枣农盼客商 今年的枣怎么卖"),
        ("枣农盼客商|湫川县人民政府", "枣农盼客商"),
        ("石湾村：枣农盼客商 - 乡镇动态 - 湫川县政府", "石湾村：枣农盼客商"),
        ("5G-A网络开进山村", "5G-A网络开进山村"),
    ],
)
def test_without_a_heading_the_site_is_taken_from_the_title(head: str, expected: str):
    html = f"<title>{head}</title><div>{BODY}</div>"

    assert extract(html.encode(), "http://a.invalid/").title == expected


@pytest.mark.parametrize(
    ("above", "origin"),
    [
        ("<div>来源：湫川日报 作者：甄某</div>", "湫川日报"),
        ("<div>来源：<a href=x>湫川日报</a> 2026-09-03</div>", "湫川日报"),
        ('<div>来源：<img src=a.gif alt="湫川日报"></div>', "湫川日报"),
        ("<div>文章来源:湫川日报|责任编辑:甄某</div>", "湫川日报"),
        ("<div><span class=source>湫川日报</span></div>", "湫川日报"),
        ("<div>2026-09-03</div>", ""),
    ],
)
def test_the_medium_is_found_where_pages_name_it(above: str, origin: str):
    assert read(above=above).origin == origin


@pytest.mark.parametrize(
    ("above", "last", "author"),
    [
        ("<div>作者：甄某 穆某某 字体：大 中 小</div>", "", "甄某 穆某某"),
        ("<div>记者 甄某 通讯员 穆某某</div>", "", "甄某 穆某某"),
        ("", "<p>（记者 甄某 通讯员 穆某某）</p>", "甄某 穆某某"),
        ("", "<p>本报记者 甄某</p>", "甄某"),
        ("<div>作者：管理员</div>", "", ""),
        ("", "<p>记者从县里了解到，客商已经在路上，预计后天到达。</p>", ""),
    ],
)
def test_writers_are_found_where_papers_name_them(above: str, last: str, author: str):
    assert read(above=above, inside=BODY + last).author == author


@pytest.mark.parametrize("line", ["责任编辑：甄某", "[责任编辑：甄某]", "（责编：甄某）", "编辑：甄某"])
def test_the_editor_is_named_and_is_no_text(line: str):
    article = read(inside=f"{BODY}<p>{line}</p>")

    assert article.editor == "甄某"
    assert "甄某" not in article.text


@pytest.mark.parametrize(
    "line",
    [
        "分享到：",
        "版权声明：本网转载的文章版权归原作者所有，如有侵权请联系删除。",
        "上一篇：县城供水管网改造",
        "扫描二维码关注我们",
        "原标题：枣农愁卖枣",
        "点击量：120",
    ],
)
def test_lines_that_are_not_the_articles_own_are_left_out(line: str):
    assert line not in read(inside=f"{BODY}<p>{line}</p>").text


def test_what_follows_related_news_is_left_out():
    more = "<p>相关阅读</p><p>会议要求，各乡镇要提前做好仓容准备，落实收购资金。</p>"

    assert "仓容" not in read(inside=BODY + more).text


def test_a_signature_and_its_date_stay_in_an_announcement():
    article = read(inside=f"{BODY}<p>克河镇人民政府</p><p>2026年9月28日</p>")

    assert article.text.endswith("克河镇人民政府\n2026年9月28日")


def test_a_heading_over_links_in_the_midst_of_the_text_goes_and_the_text_goes_on():
    links = "<p>相关新闻：</p><p><a href='/2.html'>全县召开三秋生产会议</a></p>"

    text = read(inside=f"<p>{SENTENCES[0]}</p>{links}{BODY}").text

    assert "相关新闻" not in text
    assert text.endswith(SENTENCES[2] * 3)


def test_a_given_name_that_ends_like_a_word_of_the_trade_is_whole():
    assert read(below="<p>（记者 秦文 通讯员 白学图）</p>").author == "秦文 白学图"


@pytest.mark.parametrize("author", ["<a rel=author>田野</a>", "<span class='post-author'>田野</span>"])
def test_an_element_named_author_holds_the_author_where_no_line_says_who(author: str):
    comments = "<div id=comments><b class='comment-author'>过路人</b></div>"

    assert read(above=author, below=comments).author == "田野"


def test_the_label_behind_an_author_is_no_second_one():
    assert read(above="<p>作者：田野 文章来源：湫川日报</p>").author == "田野"


def test_a_day_with_its_hour_above_the_title_is_that_of_the_article():
    html = f"<p>槐花</p><p>2026-09-03 22:10 来自山西</p><h1>枣农盼客商</h1><div>{BODY}</div>"

    article = extract(f"<title>枣农盼客商</title>{html}".encode(), "http://a.invalid/1.html")

    assert article.published_at == datetime(2026, 9, 3, 22, 10, tzinfo=CHINA)


def test_the_name_of_a_papers_page_is_no_title():
    page = f"<title>湫川日报</title><h3>第3版：民生</h3><h2>枣农盼客商</h2><div>{BODY}</div>"

    assert extract(page.encode(), "http://a.invalid/c1.html").title == "枣农盼客商"


def test_a_source_that_is_said_to_be_unknown_is_none():
    assert read(above="<p>时间：2026-09-03 来源：不详 作者：佚名</p>").origin == ""


@pytest.mark.parametrize("others", ["", "var other = {source: '汾水晚报'};"])
def test_the_one_medium_that_scripts_name_is_the_source(others: str):
    head = f"<script>window.DATA = {{'media': '湫川日报'}};{others}</script>"

    assert read(head=head).origin == ("" if others else "湫川日报")


def test_lines_above_the_title_are_asked_last_for_source_and_day():
    html = f"<p>发布日期：2026-09-03</p><p>来源：湫川日报</p><h1>枣农盼客商</h1><div>{BODY}</div>"

    article = extract(f"<title>枣农盼客商</title>{html}".encode(), "http://a.invalid/1.html")

    assert article.origin == "湫川日报"
    assert article.published_at == datetime(2026, 9, 3, tzinfo=CHINA)


def test_the_day_of_publication_in_a_box_of_particulars_wins_over_that_of_making():
    rows = (("成文日期：", "2026年9月1日"), ("公开日期：", "2026年9月3日"))
    box = "".join(f"<tr><td>{label}</td><td>{day}</td></tr>" for label, day in rows)

    article = extract(
        f"<title>枣农盼客商</title><table>{box}</table><h1>枣农盼客商</h1>{BODY}".encode(), "http://a.invalid/1.html"
    )

    assert article.published_at == datetime(2026, 9, 3, tzinfo=CHINA)


def test_the_day_below_a_signature_is_the_last_resort():
    signed = f"{BODY}<p>湫川县水利局</p><p>2026年9月3日</p>"

    assert read(inside=signed).published_at == datetime(2026, 9, 3, tzinfo=CHINA)
    assert read(inside=signed, above="<p>2026-09-05</p>").published_at == datetime(2026, 9, 5, tzinfo=CHINA)


def test_a_short_article_with_its_time_beside_a_long_list_is_an_article():
    items = "".join(f"<li><a href='/{n}.html'>全县召开第{n}次工作推进会</a> 2026-09-{n}</li>" for n in range(10, 30))
    dated = "<p>2026-09-03 来源：湫川日报</p>"

    read_as = [read(above=above, inside=f"<p>{SENTENCES[0]}</p>", below=f"<ul>{items}</ul>") for above in (dated, "")]

    assert [article.kind.value for article in read_as] == ["article", "list"]


def test_comments_are_not_the_article():
    comments = "<div class='comment-list'><p>一楼：希望早点修好，老人们太不容易了。</p></div>"

    assert "一楼" not in read(below=comments).text


def test_the_text_of_a_line_under_a_picture_is_its_caption():
    article = read(inside=f"{BODY}<p><img src=a.jpg></p><p>村民在晒枣。甄某 摄</p>")

    assert article.captions == ("村民在晒枣。甄某 摄",)
    assert "甄某 摄" not in article.text


def test_an_article_that_its_site_hides_until_scripts_run_is_read():
    assert SENTENCES[0] in read(inside=f"<div style='visibility:hidden'>{BODY}</div>").text


def test_a_page_that_is_nothing_gives_an_empty_article():
    article = extract(b"", "http://a.invalid/")

    assert (article.title, article.text, article.kind.value) == ("", "", "empty")


def test_attachments_are_listed_with_whole_addresses_once_each():
    links = "<p><a href='../f/a.PDF?x=1'>附件1：名单</a><a href='../f/a.PDF?x=1'>下载</a><a href='/b.html'>某页</a></p>"

    [attachment] = read(inside=BODY + links, url="http://a.invalid/n/1.html").attachments

    assert (attachment.url, attachment.text) == ("http://a.invalid/f/a.PDF?x=1", "附件1：名单")


def test_an_article_behind_an_early_end_of_the_page_is_read():
    html = f"<html><body><h1>枣农盼客商</h1></body></html><div>{BODY}</div></html>"

    assert extract(html.encode(), "http://a.invalid/").text.count("\n") == 2


@pytest.mark.parametrize(
    "lines",
    [
        "".join(f"<div class=p{number}><table><tr><td>{line}" for number, line in enumerate(SENTENCES)),
        "<br><br>".join(SENTENCES),
        "<pre>" + "\n".join(f"　　{line}" for line in SENTENCES) + "</pre>",
        "".join(f"<p><a href=x>{line[:8]}</a>{line[8:]}</p>" for line in SENTENCES),
        "".join(f"<p><img src=a.jpg></p><p><strong>{line}</strong></p>" for line in SENTENCES),
        "".join(f"<div class=x><p>{line}</p></div><div class=ad>广告</div>" for line in SENTENCES),
    ],
    ids=["a table each", "breaks", "preformatted", "links", "bold below pictures", "advertisements between"],
)
def test_paragraphs_are_found_however_they_are_marked_up(lines: str):
    assert read(inside=lines).text == "\n".join(SENTENCES)


@pytest.mark.parametrize(
    "line",
    [
        "记者：今年的枣为什么卖不出去？",
        "时间：10月12日8时至18时",
        "主办单位：湫川县妇女联合会",
        "热线：12317",
        "文化站建设",
        "通讯员队伍建设",
        "联系人：甄某，电话见村务公开栏",
        "一、补助对象",
    ],
)
def test_lines_of_a_text_that_look_like_labels_stay(line: str):
    assert line in read(inside=f"{BODY}<p>{line}</p>{BODY}").text.split("\n")


@pytest.mark.parametrize("byline", ["文小枣", "由 文小枣", "文/文小枣"])
def test_a_surname_that_reads_like_a_label_stays_with_its_name(byline: str):
    html = f"<title>枣农盼客商</title><h1>枣农盼客商</h1><p class=byline>{byline}</p><div>{BODY}</div>"

    assert extract(html.encode(), "http://a.invalid/").author == "文小枣"


def test_a_day_that_a_script_writes_where_it_stands_is_read():
    writer = '<span>发布时间：<script>document.write(dateFormat("2026-05-06 09:10:11"));</script></span>'

    article = read(above=f"<div>{writer}<span>来源：湫川县人民政府</span></div>")

    assert article.published_at == datetime(2026, 5, 6, 9, 10, 11, tzinfo=CHINA)
    assert article.origin == "湫川县人民政府"


def test_a_script_that_knows_several_days_shows_none():
    writer = '<script>document.write(["2026-05-06", "2026-05-07"][new Date().getDay() % 2])</script>'

    assert read(above=f"<div>{writer}</div>").published_at is None


def test_a_day_behind_a_name_that_ends_with_a_number_is_read():
    article = read(above="<div><span>夜归人70</span><span>2026-09-03 09:00</span></div>")

    assert article.published_at == datetime(2026, 9, 3, 9, 0, tzinfo=CHINA)


def test_an_hour_in_an_element_of_its_own_is_read_with_its_day():
    article = read(above="<div><span>湫川融媒</span><span>2026-06-02</span><span>18:20</span></div>")

    assert (article.published_at, article.origin) == (datetime(2026, 6, 2, 18, 20, tzinfo=CHINA), "湫川融媒")


def test_a_short_headline_behind_the_name_of_its_paper_is_the_title():
    head = "<title>湫川日报数字报-一张欠条</title>"
    page = f"<html><head>{head}</head><body><h2>一张欠条</h2><p>2026年6月4日</p>{BODY}</body></html>"

    assert extract(page.encode(), "http://a.invalid/").title == "一张欠条"


def test_a_day_at_the_head_of_a_paper_is_read_where_the_page_number_stands_elsewhere():
    head = "<html><body><div>2026年05月08日　星期五　农历三月廿二</div><h4>第06版 社会</h4>"
    page = f"{head}<h1>枣农盼客商</h1><p>本报记者 甄某</p>{BODY}</body></html>"

    with_page_number = extract(page.encode(), "http://a.invalid/read?aid=1")
    without = extract(page.replace("第06版 社会", "社会").encode(), "http://a.invalid/read?aid=1")

    assert with_page_number.published_at == datetime(2026, 5, 8, tzinfo=CHINA)
    assert without.published_at is None


@pytest.mark.parametrize("line", ["湫川融媒", "05-19 16:33", "湫川日报客户端05-19 16:33"])
def test_who_published_and_when_is_no_line_of_the_text(line: str):
    assert read(above=f"<p>{line}</p>").text.startswith("近日")
