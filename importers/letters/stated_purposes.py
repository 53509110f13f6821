"""Purposes behind labels of a text other than 信访目的: 来访目的：□申诉 ☑求决, 反映类型：举报."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from importers.values.stated_purposes import may_state_purpose, stated_in
from importers.values.ticked_options import begins_with_box, with_lines_below
from importers.words.purpose_words import purpose_words

_HINT = r"(?:[(\uff08][^()\uff08\uff09]{0,10}[)\uff09])?"
_LABEL = re.compile(
    rf"(?:^|(?<=[\s|,\uff0c;\uff1b\u3002【\[]))(?P<label>[\u4e00-\u9fff]{{2,8}}){_HINT}[】\]]?"
    r"(?:\s*[:\uff1a]|(?=\s+\S))"
)
_LONGEST = 300
"""Characters of a line that may hold such a label."""


@dataclass(frozen=True, slots=True)
class StatedBehindLabel:
    """What stands behind one label."""

    label: str
    value: str
    purposes: tuple[str, ...]
    remark: str
    """Chinese: what is not certain about it."""


def stated_purposes(lines: Sequence[str]) -> list[StatedBehindLabel]:
    """The purposes behind such labels, in the order of the text."""
    on_ticket = any(map(purpose_words().ticket.match, lines))
    found = ((label, value, stated_in(value, label, on_ticket=on_ticket)) for label, value in _labelled(lines))
    return [StatedBehindLabel(label, value, told.purposes, told.remark) for label, value, told in found]


def _labelled(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for place, line in enumerate(lines):
        for label in _LABEL.finditer(line[:_LONGEST]):
            rest = line[label.end() :]
            if may_state_purpose(label["label"]) and (label[0].endswith((":", "\uff1a")) or begins_with_box(rest)):
                yield label["label"], with_lines_below(rest, lines[place + 1 :]).strip()
