"""What a text tells of and what the sentences tell of in which a person stands: plain words, for the model of roles.

Whether 联系人：… asks for himself or collects for others, no word beside the name says, but the text does.
"""

from collections.abc import Iterator, Sequence

from nlp.roles.reading import SENTENCE_STOPS, RoleReading, Token

WORDS = TEXT, SENTENCE = "text=", "told="
"""What the names of these features begin with; a word follows."""
_SHORTEST = 2
"""Characters of a word that tells of something by itself."""
_REACH = 60
"""So many words on either side of a name at most, that the work grows with the length of a text and not faster."""


def text_features(reading: RoleReading) -> set[str]:
    """The words of the whole text, the same for every person in it."""
    return {f"{TEXT}{word}" for word in _telling(reading.tokens)}


def sentence_features(reading: RoleReading, position: int) -> Iterator[str]:
    """The words of the sentence in which the name at `position` stands."""
    here = reading.token_at[reading.names[position].start]
    first, last = here, here + 1
    while first > max(here - _REACH, 0) and reading.tokens[first - 1].text not in SENTENCE_STOPS:
        first -= 1
    while last < min(here + _REACH, len(reading.tokens)) and reading.tokens[last].text not in SENTENCE_STOPS:
        last += 1
    return (f"{SENTENCE}{word}" for word in _telling(reading.tokens[first:last]))


def _telling(tokens: Sequence[Token]) -> Iterator[str]:
    return (token.text for token in tokens if len(token.text) >= _SHORTEST)
