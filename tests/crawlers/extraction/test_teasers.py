"""First sentences of other articles beside an article."""

import pytest

from crawlers.extraction.article import extract

ARTICLE = "<p>南岭村三百多口人，村卫生室半年没有医生，老人量血压要走七里路到镇上。</p>"
MORE = "<p>镇卫生院表示，目前每周派医生到村坐诊半天，并已申请定向培养的名额，村民盼望有固定的医生。</p>"
OTHERS = [f"第{number}乡遭遇冰雹，果园受灾面积有一千二百亩，损失还在统计。" for number in range(1, 6)]


def page(others: list[str], article: str = ARTICLE + MORE) -> str:
    """The text of a page with a box of others beside the article."""
    boxes = "".join(f"<div class=b><h4><a href='/{one[1]}.htm'>{one[:12]}</a></h4><p>{one}</p></div>" for one in others)
    html = f"<h1>村卫生室没有医生</h1><p>2026-09-03</p><div class=t>{article}</div><div class=r>{boxes}</div>"
    return extract(html.encode(), "http://a.invalid/1.html").text


def test_what_stands_under_links_to_other_articles_is_left_out():
    text = page(OTHERS)

    assert "定向培养" in text
    assert "冰雹" not in text


@pytest.mark.parametrize("article", ["", "<p>编者按：以下是本周要闻。</p>"])
def test_a_digest_keeps_its_paragraphs(article: str):
    assert all(one in page(OTHERS, article) for one in OTHERS)


def test_a_paragraph_below_a_link_within_the_article_stays():
    link = "<p><a href='/x.htm'>上月的报道在这里可以看到</a></p>"

    assert "定向培养" in page([], ARTICLE + link + MORE)
