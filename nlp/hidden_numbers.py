"""Masks phones and ID numbers as people write them: set apart, with a code before them, in full width."""

from collections.abc import Iterable

from domain.masking import mask_text
from domain.mention import ValueMention
from nlp.values import find_id_numbers, find_phones

_OF_ID = (6, 4)
_OF_PHONE = (3, 4)
_OF_SHORT_PHONE = (0, 2)
"""How many characters in front and at the end stay, as in `domain.masking`."""
_WHOLE_PHONE = 11
_TAIL = 6
"""What is no longer is the end of a number that the text itself hides."""


def hide_numbers(text: str) -> str:
    """The text with every phone and ID number in it masked; its length stays the same, so offsets stay true."""
    plain = mask_text(text)
    signs = list(plain)
    _hide(signs, find_id_numbers(plain), *_OF_ID)
    phones = find_phones(plain)
    _hide(signs, (one for one in phones if len(one.value) >= _WHOLE_PHONE), *_OF_PHONE)
    _hide(signs, (one for one in phones if len(one.value) < _WHOLE_PHONE), *_OF_SHORT_PHONE)
    return "".join(signs)


def _hide(signs: list[str], found: Iterable[ValueMention], first: int, last: int) -> None:
    for one in found:
        places = [at for at in range(one.start, one.end) if signs[at].isalnum() or signs[at] == "*"]
        if len(places) > _TAIL:
            for at in places[first : len(places) - last]:
                signs[at] = "*"
