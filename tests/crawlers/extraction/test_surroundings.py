"""Where on a page its body begins and ends."""

from crawlers.extraction.blocks import split_blocks
from crawlers.extraction.surroundings import span_of
from crawlers.extraction.tree import parse_page

BODY = ["湫政发〔2026〕3号", "各乡镇要做好木枣滞销农户的登记，不漏一户，不落一人。", "湫川县人民政府"]


def span(*lines: str) -> tuple[int, int]:
    """The numbers of the body's lines among these."""
    page = parse_page("".join(f"<p>{line}</p>" for line in lines))
    assert page is not None
    return span_of(split_blocks(page), BODY)


def test_the_name_and_number_in_a_box_above_do_not_begin_it():
    assert span("湫川县人民政府", "湫政发〔2026〕3号", "关于登记的通知", *BODY, "打印") == (3, 6)


def test_a_line_that_came_from_elsewhere_does_not_hide_it():
    assert span("关于登记的通知", BODY[1], "打印") == (1, 2)


def test_a_page_that_shows_none_of_it_has_it_behind_its_end():
    assert span("关于登记的通知") == (1, 1)
