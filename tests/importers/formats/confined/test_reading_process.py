"""What is said of a file whose reading process died: every kind is handed in again in a way of its own."""

import pytest

from importers.formats.confined import reading_process


@pytest.mark.parametrize(
    ("name", "what_to_do"),
    [
        ("照片.JPG", "请重新拍照或扫描后再提交"),
        ("交来.zip/扫描.tiff", "请重新拍照或扫描后再提交"),
        ("来信.pdf", "请用阅读器打开, 重新打印成PDF后再提交"),
        ("来信.wps", "请用WPS或Word打开, 另存为docx后再提交"),
        ("转来.eml", "请把正文和附件另存后分别提交"),
        ("台账.xlsx", "请用WPS或Excel打开, 另存为xlsx后再提交"),
        ("台账", "请用WPS或Excel打开, 另存为xlsx后再提交"),
    ],
)
@pytest.mark.parametrize("code", [-9, 3])
def test_what_to_do_goes_by_the_kind_of_the_file(name: str, what_to_do: str, code: int):
    assert reading_process._last_words(code, name).endswith(f"; {what_to_do}")


def test_who_took_too_long_is_told_to_part_the_file_whatever_it_is():
    assert "请分成几个较小的文件再提交" in reading_process._last_words(-24, "来信.pdf")
