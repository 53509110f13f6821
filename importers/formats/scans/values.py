"""The value of a field from the lines in its cell: text, confidence, ticks, repairs."""

from collections.abc import Sequence

from importers.formats.parts import FormField
from importers.formats.scans.geometry import Line, Pixels
from importers.formats.scans.paragraphs import paragraphs_of
from importers.formats.scans.policy import policy
from importers.formats.scans.repairs import repaired
from importers.formats.scans.ticks import ticked

_UNCLEAR_TICK = "看不出勾选了哪一项, 图上的字是「{text}」, 这一栏没有记下; 请对照原件补上后重新提交"


def value_of(label: str, lines: Sequence[Line], grey: Pixels) -> FormField:
    """The field; empty and certain where nothing stands."""
    if not lines:
        return FormField("", 1.0)
    if (tick := ticked(lines, grey)) is not None:
        word, stands_out = tick
        if stands_out:
            return FormField(word, _confidence(lines))
        return FormField("", 0.0, _UNCLEAR_TICK.format(text=" ".join(line.text for line in lines)))
    return repaired(label, FormField(paragraphs_of(lines).strip(), _confidence(lines)))


def _confidence(lines: Sequence[Line]) -> float:
    """Of a short value its weakest character, of a long one its weakest line."""
    characters = [character for line in lines for character in line.characters]
    if sum(len(character.text) for character in characters) <= policy().forms.short_value:
        return round(min(character.confidence for character in characters), 3)
    return round(min(line.confidence for line in lines), 3)
