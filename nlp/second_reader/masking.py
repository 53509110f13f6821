"""Blots out whom a text names before it leaves the machine; one sign stands for one, so offsets stay true."""

import re
from collections.abc import Iterable

from domain.links.mention import PersonMention
from nlp.hiding.identifying_signs import CHAT, MAIL, PLATE
from nlp.persons.petitioner_names import names_of, patterns_of
from nlp.values.values import find_id_numbers, find_phones

BLANK = "○"
_SOMEBODY = "某"
_BRACKETS = str.maketrans("<>", "〈〉")
"""The text stands between tags; without its own angle brackets it cannot write the closing one."""
_IDENTIFYING = (
    # Seven digits in a row are no sum that a household owes; eleven with signs between them may be a phone or a card.
    re.compile(r"\d{7,}[xX]?"),
    re.compile(r"\d(?:[ \-－—–_.·/()（）]{0,2}\d){10,}[xX]?"),
    re.compile("[零〇一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖]{7,}"),
    MAIL,
    PLATE,
    CHAT,
)


def mask(content: str, persons: Iterable[PersonMention], petitioner: str) -> str:
    """The text, as long as before, without numbers that lead to somebody and without names of persons."""
    signs = list(content.translate(_BRACKETS))
    for person in persons:
        for place in range(person.start + 1, person.end):
            signs[place] = _SOMEBODY
    for start, end in _numbers(content):
        signs[start:end] = BLANK * (end - start)
    # Last, so that no other replacement can spell the name again.
    masked = "".join(signs)
    for name in _forms(petitioner):
        masked = name.sub(lambda found: BLANK * len(found[0]), masked)
    return masked


def _numbers(content: str) -> Iterable[tuple[int, int]]:
    for value in (*find_id_numbers(content), *find_phones(content)):
        yield value.start, value.end
    for pattern in _IDENTIFYING:
        for found in pattern.finditer(content):
            yield found.span(pattern.groups)


def _forms(petitioner: str) -> list[re.Pattern[str]]:
    """Every way in which the petitioners' names may stand in a text: as registered, spaced out, given name alone."""
    names = names_of(petitioner)
    names |= {name[-2:] for name in names if len(name) > 2}
    return patterns_of(frozenset(name for name in names if name.strip(BLANK)))
