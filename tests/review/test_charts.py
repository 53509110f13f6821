"""Charts: the highest fills the room, nothing leaves it, and empty ones can be drawn."""

from hypothesis import given
from hypothesis import strategies as st

from review.charts import Value, bar_chart, line_chart

COUNTS = st.lists(st.integers(0, 10**6), max_size=30)


@given(COUNTS)
def test_no_bar_leaves_the_chart(counts: list[int]):
    chart = bar_chart("线索", [Value(label="村", count=one, part=one // 2) for one in counts])

    assert all(bar.part_width <= bar.width <= chart.width - bar.x for bar in chart.bars)
    assert all(bar.y + bar.height <= chart.height for bar in chart.bars)


@given(COUNTS)
def test_no_point_leaves_the_chart(counts: list[int]):
    chart = line_chart("线索", [Value(label="周", count=one) for one in counts], label_every=3)

    assert all(0 <= point.x <= chart.width and 0 <= point.y <= chart.base for point in chart.points)
    assert len(chart.points) == len(counts)
