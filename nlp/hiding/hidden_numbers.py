"""Masks what leads to one person as people write it: phones and ID numbers, set apart, with a code, in full width.

So are bank cards, phones in Chinese numerals, mail addresses, licence plates and chat names.
"""

import re
from collections.abc import Iterable, Iterator

from domain.links.mention import ValueMention
from domain.privacy.masking import mask_text
from nlp.hiding.identifying_signs import CHAT, MAIL, PLATE
from nlp.values.sums_in_a_row import reads_as_sums
from nlp.values.values import HALF_WIDTH, find_id_numbers, find_phones

_OF_ID = (6, 4)
_OF_PHONE = (3, 4)
_OF_SHORT_PHONE = (0, 2)
_OF_CARD = (0, 4)
_OF_SIGN = (1, 0)
"""How many characters in front and at the end stay, as in `domain.privacy.masking`."""
_WHOLE_PHONE = 11
_TAIL = 6
"""What is no longer is the end of a number that the text itself hides."""

_SIGNS_BETWEEN = "[\\s\u00ad\u200b-\u200f\u2060\ufeff·•・‧\\-\u2010-\u2015\u2212－﹣]"
_LINE_BREAK = r"(?:[^\S\n]*\n[^\S\n]*)?"
# Behind the code of the country there is no need of a sign.
_BEGINS = r"(?:(?<!\d)|(?<=(?<!\d)0086))"
# Set apart behind three digits, each digit alone, or broken where a line ends; 135 2024-10-11 is a number and a day.
# Signs that also stand in sums count only where they set apart 3-4-4 digits; a code may stand in brackets.
_PHONE_APART = re.compile(
    rf"{_BEGINS}(?:1[3-9]\d(?!{_SIGNS_BETWEEN}+(?:19|20)\d\d-)(?:{_SIGNS_BETWEEN}{{0,3}}\d){{8}}"
    rf"|1{_SIGNS_BETWEEN}{{1,3}}[3-9](?:{_SIGNS_BETWEEN}{{1,3}}\d){{9}}"
    rf"|1{_LINE_BREAK}[3-9](?:{_LINE_BREAK}\d){{9}}"
    r"|1[3-9]\d(?P<sign>[.．/_~～])\d{4}(?P=sign)\d{4}"
    rf"|(?:[(（](?:0\d{{2,3}}|1[3-9]\d)[)）]|0\d{{2,3}}{_SIGNS_BETWEEN})"
    rf"{_SIGNS_BETWEEN}{{0,3}}\d{{3,4}}{_SIGNS_BETWEEN}{{0,3}}\d{{4}})(?!\d)"
)
# Looked for from each group of digits on: with another number before it 18 digits may end within the ID number.
_ID_APART = re.compile(rf"(?<!\d)(?=([1-9](?:{_SIGNS_BETWEEN}{{0,3}}\d){{16}}{_SIGNS_BETWEEN}{{0,3}}[\dXx])(?!\d))")
# In a row, in groups of four as on the card, or behind a word for it; no moment, no years, no sums side by side.
_CARD = re.compile(
    r"(?<![\d*])(?!20\d\d(?:0[1-9]|1[0-2])[0-3]\d)\d{16,19}(?![\d*])"
    r"|(?<![\d*])(?!(?:19|20)\d\d\D)(?!(?:\d{3}0[ \-－—]?){4})\d{4}(?P<between>[ \-－—])\d{4}(?:(?P=between)\d{4}){2}"
    r"(?:(?P=between)\d{1,3})?(?![\d*])"
    r"|(?:卡号|账号|帐号|账户|帐户|存折)号?码?[^，。；,;\d]{0,4}(?P<named>\d(?:[ \-－—]?\d){6,}(?![\d*]))"
)
_DIGIT_WORD = "[零〇○一二三四五六七八九幺]"
_PHONE_IN_WORDS = re.compile(f"(?<!{_DIGIT_WORD})[一幺][三四五六七八九]{_DIGIT_WORD}{{9}}(?!{_DIGIT_WORD})")
_SIGNS = (MAIL, PLATE, CHAT)
_BORN = re.compile(r"(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_BORN_AT = slice(6, 14)


def hide_numbers(text: str) -> str:
    """The text with every number and sign of a person in it masked; its length stays the same, so offsets stay true."""
    plain = mask_text(text)
    signs = list(plain)
    _hide_places(signs, _ids_apart(plain), *_OF_ID)
    _hide(signs, find_id_numbers(plain), *_OF_ID)
    _hide_places(signs, _cards("".join(signs)), *_OF_CARD)
    phones = find_phones(plain)
    _hide(signs, (one for one in phones if len(one.value) >= _WHOLE_PHONE), *_OF_PHONE)
    _hide(signs, (one for one in phones if len(one.value) < _WHOLE_PHONE), *_OF_SHORT_PHONE)
    # Behind those of the finder: what is masked by now is part of no number.
    _hide_places(signs, _phones_apart("".join(signs)), *_OF_PHONE)
    _hide_places(signs, (range(*one.span()) for one in _PHONE_IN_WORDS.finditer(plain)), *_OF_PHONE)
    for sign in _SIGNS:
        for found in sign.finditer(plain):
            _hide_all(signs, range(*found.span(sign.groups)), *_OF_SIGN)
    return "".join(signs)


def _cards(plain: str) -> Iterator[range]:
    for match in _CARD.finditer(plain.translate(HALF_WIDTH)):
        yield range(*match.span("named" if match["named"] else 0))


def _ids_apart(plain: str) -> Iterator[range]:
    for match in _ID_APART.finditer(plain.translate(HALF_WIDTH)):
        digits = "".join(sign for sign in match[1] if sign.isalnum())
        if _BORN.fullmatch(digits[_BORN_AT]):
            yield range(*match.span(1))


def _phones_apart(plain: str) -> Iterator[range]:
    found = _PHONE_APART.finditer(half := plain.translate(HALF_WIDTH))
    yield from (range(*match.span()) for match in found if not reads_as_sums(half, *match.span()))


def _hide(signs: list[str], found: Iterable[ValueMention], first: int, last: int) -> None:
    _hide_places(signs, (range(one.start, one.end) for one in found), first, last)


def _hide_places(signs: list[str], found: Iterable[range], first: int, last: int) -> None:
    for one in found:
        if len(places := _places(signs, one)) > _TAIL:
            _hide_all(signs, places, first, last)


def _hide_all(signs: list[str], found: Iterable[int], first: int, last: int) -> None:
    places = _places(signs, found)
    for at in places[first : len(places) - last]:
        signs[at] = "*"


def _places(signs: list[str], found: Iterable[int]) -> list[int]:
    """Of a number, or of what else stands for somebody, without the signs between."""
    return [at for at in found if signs[at].isalnum() or signs[at] == "*"]
