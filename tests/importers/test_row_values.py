"""Values of cells without what only their format put there."""

from importers.row_values import normal_text


def test_signs_that_are_not_seen_are_taken_out_however_they_are_written() -> None:
    assert normal_text("name", "张\u200b三") == normal_text("name", "张&#8203;三") == "张三"
    assert normal_text("summary", "房子\u202e漏雨") == normal_text("summary", "房子&#8238;漏雨") == "房子漏雨"
