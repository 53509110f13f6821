"""The number of a household on its card: it may stand in several cells, and what stands right of it is none of it."""

import re
import unicodedata
from collections.abc import Sequence

from importers.formats.forms.values_beside import is_of_figures, says_nothing

_NUMERALS = "〇零一二三四五六七八九十百"
_PIECE = re.compile(
    rf"第?(?:[\dA-Za-z_/-]+|[{_NUMERALS}]+)号?|[字第号年组户村社.#\u2013\u2014]|之[\d{_NUMERALS}]+|[(\[〔【][^:]+[)\]〕】]"
)
"""What may go on with such a number: 0001, 第, 12号, (3)."""
_BEGINNING = re.compile(
    r"[^\W\d]{1,2}(?<![人员点址号期间况因式业度码型别数名])|.*[字第区县市镇乡村庄组社队年.\u2013\u2014]"
)
"""What it may begin with: 甲, 克虎镇, No. and no label: 年度."""
_PLACE = re.compile(r"[^\W\d]{1,8}[镇乡村组社队]")
"""Before the figures of a number there may be several: 克虎镇, 二组."""
_WHOLE = re.compile(r"\d{16,}")
"""All of it: nothing behind goes on with it."""


def number_of_household(cells: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The number alone, which may stand in several cells, down to one for each figure; and what stands behind it."""
    number: list[str] = []
    for at, cell in enumerate(cells):
        pieces = cell.split()
        for place, piece in enumerate(pieces):
            is_behind_word = place > 0 and number[-1].isalpha() and piece.isdecimal()
            if number and not is_behind_word and not _goes_on(number[-1], piece):
                return number, [" ".join(pieces[place:]), *cells[at + 1 :]]
            number.append(piece)
    return number, []


def _goes_on(before: str, piece: str) -> bool:
    """True where the cell belongs to the number of which `before` is a part."""
    last, shown = (unicodedata.normalize("NFKC", text) for text in (before, piece))
    if _PLACE.fullmatch(last) and _PLACE.fullmatch(shown):
        return True
    if _WHOLE.fullmatch(last) or is_of_figures(shown) or not _PIECE.fullmatch(shown):
        return False
    is_begun = any(map(str.isdecimal, last)) or _PIECE.fullmatch(last)
    return bool(is_begun or (_BEGINNING.fullmatch(last) and not says_nothing(last)))
