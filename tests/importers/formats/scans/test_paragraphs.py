"""How read lines are joined."""

from importers.formats.scans.geometry import Box, Character, Line
from importers.formats.scans.paragraphs import paragraphs_of

_SIZE = 20


def _below(*texts: str) -> list[Line]:
    """Lines of one page, each as wide as its characters, from its left edge."""
    lines = []
    for place, text in enumerate(texts):
        top = place * _SIZE * 2
        boxes = [Box(at * _SIZE, top, (at + 1) * _SIZE, top + _SIZE) for at in range(len(text))]
        characters = tuple(Character(one, 1.0, box) for one, box in zip(text, boxes, strict=True))
        lines.append(Line(characters, Box(0, top, len(text) * _SIZE, top + _SIZE)))
    return lines


def test_a_full_line_goes_on_in_the_next_one():
    assert paragraphs_of(_below("老伴每星期透析三次自己出", "两千多元。")) == "老伴每星期透析三次自己出两千多元。"


def test_a_phone_does_not_go_on_in_the_day_below_it():
    assert paragraphs_of(_below("电话：13800000000", "2026年9月3日")) == "电话：13800000000\n2026年9月3日"
