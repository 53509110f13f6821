"""Tables in which the page of a message board sets its labels beside what they say: they are lines of that page."""

import re

from lxml import etree, html

from importers.words.board_words import board_words

_COLONS = ":\uff1a \t\n\u3000"
_FEWEST_LABELS = 2
_LIKE_LABEL = re.compile(r"[A-Za-z\u4e00-\u9fff()\uff08\uff09/\s]{0,14}")


def set_as_lines(table: html.HtmlElement) -> bool:
    """Make each label and its value a line of the page: 留言时间：2026-09-03.

    False for every other table, which is left alone: in the header of a list labels stand beside labels.
    """
    rows = [[*line.iterchildren("td", "th")] for line in table.iter("tr")]
    pairs = [(row[at], row[at + 1]) for row in rows for at in range(0, len(row) - 1, 2)]
    labels = [_label(cell) for cell, _ in pairs]
    words = board_words()
    known = {*words.messages, *words.asked, *words.numbers, *words.headings, *words.answers, *words.done}
    known |= {*words.answered_by, *words.answered_on}
    is_paired = all(len(row) == 1 or len(row) % 2 == 0 for row in rows)
    is_message = any(label in words.messages for label in labels)
    # Below the header of a list stands what somebody wrote, or a day, where a page has its next label.
    is_list = any(_label(value) in known for _, value in pairs) or not all(map(_LIKE_LABEL.fullmatch, labels))
    if is_list or not (is_paired and is_message and sum(label in known for label in labels) >= _FEWEST_LABELS):
        return False
    for label, value in pairs:
        if _label(label):
            etree.SubElement(label, "span").text = "" if _text(label).endswith((":", "\uff1a")) else "\uff1a"
        etree.SubElement(value, "br")
    return True


def _text(cell: html.HtmlElement) -> str:
    return "".join(cell.itertext()).strip()


def _label(cell: html.HtmlElement) -> str:
    return _text(cell).strip(_COLONS)
