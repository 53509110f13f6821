"""Charts: the highest fills the room, nothing leaves it, and empty ones can be drawn."""

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader

import review
from review.boards.charts import Value, bar_chart, line_chart

TEMPLATES = Environment(loader=FileSystemLoader(Path(review.__file__).parent / "templates"), autoescape=True)

COUNTS = st.lists(st.integers(0, 10**6), max_size=30)


@given(COUNTS)
def test_no_bar_leaves_the_chart(counts: list[int]):
    chart = bar_chart("线索", [Value(label="村", count=one, part=one // 2) for one in counts])

    assert all(bar.part_width <= bar.width <= chart.width - bar.x for bar in chart.bars)
    assert all(bar.y + bar.height <= chart.height for bar in chart.bars)


def test_a_label_is_written_whole_and_one_that_has_no_room_says_that_it_goes_on():
    labels = ("产业(项目)失败", "克虎镇(未定到村)", "虚构名字很长很长的村委会")
    chart = bar_chart("线索", [Value(label=one, count=1) for one in labels])
    drawn = TEMPLATES.get_template("charts.html").module.bars(chart)

    assert re.findall('text-anchor="end">([^<]*)<', drawn) == [*labels[:2], "虚构名字很长很长的…"]


@given(COUNTS)
def test_no_point_leaves_the_chart(counts: list[int]):
    chart = line_chart("线索", [Value(label="周", count=one) for one in counts], label_every=3)

    assert all(0 <= point.x <= chart.width and 0 <= point.y <= chart.base for point in chart.points)
    assert len(chart.points) == len(counts)
