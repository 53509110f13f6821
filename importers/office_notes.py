"""What others write below a letter that is signed and dated: a village's opinion, who typed it; with days of theirs."""

import re
from collections.abc import Sequence

from importers.letter_words import letter_words
from importers.postscripts import signature_above

_MOST_LINES = 8
"""Written lines of such notes; more of them are a text of their own."""
_OWN = re.compile("我(?![村镇乡县局办委]|社区|支部|单位)")


def above_notes(lines: Sequence[str], name: str) -> Sequence[str]:
    """The lines above the first note; all of them where those above lack a day, or who petitions speaks below it too.

    `name` is whom a label names; without one the lines above have to be signed.
    """
    note = re.compile(rf"\s*[(\uff08]?(?:{'|'.join(letter_words().office_notes)})")
    place = next((place for place, line in enumerate(lines) if place and note.match(line)), None)
    if place is None:
        return lines
    above, below = lines[:place], [line for line in lines[place:] if line.strip()]
    signed = signature_above(above)
    is_complete = bool(signed.day and (signed.name or name))
    is_own = any(_OWN.search(line) or (signed.name or name) in line for line in below)
    return above if is_complete and not is_own and len(below) <= _MOST_LINES else lines
