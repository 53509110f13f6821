"""Days that pages show in pieces."""

import pytest

from crawlers.extraction.blocks import split_blocks
from crawlers.extraction.split_dates import split_dates
from crawlers.extraction.tree import parse_page


def read(html: str) -> list[str]:
    """The moments that the pieces of this page make, to the minute."""
    page = parse_page(f"<div>{html}</div>")
    assert page is not None
    return [moment.isoformat(timespec="minutes")[:16] for moment in split_dates(split_blocks(page))]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>2026</p><p>09/03</p><p>08:15</p>", "2026-09-03T08:15"),
        ("<p><b>2026</b><em>09</em>/<em>03</em><span>08:15:20</span></p>", "2026-09-03T08:15"),
        ("<p>03</p><p>2026.09</p>", "2026-09-03T00:00"),
        ("<p>03</p><p>2026-09</p>", "2026-09-03T00:00"),
        ("<p><i>03</i><i>9月</i><i>2026</i></p>", "2026-09-03T00:00"),
        ("<p>09-03</p><p>2026</p>", "2026-09-03T00:00"),
        ("<p><span>本地</span><span>3</span><span>9月</span><span>2026</span></p>", "2026-09-03T00:00"),
    ],
)
def test_pieces_that_stand_together_make_a_day(html: str, expected: str):
    assert read(html) == [expected]


@pytest.mark.parametrize(
    "html",
    [
        "<p>2026</p><p>版</p><p>09</p><p>03</p>",
        "<p>1</p><p>2</p><p>3</p>",
        "<p>2026</p><p>13</p><p>40</p>",
        "<p>2026年9月3日</p>",
        "<p>今年种了 <b>2026</b> 亩枣树的村子有 <b>9</b> 个，户数是 <b>30</b>，都在等客商上门来收购。</p>",
    ],
)
def test_other_numbers_and_days_that_stand_whole_make_none(html: str):
    assert read(html) == []
