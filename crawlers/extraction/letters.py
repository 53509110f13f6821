"""Letters to an office with its answer, shown as a form: which lines are labels and values, which people's words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from crawlers.extraction.dates import parse_date
from crawlers.extraction.words import page_words

_LONGEST_LABEL = 12
_LONGEST_VALUE = 40
_LONGEST_TITLE = 120
_SHORTEST_TITLE = 4
_FEWEST_LABELS = 3
"""With fewer of them a page is no such form: 标题 and 时间 stand on any page."""
_WHO_AND_WHEN = 2
"""Labels of the answer that tell such a form alone."""
_COLON = re.compile(r"\s*[:：]\s*")
_SPACE = re.compile(r"\s+")
_SAID = re.compile("[。！？!?]$")


@dataclass(frozen=True, slots=True)
class Letter:
    """What such a form says besides people's words."""

    title: str
    asked: datetime | None
    furniture: frozenset[str]
    """The lines that are labels, or short values beside them."""
    persons: frozenset[str]
    """Those of them that say who somebody is or how to reach them."""


@dataclass(frozen=True, slots=True)
class _Field:
    label: str
    value: str
    lines: tuple[str, ...]

    @property
    def of_value(self) -> tuple[str, ...]:
        """The line in which the value stands."""
        return self.lines[-1:] if self.value else ()


def letter_of(lines: Sequence[str]) -> Letter | None:
    """The letter that the lines show; None when they are no such form."""
    words = page_words()
    fields = list(_fields(lines))
    labels = {field.label for field in fields}
    has_words = any(words.content_label.fullmatch(label) for label in labels)
    answers = sum(words.answer_label.fullmatch(label) is not None for label in labels)
    answered = [line for line in lines if len(line) <= _LONGEST_VALUE and words.answered_at.search(line)]
    if not ((has_words or answered) and len(labels) >= _FEWEST_LABELS) and answers < _WHO_AND_WHEN:
        return None
    titles = (field.value for field in fields if words.title_label.fullmatch(field.label))
    asking = [field for field in fields if words.asked_label.fullmatch(field.label)]
    asking += [field for field in fields if not words.answered_label.fullmatch(field.label)]
    asked = (parse_date(field.value) for field in asking if len(field.value) <= _LONGEST_VALUE)
    return Letter(
        next((title for title in titles if _SHORTEST_TITLE <= len(title) <= _LONGEST_TITLE), ""),
        next((moment for moment in asked if moment), None),
        frozenset([*answered, *(line for field in fields for line in field.lines)]),
        frozenset(line for field in fields if words.person_label.search(field.label) for line in field.of_value),
    )


def _fields(lines: Sequence[str]) -> Iterator[_Field]:
    """Labels with their values, which stand behind them in the same line or in the next one."""
    words = page_words()
    for line, after in pairwise([*lines, ""]):
        label, value = _parted(line)
        if len(label) > _LONGEST_LABEL:
            continue
        if words.content_label.fullmatch(label):
            # Words that stand in the label's own line stay with it.
            yield _Field(label, value, () if value else (line,))
        elif words.field_label.fullmatch(label):
            longest = _LONGEST_TITLE if words.title_label.fullmatch(label) else _LONGEST_VALUE
            if value:
                yield _Field(label, value, (line,) if _is_value(value, longest) else ())
            else:
                is_value = _is_value(after, longest) and not _is_label(_parted(after)[0])
                yield _Field(label, after if is_value else "", (line, after) if is_value else (line,))


def _is_value(text: str, longest: int) -> bool:
    """False for what people say: 来信人：您好！ is no field."""
    return len(text) <= longest and not _SAID.search(text)


def _is_label(text: str) -> bool:
    words = page_words()
    return bool(words.content_label.fullmatch(text) or words.field_label.fullmatch(text))


def _parted(line: str) -> tuple[str, str]:
    """What stands before the first colon, without the spaces that make labels equally wide, and what behind it."""
    label, _, value = _COLON.sub(":", line.strip(" 【】[]"), count=1).partition(":")
    return _SPACE.sub("", label), value
